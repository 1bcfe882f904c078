"""Báo cáo của đơn vị: what is owed, and opening it; and what of it stands on the worklist."""

from __future__ import annotations

from typing import Any

from nhipcau.reports.filling.workflow import mark_ready, send_back
from nhipcau.reports.models import Submission
from tests.cast import NOW, Cast
from tests.web.reports import scenes
from tests.web.reports.conftest import As


def _work(acting: As, post: Any) -> list[Any]:
    return [item for section in acting(post).get("/").context["sections"] for item in section.items]


def test_every_period_from_the_templates_first_on_is_listed_with_its_due_date(cast: Cast, acting: As) -> None:
    scenes.publish()
    ((name, rows),) = acting(cast.local_volunteer).get("/bao-cao/").context["groups"]
    assert name == "Báo cáo tháng về chăm lo"
    assert [row["duty"].period.key for row in rows] == ["2026-01", "2026-02", "2026-03"], "what is owed first"
    assert [row["duty"].overdue for row in rows] == [True, False, False]
    assert [row["action"] for row in rows] == ["Lập báo cáo", "Lập báo cáo", "Lập sớm"]


def test_a_unit_without_templates_is_told_so(cast: Cast, acting: As) -> None:
    assert "chưa phải lập báo cáo nào" in acting(cast.local_volunteer).get("/bao-cao/").content.decode()


def test_opening_twice_leads_to_the_same_report(cast: Cast, acting: As) -> None:
    scenes.publish()
    client = acting(cast.local_volunteer)
    first = client.post("/bao-cao/lap/", {"mau": "thang", "ky": "2026-02"})
    assert first["Location"] == client.post("/bao-cao/lap/", {"mau": "thang", "ky": "2026-02"})["Location"]
    assert Submission.objects.count() == 1


def test_after_acceptance_a_correction_can_be_opened(cast: Cast, acting: As) -> None:
    version = scenes.publish()
    scenes.accepted(version, cast.local_volunteer, cast.commune_officer, {"gifts": "3"})
    client = acting(cast.local_volunteer)
    assert "Lập bản điều chỉnh" in client.get("/bao-cao/").content.decode()
    client.post("/bao-cao/lap/", {"mau": "thang", "ky": "2026-02"})
    assert Submission.objects.get(revision=2).state == "draft"


def test_a_period_that_is_none_is_refused_with_a_sentence(cast: Cast, acting: As) -> None:
    scenes.publish()
    assert acting(cast.local_volunteer).post("/bao-cao/lap/", {"mau": "thang", "ky": "2026-13"}).status_code == 422


def test_what_is_owed_stands_on_the_worklist_with_its_reason(cast: Cast, acting: As) -> None:
    scenes.publish()
    owed = _work(acting, cast.local_volunteer)
    assert [item.title for item in owed] == [
        "Báo cáo tháng về chăm lo, tháng 1 năm 2026",
        "Báo cáo tháng về chăm lo, tháng 2 năm 2026",
    ]
    assert [item.overdue for item in owed] == [True, False]
    assert "15 ngày làm việc sau khi hết kỳ (31/01/2026)" in owed[0].reason


def test_one_tap_on_the_worklist_opens_the_report_that_is_owed(cast: Cast, acting: As) -> None:
    scenes.publish()
    first = _work(acting, cast.local_volunteer)[0]
    acting(cast.local_volunteer).post(first.post_url, dict(first.sent))
    assert Submission.objects.get().period == "2026-01"


def test_what_was_sent_stands_below_what_is_owed(cast: Cast, acting: As) -> None:
    version = scenes.publish()
    scenes.accepted(version, cast.local_volunteer, cast.commune_officer, {"gifts": "3"})
    ((_, rows),) = acting(cast.local_volunteer).get("/bao-cao/").context["groups"]
    assert [row["duty"].period.key for row in rows] == ["2026-01", "2026-03", "2026-02"]


def test_a_returned_report_comes_back_with_its_reason(cast: Cast, acting: As) -> None:
    report = scenes.sent(scenes.publish(), cast.local_volunteer, {"gifts": "3"})
    send_back(
        submission=report,
        reason="Thiếu tiền quà.",
        by_cell={"money": "chưa ghi"},
        actor=cast.commune_officer,
        at=NOW,
    )
    returned = next(item for item in _work(acting, cast.local_volunteer) if item.state == "bị trả lại")
    assert returned.source == "Thiếu tiền quà. · 1 ô bị trả lại"


def test_the_level_above_finds_what_waits_for_it(cast: Cast, acting: As) -> None:
    report = scenes.sent(scenes.publish(), cast.local_volunteer, {"gifts": "3"})
    waiting = [item for item in _work(acting, cast.commune_officer) if item.state == "1 báo cáo chờ"]
    assert [item.url for item in waiting] == [f"/bao-cao/{report.uid}/tiep-nhan/"]


def test_a_report_made_ready_waits_for_the_approver(cast: Cast, acting: As) -> None:
    ready = mark_ready(
        submission=scenes.draft(scenes.publish(), cast.local_volunteer), actor=cast.local_volunteer, at=NOW
    )
    (item,) = (item for item in _work(acting, cast.local_volunteer) if item.url == f"/bao-cao/{ready.uid}/")
    assert (item.state, item.action) == ("chờ ký duyệt", "Xem và gửi")
