"""The text layer of one PDF page as lines whose columns stay apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import pypdfium2 as pdfium

from nhipcau.reader.extract.legacy import Run, is_suspect, joined
from nhipcau.reader.extract.letterhead import is_letterhead
from nhipcau.reader.extract.pdf_chars import Char, font_of, page_chars
from nhipcau.reader.extract.pdf_tables import Table, ruled_tables

_LOOKS_BACK = 80  # rows among which a letter seeks its own
_RAISED = 0.8  # a note's mark is smaller than the letters it stands beside
_HEADING = 40  # letters of a cell that alone in its row is a heading across the table


@dataclass(frozen=True)
class Line:
    """A line of a page: its text, its place in points from the bottom, the size of its letters."""

    text: str
    top: float
    bottom: float
    size: float


@dataclass(frozen=True)
class PageText:
    """The lines of a page from the top down, and how many letters are drawn that the file does not name."""

    lines: tuple[Line, ...]
    lost: int

    @property
    def text(self) -> str:
        return text_of(self.lines)


def text_of(lines: Sequence[Line]) -> str:
    """Lines with a blank one where the page leaves a gap."""
    parts: list[str] = []
    for index, line in enumerate(lines):
        if index and lines[index - 1].bottom - line.top > 0.6 * line.size:
            parts.append("")
        parts.append(line.text)
    return "\n".join(parts)


def read_page_text(page: pdfium.PdfPage) -> PageText:
    """What the text layer of a page says; no lines for a page without letters."""
    textpage = page.get_textpage()
    try:
        found = page_chars(textpage)
        if not found.chars:
            return PageText((), found.lost)
        setter = _Setter(found.chars)
        tables = [table for table in ruled_tables(page, found.quarter) if not _is_layout(table, setter)]
        lines = setter.lines(tables)
        if is_suspect("\n".join(line.text for line in lines)):  # an old font; asking for names takes time
            setter.fonts = {char.index: font_of(textpage, char.index) for char in found.chars}
            lines = setter.lines(tables)
        return PageText(tuple(lines), found.lost)
    finally:
        textpage.close()


class _Setter:
    """Sets letters into lines. Indents count from the page's leftmost letter, in average letters."""

    def __init__(self, chars: Sequence[Char]) -> None:
        self._chars = chars
        self._margin = min(char.left for char in chars)
        self._unit = max(median(char.right - char.left for char in chars), 1.0)
        self.fonts: dict[int, str | None] = {}

    def lines(self, tables: Sequence[Table]) -> list[Line]:
        """All lines from the top down; a table's rows stand where the table stands."""
        rest = list(self._chars)
        found: list[Line] = []
        for table in tables:
            inside = [char for char in rest if table.holds(char)]
            rest = [char for char in rest if not table.holds(char)]
            found += self._table(table, inside)
        found += [self._line(row) for row in rows_of(rest)]
        return sorted(found, key=lambda line: -line.top)

    def inside(self, table: Table) -> str:
        """The letters within a table as plain lines."""
        return "\n".join(self._line(row).text for row in rows_of([c for c in self._chars if table.holds(c)]))

    def _table(self, table: Table, chars: Sequence[Char]) -> list[Line]:
        lines = []
        above: list[str] = []
        for number, cells in enumerate(table.cells(chars)):
            edge = table.rows[len(table.rows) - 1 - number]
            texts = [" ".join(" ".join(self._line(row).text.split()) for row in rows_of(cell)) for cell in cells]
            if sum(map(bool, texts)) > 1:
                texts = table.filled(number, texts, above)
            above = texts
            said = [text for text in texts if text]
            if said:
                text = said[0] if len(said) == 1 and len(said[0]) > _HEADING else " | ".join(texts)
                lines.append(Line(text, edge, edge - 1, 1.0))
        return lines

    def _line(self, row: Sequence[Char]) -> Line:
        runs = [Run(" " * int((row[0].left - self._margin) / self._unit))]
        before: Char | None = None
        for char in row:
            font = self.fonts.get(char.index)
            if before is not None and (gap := self._gap(before, char)):
                runs.append(Run(gap, font))
            if before is None or char.char != before.char or abs(char.left - before.left) > 0.5:
                runs.append(Run(char.char, font))  # else a letter printed twice for a bold look
            before = char
        size = median(char.height for char in row)
        text = joined(runs) if self.fonts else "".join(run.text for run in runs)
        return Line(text, row[0].top, row[0].bottom, size)

    def _gap(self, before: Char, char: Char) -> str:
        width = char.left - before.right
        if width > 1.6 * char.height:
            return " " * max(4, int(width / self._unit))
        if char.char in ".,;:" and width < 0.6 * char.height:
            return ""  # a raised mark of a note stood between
        return " " if width > 0.11 * char.height or (char.spaced and width > -0.1 * char.height) else ""


def rows_of(chars: Sequence[Char]) -> list[list[Char]]:
    """Letters that stand on one line, top to bottom, each row left to right; raised marks of notes left out."""
    rows: list[list[Char]] = []
    middles: list[float] = []
    for char in chars:
        for index in range(len(rows) - 1, max(-1, len(rows) - _LOOKS_BACK), -1):
            if abs(middles[index] - char.middle) < 0.3 * max(char.height, 4):
                rows[index].append(char)
                break
        else:
            rows.append([char])
            middles.append(char.middle)
    order = sorted(range(len(rows)), key=lambda i: -middles[i])
    found = [sorted(rows[i], key=lambda c: c.left) for i in order]
    if not found:  # an empty cell
        return []
    return [row for row, below in zip(found, [*found[1:], None], strict=True) if not _is_raised(row, below)]


def _is_raised(row: Sequence[Char], below: Sequence[Char] | None) -> bool:
    return (
        below is not None
        and len(row) <= 3
        and all(char.char.isdigit() or char.char == "*" for char in row)
        and row[0].height < _RAISED * below[0].height
        and row[0].bottom < below[0].top
    )


def _is_layout(table: Table, setter: _Setter) -> bool:
    """Header and closing keep their columns side by side even if somebody ruled them."""
    return len(table.columns) <= 4 and is_letterhead(setter.inside(table))
