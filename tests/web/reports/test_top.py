"""The unit with nobody above: it approves and seals, and no text of the page speaks of a level above."""

from __future__ import annotations

from nhipcau.reports.filling.workflow import mark_ready
from nhipcau.reports.models import SubmissionState
from tests.cast import NOW, Cast
from tests.web.reports import scenes
from tests.web.reports.conftest import As

GIVEN = {"gifts": "2", "money": "600.000", "dialogues": "1"}


def test_the_button_the_message_and_the_way_of_the_report_say_sealed(cast: Cast, acting: As) -> None:
    report = scenes.draft(scenes.consolidated(cast), cast.provincial_officer, {"gifts": "0"})
    client, url = acting(cast.provincial_officer), f"/bao-cao/{report.uid}/"
    page = client.get(url).content.decode()
    assert ">Duyệt và chốt<" in page
    assert "Trình và gửi" not in page
    sealed = client.post(url, {"viec": "trinh-gui-de-trong", "edits": "1"}, follow=True).content.decode()
    assert "Đã chốt báo cáo của đơn vị." in sealed
    assert "Đã duyệt và chốt" in sealed
    assert "Đã tiếp nhận" not in sealed.partition("Đã lập")[2].partition("</ol>")[0]
    report.refresh_from_db()
    assert report.state == SubmissionState.ACCEPTED


def test_a_unit_with_a_level_above_sends(cast: Cast, acting: As) -> None:
    report = scenes.draft(scenes.publish(), cast.local_volunteer, GIVEN)
    page = acting(cast.local_volunteer).get(f"/bao-cao/{report.uid}/").content.decode()
    assert ">Trình và gửi<" in page
    assert "Duyệt và chốt" not in page


def test_ready_at_the_top_waits_for_approval_not_for_a_level_above(cast: Cast, acting: As) -> None:
    report = scenes.draft(scenes.consolidated(cast), cast.provincial_officer, {"gifts": "0"})
    mark_ready(submission=report, actor=cast.provincial_officer, at=NOW)
    page = acting(cast.provincial_officer).get(f"/bao-cao/{report.uid}/").content.decode()
    assert "Chờ duyệt và chốt" in page
    assert "Chờ gửi lên cấp trên" not in page
