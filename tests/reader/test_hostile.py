"""Hostile files end in a plain sentence, soon, and leave nothing; what they carry is named and never run."""

from __future__ import annotations

import contextlib
import os
import socket
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from nhipcau.core.errors import UnreadableFile
from nhipcau.reader import read_bytes
from nhipcau.reader.extract import extract
from tests.reader import hostile
from tests.reader.test_extract import saved, word_letter

_SOON = 30.0  # seconds of the processor, our processes' together: other work on the machine does not lengthen them


def _spent() -> float:
    """Seconds of the processor that this process and those it has waited for have had."""
    return sum(os.times()[:4])


REFUSED: list[tuple[str, Callable[[], bytes], str]] = [
    ("bom.docx", hostile.zip_bomb, "giải nén quá lớn"),
    ("noi-doi.docx", hostile.lying_zip, "bị hỏng|giải nén"),
    ("thuc-the.docx", hostile.laughs, "bị hỏng"),
    ("long-nhau.docx", lambda: hostile.nested(500), "bị hỏng"),
    ("muoi-nghin-trang.pdf", lambda: hostile.many_pages(10_000), "10000 trang"),
    ("vong-tron.pdf", hostile.circular_pages, "bị hỏng|không có chữ"),
    ("bom.pdf", hostile.pdf_bomb, "không có chữ|giới hạn an toàn|quá lâu"),
    ("cat-ngang.pdf", lambda: hostile.page_of(hostile.shown("Kinh gui"))[:200], "bị hỏng"),
    ("anh.doc", lambda: b"\x89PNG\r\n\x1a\n" + bytes(100), "Ảnh “anh.doc” bị hỏng"),
    ("chuong-trinh.pdf", lambda: b"MZ" + bytes(2000), "không phải"),
]


@pytest.fixture(autouse=True)
def own_temp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(("name", "make", "says"), REFUSED, ids=[case[0] for case in REFUSED])
def test_a_hostile_file_is_refused_soon_and_leaves_nothing(
    name: str, make: Callable[[], bytes], says: str, own_temp: Path
) -> None:
    data = make()
    began = _spent()
    with pytest.raises(UnreadableFile, match=says) as caught:
        read_bytes(data, name)
    assert _spent() - began < _SOON
    assert name in caught.value.message
    assert "Hãy" in caught.value.message or "không được mở" in caught.value.message
    assert list(own_temp.iterdir()) == []


def test_no_file_of_the_server_comes_into_a_letter(tmp_path: Path) -> None:
    secret = tmp_path / "bi-mat.txt"
    secret.write_text("mật khẩu của máy chủ", encoding="utf-8")
    with pytest.raises(UnreadableFile, match="bị hỏng"):
        extract(hostile.reaching(str(secret)), "doc-trom.docx")


def test_styles_in_a_circle_are_read_once() -> None:
    assert extract(hostile.circular_styles(), "vong.docx").text == "Kính gửi"


def test_a_macro_is_named_and_the_letter_is_read() -> None:
    found = read_bytes(hostile.with_macro(), "co-macro.docx")
    assert found.number.value == "15/LĐLĐ-VP"
    assert any("macro" in warning and "không chạy" in warning for warning in found.warnings)


def test_javascript_in_a_pdf_is_named_and_not_run() -> None:
    script = "/Names << /JavaScript << /Names [(a) << /S /JavaScript /JS (app.alert\\(1\\)) >>] >> >>"
    data = hostile.page_of(hostile.shown("Kinh gui cac don vi truc thuoc"), entries=script)
    assert any("JavaScript" in warning for warning in extract(data, "co-js.pdf").warnings)


def test_a_page_as_large_as_a_field_is_read_by_its_text() -> None:
    data = hostile.page_of(hostile.shown("Kinh gui cac don vi truc thuoc"), box="0 0 14400 14400")
    assert "Kinh gui" in extract(data, "lon.pdf").text


def test_a_file_that_is_two_things_is_read_as_what_it_begins_with() -> None:
    both = saved(word_letter()) + hostile.page_of(hostile.shown("Van ban khac han noi dung kia"))
    assert "khac han" not in extract(both, "hai-mat.pdf").text


def test_an_ending_does_not_decide() -> None:
    assert extract(saved(word_letter()), "thu.txt").source == "docx"
    page = hostile.page_of(hostile.shown("Kinh gui cac don vi truc thuoc"))
    assert extract(page, "thu.docx").source == "pdf-text"


@pytest.mark.needs_program("soffice")
def test_an_old_file_fetches_nothing_from_elsewhere() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/theo-doi.png"
        picture = '{\\field{\\*\\fldinst INCLUDEPICTURE "' + address + '" \\\\d}{\\fldrslt }}'
        letter = "{\\rtf1\\ansi Kinh gui cac don vi truc thuoc " + picture + "\\par}"
        assert "Kinh gui" in extract(letter.encode(), "lien-ket.rtf").text
        with pytest.raises(TimeoutError):
            server.accept()


@pytest.mark.needs_program("soffice")
def test_braces_without_end_are_refused_or_read_soon() -> None:
    began = _spent()
    with contextlib.suppress(UnreadableFile):
        extract(b"{\\rtf1" + b"{" * 2_000_000, "ngoac.rtf")
    assert _spent() - began < 2 * _SOON
