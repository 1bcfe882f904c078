"""Which rows of a foreign sheet are its table, and what each of them is: no row goes without being told.

Pure, for the confined reader.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from nhipcau.core.text import fold
from nhipcau.exchange.own.people import is_a_person

Grid = list[list[Any]]
_NUMBER = re.compile(r"^-?[\d.,\s]+$")
_TOTAL = re.compile(r"^(?:tong|tong cong|tong so|cong|toan tinh|toan nganh)\s*[:.]?$")
_SUBTOTAL = re.compile(r"^(?:cộng|tổng cộng|tổng số)\b")  # with its marks: "Công" begins every other unit's name
_MARKER = re.compile(r"^(?:[IVX]+|[A-H])[.)]?$")
_GROUP = re.compile(r"^(?:(?:[IVX]+|[A-H])[.)]\s*\S|(?:khối|cụm|nhóm|khu vực)\s)", re.IGNORECASE)
_COLUMN_NUMBER = re.compile(r"^\(?(?:\d{1,3}|[A-Z])\)?(?:\s*=.*)?$")
_WIDE, _HEADING_WITHIN = 300, 60


@dataclass(frozen=True)
class Unread:
    """What stands in a cell that calamine gives as empty: an "error", or a "formula" nobody computed yet."""

    why: str


@dataclass(frozen=True)
class Columns:
    """Which columns of a table are what; a row is named by its unit, or where none are named by its figure."""

    units: Sequence[int]
    figures: Sequence[int]
    numbers: Sequence[int]
    order: Sequence[int]

    @property
    def naming(self) -> Sequence[int]:
        """The columns of which one is filled in every row."""
        return self.units or self.figures


def first_row(grid: Grid) -> int | None:
    """Where the table's body begins: titles of groups and units without figures above the first row that has one
    are part of it. None where there is no body."""
    first = next((at for at, row in enumerate(grid[:_HEADING_WITHIN]) if is_body(row)), None)
    if first is None:
        return None
    while first and (not _filled(grid[first - 1]) or _is_title(grid[first - 1])):
        first -= 1
    return first


def is_body(row: Sequence[Any]) -> bool:
    """A row with a name and a number; not the row that numbers the columns."""
    given = [cell for _, cell in _filled(row)]
    words = [cell for cell in given if isinstance(cell, str) and not _NUMBER.match(cell)]
    named = [word for word in words if len(word.strip(" ()")) > 1 and not re.fullmatch(r"\(?\d+\)?", word.strip())]
    return bool(named) and any(is_number(cell) for cell in given)


def is_number(cell: Any) -> bool:
    """A number, or what a number should have been."""
    return (isinstance(cell, int | float | Unread) and not isinstance(cell, bool)) or (
        isinstance(cell, str) and bool(cell.strip()) and _NUMBER.match(cell) is not None
    )


def rows_of(grid: Grid, first: int, columns: Columns) -> tuple[list[dict[str, Any]], int]:
    """What names the unit, the figures and what the row is of all that are no blank, and how many rows below the
    table were left unread: notes and signatures."""
    printed = {tuple(map(_plain, row)) for row in grid[:first]}
    last = max(
        at for at, row in enumerate(grid) if at >= first and any(is_number(row[one]) for one in columns.numbers)
    )
    rows: list[dict[str, Any]] = []
    ended = False
    for at, row in enumerate(grid[first:], start=first):
        if at > last and not any(_text(row[place]) for place in columns.naming):
            ended = True
        if ended or not _filled(row):
            continue
        kind = "head" if tuple(map(_plain, row)) in printed else _kind(row, columns)
        ended = kind == "sum" and at >= last
        names = [_text(row[place]) for place in columns.units]
        told = names if any(names) else [_label(row, columns)]
        shown = ["" if is_a_person(name) else name for name in told]
        rows.append({
            "at": at, "units": shown, "values": [_value(row[place]) for place in columns.numbers], "kind": kind,
        })  # fmt: skip
    below = sum(1 for row in grid[rows[-1]["at"] + 1 :] if _filled(row)) if rows else 0
    return rows, below


def _kind(row: Sequence[Any], columns: Columns) -> str:
    """A "sum", a "group", a "person", "nameless", "bare" of unit and figures, or "" for a unit."""
    filled, label = _filled(row), _label(row, columns)
    words = [_text(cell) for at, cell in filled if at not in columns.numbers]
    order = [_text(row[place]) for place in columns.order]
    if any(_TOTAL.match(fold(word)) or _SUBTOTAL.match(word.lower()) for word in words):
        return "sum"
    if any(map(_MARKER.match, order)) or (_GROUP.match(label) and not any(map(_NUMBER.match, filter(None, order)))):
        return "group"
    if not any(_text(row[place]) for place in columns.naming):
        figures = any(at in columns.numbers for at, _ in filled)
        return "nameless" if figures else "group" if label and len(filled) == 1 else "bare"
    if is_a_person(label):
        return "person"
    return "group" if len(filled) == 1 else ""


def _is_title(row: Sequence[Any]) -> bool:
    """A group's title, or a unit's name with nothing beside it."""
    filled = _filled(row)
    at, first = filled[0][0], _text(filled[0][1])
    if at > 1 or _COLUMN_NUMBER.match(_text(filled[-1][1])):
        return False
    return len(filled) == 1 or (len(filled) == 2 and _MARKER.match(first) is not None)


def _label(row: Sequence[Any], columns: Columns) -> str:
    """What names the row: its unit, else words in the column of its order."""
    texts = [_text(row[place]) for place in (*columns.naming, *columns.order)]
    return next((text for text in texts if text and not _NUMBER.match(text)), "")


def _filled(row: Sequence[Any]) -> list[tuple[int, Any]]:
    return [(at, cell) for at, cell in enumerate(row) if str(cell).strip()]


def _plain(cell: Any) -> str:
    return " ".join(fold(_text(cell)).split())


def _text(cell: Any) -> str:
    return "" if isinstance(cell, Unread) else " ".join(str(whole(cell)).split())[:_WIDE]


def whole(cell: Any) -> Any:
    """A count as people write it: 3, not 3.0."""
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell


def _value(cell: Any) -> Any:
    """A figure, or "x" where none applies; of words among numbers only that they are there; else why none shows."""
    if isinstance(cell, Unread):
        return {"unread": cell.why}
    if is_number(cell):
        return cell.strip() if isinstance(cell, str) else cell
    text = str(cell).strip().lower()
    return text if text == "x" else None if not text else {"odd": True}
