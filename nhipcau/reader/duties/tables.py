"""Tables of tasks, row by row: what to do, who does it, with whom, and by when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from nhipcau.reader.language.text import plain
from nhipcau.reader.page.layout import CELL, Layout
from nhipcau.reader.page.segments import Paragraph
from nhipcau.reader.page.titles import ONLY_TIME, Columns, columns_of

_SCHEDULE = re.compile(r"\b(?:ke hoach|tien do|lich|thoi gian|nhiem vu|cong viec|moc)\b")


@dataclass(frozen=True)
class Cell:
    """One cell of a row: offsets in the layout's text."""

    start: int
    end: int


@dataclass(frozen=True)
class TaskRow:
    """A row of a table that has a column for the time: its cells by what they say, None if there is none."""

    when: Cell
    what: Cell | None
    who: Cell | None
    helped_by: Cell | None = None


def task_rows(layout: Layout, paras: tuple[Paragraph, ...]) -> dict[int, TaskRow]:
    """The rows of every table of tasks by the index of their paragraph; other tables have none here."""
    found: dict[int, TaskRow] = {}
    for tabular, group in groupby(range(len(paras)), key=lambda index: paras[index].cells):
        if not tabular:
            continue
        indexes = list(group)
        cells = [_cells(layout, paras[index]) for index in indexes]
        introduction = paras[indexes[0] - 1].text if indexes[0] else ""
        for index, row in zip(indexes, _read(layout, cells, introduction), strict=True):
            if row is not None:
                found[index] = row
    return found


def _read(layout: Layout, rows: list[list[Cell]], introduction: str) -> Iterator[TaskRow | None]:
    columns = titles = None
    for cells in rows:
        words = [layout.plain[cell.start : cell.end].strip() for cell in cells]
        heads = columns_of(words)
        if heads is not None and (columns is None or words == titles):
            columns, titles = heads, words
            yield None
        else:
            if columns is None:
                columns = _untitled(layout, rows, introduction) or _NONE
            yield _row(cells, columns)


_NONE = Columns(-1, None, None, None)


def _untitled(layout: Layout, rows: list[list[Cell]], introduction: str) -> Columns | None:
    """A schedule without titles ("Kế hoạch dự kiến như sau:"): the column of nothing but times, and the longest."""
    width = len(rows[0])
    if len(rows) < 2 or width < 2 or not _SCHEDULE.search(plain(introduction)):
        return None
    texts = [[layout.plain[c.start : c.end].strip() for c in row] for row in rows if len(row) == width]
    when = next(
        (i for i in range(width) if sum(bool(ONLY_TIME.fullmatch(row[i])) for row in texts) > 0.7 * len(rows)),
        None,
    )
    if when is None:
        return None
    what = max((i for i in range(width) if i != when), key=lambda i: sum(len(row[i]) for row in texts))
    return Columns(when, what, None, None)


def _row(cells: list[Cell], columns: Columns) -> TaskRow | None:
    if columns.when < 0:
        return None
    what, who, helped_by = (_filled(cells, at) for at in (columns.what, columns.who, columns.helped_by))
    blank = Cell(cells[-1].end, cells[-1].end)
    return TaskRow(cells[columns.when] if columns.when < len(cells) else blank, what, who, helped_by)


def _filled(cells: list[Cell], at: int | None) -> Cell | None:
    if at is None or at >= len(cells) or cells[at].start == cells[at].end:
        return None
    return cells[at]


def _cells(layout: Layout, para: Paragraph) -> list[Cell]:
    """The cells of a row with its running number, which is no part of the paragraph's words."""
    start = layout.text.rfind("\n", 0, para.start) + 1
    found, at = [], start
    for text in layout.text[start : para.end].split(CELL):
        found.append(Cell(at, at + len(text)))
        at += len(text) + len(CELL)
    return found
