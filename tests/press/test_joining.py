"""A foreign PDF is joined into a copy by a confined process: bounded, and never parsed in the server's own."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from nhipcau.core.errors import UnreadableFile
from nhipcau.press import joining
from nhipcau.press.joining import followed_by, marked
from nhipcau.press.joining_worker import MOST_PAGES


@pytest.fixture(autouse=True)
def own_temp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What is left behind would stand here."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def paper(*sizes: tuple[int, int]) -> bytes:
    made = pdfium.PdfDocument.new()
    for width, height in sizes:
        made.new_page(width, height)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def sizes(data: bytes) -> list[tuple[float, float]]:
    return [page.get_size() for page in pdfium.PdfDocument(data)]


def test_the_sheet_stands_behind_the_pages_and_nothing_is_left(own_temp: Path) -> None:
    assert sizes(followed_by(paper((595, 842), (842, 595)), paper((420, 595)))) == [
        (595, 842),
        (842, 595),
        (420, 595),
    ]
    assert list(own_temp.iterdir()) == []


def test_the_mark_lies_at_the_top_right_of_the_first_page() -> None:
    copy = pdfium.PdfDocument(marked(paper((595, 842), (595, 842)), ["SAO Y", "LĐLĐ TỈNH SÔNG LAM"]))
    text = copy[0].get_textpage()
    assert "SAO Y" in text.get_text_bounded(left=300, bottom=780)
    assert copy[1].get_textpage().get_text_range() == ""


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 torn", b"PK\x03\x04"])
def test_what_is_no_pdf_is_refused_in_both_languages(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match="bị hỏng hoặc có mật khẩu") as refused:
        followed_by(data, paper((595, 842)))
    assert "damaged or locked" in getattr(refused.value.message, "en", "")


def test_a_book_is_too_long_for_a_copy() -> None:
    with pytest.raises(UnreadableFile, match=str(MOST_PAGES)):
        followed_by(paper(*[(100, 100)] * (MOST_PAGES + 1)), paper((595, 842)))


@pytest.mark.parametrize(
    "code", ["time.sleep(60)", "os._exit(9)", "print('no JSON')", "sys.stdout.write('x' * 10**6)", "os.abort()"]
)
def test_a_file_that_takes_its_reader_down_is_refused(
    code: str, monkeypatch: pytest.MonkeyPatch, own_temp: Path
) -> None:
    monkeypatch.setattr(joining, "_START", f"import os, sys, time\n{code}")
    monkeypatch.setattr(joining, "_LONGEST", 0.5)
    with pytest.raises(UnreadableFile, match="giới hạn an toàn"):
        followed_by(paper((595, 842)), paper((595, 842)))
    assert list(own_temp.iterdir()) == []
