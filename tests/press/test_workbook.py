"""A register as a workbook: real days, no formula, a heading that stays, a length that costs no memory."""

from __future__ import annotations

import datetime as dt
import io
import tracemalloc
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from nhipcau.core.errors import InvalidInput
from nhipcau.core.official import Column
from nhipcau.press import workbook
from nhipcau.press.register import RegisterSheet
from nhipcau.press.workbook import Cell, to_xlsx
from tests.press.workbooks import cells, day, rows, sheet_xml

SHEET = RegisterSheet(
    title="Sổ đăng ký văn bản đến",
    issuer="Công đoàn xã An Hải",
    parent="Liên đoàn Lao động tỉnh Đông Giang",
    subtitle=("Năm 2026",),
    columns=(Column("Ngày đến", 21, "center"), Column("Trích yếu", 60), Column("Số bản", 15, "center")),
    rows=(),
    printed_on=dt.date(2026, 3, 16),
)
LINE: Sequence[Cell] = (dt.date(2026, 3, 12), "Kế hoạch: Tháng Công nhân", 12)


def made(*lines: Sequence[Cell], closing: Sequence[str] = ()) -> bytes:
    out = io.BytesIO()
    to_xlsx(SHEET, lines, out, closing=lambda: closing)
    return out.getvalue()


def test_it_says_whose_register_it_is_and_numbers_its_columns() -> None:
    assert rows(made(LINE, closing=["Sổ có 1 số."])) == [
        ["Liên đoàn Lao động tỉnh Đông Giang"],
        ["Công đoàn xã An Hải"],
        ["SỔ ĐĂNG KÝ VĂN BẢN ĐẾN"],
        ["Năm 2026"],
        ["Ngày đến", "Trích yếu", "Số bản"],
        ["(1)", "(2)", "(3)"],
        ["46093", "Kế hoạch: Tháng Công nhân", "12"],
        ["Sổ có 1 số."],
    ]


def test_a_day_is_a_real_date_and_a_count_a_real_number() -> None:
    found = cells(made(LINE))
    assert (found["A8"].kind, day(found["A8"].value)) == ("number", dt.date(2026, 3, 12))
    assert (found["C8"].kind, found["C8"].value) == ("number", "12")
    assert 'formatCode="dd/mm/yyyy"' in sheet_xml(made(LINE), "xl/styles.xml")


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+84 912", "-5", "@SUM(A1)", "=HYPERLINK(\"x\")", "{=1}", "http://vi-du.vn", "\t=1",
     "2026-03-12", "012"],
)  # fmt: skip
def test_whatever_a_text_begins_with_it_stays_text(text: str) -> None:
    data = made((None, text, None))
    found = cells(data)["B8"]
    assert found.kind == "text"
    assert found.value == text.strip("\t")
    assert "<f>" not in sheet_xml(data)
    assert "hyperlink" not in sheet_xml(data)
    assert 'quotePrefix="1"' in sheet_xml(data, "xl/styles.xml")


def test_the_heading_stays_in_sight_and_repeats_on_paper_lying_across() -> None:
    data = made(*[LINE] * 50)
    page = sheet_xml(data)
    assert 'ySplit="7"' in page
    assert 'orientation="landscape"' in page
    assert 'paperSize="9"' in page
    assert 'fitToHeight="0"' in page
    assert "$6:$7" in sheet_xml(data, "xl/workbook.xml")


def test_empty_cells_are_ruled_for_the_pen() -> None:
    found = cells(made((None, "", None)))
    assert (found["A8"].kind, found["B8"].kind) == ("blank", "blank")
    assert found["A8"].style


def test_a_very_long_text_and_odd_signs_do_not_break_the_file() -> None:
    found = cells(made((None, "x" * 40_000, None), (None, "a\x00b\x0bc\ud7ff", None)))
    assert len(found["B8"].value) == workbook.LONGEST
    assert found["B9"].value.startswith("abc")


def test_the_same_register_gives_the_same_file() -> None:
    assert sheet_xml(made(LINE)) == sheet_xml(made(LINE))
    assert sheet_xml(made(LINE), "docProps/core.xml") == sheet_xml(made(LINE), "docProps/core.xml")


def test_more_rows_than_a_sheet_holds_are_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 2)
    with pytest.raises(InvalidInput, match="khoảng ngày ngắn hơn"):
        made(LINE, LINE, LINE)


def test_ten_times_the_lines_do_not_take_ten_times_the_memory(tmp_path: Path) -> None:
    def peak(count: int) -> int:
        def lines() -> Iterator[Sequence[Cell]]:
            for number in range(count):
                yield (dt.date(2026, 3, 12), f"Kế hoạch số {number}: Tháng Công nhân năm 2026", number)

        tracemalloc.start()
        with (tmp_path / "so.xlsx").open("w+b") as out:
            to_xlsx(SHEET, lines(), out)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(10)
    assert peak(10_000) < 2 * peak(1_000)
