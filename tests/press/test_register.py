"""A register on paper: across the page, every column, headings on every page, room to sign."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from nhipcau.core.errors import InvalidInput
from nhipcau.core.official import Column
from nhipcau.press.register import RegisterSheet, to_pdf
from tests.press.reading import ink_box_mm, page_sizes_mm, pages, squeezed

SUBJECT = (
    "Kế hoạch: Tổ chức Tháng An toàn, vệ sinh lao động và phòng ngừa cháy nổ trong các công đoàn cơ sở thuộc khu "
    "công nghiệp, khu chế xuất năm {n}"
)
COLUMNS = (
    Column("Số, ký hiệu", 20),
    Column("Trích yếu nội dung văn bản", 90),
    Column("Ký nhận", 26),
    Column("Ghi chú", 24),
)


def sheet(rows: int = 60, **changes: object) -> RegisterSheet:
    """A book of some length with long subjects."""
    lines = tuple((f"{n:02d}/KH-LĐLĐ", SUBJECT.format(n=2000 + n), "", "") for n in range(1, rows + 1))
    book = RegisterSheet(
        title="Sổ đăng ký văn bản đi",
        issuer="Liên đoàn Lao động tỉnh Đông Giang",
        parent="Tổng Liên đoàn Lao động Việt Nam",
        subtitle=("Năm 2026", f"Từ số 01 đến số {rows}"),
        columns=COLUMNS,
        rows=lines,
        closing=(f"Sổ có {rows} số.",),
        printed_on=dt.date(2026, 3, 16),
    )
    return replace(book, **changes)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def book() -> bytes:
    return to_pdf(sheet())


def test_it_lies_across_and_keeps_its_margins(book: bytes) -> None:
    for number, (width, height) in enumerate(page_sizes_mm(book)):
        assert (round(width), round(height)) == (297, 210)
        left, right, top, bottom = ink_box_mm(book, number)
        assert left > 24.5
        assert right < 282.5
        assert top > 17
        assert bottom < 203


def test_the_heading_and_the_column_numbers_stand_on_every_page(book: bytes) -> None:
    printed = [squeezed(page) for page in pages(book)]
    assert len(printed) > 3
    for number, page in enumerate(printed, 1):
        assert page.count(squeezed("Ký nhận")) == 1
        assert "(1)" in page
        assert "(4)" in page
        assert squeezed(f"Trang {number}/{len(printed)}") in page


def test_the_cover_stands_once_with_its_lines(book: bytes) -> None:
    first, *others = map(squeezed, pages(book))
    for line in ("SỔ ĐĂNG KÝ VĂN BẢN ĐI", "Năm 2026", "Từ số 01 đến số 60", "TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM"):
        assert squeezed(line) in first
    assert not any(squeezed("SỔ ĐĂNG KÝ") in page for page in others)
    assert squeezed("Sổ có 60 số.") in others[-1]


def test_no_line_is_lost_and_all_stand_in_order(book: bytes) -> None:
    whole = squeezed("".join(pages(book)))
    places = [whole.index(squeezed(f"{n:02d}/KH-LĐLĐ")) for n in range(1, 61)]
    assert places == sorted(places)
    assert squeezed(SUBJECT.format(n=2060)[-30:]) in whole


def test_empty_cells_leave_room_for_the_pen() -> None:
    """Eight millimetres a row and more: thirty short rows cannot stand on one page."""
    short = replace(sheet(), rows=(("1", "x", "", ""),) * 30)
    assert len(page_sizes_mm(to_pdf(short))) >= 2


def test_a_long_word_stays_in_its_column_and_takes_no_room_from_the_signature() -> None:
    link = "https://dong-giang.example/" + "x" * 300
    pdf = to_pdf(replace(sheet(), rows=(("1", "a", "", link),)))
    assert ink_box_mm(pdf, 0)[1] < 282.5
    assert pages(pdf)[0].count("x") >= 300


def test_a_long_symbol_wraps_behind_its_strokes_and_a_date_stays_whole() -> None:
    symbol = "127/HD-CĐKCN-CSPL"
    narrow = replace(sheet(), columns=tuple(Column(str(n)) for n in range(12)), rows=((symbol, "16/03/2026") * 6,))
    printed = pages(to_pdf(narrow))[0]
    assert printed.count("CSPL") == 6
    assert printed.count("16/03/2026") == 7  # the footer says it too


def test_an_odd_sign_does_not_keep_the_book_from_being_printed() -> None:
    whole = "".join(
        pages(to_pdf(replace(sheet(), rows=(("1", "Tiệc \U0001f389 \uf0b7 mừng\u00ad", "", "#x[1]"),))))
    )
    assert "Tiệc ? ? mừng" in whole
    assert "#x[1]" in whole


def test_a_row_of_another_length_is_named() -> None:
    with pytest.raises(InvalidInput) as refusal:
        to_pdf(replace(sheet(), rows=(("1", "x", "", ""), ("2",))))
    assert str(refusal.value.faults[0]).startswith("dòng 2")
    with pytest.raises(InvalidInput, match="không có cột"):
        to_pdf(replace(sheet(), columns=(), rows=()))


def test_the_same_book_gives_the_same_bytes(book: bytes) -> None:
    assert to_pdf(sheet()) == book
