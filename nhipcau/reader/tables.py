"""Tables of tasks: which column says what to do, who does it and by when."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nhipcau.reader.layout import CELL, Layout
from nhipcau.reader.segments import Paragraph
from nhipcau.reader.text import plain

_WHEN = re.compile(r"\W*(?:thoi gian|thoi han|thoi diem|han|tien do|ngay hoan thanh|hoan thanh)\b")
_WHO = re.compile(r"\W*(?:don vi|co quan|bo phan|nguoi|to chuc|chu tri|phu trach|trach nhiem|ban)\b")
_WHAT = re.compile(r"\W*(?:noi dung|nhiem vu|cong viec|hoat dong|ten|chi tieu|hang muc)\b")


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


def task_row(layout: Layout, paras: tuple[Paragraph, ...], index: int) -> TaskRow | None:
    """The row at paragraph `index` by the headings of its table; None if no column says when."""
    if not paras[index].cells:
        return None
    cells = _cells(layout, paras[index])
    for above in range(index - 1, -1, -1):
        if not paras[above].cells:
            return None
        titles = [plain(layout.text[c.start : c.end]) for c in _cells(layout, paras[above])]
        when = next((i for i, title in enumerate(titles) if _WHEN.match(title)), None)
        if when is not None:
            if when >= len(cells):
                return None
            return TaskRow(cells[when], _column(cells, titles, _WHAT), _column(cells, titles, _WHO))
    return None


def _column(cells: list[Cell], titles: list[str], kind: re.Pattern[str]) -> Cell | None:
    at = next((i for i, title in enumerate(titles) if kind.match(title)), None)
    if at is None or at >= len(cells) or cells[at].start == cells[at].end:
        return None
    return cells[at]


def _cells(layout: Layout, para: Paragraph) -> list[Cell]:
    found, at = [], para.start
    for text in layout.text[para.start : para.end].split(CELL):
        found.append(Cell(at, at + len(text)))
        at += len(text) + len(CELL)
    return found
