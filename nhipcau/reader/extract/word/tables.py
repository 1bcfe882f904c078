"""Rows of a Word table as lines: the borderless tables of header and closing side by side, data cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Any

from nhipcau.reader.extract.letterhead import is_letterhead
from nhipcau.reader.extract.word.package import w, whole
from nhipcau.reader.extract.word.styles import value_of

Cell = tuple[Any, list[str]]  # the w:tc and its lines

_COLUMN = 70  # where the right cell of a header or closing table is put
_MOST_SIDE_BY_SIDE = 3  # columns of a layout table: left, right, perhaps a gap between
_LONGEST_REPEATED = 80  # letters of a merged cell that are repeated in each of its rows
_WIDEST = 60  # columns; what claims more is no table for people


def row_lines(rows: Sequence[Sequence[Cell]]) -> Iterator[str]:
    """Lines of a table, row by row."""
    above: dict[int, str] = {}
    for row in rows:
        if len(row) <= _MOST_SIDE_BY_SIDE and is_letterhead("\n".join(line for _, lines in row for line in lines)):
            yield from _side_by_side(row)
        else:
            yield _data(row, above)


def _side_by_side(row: Sequence[Cell]) -> Iterator[str]:
    for cells in zip_longest(*(lines for _, lines in row), fillvalue=""):
        left, *others = (cell.strip() for cell in cells)
        right = " ".join(cell for cell in others if cell)
        yield f"{left:<{_COLUMN}}|{right}" if right else left


def _data(row: Sequence[Cell], above: dict[int, str]) -> str:
    """One line; a cell merged downwards speaks for each of its rows, one merged sideways fills its columns."""
    texts: list[str] = []
    for cell, lines in row:
        properties = cell.find(w("tcPr"))
        text = " ".join(" ".join(lines).split())
        merge = properties.find(w("vMerge")) if properties is not None else None
        column = len(texts)
        if merge is not None and merge.get(w("val")) != "restart" and not text:
            text = above.get(column, "")
        above[column] = text if merge is not None and len(text) <= _LONGEST_REPEATED else ""
        texts.append(text)
        span = whole(value_of(properties, "gridSpan"), 1, _WIDEST)
        texts.extend([""] * (span - 1))
    if sum(map(bool, texts)) <= 1 and len(row) == 1:
        return next((text for text in texts if text), "")  # a heading across the table
    return " | ".join(texts)
