"""Nhập thay: from the list of missing units to the unit's own confirmation."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from nhipcau.reports.models import Submission, SubmissionState
from tests.cast import Cast
from tests.web.reports import scenes
from tests.web.reports.conftest import As

FIGURES = {"gifts": "3", "money": "900.000", "dialogues": "1", "van:danh_gia": "Đã trao đủ."}


def _url(cast: Cast) -> str:
    return f"/bao-cao/nhap-thay/thang/2026-02/{cast.local.uid}/"


def test_the_way_in_stands_beside_the_missing_unit_for_the_level_directly_above(cast: Cast, acting: As) -> None:
    scenes.publish()
    figures = f"/bao-cao/tong-hop/thang/2026-02/{cast.commune.uid}/"
    assert _url(cast) in acting(cast.commune_officer).get(figures).content.decode()
    assert _url(cast) not in acting(cast.provincial_officer).get(figures).content.decode()


def test_it_is_entered_seen_and_confirmed(cast: Cast, acting: As) -> None:
    scenes.publish()
    scan = SimpleUploadedFile("ban-giay.txt", "Báo cáo tháng 2.".encode())
    posted = {**FIGURES, "source": "paper", "note": "Bản giấy ngày 05/3", "papers": scan}
    answer = acting(cast.commune_officer).post(_url(cast), posted)
    report = Submission.objects.get()
    assert answer["Location"] == f"/bao-cao/{report.uid}/"
    assert (report.state, report.narrative) == (SubmissionState.ACCEPTED, {"danh_gia": "Đã trao đủ."})
    client = acting(cast.local_volunteer)
    assert any(item.state == "cấp trên nhập thay" for s in client.get("/").context["sections"] for item in s.items)
    assert "Xác nhận đúng" in client.get(f"/bao-cao/{report.uid}/").content.decode()
    client.post(f"/bao-cao/{report.uid}/xac-nhan/")
    report.refresh_from_db()
    assert report.confirmed_by == cast.local_volunteer


def test_what_is_refused_is_shown_where_it_was_typed(cast: Cast, acting: As) -> None:
    scenes.publish()
    client = acting(cast.commune_officer)
    page = client.post(_url(cast), {**FIGURES, "gifts": "ba", "source": "paper", "note": ""})
    assert page.status_code == 422
    assert [row.value for row in page.context["grid"].rows if row.has_error] == ["ba"]
    page = client.post(_url(cast), {**FIGURES, "source": "paper", "note": "Bản giấy"})
    assert "bản quét" in str(page.context["form"].errors["papers"])
    page = client.post(_url(cast), {**FIGURES, "dialogues": "30", "source": "telephone", "note": "Điện thoại"})
    assert [row.key for row in page.context["grid"].rows if row.needs_explanation] == ["dialogues"]
    assert not Submission.objects.exists()


def test_a_report_sent_meanwhile_is_told(cast: Cast, acting: As) -> None:
    scenes.sent(scenes.publish(), cast.local_volunteer, {"gifts": "3"})
    posted = {**FIGURES, "source": "telephone", "note": "Điện thoại"}
    page = acting(cast.commune_officer).post(_url(cast), posted)
    assert page.status_code == 409
    assert "đã có báo cáo kỳ này (đã gửi)" in page.content.decode()
    assert [row.value for row in page.context["grid"].rows if row.key == "gifts"] == ["3"], "what was typed stays"
