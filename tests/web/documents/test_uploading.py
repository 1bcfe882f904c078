"""Văn bản đến: taking a letter in."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from nhipcau.documents.models import Document, DocumentState, StoredFile
from nhipcau.web.documents.forms import MOST_LETTERS
from tests.cast import Cast
from tests.documents.letters import plan
from tests.reader.test_parcels import mail
from tests.web.directive import arrived, directive
from tests.web.documents.conftest import As

URL = "/van-ban/nhan/"


def test_a_letter_is_taken_in_and_the_next_page_is_its_confirmation(cast: Cast, acting: As) -> None:
    answer = acting(cast.clerk).post(
        URL, {"file": SimpleUploadedFile("ke-hoach.docx", directive()), "received_on": "12/03/2026"}
    )
    document = Document.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/van-ban/{document.uid}/xac-nhan/")
    assert (document.state, document.received_on) == (DocumentState.READ, dt.date(2026, 3, 12))


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("hong.docx", b"PK\x03\x04 khong phai zip", "bị hỏng"),
        ("anh.jpg", b"\xff\xd8\xff\xe0 anh", "Tệp ảnh bị hỏng"),
        ("anh.heic", b"\0\0\0\x18ftypheic" + b"\0" * 20, "lưu thành .jpg hoặc .png"),
        ("mat.txt", "LIÊN ĐOÀN LAO ĐỘNG TỈNH\nMẬT\nKẾ HOẠCH\nVề việc khác".encode(), "sổ văn bản mật"),
        ("don.txt", "ĐƠN TỐ CÁO\nKính gửi".encode(), "sổ tiếp nhận đơn"),
    ],
)
def test_what_cannot_enter_is_said_in_plain_words_and_not_kept(
    cast: Cast, acting: As, data_dir: Path, name: str, data: bytes, said: str
) -> None:
    answer = acting(cast.clerk).post(URL, {"file": SimpleUploadedFile(name, data), "received_on": "12/03/2026"})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Document.objects.exists()
    assert not StoredFile.objects.exists()
    assert not (data_dir / "files").exists()


def test_a_locked_pdf_is_named_as_such(cast: Cast, acting: As) -> None:
    locked = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R/Encrypt 5 0 R>>\n%%EOF"
    file = SimpleUploadedFile("khoa.pdf", locked)
    answer = acting(cast.clerk).post(URL, {"file": file, "received_on": "12/03/2026"})
    assert answer.status_code == 422
    assert not Document.objects.exists()


def test_the_same_file_again_leads_to_the_letter_that_is_there(cast: Cast, acting: As) -> None:
    first = arrived(cast.clerk)
    answer = acting(cast.clerk).post(
        URL, {"file": SimpleUploadedFile("lan-hai.docx", directive()), "received_on": "12/03/2026"}
    )
    assert answer.status_code == 422
    assert f"/van-ban/{first.uid}/" in answer.content.decode()
    assert Document.objects.count() == 1


def test_a_further_copy_waits_for_the_answer_of_a_person(cast: Cast, acting: As) -> None:
    first = arrived(cast.clerk)
    other = directive(subject="Tổ chức Tháng An toàn, vệ sinh lao động năm 2026 (bản giấy)")
    answer = acting(cast.clerk).post(
        URL, {"file": SimpleUploadedFile("ban-giay.docx", other), "received_on": "13/03/2026"}, follow=True
    )
    second = Document.objects.exclude(pk=first.pk).get()
    assert answer.redirect_chain[0][0] == f"/van-ban/{second.uid}/xac-nhan/"
    assert "Trùng với một văn bản đang chờ xác nhận" in answer.content.decode()


def test_a_day_to_come_and_a_missing_file_are_form_errors(cast: Cast, acting: As) -> None:
    client = acting(cast.clerk)
    late = client.post(URL, {"file": SimpleUploadedFile("a.docx", directive()), "received_on": "17/03/2026"})
    assert (late.status_code, list(late.context["form"].errors)) == (422, ["received_on"])
    assert list(client.post(URL, {"received_on": "12/03/2026"}).context["form"].errors) == ["file"]


def test_the_officer_without_the_register_may_not_take_letters_in(cast: Cast, acting: As) -> None:
    cast.local_volunteer.roles = ["reporter"]
    cast.local_volunteer.save()
    assert acting(cast.local_volunteer).get(URL).status_code == 403


def test_an_email_shows_what_became_of_each_of_its_letters(cast: Cast, acting: As) -> None:
    data = mail(("ke-hoach.txt", plan()), ("anh.jpg", b"\xff\xd8\xff\xe0 anh"))
    answer = acting(cast.clerk).post(
        URL, {"file": SimpleUploadedFile("thu.eml", data), "received_on": "12/03/2026"}
    )

    page = answer.content.decode()
    assert answer.status_code == 200
    assert f"/van-ban/{Document.objects.get().uid}/xac-nhan/" in page
    assert "Tệp ảnh bị hỏng" in page


def test_a_signed_letter_says_on_its_page_that_nothing_changed(cast: Cast, acting: As) -> None:
    document = arrived(cast.clerk)
    signature = {"signer": "LĐLĐ tỉnh", "issuer": "CA", "signed_at": None, "state": "intact", "note": ""}
    document.reading |= {"signatures": [signature]}
    document.save(update_fields=["reading"])

    page = acting(cast.clerk).get(f"/van-ban/{document.uid}/xac-nhan/").content.decode()

    assert "LĐLĐ tỉnh" in page
    assert "nội dung không đổi từ khi ký" in page


def test_letters_chosen_at_once_stand_each_by_itself_and_lead_from_one_to_the_next(cast: Cast, acting: As) -> None:
    client = acting(cast.clerk)
    files = [
        SimpleUploadedFile(f"{number}.txt", plan(number=f"{number}/KH-LĐLĐ", subject=f"Việc thứ {number}"))
        for number in (71, 72, 73)
    ]
    listed = client.post(URL, {"file": files, "received_on": "12/03/2026"})
    first, second, third = Document.objects.order_by("pk")
    assert [f"/van-ban/{one.uid}/xac-nhan/" in listed.content.decode() for one in (first, second, third)] == [
        True
    ] * 3
    assert f'<a href="/van-ban/{second.uid}/xac-nhan/">Văn bản tiếp theo (còn 2)</a>' in _enter(client, first)
    _enter(client, second)
    assert f'<a href="{URL}">Nhận văn bản khác</a>' in _enter(client, third)


def test_too_many_letters_at_once_are_refused_on_the_form(cast: Cast, acting: As) -> None:
    files = [SimpleUploadedFile(f"{number}.txt", plan()) for number in range(MOST_LETTERS + 1)]
    answer = acting(cast.clerk).post(URL, {"file": files, "received_on": "12/03/2026"})
    assert answer.status_code == 422
    assert "Gửi tối đa 20 tệp mỗi lần." in answer.content.decode()
    assert not Document.objects.exists()


def _enter(client: Client, letter: Document) -> str:
    """The page after that letter is entered as it was read."""
    address = f"/van-ban/{letter.uid}/xac-nhan/"
    form = client.get(address).context["form"]
    typed = {field.name: field.value() or "" for field in form}
    return client.post(address, typed, follow=True).content.decode()
