"""Tables whose columns only gaps keep apart, as a PDF prints them, turned into rows with rules.

The titles give the columns: their places, and that it is a table of tasks at all ("Thời gian" beside
"Nội dung" or "Đơn vị"). Every later line is laid into them by place. A row begins with its running number;
in a table without numbers, after a blank line. Text that runs across the columns ends the table.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from nhipcau.reader.language.text import plain
from nhipcau.reader.page.titles import NUMBER, columns_of

_PIECE = re.compile(r"\S+(?: \S+)*")
_NUMBERED = re.compile(r"\d{1,3}[.)]?$")
_ENDS = re.compile(r"\s*(?:[IVX]{1,5}\s?[.)]|[A-Z]\.|(?:N|n)ơi nhận|Phần|Điều \d|Mục \d)")
_WIDE = re.compile(r"\S(?:  |\t)")
_TITLE_LINES = 3


@dataclass
class _Column:
    """Where a column stands: from its first letter to its last, as far as seen."""

    start: int
    end: int
    title: str

    def overlap(self, start: int, end: int) -> int:
        return min(self.end, end) - max(self.start, start)


def ruled(raws: list[str]) -> list[str]:
    """The same lines with each gap table of tasks as "|cell|cell|" rows; a line joined to another becomes ""."""
    rows = list(raws)
    index = 0
    while index < len(raws):
        if _titled_with_tabs(raws[index]):
            index = _by_tabs(rows, index)
            continue
        titled = _titles(raws, index)
        if titled is None:
            index += 1
            continue
        columns, first = titled
        index = _lay_into(rows, columns, index, first)
    return rows


def _titled_with_tabs(raw: str) -> bool:
    if "\t" not in raw or "|" in raw:
        return False
    return columns_of([plain(cell).strip() for cell in raw.split("\t")]) is not None


def _by_tabs(rows: list[str], at: int) -> int:
    """Rows whose cells single tabs keep apart; a line without a tab goes on in the last cell of a short row."""
    width = len(rows[at].split("\t"))
    current: list[str] = []
    begun = index = at
    while index < len(rows):
        cells = [cell.strip() for cell in rows[index].split("\t")]
        if not any(cells) or len(cells) > width or _ENDS.match(rows[index]):
            break
        if len(cells) > 1:
            current, begun = cells, index
        elif len(current) < width:
            current[-1] = f"{current[-1]} {cells[0]}".strip()
            rows[index] = ""
        else:
            break
        rows[begun] = "|" + "|".join([*current, *[""] * (width - len(current))]) + "|"
        index += 1
    return index


def _titles(raws: list[str], at: int) -> tuple[list[_Column], int] | None:
    """The columns named on line `at` and on the lines their titles wrap onto; and the first line of a row."""
    raw = raws[at].lstrip()
    wide = ("  " in raw or "\t" in raw) and "|" not in raw and _WIDE.search(raw)
    pieces = _pieces(raws[at]) if wide else []
    if len(pieces) < 3 or columns_of([plain(text) for _, _, text in pieces]) is None:
        return None
    columns = [_Column(start, end, text) for start, end, text in pieces]
    for below in range(at + 1, min(at + _TITLE_LINES, len(raws))):
        more = _pieces(raws[below])
        if not more or any(c.isdigit() for c in raws[below]) or not all(_fits(columns, piece) for piece in more):
            return columns, below
        for start, end, text in more:
            column = columns[_place(columns, start, end)]
            column.title += " " + text
            column.start, column.end = min(column.start, start), max(column.end, end)
    return columns, min(at + _TITLE_LINES, len(raws))


def _fits(columns: list[_Column], piece: tuple[int, int, str]) -> bool:
    start, end, text = piece
    return text[:1].islower() or (text[:1] == "(" and columns[_place(columns, start, end)].overlap(start, end) > 0)


def _lay_into(rows: list[str], columns: list[_Column], at: int, first: int) -> int:
    """Turn the lines from `first` on into rows under the titles at `at`; the first line after the table."""
    numbered = NUMBER.match(plain(columns[0].title)) is not None
    rows[at] = "|" + "|".join(column.title for column in columns) + "|"
    for line in range(at + 1, first):
        rows[line] = ""
    current: list[str] | None = None
    begun = index = first
    blank = True
    while index < len(rows):
        pieces = _pieces(rows[index])
        if not pieces:
            blank = True
            index += 1
            continue
        if _ENDS.match(rows[index]) or _runs_across(columns, pieces):
            break
        opens = pieces[0][0] <= columns[0].end and _NUMBERED.match(pieces[0][2]) if numbered else blank
        if current is None and numbered and not opens:
            break
        if current is None or opens:
            current, begun = [""] * len(columns), index
        for start, end, text in pieces:
            place = _place(columns, start, end)
            current[place] = f"{current[place]} {text}".strip()
        rows[index] = ""
        rows[begun] = "|" + "|".join(current) + "|"
        blank = False
        index += 1
    return max(index, first)


def _runs_across(columns: list[_Column], pieces: list[tuple[int, int, str]]) -> bool:
    """One piece over the places of three titles is running text, not a cell."""
    start, end, _ = pieces[0]
    return len(pieces) == 1 and sum(column.overlap(start, end) > 0 for column in columns) > 2


def _place(columns: list[_Column], start: int, end: int) -> int:
    """The column that a piece lies under, or else the nearest one."""
    return max(range(len(columns)), key=lambda i: columns[i].overlap(start, end))


def _pieces(raw: str) -> list[tuple[int, int, str]]:
    """(start, end, text) of the stretches of a line that two blanks or more keep apart."""
    line = raw.expandtabs(8)
    return [(found.start(), found.end(), found[0]) for found in _PIECE.finditer(line)]
