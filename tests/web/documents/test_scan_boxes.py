"""Findings on the picture of a scan."""

from __future__ import annotations

from nhipcau.reader.language.words import PageWords, Word
from nhipcau.web.documents.boxes import scan_pages

# "Số: 12/LĐLĐ" on one line, "ngày 5" on the next; offsets in the text "Số: 12/LĐLĐ\nngày 5".
PAGE = PageWords(
    0,
    (
        Word("Số:", 0.9, (1000, 1000, 1400, 1200), (0, 3)),
        Word("12/LĐLĐ", 0.9, (1500, 1000, 2600, 1210), (4, 11)),
        Word("ngày", 0.9, (1000, 1300, 1600, 1500), (12, 16)),
        Word("5", 0.5, (1700, 1300, 1800, 1500), (17, 18)),
    ),
)


def test_a_finding_has_a_box_around_its_words() -> None:
    (page,) = scan_pages([PAGE], [(4, 11, "number")])

    (box,) = page.highlights
    assert (page.number, box.mark) == (1, "number")
    assert (box.left, box.top) == (1470, 990)
    assert (box.left + box.width, box.top + box.height) == (2630, 1220)


def test_a_finding_over_two_lines_has_a_box_on_each() -> None:
    (page,) = scan_pages([PAGE], [(4, 16, "x")])

    assert [box.top for box in page.highlights] == [990, 1290]


def test_what_stands_elsewhere_leaves_the_page_clean() -> None:
    (page,) = scan_pages([PAGE], [(100, 120, "signer_name")])

    assert page.highlights == ()


def test_a_word_without_a_place_in_the_text_is_passed_over() -> None:
    page = PageWords(2, (Word("dấu", 0.3, (0, 0, 10_000, 10_000)),))

    assert scan_pages([page], [(0, 50, "number")])[0].highlights == ()
