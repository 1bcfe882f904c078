"""Số gộp on the pages: chosen on the unit's own form, told to the covered unit, shown in the figures."""

from __future__ import annotations

from nhipcau.reports.models import Submission
from tests.cast import Cast
from tests.web.reports import scenes
from tests.web.reports.conftest import As


def _covering(cast: Cast, acting: As) -> Submission:
    report = scenes.draft(scenes.publish(), cast.commune_officer, {"gifts": "9", "money": "0"})
    client = acting(cast.commune_officer)
    assert f"/bao-cao/{report.uid}/so-gop/" in client.get(f"/bao-cao/{report.uid}/").content.decode()
    client.post(f"/bao-cao/{report.uid}/so-gop/", {"don-vi": [str(cast.local.uid)]})
    client.post(f"/bao-cao/{report.uid}/", {"viec": "trinh-gui-de-trong", "edits": "1"})
    report.refresh_from_db()
    return report


def test_the_units_are_chosen_on_the_form(cast: Cast, acting: As) -> None:
    report = _covering(cast, acting)
    assert list(report.covers.all()) == [cast.local]
    assert report.state == "submitted"


def test_the_covered_unit_owes_nothing_and_is_told_why(cast: Cast, acting: As) -> None:
    _covering(cast, acting)
    client = acting(cast.local_volunteer)
    assert "trong số gộp của Công đoàn xã An Hải" in client.get("/bao-cao/").content.decode()
    titles = [item.title for section in client.get("/").context["sections"] for item in section.items]
    assert "Báo cáo tháng về chăm lo, tháng 2 năm 2026" not in titles
    answer = client.post("/bao-cao/lap/", {"mau": "thang", "ky": "2026-02"})
    assert (answer.status_code, "lập bản điều chỉnh bỏ đơn vị ra" in answer.content.decode()) == (409, True)


def test_the_figures_say_who_stands_in_the_lump(cast: Cast, acting: As) -> None:
    _covering(cast, acting)
    page = acting(cast.commune_officer).get(f"/bao-cao/tong-hop/thang/2026-02/{cast.commune.uid}/")
    assert page.context["lumped"] == [("Công đoàn cơ sở Công ty May Hải Âu", "Công đoàn xã An Hải")]


def test_who_reported_itself_is_refused_with_its_name(cast: Cast, acting: As) -> None:
    version = scenes.publish()
    scenes.sent(version, cast.local_volunteer, {"gifts": "3"})
    report = scenes.draft(version, cast.commune_officer)
    page = acting(cast.commune_officer).post(
        f"/bao-cao/{report.uid}/so-gop/", {"don-vi": [str(cast.local.uid), str(cast.stranger.unit.uid)]}
    )
    assert page.status_code == 422
    assert "May Hải Âu: đã có báo cáo riêng kỳ này" in page.content.decode()


def test_a_unit_with_others_below_is_told_whose_figures_stand_where(cast: Cast, acting: As) -> None:
    version = scenes.publish()
    middle = scenes.draft(version, cast.commune_officer)
    page = acting(cast.commune_officer).get(f"/bao-cao/{middle.uid}/").content.decode()
    assert "Ở đây là số của chính đơn vị." in page
    assert "Bản in có hai cột số" in page
    leaf = scenes.draft(version, cast.local_volunteer)
    page = acting(cast.local_volunteer).get(f"/bao-cao/{leaf.uid}/").content.decode()
    assert "Ở đây là số của chính đơn vị." not in page
    assert "Bản in có hai cột số" not in page
