"""Văn bản đến: a scan on its way."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from nhipcau.documents.models import Document, Scan, ScanState
from nhipcau.reader.extract import Extracted
from tests.cast import NOW, Cast
from tests.web.directive import arrived
from tests.web.documents import rows
from tests.web.documents.conftest import As


def page(scan: Scan) -> str:
    return f"/van-ban/quet/{scan.uid}/"


def waiting(cast: Cast) -> Scan:
    return Scan.objects.get(uid=str(rows.scan(cast)["uid"]))


def test_a_scan_does_not_hold_the_upload_up(cast: Cast, acting: As, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "nhipcau.documents.incoming.scanning.extract", lambda *_, **__: Extracted("", "ocr", unread=2)
    )
    file = SimpleUploadedFile("quet.pdf", b"%PDF-1.7 only pictures")
    answer = acting(cast.clerk).post("/van-ban/nhan/", {"file": file, "received_on": "12/03/2026"})
    assert (answer.status_code, answer["Location"]) == (302, page(Scan.objects.get()))


def test_progress_is_shown_page_by_page(cast: Cast, acting: As) -> None:
    scan = waiting(cast)
    Scan.objects.update(pages_done=1)
    shown = acting(cast.clerk).get(page(scan)).content.decode()
    assert "1 / 3 trang" in shown
    assert 'http-equiv="refresh"' in shown


def test_a_worker_that_does_not_run_is_suspected(cast: Cast, acting: As) -> None:
    scan = waiting(cast)
    Scan.objects.update(created_at=NOW - dt.timedelta(minutes=5))
    assert "nhipcau worker" in acting(cast.clerk).get(page(scan)).content.decode()


def test_when_done_the_confirmation_opens(cast: Cast, acting: As) -> None:
    scan, document = waiting(cast), arrived(cast.clerk)
    Scan.objects.update(state=ScanState.DONE, document=document)
    assert acting(cast.clerk).get(page(scan))["Location"] == f"/van-ban/{document.uid}/xac-nhan/"


def test_what_was_kept_out_says_why_and_waits_no_more(cast: Cast, acting: As) -> None:
    scan = waiting(cast)
    Scan.objects.update(state=ScanState.KEPT_OUT, note="Văn bản có dấu chỉ mức độ mật.", name="")
    shown = acting(cast.clerk).get(page(scan)).content.decode()
    assert "mức độ mật" in shown
    assert 'http-equiv="refresh"' not in shown


def test_the_upload_page_lists_what_is_being_recognised(cast: Cast, acting: As) -> None:
    scan = waiting(cast)
    assert page(scan) in acting(cast.clerk).get("/van-ban/nhan/").content.decode()


def test_the_upload_page_says_for_a_day_which_scan_was_kept_out_and_why(cast: Cast, acting: As) -> None:
    waiting(cast)
    Scan.objects.update(state=ScanState.KEPT_OUT, note="Văn bản có dấu chỉ mức độ mật.", name="")
    assert "mức độ mật" in acting(cast.clerk).get("/van-ban/nhan/").content.decode()
    Scan.objects.update(created_at=NOW - dt.timedelta(days=2))
    assert "mức độ mật" not in acting(cast.clerk).get("/van-ban/nhan/").content.decode()


def unread(cast: Cast) -> Scan:
    scan = waiting(cast)
    Scan.objects.update(state=ScanState.FAILED, failed_at=NOW, note="Máy chưa nhận dạng được sau 5 lần thử: lỗi.")
    return scan


def test_what_could_not_be_read_stands_on_three_pages_with_its_reason(cast: Cast, acting: As) -> None:
    scan, client = unread(cast), acting(cast.clerk)
    for address in ("/", "/van-ban/nhan/", page(scan)):
        shown = client.get(address).content.decode()
        assert "sau 5 lần thử: lỗi." in shown
        assert page(scan) in shown
    shown = client.get(page(scan)).content.decode()
    assert "để đến ngày 23/03/2026 thì hệ thống tự xóa" in shown
    assert 'http-equiv="refresh"' not in shown


def test_it_is_tried_again_or_dropped_by_one_press(cast: Cast, acting: As) -> None:
    scan, client = unread(cast), acting(cast.clerk)
    assert client.post(f"{page(scan)}thu-lai/")["Location"] == page(scan)
    scan.refresh_from_db()
    assert scan.state == ScanState.WAITING
    assert "không còn lưu gì" in client.post(f"{page(scan)}bo/", follow=True).content.decode()
    scan.refresh_from_db()
    assert (scan.state, scan.name) == (ScanState.DISCARDED, "")


def test_what_is_a_letter_or_gone_by_now_is_refused_on_its_page(cast: Cast, acting: As) -> None:
    scan, client = unread(cast), acting(cast.clerk)
    Scan.objects.update(state=ScanState.DISCARDED)
    again = client.post(f"{page(scan)}thu-lai/")
    assert (again.status_code, "nên không thử lại" in again.content.decode()) == (409, True)
    Scan.objects.update(state=ScanState.DONE)
    dropped = client.post(f"{page(scan)}bo/")
    assert (dropped.status_code, "hãy bỏ ở trang xác nhận" in dropped.content.decode()) == (409, True)


def test_where_no_word_was_read_the_pages_are_shown_to_be_read_by_a_person(cast: Cast, acting: As) -> None:
    scan, document, client = waiting(cast), arrived(cast.clerk), acting(cast.clerk)
    Scan.objects.update(state=ScanState.DONE, document=document, words=[])
    Document.objects.update(text="")
    shown = client.get(page(scan), follow=True).content.decode()
    assert "Máy không đọc được chữ nào" in shown
    assert [f"/van-ban/{document.uid}/trang/{n}" in shown for n in (1, 3, 4)] == [True, True, False]
    assert "Nội dung văn bản" not in shown
