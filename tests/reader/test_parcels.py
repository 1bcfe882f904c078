"""E-mails and archives are opened into single files, within bounds."""

from __future__ import annotations

import io
import time
import zipfile
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.core.errors import UnreadableFile
from nhipcau.reader.extract import apart
from nhipcau.reader.extract.parcels import Enclosed, unpack, unpack_here

LETTER = "LIÊN ĐOÀN LAO ĐỘNG TỈNH AN HẢI\nSố: 12/LĐLĐ-VP\n".encode()


def archive(*files: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in files:
            package.writestr(name, data)
    return out.getvalue()


def mail(*files: tuple[str, bytes], text: str = "Kính gửi văn bản đính kèm.") -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "vanthu@example.vn", "coso@example.vn", "Công văn số 12"
    message.set_content(text)
    for name, data in files:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def test_a_single_letter_is_no_parcel() -> None:
    assert unpack(LETTER, "cong-van.txt") is None


def test_a_word_file_is_no_parcel() -> None:
    assert unpack(archive(("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<x/>")), "thu.docx") is None


def test_an_archive_gives_its_files_without_folders_and_leftovers() -> None:
    data = archive(("tháng 5/cv 12.txt", LETTER), ("__MACOSX/._cv", b"x"), ("tháng 5/.DS_Store", b"x"))

    assert unpack(data, "van-ban.zip") == (Enclosed("cv 12.txt", LETTER),)


def test_an_email_gives_its_attachments_and_not_its_covering_words() -> None:
    found = unpack(mail(("Công văn 12.txt", LETTER), ("Phụ lục.txt", b"bang")), "thu.eml")

    assert found == (Enclosed("Công văn 12.txt", LETTER), Enclosed("Phụ lục.txt", b"bang"))


def test_an_email_is_known_by_its_headers_whatever_its_name() -> None:
    assert unpack(mail(("cv.txt", LETTER)), "khong-ten") is not None


def test_an_email_without_attachments_is_itself_the_letter() -> None:
    (only,) = unpack(mail(text="Đề nghị các đơn vị gửi báo cáo trước ngày 10/5."), "thu.eml") or ()

    assert only.name == "thu.txt"
    assert "trước ngày 10/5" in only.data.decode()


def test_an_archive_in_a_forwarded_email_is_opened_too() -> None:
    inner = mail(("cv.zip", archive(("cv.txt", LETTER))))

    assert unpack(mail(("chuyen-tiep.eml", inner)), "thu.eml") == (Enclosed("cv.txt", LETTER),)


def test_parcels_within_parcels_have_an_end() -> None:
    data = archive(("cv.txt", LETTER))
    for _ in range(6):
        data = archive(("trong.zip", data))

    with pytest.raises(UnreadableFile, match="lồng quá nhiều lớp"):
        unpack(data, "ngoai.zip")


def test_a_bomb_is_refused() -> None:
    bomb = archive(*((f"{n}.txt", bytes(60 * 2**20)) for n in range(4)))

    with pytest.raises(UnreadableFile, match="MB"):
        unpack(bomb, "bom.zip")


def test_too_many_files_are_refused() -> None:
    with pytest.raises(UnreadableFile, match="quá 100 tệp"):
        unpack(archive(*((f"{n}.txt", b"x") for n in range(101))), "nhieu.zip")


def test_an_empty_archive_says_so() -> None:
    with pytest.raises(UnreadableFile, match="không chứa tệp nào"):
        unpack(archive(), "rong.zip")


def test_a_cut_archive_is_refused_or_no_parcel() -> None:
    data = archive(("cv.txt", LETTER * 500))

    for cut in range(30, len(data), 7):
        try:
            unpack_here(data[:cut], "cut.zip")
        except (UnreadableFile, zipfile.BadZipFile):
            continue


_HEADS = b"From: a@b.vn\nTo: c@d.vn\nSubject: e\nDate: Mon, 16 Mar 2026 09:00:00 +0700\n"
_PART = _HEADS + b"Content-Type: multipart/mixed; boundary=b\n\n--b\n"
_BY_PYTHON = b"Content-Type: text/plain; charset=punycode\n\na-" + b"9" * 400_000
BREAKING = {
    "mails in mails": _HEADS + b"Content-Type: message/rfc822\n\n" * 3000 + b"x",
    "parts in parts": _HEADS
    + b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(3000)),
    "brackets in a kind": _HEADS + b"Content-Type: " + b"(" * 20_000 + b"\n\nx",
    "brackets in a name": _PART
    + b"Content-Disposition: attachment; filename="
    + b"(" * 20_000
    + b"\n\n%PDF\n--b--\n",
}


@pytest.mark.parametrize("data", BREAKING.values(), ids=BREAKING)
def test_a_mail_that_breaks_its_parser_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match="bị hỏng"):
        unpack(data, "thu.eml")


def test_a_mail_that_keeps_its_parser_busy_takes_none_of_our_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "_SILENCE", 3.0)
    began = time.process_time()

    with pytest.raises(UnreadableFile, match="quá lâu"):
        unpack(_HEADS + _BY_PYTHON, "thu.eml")
    assert time.process_time() - began < 1


@given(st.binary(max_size=300))
def test_no_bytes_break_the_opening(rest: bytes) -> None:
    for head in (
        b"From: a\nTo: b\nSubject: c\nContent-Type: multipart/mixed; boundary=x\n\n--x\n",
        b"PK\x03\x04",
        b"",
    ):
        try:
            unpack_here(head + rest, "thu.eml")
        except UnreadableFile:
            continue
