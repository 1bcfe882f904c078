"""`to_pdf`: a register as a landscape PDF with all its columns (Decree 30/2020/NĐ-CP, Art. 16 and 22, App. IV).

One heading as on the cover of the paper book, then one table: its heading row and the row of column numbers
repeat on every page, a row never breaks unless it is taller than a page, and empty cells leave room to sign.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from nhipcau.core.errors import Fault, InvalidInput
from nhipcau.core.official import Column, Table
from nhipcau.core.said import Said
from nhipcau.press.fonts import PressFont, press_font
from nhipcau.press.measure import CELL_PADDING_PT, ZERO_WIDTH_SPACE, breakable, line_width, row_height
from nhipcau.press.pdf import typeset

TEMPLATE = Path(__file__).with_name("register.typ")
ROOM_PT = (297 - 25 - 15) / 25.4 * 72
LARGEST_PT, SMALLEST_PT = 10, 8
TALLEST_UNBROKEN_ROW_PT = 300.0
_STAND_IN = "?"
_WORD = re.compile(r"\S+")
# Behind a stroke before a letter: a symbol may part there, a date never.
_STROKE = re.compile(r"(?<=[/-])(?=[^\W\d])")


@dataclass(frozen=True)
class RegisterSheet:
    """What stands in a printed register; every text in Vietnamese, "\\n" parts lines.

    `title`: "SỔ ĐĂNG KÝ VĂN BẢN ĐẾN". `issuer`: whose book, `parent`: the body above it or "". `subtitle`: lines
    under the title ("Năm 2026", "Từ số 01 đến số 63"). `columns`: title, width (shares of the page, any unit)
    and alignment; they are numbered (1), (2), … by the press. `rows`: one text for each column, "" for a cell
    to be filled by hand. `closing`: lines under the table. `printed_on`: the day in the footer.
    """

    title: str
    issuer: str
    parent: str
    subtitle: Sequence[str]
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    closing: Sequence[str] = ()
    printed_on: dt.date | None = None


def to_pdf(sheet: RegisterSheet, *, cache: Path | None = None) -> bytes:
    """The register as PDF bytes, A4 lying across; the same sheet gives the same bytes.

    A character that the font lacks is printed as "?": one odd sign in one letter's subject must not keep a
    whole year from being printed. `cache` is the folder for the spare font (see `fonts.press_font`).
    Raises InvalidInput for a sheet without columns and for rows of another length than the heading;
    MissingProgram if there is no font.
    """
    _refuse_ragged(sheet)
    font = press_font(cache)
    printed_on = f"In ngày {sheet.printed_on:%d/%m/%Y}" if sheet.printed_on else ""
    data = {
        "family": font.family,
        "title": printable(sheet.title.upper(), font),
        "issuer": printable(sheet.issuer.upper(), font),
        "parent": printable(sheet.parent.upper(), font),
        "subtitle": [printable(line, font) for line in sheet.subtitle],
        "closing": [printable(line, font) for line in sheet.closing],
        "foot": " · ".join(filter(None, (printable(sheet.issuer, font), printed_on))),
        "table": _table(sheet, font),
    }
    return typeset(TEMPLATE, data, font, sheet.printed_on)


def _table(sheet: RegisterSheet, font: PressFont) -> dict[str, object]:
    table = Table(
        tuple(Column(printable(one.title, font), one.width, one.align) for one in sheet.columns),
        tuple(tuple(printable(cell, font) for cell in row) for row in sheet.rows),
    )
    size = _size(table, font)
    breadth = size * font.breadth
    widths = _widths(table, breadth)

    def fitted(cells: Sequence[str]) -> list[str]:
        return [_fitted(cell, width - CELL_PADDING_PT, breadth) for cell, width in zip(cells, widths, strict=True)]

    return {
        "size": size,
        "widths": widths,
        "align": [column.align for column in table.columns],
        "titles": fitted([column.title for column in table.columns]),
        "rows": [
            {"cells": fitted(row), "breakable": row_height(row, widths, breadth) > TALLEST_UNBROKEN_ROW_PT}
            for row in table.rows
        ],
    }


def _fitted(cell: str, room: float, size: float) -> str:
    """A symbol too long for its column ("127/HD-CĐKCN-CSPL") wraps behind its strokes; any other word anywhere."""

    def fit(found: re.Match[str]) -> str:
        word = found.group()
        if line_width(word, size, bold=True) <= room:
            return word
        return ZERO_WIDTH_SPACE.join(breakable(piece, room, size) for piece in _STROKE.split(word))

    return _WORD.sub(fit, cell)


def _size(table: Table, font: PressFont) -> int:
    """Type size in points: the largest at which words, dates and the parts of symbols stay whole."""
    for size in range(LARGEST_PT, SMALLEST_PT, -1):
        widths = _widths(table, size * font.breadth)
        rooms = [width - CELL_PADDING_PT for width in widths]
        if all(
            line_width(piece, size * font.breadth) <= room
            for row in table.rows
            for cell, room in zip(row, rooms, strict=True)
            for word in cell.split()
            for piece in _STROKE.split(word)
        ):
            return size
    return SMALLEST_PT


def _widths(table: Table, size: float) -> tuple[float, ...]:
    """As asked, but the longest word of a heading stays whole. What the rows say changes nothing: a column to
    sign in must not shrink for a long link beside it."""
    asked = sum(column.width for column in table.columns)
    needed = [
        max(line_width(word, size, bold=True) for word in column.title.split() or [""]) + CELL_PADDING_PT
        for column in table.columns
    ]
    shares = [column.width * ROOM_PT / asked for column in table.columns]
    widths = [max(pair) for pair in zip(shares, needed, strict=True)]
    return tuple(width * ROOM_PT / sum(widths) for width in widths)


def printable(text: str, font: PressFont) -> str:
    """NFC, one kind of line break, no invisible marks; what cannot be printed stands as "?"."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\t", " ").split("\n")
    return "\n".join(
        "".join(
            character if ord(character) in font.characters else _STAND_IN
            for character in line.strip()
            if unicodedata.category(character) not in ("Cf", "Mn")
        )
        for line in lines
    )


def _refuse_ragged(sheet: RegisterSheet) -> None:
    if not sheet.columns:
        raise InvalidInput("Sổ không có cột nào nên không in được.")
    wanted = len(sheet.columns)
    faults = [
        Fault(
            f"dòng {number}",
            Said(
                f"có {len(row)} ô trong khi sổ có {wanted} cột",
                f"has {len(row)} cells where the register has {wanted} columns",
            ),
        )
        for number, row in enumerate(sheet.rows, 1)
        if len(row) != wanted
    ]
    if faults:
        raise InvalidInput("Sổ chưa in được vì có dòng không khớp số cột.", faults)
