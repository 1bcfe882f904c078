"""Prints, check codes, signed copies, and what changed since a return, on the pages."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from nhipcau.reports.design.templates import import_template
from nhipcau.reports.filling.unit_report import check_code
from nhipcau.reports.filling.workflow import send_back
from nhipcau.reports.models import PaperKind
from tests.cast import NOW, SETUP, Cast
from tests.web.reports import scenes
from tests.web.reports.conftest import As


def test_the_code_on_the_print_is_known_within_ones_scope_alone(cast: Cast, acting: As) -> None:
    report = scenes.sent(scenes.publish(), cast.local_volunteer, {"gifts": "3"})
    assert report.seal is not None
    address = f"/bao-cao/kiem-tra-ma/?ma={check_code(report.seal)}"
    assert check_code(report.seal) in acting(cast.local_volunteer).get(f"/bao-cao/{report.uid}/").content.decode()
    shown = acting(cast.commune_officer).get(address).content.decode()
    assert "Công ty May Hải Âu" in shown
    assert "Nay</dt><dd>" in shown
    hidden = acting(cast.stranger).get(address)
    assert (hidden.status_code, "May Hải Âu" in hidden.content.decode()) == (404, False)


def test_the_print_is_a_file_of_its_kind(cast: Cast, acting: As) -> None:
    report = scenes.sent(scenes.publish(), cast.local_volunteer, {"gifts": "3"})
    client = acting(cast.commune_officer)
    assert client.get(f"/bao-cao/{report.uid}/ban-in.pdf").content.startswith(b"%PDF")
    assert client.get(f"/bao-cao/{report.uid}/ban-in.exe").status_code == 404


def test_both_sides_are_told_about_the_signed_copy_and_it_opens_the_way(cast: Cast, acting: As) -> None:
    data = f"{scenes.TEMPLATE}\nsigned_copy: true\n".encode()
    report = scenes.sent(
        import_template(data=data, actor=SETUP, at=NOW).version, cast.local_volunteer, {"gifts": "3"}
    )
    above, own = acting(cast.commune_officer), acting(cast.local_volunteer)
    assert "in bản .pdf, ký, đóng dấu" in own.get(f"/bao-cao/{report.uid}/").content.decode()
    assert "đơn vị chưa tải lên bản đã ký" in above.get(f"/bao-cao/{report.uid}/tiep-nhan/").content.decode()
    assert above.get("/bao-cao/cho-tiep-nhan/").context["clean"] == []
    above.post(f"/bao-cao/{report.uid}/tiep-nhan/", {"viec": "nhan"})
    scan = SimpleUploadedFile("ban-ky.txt", b"Ban da ky.")
    own.post(f"/bao-cao/{report.uid}/ban-ky/", {"ban-ky": scan})
    paper = report.papers.get(kind=PaperKind.SIGNED)
    assert above.get(f"/bao-cao/{report.uid}/ban-giay/{paper.pk}/").content == b"Ban da ky."
    report.refresh_from_db()
    assert report.state == "submitted"
    above.post(f"/bao-cao/{report.uid}/tiep-nhan/", {"viec": "nhan"})
    report.refresh_from_db()
    assert report.state == "accepted"


def test_a_signed_copy_that_is_refused_is_told_on_the_reports_page(cast: Cast, acting: As) -> None:
    report = scenes.draft(scenes.publish(), cast.local_volunteer, {"gifts": "3"})
    client, address = acting(cast.local_volunteer), f"/bao-cao/{report.uid}/ban-ky/"
    early = client.post(address, {"ban-ky": SimpleUploadedFile("ban-ky.txt", b"Ban da ky.")})
    assert (early.status_code, "Hãy gửi báo cáo trước" in early.content.decode()) == (409, True)
    empty = client.post(address)
    assert (empty.status_code, "hãy chọn tệp quét" in empty.content.decode()) == (422, True)
    assert "data-answered" not in early.content.decode(), "the device keeps what is typed"


def test_what_was_sent_again_shows_its_changes_first(cast: Cast, acting: As) -> None:
    version = scenes.publish()
    report = scenes.sent(version, cast.local_volunteer, {"gifts": "3", "money": "900.000"})
    asked = {"gifts": "Sổ ghi 4 suất", "dialogues": "Chưa có kế hoạch"}
    send_back(submission=report, reason="", by_cell=asked, actor=cast.commune_officer, at=NOW)
    scenes.sent(version, cast.local_volunteer, {"gifts": "4", "money": "1.200.000"})
    client = acting(cast.commune_officer)
    (row,) = client.get("/bao-cao/cho-tiep-nhan/").context["rows"]
    assert (row.resent.count, row.clean) == (2, False)
    (shown,) = client.get(f"/bao-cao/{report.uid}/tiep-nhan/").context["resent"]
    assert [(line.before, line.after, line.mark) for line in shown.lines] == [
        ("3", "4", "đã sửa"),
        ("…", "…", "giữ nguyên"),
        ("900.000", "1.200.000", "sửa ngoài yêu cầu"),
    ]
