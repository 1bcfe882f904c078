"""Two trees of one template: the switch stands where they differ, for posts with units below, and nowhere else."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from nhipcau.org.actions import appoint, create_post
from nhipcau.org.models import Role, Unit
from nhipcau.reports.filling.workflow import send_back
from tests.cast import NOW, SETUP, Cast, unit
from tests.reorganisations import AFTER, BEFORE, DAY, happen
from tests.web.reports import scenes
from tests.web.reports.conftest import As


@pytest.fixture(autouse=True)
def later(settings: Settings) -> None:
    settings.DEMO_CLOCK = AFTER.isoformat()


def url(of: Unit) -> str:
    return f"/bao-cao/tong-hop/thang/2026-02/{of.uid}/"


def switch(page: Any) -> list[tuple[str, bool]]:
    return [(label, current) for label, _, current in page.context["trees"]]


def children(page: Any) -> list[str]:
    return [row["name"] for row in page.context["children"]]


def gifts(page: Any) -> str:
    rows = [row for _, group in page.context["sections"] for row in group]
    values: list[str] = [row["value"] for row in rows if row["item"].code == "gifts"]
    return values[0]


def test_the_province_sees_february_both_ways_with_the_same_total(cast: Cast, acting: As) -> None:
    scenes.consolidated(cast)
    happen()
    client = acting(cast.provincial_officer)
    then, now = client.get(url(cast.province)), client.get(url(cast.province), {"cay": "nay"})
    assert switch(then) == [("Theo cây cuối kỳ", True), ("Theo cây hiện nay", False)]
    assert switch(now) == [("Theo cây cuối kỳ", False), ("Theo cây hiện nay", True)]
    assert gifts(then) == gifts(now) == "25"
    assert children(then) == ["Công đoàn phường Bình Sơn", "Công đoàn xã An Hải"]
    assert children(now) == ["Công đoàn phường Bình Sơn", "Công đoàn phường Hải Long"]
    assert "?cay=nay" in now.context["csv_url"]
    assert now.context["issue_url"] == ""
    assert ">Theo cây hiện nay</a>" in now.content.decode()


def test_where_nothing_has_changed_there_is_no_switch(cast: Cast, acting: As) -> None:
    scenes.consolidated(cast)
    page = acting(cast.provincial_officer).get(url(cast.province), {"cay": "nay"})
    assert (switch(page), page.context["branch"].on) == ([], None)


def test_a_volunteer_is_never_asked(cast: Cast, acting: As) -> None:
    scenes.consolidated(cast)
    happen()
    page = acting(cast.local_volunteer).get(url(cast.local), {"cay": "nay"})
    assert (page.status_code, switch(page)) == (200, [])


def test_a_new_commune_sees_what_it_took_over_and_from_whom(cast: Cast, acting: As) -> None:
    scenes.consolidated(cast)
    happen()
    new = unit("XC")
    seat = create_post(unit=new, title="Chủ tịch", roles=[Role.BOARD], start=DAY, actor=SETUP, at=BEFORE)
    appoint(post=seat, person=cast.account(cast.commune_officer).person, start=DAY, actor=SETUP, at=BEFORE)
    client = acting(seat)
    page = client.get(url(new))
    assert (gifts(page), switch(page), page.context["branch"].on) == ("3", [], AFTER.date())
    (share,) = client.get(url(new) + "nguon/gifts/").context["received"]
    assert (share.name, share.value, share.whole, share.report) == ("Công đoàn xã An Hải", "3", "5", None)
    assert client.get(url(cast.commune)).status_code == 404


def test_the_province_opens_the_report_behind_a_share(cast: Cast, acting: As) -> None:
    scenes.consolidated(cast)
    happen()
    page = acting(cast.provincial_officer).get(url(unit("XC")) + "nguon/gifts/", {"cay": "nay"})
    (share,) = page.context["received"]
    assert f"/bao-cao/{share.report.uid}/" in page.content.decode()
    assert acting(cast.provincial_officer).get(f"/bao-cao/{share.report.uid}/").status_code == 200


def test_an_ended_unit_is_seen_as_it_was(cast: Cast, acting: As) -> None:
    scenes.consolidated(cast)
    happen()
    page = acting(cast.provincial_officer).get(url(cast.commune), {"cay": "nay"})
    assert (gifts(page), switch(page), page.context["unit_name"]) == ("25", [], "Công đoàn xã An Hải")


def test_the_file_says_which_tree_it_is_of(cast: Cast, acting: As) -> None:
    scenes.consolidated(cast)
    happen()
    client = acting(cast.provincial_officer)
    assert "Theo cây ngày,02/10/2026" in client.get(url(cast.province) + "bang.csv?cay=nay").content.decode()
    assert "Theo cây ngày" not in client.get(url(cast.province) + "bang.csv").content.decode()


def test_a_period_with_reports_can_be_chosen_however_old(cast: Cast, acting: As, settings: Settings) -> None:
    scenes.consolidated(cast)
    settings.DEMO_CLOCK = "2031-01-10T09:00"
    client = acting(cast.provincial_officer)
    started = client.get("/bao-cao/tong-hop/")
    assert "/2030-12/" in started["Location"]  # its reports are still coming in
    keys = [key for key, _ in client.get(started["Location"]).context["chooser"]["periods"]]
    assert keys[-1] == "2026-02"
    settings.DEMO_CLOCK = "2031-01-30T09:00"
    assert "/2026-02/" in client.get("/bao-cao/tong-hop/")["Location"]


# The scenes of a demonstration -----------------------------------------------------------------------------

SCENES = (("7/2018", "2018-07-20T09:00:00+07:00"), ("7/2025", "2025-07-15T09:00:00+07:00"))
FILE = json.dumps({"scenes": [{"name": name, "clock": clock} for name, clock in SCENES]})


def test_a_demonstration_is_looked_at_in_either_scene(db: None, settings: Settings, client: Client) -> None:
    settings.DEMO_CLOCK = "2018-07-20T09:00:00+07:00"
    settings.DATA_DIR.mkdir(parents=True)
    (settings.DATA_DIR / "demo.json").write_text(FILE)
    page = client.get("/dang-nhap/")
    assert page.context["scenes"] == [("7/2018", True), ("7/2025", False)]
    assert client.post("/canh/", {"scene": "7/2025"}).status_code == 302
    page = client.get("/dang-nhap/")
    assert page.context["scenes"] == [("7/2018", False), ("7/2025", True)]
    assert "15/07/2025" in page.content.decode()
    assert client.post("/canh/", {"scene": "7/1999"}).status_code == 404


def test_a_real_instance_has_one_clock_whatever_a_cookie_says(db: None, settings: Settings, client: Client) -> None:
    settings.DEMO_CLOCK = ""
    settings.DATA_DIR.mkdir(parents=True)
    client.cookies["nhipcau_scene"] = "7/2025"
    page = client.get("/dang-nhap/")
    assert (page.context["demo_clock"], page.context["scenes"]) == (None, [])
    assert client.post("/canh/", {"scene": "7/2025"}).status_code == 404


def test_the_switch_is_guarded_against_other_sites(db: None, settings: Settings) -> None:
    settings.DATA_DIR.mkdir(parents=True)
    (settings.DATA_DIR / "demo.json").write_text(FILE)
    assert Client(enforce_csrf_checks=True).post("/canh/", {"scene": "7/2025"}).status_code == 403


# The overview of a branch ----------------------------------------------------------------------------------


def seen(of: Unit) -> str:
    return f"/bao-cao/toan-canh/thang/2026-02/{of.uid}/"


def test_the_overview_is_seen_both_ways_with_the_same_figures_and_counts(cast: Cast, acting: As) -> None:
    scenes.consolidated(cast)
    happen()
    client = acting(cast.provincial_officer)
    then, now = client.get(seen(cast.province)), client.get(seen(cast.province), {"cay": "nay"})
    assert switch(then) == [("Theo cây cuối kỳ", True), ("Theo cây hiện nay", False)]
    assert switch(now) == [("Theo cây cuối kỳ", False), ("Theo cây hiện nay", True)]
    assert [row.name for row in then.context["rows"]] == ["Công đoàn phường Bình Sơn", "Công đoàn xã An Hải"]
    assert [row.name for row in now.context["rows"]] == ["Công đoàn phường Bình Sơn", "Công đoàn phường Hải Long"]
    for page in (then, now):
        assert page.context["counts"].expected == then.context["counts"].expected
        assert page.context["counts"].all_members == then.context["counts"].all_members
        assert page.context["headlines"][0][0].value == "25"


def test_the_ways_from_the_overview_of_today_keep_its_tree(cast: Cast, acting: As) -> None:
    scenes.consolidated(cast)
    happen()
    client = acting(cast.provincial_officer)
    page = client.get(seen(cast.province), {"cay": "nay", "chi-tieu": "gifts"})
    urls = [page.context["brief_url"], *(url for _, *both in page.context["files"] for url in both)]
    urls += [row.squares[-1].url for row in page.context["rows"]] + [page.context["whole"][-1].url]
    assert all("?cay=nay" in url for url in urls)
    assert page.context["brief_url"].endswith("?cay=nay&chi-tieu=gifts")
    assert [client.get(url).status_code for url in urls] == [200] * len(urls)
    assert "Công đoàn phường Hải Long" in client.get(urls[-1]).content.decode()
    assert "Theo cây ngày 02/10/2026" in client.get(page.context["brief_url"]).content.decode()


def test_a_report_sent_back_is_counted_where_its_unit_lies_now(cast: Cast, acting: As) -> None:
    report = scenes.sent(scenes.publish(), cast.local_volunteer, {"gifts": "3"})
    send_back(submission=report, reason="Xem lại", by_cell={}, actor=cast.commune_officer, at=NOW)
    happen()
    client = acting(cast.provincial_officer)
    back = {}
    for tree in ("", "nay"):
        rows = client.get(seen(cast.province), {"cay": tree}).context["rows"]
        back[tree] = {row.name: row.squares[-1].counts.returned for row in rows}
    assert back[""] == {"Công đoàn phường Bình Sơn": 0, "Công đoàn xã An Hải": 1}
    assert back["nay"] == {"Công đoàn phường Bình Sơn": 1, "Công đoàn phường Hải Long": 0}


def test_a_new_commune_sees_the_periods_before_it_began(cast: Cast, acting: As) -> None:
    scenes.consolidated(cast)
    happen()
    page = acting(cast.provincial_officer).get(seen(unit("XC")))
    assert page.context["branch"].on == AFTER.date()
    assert page.context["headlines"][0][0].value == "3"
