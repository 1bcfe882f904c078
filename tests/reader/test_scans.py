"""Scanned letters: read upright, free of stamps, with every word's place and how sure it is."""

from __future__ import annotations

import io
import sys
from dataclasses import replace
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pytest

from nhipcau.core.errors import MissingProgram, UnreadableFile
from nhipcau.core.said import UNSAID
from nhipcau.reader import read_bytes
from nhipcau.reader.doubt import doubted, is_doubtful, placed
from nhipcau.reader.extract.apart import searchable_apart
from nhipcau.reader.extract.ocr import ink, lines, upright
from nhipcau.reader.extract.ocr.pages import MOST_SCANNED, read_pages
from nhipcau.reader.extract.ocr.picture import Frame, frame, render
from nhipcau.reader.extract.ocr.searchable import with_words
from nhipcau.reader.extract.ocr.tesseract import Seen
from nhipcau.reader.language.words import PageWords, Word, from_plain, to_plain
from nhipcau.reader.model import Field, Reading

pytest.importorskip("PIL", reason="the extra ocr is not installed")

from tests.reader.scans import Sheet, letter, scanned, secret, turned

needs_tesseract = pytest.mark.needs_program("tesseract")


def coarse(data: bytes) -> Any:
    page = pdfium.PdfDocument(data)[0]
    return render(page, frame(page, 100), colour=True)


# --- the picture ------------------------------------------------------------------------------------------
@pytest.mark.parametrize("angle", [-2.0, -0.7, 0.0, 1.3, 2.0])
def test_the_slant_of_a_crooked_page_is_measured(angle: float) -> None:
    grey = ink.in_grey(coarse(scanned(letter(1), Sheet(150, angle, 6))))
    assert upright.skew(grey) == pytest.approx(angle, abs=0.2)


def test_an_empty_page_has_no_slant_and_lies_right() -> None:
    blank = np.full((800, 600), 250, np.uint8)
    assert upright.skew(blank) == 0.0
    assert not upright.is_sideways(blank)


@pytest.mark.parametrize("angle", [0.0, -2.0, 2.0])
def test_a_page_on_its_side_is_noticed_and_a_slanting_one_is_none(angle: float) -> None:
    grey = ink.in_grey(coarse(scanned(letter(3), Sheet(150, angle, 8, ("signature", "number")))))
    assert not upright.is_sideways(grey)
    assert upright.is_sideways(np.rot90(grey))


def test_a_red_stamp_leaves_and_the_black_print_below_it_stays() -> None:
    page = np.full((4, 4, 3), 250, np.uint8)
    page[1, :] = (60, 40, 205)  # red ink, in the order blue, green, red
    page[:, 2] = (20, 20, 20)  # print
    page[1, 2] = (5, 3, 16)  # ink on print
    grey = ink.without_coloured_ink(page)
    assert (grey[:, 2] < 60).all()
    assert (np.delete(grey, 2, axis=1) > 200).all()


def test_only_a_stamped_page_counts_as_stamped() -> None:
    assert ink.has_coloured_ink(coarse(scanned(letter(1), Sheet(150, stamp=("signature",)))))
    assert not ink.has_coloured_ink(coarse(scanned(letter(1), Sheet(150))))


@pytest.mark.parametrize("angle", [0.0, 2.0, 90.0, 181.5, 270.0])
def test_a_box_of_the_picture_is_found_again_on_the_page(angle: float) -> None:
    """The picture's point is computed from the page's by the very matrix pdfium draws with."""
    turned_by = Frame(600, 800, 3.0, angle)
    a, b, c, d, e, f = turned_by.matrix()
    x, y = a * 150 + c * 200 + e, b * 150 + d * 200 + f
    left, top, right, bottom = turned_by.on_page(x, y, x, y)
    assert (left, top, right, bottom) == pytest.approx((2500, 2500, 2500, 2500), abs=1)


def test_a_page_of_any_size_makes_a_picture_that_fits_the_memory() -> None:
    huge = pdfium.PdfDocument.new()
    huge.new_page(14_000, 14_000)
    columns, rows = frame(huge[0], 300, 45).size
    assert columns * rows <= 35_000_000


# --- lines ------------------------------------------------------------------------------------------------
def seen(text: str, left: int, top: int, line: str = "1", sure: float = 0.95) -> Seen:
    return Seen(text, sure, left, top, left + 12 * len(text), top + 20, ("1", "1", line))


def test_what_stood_apart_stands_apart() -> None:
    words = [seen("Số:", 0, 0), seen("12/KH", 40, 0), seen("An", 400, 2, "2"), seen("Hải", 430, 2, "2")]
    assert lines.text_of(lines.in_rows(words)).split("   ", 1)[0] == "Số: 12/KH"
    assert lines.text_of(lines.in_rows(words)).endswith("   An Hải")


def test_rows_of_a_slanting_page_stay_rows() -> None:
    words = [seen("Trái", 0, 0), seen("Phải", 1400, 25, "2"), seen("Dưới", 0, 30, "3"), seen("kia", 1400, 55, "4")]
    rows = lines.in_rows(words, slope=25 / 1400)
    assert [[word.text for piece in row for word in piece.words] for row in rows] == [
        ["Trái", "Phải"],
        ["Dưới", "kia"],
    ]


def test_dust_is_no_word_and_a_dash_is() -> None:
    words = [seen("-", 0, 0, sure=0.3), seen("Như", 20, 0), seen("„", 80, 0, sure=0.3), seen("trên", 100, 0)]
    assert [word.text for word in lines.likely(words)] == ["-", "Như", "trên"]


# --- words and doubt --------------------------------------------------------------------------------------
def test_words_survive_the_wire() -> None:
    pages = (PageWords(2, (Word("Số", 0.97, (1, 2, 3, 4), (0, 2)), Word("7", 0.5, (5, 6, 7, 8))), 181.5),)
    assert from_plain(to_plain(pages)) == pages


def test_words_are_found_in_the_text_that_was_made_of_them() -> None:
    words = tuple(Word(text, 0.9, (0, 0, 1, 1)) for text in ("Số:", "12/KH", "‡", "An", "Hải"))
    found = placed((PageWords(0, words),), "Số: 12/KH\nAn Hải")[0].words
    assert [word.span for word in found] == [(0, 3), (4, 9), None, (10, 12), (13, 16)]


def test_a_value_on_a_doubtful_word_is_to_be_looked_at() -> None:
    words = (Word("12/KH", 0.85, (0, 0, 1, 1), (4, 9)), Word("An", 0.85, (0, 0, 1, 1), (10, 12)))
    reading = Reading(
        "Số: 12/KH\nAn Hải", "ocr", number=Field("12/KH", 0.97, UNSAID, (4, 9)),
        place=Field("An Hải", 0.96, UNSAID, (10, 16)), pages=(PageWords(0, words),),
    )  # fmt: skip
    found = doubted(reading)
    assert found.number.confidence < 0.9
    assert "12/KH" in found.number.why
    assert found.place.confidence == 0.96  # letters may be a little less sure than figures


def test_figures_must_be_surer_than_letters() -> None:
    word = Word("Hải", 0.85, (0, 0, 1, 1))
    assert not is_doubtful(word)
    assert is_doubtful(replace(word, text="12"))


# --- whole letters ----------------------------------------------------------------------------------------
@needs_tesseract
def test_a_stamped_crooked_scan_is_read_like_the_letter_it_is() -> None:
    document = letter(3)
    found = read_bytes(scanned(document, Sheet(200, -2.0, 6, ("signature", "number"))), "quet.pdf")
    assert found.text_source == "ocr"
    assert (found.number.value, found.issued_on) == (document.number, document.issued_on)
    assert found.signer_name.value == document.signer.name
    words = [word for page in found.pages for word in page.words]
    assert sum(word.span is not None for word in words) > 0.9 * len(words)


@needs_tesseract
def test_a_word_stands_where_the_page_shows_it() -> None:
    """Trần Thị Mỹ Lan signs in the right half, below the middle of the written part."""
    page = read_pages(pdfium.PdfDocument(scanned(letter(3), Sheet(200, -2.0, 6))), [0], "quet.pdf")[0]
    left, top, _right, _bottom = next(word.box for word in page.words.words if word.text == "Lan")
    assert 6_000 < left < 9_000
    assert 4_000 < top < 7_000


@needs_tesseract
@pytest.mark.parametrize("quarter", [1, 2, 3])
def test_a_page_laid_on_its_side_or_head_is_read_all_the_same(quarter: int) -> None:
    document = letter(1)
    found = read_bytes(turned(scanned(document, Sheet(200)), quarter), "quet.pdf")
    assert found.number.value == document.number


@needs_tesseract
@pytest.mark.parametrize("degree", ["MẬT", "TUYỆT MẬT"])
def test_a_red_stamp_of_secrecy_is_told_apart_from_the_text(degree: str) -> None:
    found = read_bytes(secret(degree), "quet.pdf")
    assert degree in found.stamps
    assert degree not in found.text


@needs_tesseract
def test_progress_is_told_page_by_page() -> None:
    data = scanned(letter(1), Sheet(150))
    twice = pdfium.PdfDocument.new()
    for _ in range(2):
        twice.import_pages(pdfium.PdfDocument(data))
    written = io.BytesIO()
    twice.save(written)
    told: list[tuple[int, int]] = []
    read_bytes(written.getvalue(), "quet.pdf", tell=lambda done, of: told.append((done, of)))
    assert told == [(1, 2), (2, 2)]


def test_more_scanned_pages_than_can_be_read_are_refused() -> None:
    with pytest.raises(UnreadableFile, match="trang quét"):
        read_pages(pdfium.PdfDocument.new(), range(MOST_SCANNED + 1), "dai.pdf")


# --- the searchable copy ----------------------------------------------------------------------------------
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_searchable_copy_shows_the_same_page_and_has_its_words_in_place(turn: int) -> None:
    pytest.importorskip("pikepdf")
    original = pdfium.PdfDocument(scanned(letter(1), Sheet(150)))
    original[0].set_rotation(turn)
    written = io.BytesIO()
    original.save(written)
    words = (
        PageWords(0, (Word("đến", 0.9, (2000, 3000, 2600, 3200)), Word("Huế", 0.9, (2700, 3000, 3300, 3200)))),
    )
    copy = pdfium.PdfDocument(searchable_apart(written.getvalue(), "quet.pdf", words))
    before, after = (one[0].render(scale=0.5).to_numpy() for one in (original, copy))
    assert (before == after).all()
    found = copy[0].get_textpage()
    assert found.get_text_range().split() == ["đến", "Huế"]


def test_a_word_lies_over_its_picture_in_the_searchable_copy() -> None:
    pytest.importorskip("pikepdf")
    words = (PageWords(0, (Word("Huế", 0.9, (2000, 3000, 4000, 3200)),)),)
    copy = pdfium.PdfDocument(searchable_apart(scanned(letter(1), Sheet(150)), "quet.pdf", words))
    page = copy[0]
    width, height = page.get_size()
    left, bottom, _, _ = page.get_textpage().get_charbox(0)
    assert left / width == pytest.approx(0.2, abs=0.02)
    assert 1 - bottom / height == pytest.approx(0.32, abs=0.02)


def test_without_the_extra_the_copy_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pikepdf", None)
    with pytest.raises(MissingProgram, match=r"nhipcau\[ocr\]"):
        with_words(b"%PDF-1.7", (), "quet.pdf")
