"""Toàn cảnh: the branch over its periods on one page, its ways down, its filters and its files."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from nhipcau.org.models import Unit
from nhipcau.reports.filling.workflow import send_back
from nhipcau.web.reports import overview
from tests.cast import NOW, Cast
from tests.reports import secrets
from tests.reports.secrets import LATE, PERIOD
from tests.web.reports import scenes
from tests.web.reports.conftest import As
from tests.web.weight import LATER_PAGE, hindrances, travels

HTMX = {"HX-Request": "true"}


def url(unit: Unit, more: str = "", period: str = "2026-02") -> str:
    return f"/bao-cao/toan-canh/thang/{period}/{unit.uid}/{more}"


def squares(client: Client, unit: Unit, query: str = "") -> dict[str, list[tuple[str, int]]]:
    """By unit: the look of its squares and how many units each speaks of, oldest period first."""
    rows = client.get(url(unit) + query).context["rows"]
    return {row.name: [(one.tone.look, one.count) for one in row.squares] for row in rows}


@pytest.fixture
def february(cast: Cast) -> None:
    """The commune reported in February as far as it goes; in January one local union came late; the ward's report
    was sent back."""
    version = scenes.consolidated(cast)
    figures = {"gifts": "10", "money": "2.000.000", "dialogues": "4"}
    scenes.accepted(version, cast.local_volunteer, cast.commune_officer, figures, period=scenes.JANUARY)
    report = scenes.sent(version, cast.stranger, {"gifts": "2"})
    send_back(submission=report, reason="Xem lại", by_cell={}, actor=cast.provincial_officer, at=NOW)


@pytest.mark.usefixtures("february")
def test_a_square_says_what_is_most_to_be_looked_after(cast: Cast, acting: As) -> None:
    assert squares(acting(cast.provincial_officer), cast.province) == {
        "Công đoàn phường Bình Sơn": [("late", 2), ("back", 1)],
        "Công đoàn xã An Hải": [("late", 2), ("going", 1)],
    }
    assert squares(acting(cast.commune_officer), cast.commune) == {
        "Công đoàn cơ sở Công ty May Hải Âu": [("tardy", 0), ("done", 0)],
        "Công đoàn cơ sở Trường Tiểu học Hải Long": [("late", 0), ("going", 0)],
    }


@pytest.mark.usefixtures("february")
def test_only_those_with_something_to_look_after_may_be_left(cast: Cast, acting: As) -> None:
    client = acting(cast.commune_officer)
    assert list(squares(client, cast.commune, "?loc=thieu")) == ["Công đoàn cơ sở Trường Tiểu học Hải Long"]
    assert client.get(url(cast.commune) + "?loc=la").status_code == 404


@pytest.mark.usefixtures("february")
def test_figures_stand_beside_the_period_before(cast: Cast, acting: As) -> None:
    page = acting(cast.commune_officer).get(url(cast.commune) + "?chi-tieu=gifts&chi-tieu=dialogues&chi-tieu=la")
    told = [(one.label, one.value, one.before.difference) for one, _, _ in page.context["headlines"]]
    assert told == [("Suất quà đã trao", "25", "+15"), ("Cuộc đối thoại", "2", "-2")]
    assert [chart.title for chart in page.context["trends"]] == ["Suất quà đã trao", "Cuộc đối thoại"]
    assert page.context["trends"][0].rows == [("Suất quà đã trao", ["10", "25"])]
    assert page.context["year_ago"] == ""


@pytest.mark.usefixtures("february")
def test_coverage_is_told_by_units_and_by_members(cast: Cast, acting: As) -> None:
    page = acting(cast.provincial_officer).get(url(cast.province))
    bars = {bar.name: bar.said for bar in page.context["coverage"].bars}
    assert bars == {"Đơn vị đã được tiếp nhận": "2 trên 6", "Đoàn viên của các đơn vị ấy": "420 trên 635"}
    assert [(one.name, one.figure) for one in page.context["tiles"]] == [
        ("Công đoàn phường Bình Sơn", "0/2"), ("Công đoàn xã An Hải", "2/3"),
    ]  # fmt: skip


@pytest.mark.usefixtures("february")
def test_a_square_opens_down_to_the_report(cast: Cast, acting: As) -> None:
    client = acting(cast.provincial_officer)
    top = client.get(url(cast.commune, "ai/"), headers=HTMX)
    assert [(part.name, part.square.tone.look) for part in top.context["parts"]] == [
        ("Công đoàn cơ sở Công ty May Hải Âu", "done"), ("Công đoàn cơ sở Trường Tiểu học Hải Long", "going"),
    ]  # fmt: skip
    assert "<html" not in top.content.decode()
    leaf = client.get(top.context["parts"][0].square.url, headers=HTMX)
    assert "đã tiếp nhận" in leaf.content.decode()
    assert f"/bao-cao/{leaf.context['own'].uid}/" in leaf.content.decode()
    empty = client.get(top.context["parts"][1].square.url)
    assert "Chưa có báo cáo nào gửi lên." in empty.content.decode()
    assert "<html" in empty.content.decode()


@pytest.mark.usefixtures("february")
def test_a_strangers_or_a_higher_unit_does_not_exist(cast: Cast, acting: As) -> None:
    for more in ("", "ai/", "tinh-hinh.csv", "so-lieu.xlsx"):
        assert acting(cast.commune_officer).get(url(cast.province, more)).status_code == 404
        assert acting(cast.stranger).get(url(cast.commune, more)).status_code == 404


@pytest.mark.usefixtures("february")
def test_the_files_say_what_the_page_says(cast: Cast, acting: As) -> None:
    client = acting(cast.provincial_officer)
    rows = list(
        csv.reader(io.StringIO(client.get(url(cast.province, "tinh-hinh.csv")).content.decode("utf-8-sig")))
    )
    ward = [row for row in rows if row[0] == "Công đoàn phường Bình Sơn"]
    assert ward[1][1:9] == ["2026-02", "có báo cáo bị trả lại", "2", "0", "0", "0", "2", "1"]
    asked = url(cast.province, "so-lieu.csv") + "?chi-tieu=gifts"
    rows = list(csv.reader(io.StringIO(client.get(asked).content.decode("utf-8-sig"))))
    assert ["Công đoàn xã An Hải", "Suất quà đã trao", "suất", "2026-02", "25", "2", "3"] in rows
    assert client.get(url(cast.province, "tinh-hinh.xlsx")).content[:2] == b"PK"
    assert client.get(url(cast.province, "so-lieu.la")).status_code == 404


def test_the_start_keeps_what_was_chosen(cast: Cast, acting: As) -> None:
    client = acting(cast.commune_officer)
    assert "Chưa có biểu mẫu nào" in client.get("/bao-cao/toan-canh/").content.decode()
    scenes.consolidated(cast)
    assert client.get("/bao-cao/toan-canh/")["Location"] == url(cast.commune)
    asked = {"mau": "thang", "ky": "2026-01", "chi-tieu": ["gifts", "money"]}
    found = client.get("/bao-cao/toan-canh/", asked)["Location"]
    assert found == url(cast.commune, period="2026-01") + "?chi-tieu=gifts&chi-tieu=money"


def test_small_counts_are_hidden_on_the_page_and_in_its_file(cast: Cast, acting: As, settings: Settings) -> None:
    settings.DEMO_CLOCK = LATE.isoformat()
    secrets.reported(secrets.publish())
    client = acting(cast.provincial_officer)
    base = f"/bao-cao/toan-canh/kho-khan/{PERIOD.key}/"
    said = {}
    for unit in (cast.province, cast.commune):
        page = client.get(f"{base}{unit.uid}/?chi-tieu=hardship")
        [(one, _, _)] = page.context["headlines"]
        said[unit.pk] = (one.value, page.context["stars"])
    assert said == {cast.province.pk: ("59", False), cast.commune.pk: ("*", True)}
    file = client.get(f"{base}{cast.province.uid}/so-lieu.csv?chi-tieu=hardship").content.decode()
    assert f"Công đoàn xã An Hải,Đoàn viên khó khăn được giúp,người,{PERIOD.key},*," in file
    assert f"Công đoàn xã Đông Thành,Đoàn viên khó khăn được giúp,người,{PERIOD.key},42," in file


def test_the_page_asks_no_more_for_more_units_below_and_stays_light(cast: Cast, acting: As) -> None:
    scenes.consolidated(cast)
    client, counts = acting(cast.provincial_officer), []
    for unit in (cast.commune, cast.province):
        client.get(url(unit))
        with CaptureQueriesContext(connection) as queries:
            page = client.get(url(unit)).content.decode()
        counts.append(len(queries))
        assert travels(page, []) <= LATER_PAGE
        assert hindrances(page) == []
    assert counts[1] <= counts[0], "leaf units are read from their records, inner ones from stored totals"
    assert counts[0] < 70


def test_before_the_form_was_there_is_nothing_to_compare_with(cast: Cast, acting: As, settings: Settings) -> None:
    scenes.consolidated(cast)
    settings.DEMO_CLOCK = (NOW + dt.timedelta(days=360)).isoformat()
    page = acting(cast.commune_officer).get(url(cast.commune, period="2027-02") + "?chi-tieu=gifts")
    assert len(page.context["columns"]) == 6
    assert page.context["year_ago"] == "tháng 2 năm 2026"
    [(one, _, _)] = page.context["headlines"]
    assert (one.last_year.before, one.last_year.difference) == ("25", "")


def test_whoever_has_a_wide_branch_meets_it_on_the_first_page(
    cast: Cast, acting: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    scenes.publish()
    assert not acting(cast.provincial_officer).get("/").context["wide"]
    monkeypatch.setattr(overview, "WIDE", 4)
    page = acting(cast.provincial_officer).get("/")
    assert "/bao-cao/toan-canh/" in page.content.decode()
    assert not acting(cast.commune_officer).get("/").context["wide"]
