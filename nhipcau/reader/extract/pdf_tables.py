"""Ruled tables of a PDF page: the lines are drawn, so rows and cells can be told from them."""

from __future__ import annotations

import ctypes
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import pypdfium2 as pdfium
from pypdfium2 import raw

from nhipcau.reader.extract.pdf_chars import Char, turned

_THIN = 3.0  # points: what is drawn thinner is a line
_SHORTEST = 6.0
_TOUCH = 3.0
_LONGEST_REPEATED = 80  # letters of a merged cell that are said again in each of its rows
_MOST = 1_500  # drawn objects; a drawing of more is no table


@dataclass(frozen=True, slots=True)
class _Rule:
    """A horizontal (`flat`) or vertical line: where it stands, from where to where it runs."""

    flat: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True)
class Table:
    """A grid: edges of columns left to right, of rows from the bottom up, and which inner edges are drawn."""

    columns: tuple[float, ...]
    rows: tuple[float, ...]
    rules: tuple[_Rule, ...]

    @property
    def top(self) -> float:
        return self.rows[-1]

    def holds(self, char: Char) -> bool:
        return self.columns[0] <= char.center <= self.columns[-1] and self.rows[0] <= char.middle <= self.rows[-1]

    def cells(self, chars: Sequence[Char]) -> Iterator[list[list[Char]]]:
        """The letters of each cell, row by row from the top; a merged cell has its letters in its first place."""
        places = [(_slot(self.rows, char.middle), _slot(self.columns, char.center)) for char in chars]
        first = {place: self._first(*place) for place in set(places)}
        grid: dict[tuple[int, int], list[Char]] = defaultdict(list)
        for char, place in zip(chars, places, strict=True):
            grid[first[place]].append(char)
        for row in range(len(self.rows) - 2, -1, -1):
            yield [grid[row, column] for column in range(len(self.columns) - 1)]

    def filled(self, number: int, texts: list[str], above: list[str]) -> list[str]:
        """The row with what a cell merged downwards says in the row above; `number` counts rows from the top."""
        row = len(self.rows) - 2 - number
        return [
            above[column] if not text and above and len(above[column]) <= _LONGEST_REPEATED
            and self._first(row, column) == self._first(row + 1, column) else text
            for column, text in enumerate(texts)
        ]  # fmt: skip

    def _first(self, row: int, column: int) -> tuple[int, int]:
        """The left upper place of the cell that covers this place."""
        while column > 0 and not self._drawn(
            flat=False, at=self.columns[column], across=(self.rows[row] + self.rows[row + 1]) / 2
        ):
            column -= 1
        middle = (self.columns[column] + self.columns[column + 1]) / 2
        while row < len(self.rows) - 2 and not self._drawn(flat=True, at=self.rows[row + 1], across=middle):
            row += 1
        return row, column

    def _drawn(self, *, flat: bool, at: float, across: float) -> bool:
        return any(
            rule.flat == flat and abs(rule.at - at) < _TOUCH and rule.start - 1 <= across <= rule.end + 1
            for rule in self.rules
        )


def _slot(edges: Sequence[float], place: float) -> int:
    return min(max(bisect_right(edges, place) - 1, 0), len(edges) - 2)


def ruled_tables(page: pdfium.PdfPage, quarter: int) -> list[Table]:
    """The grids of at least two columns and two rows, from the top of the page down."""
    rules = list(_rules(page, quarter))
    if not any(rule.flat for rule in rules) or all(rule.flat for rule in rules):
        return []
    tables = []
    for group in _connected(rules):
        columns = _merged(rule.at for rule in group if not rule.flat)
        rows = _merged(rule.at for rule in group if rule.flat)
        if len(columns) >= 3 and len(rows) >= 3:
            tables.append(Table(tuple(columns), tuple(rows), tuple(group)))
    return sorted(tables, key=lambda table: -table.top)


def _rules(page: pdfium.PdfPage, quarter: int) -> Iterator[_Rule]:
    for drawn in islice(page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=3), _MOST):
        left, bottom, right, top = drawn.get_bounds()
        (x0, y0), (x1, y1) = turned(left, bottom, quarter), turned(right, top, quarter)
        (left, right), (bottom, top) = sorted((x0, x1)), sorted((y0, y1))
        if top - bottom <= _THIN and right - left >= _SHORTEST:
            yield _Rule(flat=True, at=(top + bottom) / 2, start=left, end=right)
        elif right - left <= _THIN and top - bottom >= _SHORTEST:
            yield _Rule(flat=False, at=(left + right) / 2, start=bottom, end=top)
        elif _is_frame(drawn):
            for y in (bottom, top):
                yield _Rule(flat=True, at=y, start=left, end=right)
            for x in (left, right):
                yield _Rule(flat=False, at=x, start=bottom, end=top)


def _is_frame(drawn: pdfium.PdfObject) -> bool:
    """A rectangle whose outline is drawn, as some programs frame a cell."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(drawn, ctypes.byref(fill), ctypes.byref(stroke))
    return bool(stroke.value) and raw.FPDFPath_CountSegments(drawn) in (4, 5)


def _connected(rules: Sequence[_Rule]) -> list[list[_Rule]]:
    """Groups of lines that touch or cross."""
    groups: list[list[_Rule]] = []
    for rule in rules:
        merged, apart = [rule], []
        for group in groups:
            if any(_meet(rule, other) for other in group):
                merged += group
            else:
                apart.append(group)
        groups = [*apart, merged]
    return groups


def _meet(one: _Rule, other: _Rule) -> bool:
    if one.flat == other.flat:
        overlap = one.start - _TOUCH <= other.end and other.start - _TOUCH <= one.end
        return overlap and abs(one.at - other.at) < _TOUCH
    return _on(one, other.at) and _on(other, one.at)


def _on(rule: _Rule, place: float) -> bool:
    return rule.start - _TOUCH <= place <= rule.end + _TOUCH


def _merged(places: Iterable[float]) -> list[float]:
    """Places nearer than a line is thick are one."""
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > _TOUCH:
            found.append(place)
    return found
