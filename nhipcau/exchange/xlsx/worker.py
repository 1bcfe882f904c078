"""The confined side of `reading`: what stands in the cells of our own forms that are typed in."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from typing import Any

from python_calamine import CalamineWorkbook

from nhipcau.core.workbooks import Refused, serve, unread_cells
from nhipcau.exchange.xlsx.places import ENTRY, EXPLANATION, FIGURES, KEY, MARK, STAMP, WORDS, WORDS_ENTRY

_ROWS, _COLUMNS = 20_000, 500
_LONGEST = 40_000  # characters of a cell
_ENTERED = b"F"  # the column of a form that is typed in


def main() -> None:
    """Answer on standard output until every form is read."""
    serve(_read)


def _read(data: bytes) -> dict[str, Any]:
    unread = unread_cells(data, column=_ENTERED)
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        if STAMP not in book.sheet_names or FIGURES not in book.sheet_names:
            raise Refused(
                "không phải biểu mẫu tải từ hệ thống. Hãy tải biểu mẫu rồi chép số liệu sang.",
                "is no form downloaded from this system. Download one and copy the figures over.",
            )
        stamp = [row[0] for row in _rows(book, STAMP) if row]
        if len(stamp) < 2 or stamp[0] != MARK:
            raise Refused(
                "không còn dấu nhận dạng. Hãy tải lại biểu mẫu rồi chép số liệu sang.",
                "has lost its stamp. Download the form again and copy the figures over.",
            )
        figures = list(_keyed(_rows(book, FIGURES)))
        words = list(_keyed(_rows(book, WORDS))) if WORDS in book.sheet_names else []
        return {
            "stamp": str(stamp[1]),
            "figures": _column(figures, ENTRY),
            "explanations": [said for said in _column(figures, EXPLANATION) if said[2] != ""],
            "words": _column(words, WORDS_ENTRY),
            "unread": unread,
        }


def _rows(book: CalamineWorkbook, name: str) -> list[list[Any]]:
    sheet = book.get_sheet_by_name(name)
    if sheet.total_height > _ROWS or sheet.total_width > _COLUMNS:
        raise Refused(
            "có trang tính lớn bất thường. Hãy tải lại biểu mẫu rồi chép số liệu sang.",
            "has a sheet far larger than a form's. Download the form again and copy the figures over.",
        )
    return sheet.to_python(skip_empty_area=False)


def _keyed(rows: list[list[Any]]) -> Iterator[tuple[int, list[Any]]]:
    """Every row that carries a key, with its number."""
    return ((number, row) for number, row in enumerate(rows) if row and isinstance(row[KEY], str) and row[KEY])


def _column(rows: list[tuple[int, list[Any]]], column: int) -> list[list[Any]]:
    """[row, key, value] of each; the rows of a sheet are equally long."""
    if not rows or len(rows[0][1]) <= column:
        return [[number, row[KEY], ""] for number, row in rows]
    return [
        [number, row[KEY], value if type(value := row[column]) is float else _plain(value)] for number, row in rows
    ]


def _plain(value: Any) -> Any:
    """As JSON carries it; a day, a time or a truth is no figure and is said as what it is."""
    if isinstance(value, str):
        return value[:_LONGEST]
    if isinstance(value, bool):
        return {"kind": "bool", "shown": "TRUE" if value else "FALSE"}
    if isinstance(value, dt.date | dt.time | dt.timedelta):
        return {"kind": "date", "shown": str(value)}
    return value
