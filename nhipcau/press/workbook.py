"""`to_xlsx`: a register as a workbook, written line by line so that its length costs no memory.

Days are real dates and numbers real numbers; everything else is text, whatever it begins with: a subject "=1+1" is
never a formula, a link never a link. The heading stays in sight and repeats on every printed page.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import Any, BinaryIO

import xlsxwriter

from nhipcau.core.errors import InvalidInput
from nhipcau.press.register import RegisterSheet

Cell = str | int | dt.date | None

LONGEST = 32_767  # characters that a cell may hold
MOST_ROWS = 1_048_000  # what a sheet may hold, less its heading and closing
_MM_PER_CHARACTER = 1.9
_A4 = 9
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "default_date_format": "dd/mm/yyyy",
}


def to_xlsx(
    sheet: RegisterSheet,
    rows: Iterable[Sequence[Cell]],
    out: BinaryIO,
    *,
    closing: Callable[[], Sequence[str]] = tuple,
) -> None:
    """Write heading, `rows` and the lines of `closing` (asked for once the last row is written) into `out`.

    `sheet.rows` and `sheet.closing` are not looked at. InvalidInput for more rows than a sheet holds.
    """
    book = xlsxwriter.Workbook(out, _OPTIONS)
    try:
        book.set_properties({"title": sheet.title, "company": sheet.issuer, "created": _moment(sheet)})
        page = book.add_worksheet(_tab(sheet.title))
        styles = _styles(book)
        top = _heading(page, sheet, styles)
        written = _rows(page, sheet, rows, styles, top)
        for number, line in enumerate(closing(), start=written + 1):
            page.write_string(number, 0, _text(line), styles["plain"])
        _printing(page, sheet, top)
        page.autofilter(top - 1, 0, max(written - 1, top), len(sheet.columns) - 1)
    finally:
        book.close()


def _moment(sheet: RegisterSheet) -> dt.datetime:
    # Never the clock's: the same register gives the same file.
    return dt.datetime.combine(sheet.printed_on or dt.date(2000, 1, 1), dt.time())


def _tab(title: str) -> str:
    return "".join(" " if one in "[]:*?/\\'" else one for one in title)[:31]


def _styles(book: Any) -> dict[str, Any]:
    base = {"font_name": "Times New Roman", "font_size": 11, "valign": "top"}
    ruled = {**base, "border": 1, "text_wrap": True}
    return {
        "plain": book.add_format(base),
        "title": book.add_format({**base, "font_size": 14, "bold": True}),
        "bold": book.add_format({**base, "bold": True}),
        "head": book.add_format({**ruled, "bold": True, "align": "center", "valign": "vcenter"}),
        "left": book.add_format({**ruled, "quote_prefix": True}),
        "center": book.add_format({**ruled, "align": "center", "quote_prefix": True}),
        "right": book.add_format({**ruled, "align": "right", "quote_prefix": True}),
        "number": book.add_format({**ruled, "align": "center", "num_format": "0"}),
        "day": book.add_format({**ruled, "align": "center", "num_format": "dd/mm/yyyy"}),
    }


def _heading(page: Any, sheet: RegisterSheet, styles: dict[str, Any]) -> int:
    """Whose register it is, its title, the heading of the table; returns the first free row."""
    above = [(sheet.parent, "plain")] if sheet.parent else []
    above += [(sheet.issuer, "bold"), (sheet.title.upper(), "title"), *((one, "plain") for one in sheet.subtitle)]
    for number, (line, style) in enumerate(above):
        page.write_string(number, 0, _text(line), styles[style])
    top = len(above) + 1
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, max(column.width / _MM_PER_CHARACTER, 6))
        page.write_string(top, place, _text(column.title), styles["head"])
    # Row by row: what was written before is on disk already.
    for place in range(len(sheet.columns)):
        page.write_string(top + 1, place, f"({place + 1})", styles["head"])
    return top + 2


def _rows(page: Any, sheet: RegisterSheet, rows: Iterable[Sequence[Cell]], styles: dict[str, Any], top: int) -> int:
    """Write the rows; returns the first free one below them."""
    number = top
    for row in rows:
        if number - top >= MOST_ROWS:
            raise InvalidInput("Sổ có quá nhiều dòng cho một tệp .xlsx. Hãy chọn khoảng ngày ngắn hơn.")
        for place, (cell, column) in enumerate(zip(row, sheet.columns, strict=True)):
            _cell(page, number, place, cell, styles, column.align)
        number += 1
    return number


def _cell(page: Any, number: int, place: int, cell: Cell, styles: dict[str, Any], align: str) -> None:
    if isinstance(cell, dt.date):
        page.write_datetime(number, place, cell, styles["day"])
    elif isinstance(cell, int):
        page.write_number(number, place, cell, styles["number"])
    elif cell:
        page.write_string(number, place, _text(cell), styles[align])
    else:
        page.write_blank(number, place, None, styles[align])


def _text(text: str) -> str:
    """NFC without control characters, as long as a cell may be."""
    kept = (one for one in unicodedata.normalize("NFC", text) if one == "\n" or unicodedata.category(one) != "Cc")
    whole = "".join(kept)
    return whole if len(whole) <= LONGEST else whole[: LONGEST - 1] + "…"


def _printing(page: Any, sheet: RegisterSheet, top: int) -> None:
    page.freeze_panes(top, 0)
    page.repeat_rows(top - 2, top - 1)
    page.set_landscape()
    page.set_paper(_A4)
    page.set_margins(left=25 / 25.4, right=15 / 25.4, top=20 / 25.4, bottom=20 / 25.4)
    page.fit_to_pages(1, 0)
    page.set_footer(f"&L&10{sheet.title.replace('&', '&&')}&R&10&P/&N")
