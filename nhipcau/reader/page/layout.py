"""Lines and columns: from raw text to the normalised text every reader works on.

The official header is a borderless two-column table (Decree 30, Appendix I, boxes 1 to 5), and so is
the closing (boxes 7 and 9). Extraction flattens them in many ways: wide gaps, tabs, pipes, or one
space where OCR joined the columns. Here each cell becomes a line of its own, so that the readers
need not know which of these happened. Offsets are offsets in `Layout.text`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from statistics import median

from nhipcau.reader.language.text import plain, with_figures
from nhipcau.reader.page.cells import CELL, cells_of, tidy
from nhipcau.reader.page.marks import ADDRESSED, OPENER, PAGE_NUMBER, RECIPIENTS, RULE, is_header_mark
from nhipcau.reader.page.parts import find_body, find_closing
from nhipcau.reader.page.rows import rows_of

__all__ = ["ADDRESSED", "CELL", "OPENER", "RECIPIENTS", "Layout", "Line", "lay_out", "split_items"]


_Cells = tuple[tuple[int, str], ...]  # of one row: (position, text)
_HEADER_LINES = 7  # from the nation's name to the number below the issuer, in any order of columns
_NUMBERED = re.compile(r"\W*so\s?:?\s*\d*\s*/\s*\w")


@dataclass(frozen=True)
class Line:
    """One line (a cell of the header or closing table, else a line of the body) and where it stands."""

    text: str
    start: int
    column: int = 0
    after_blank: bool = False
    indent: int = 0  # in the text as extracted; a first line stands further in

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @cached_property
    def plain(self) -> str:
        return with_figures(plain(self.text))

    @cached_property
    def is_mark(self) -> bool:
        """Is this cell one that only a header has (Quốc hiệu, number, place and date)?"""
        return is_header_mark(self.text, self.plain)


@dataclass(frozen=True)
class Layout:
    """Normalised text and its lines. `body`, `closing` and `annex` are indexes into `lines`:
    header before `body`; the letter's body up to `closing`; signature and recipients up to `annex`."""

    text: str
    lines: tuple[Line, ...]
    body: int
    closing: int
    annex: int
    cut: bool = False  # was a line longer than people write?

    @cached_property
    def plain(self) -> str:
        return with_figures(plain(self.text))

    @cached_property
    def headed(self) -> bool:
        """Does the document have a header at all? Copies on web pages often lost it."""
        return any(line.is_mark for line in self.head)

    @property
    def head(self) -> tuple[Line, ...]:
        return self.lines[: self.body]

    @property
    def end(self) -> tuple[Line, ...]:
        return self.lines[self.closing : self.annex]

    @property
    def body_start(self) -> int:
        return self.lines[self.body].start if self.body < len(self.lines) else len(self.text)

    @cached_property
    def enclosed(self) -> int:
        """Index of the first line of another document that is enclosed: a header with a number of its own.

        A draft, a decree or the letter that is answered; what it cites and orders is not what this letter does.
        A form, a list or a regulation is an annex and belongs to the letter.
        """
        for index in range(self.annex, len(self.lines)):
            below = self.lines[index : index + _HEADER_LINES]
            if self.lines[index].is_mark and any(_NUMBERED.match(line.plain) for line in below):
                return index
        return len(self.lines)

    @property
    def enclosed_start(self) -> int:
        return self.lines[self.enclosed].start if self.enclosed < len(self.lines) else len(self.text)


def split_items(line: Line) -> list[Line]:
    """ "- Như trên; - Lưu: VT." on one line is two items."""
    edges = [0, *(m.end() for m in re.finditer(r";\s*(?=[-+•]\s*\w)", line.text)), len(line.text)]
    return [
        Line(line.text[a:b].rstrip(), line.start + a, line.column, line.after_blank and a == 0)
        for a, b in pairwise(edges)
    ]


def lay_out(raw_text: str) -> Layout:
    """Normalise, separate the columns of header and closing, and mark where the parts begin."""
    raws, was_cut = rows_of(raw_text)
    body = find_body(raws)
    closing, annex = find_closing(raws, body)
    rows: list[_Cells] = []
    for index, raw in enumerate(raws):
        if index < body or closing <= index < annex:
            cells = cells_of(raw)
            # A page number stands alone; in the header a lone number may be the document's.
            rows.append(() if index >= body and len(cells) == 1 and PAGE_NUMBER.fullmatch(cells[0][1]) else cells)
        else:
            text = tidy(raw)
            drop = not text or (PAGE_NUMBER.fullmatch(text) and index >= body) or RULE.fullmatch(text)
            rows.append(() if drop else ((len(raw) - len(raw.lstrip()), text),))
    return replace(_assemble(rows, body, closing, annex), cut=was_cut)


def _assemble(rows: list[_Cells], body: int, closing: int, annex: int) -> Layout:
    spaced = _double_spaced(rows)
    borders = {
        region: _border(rows[a:b]) for region, (a, b) in {"head": (0, body), "end": (closing, annex)}.items()
    }
    lines: list[Line] = []
    marks = {}
    parts: list[str] = []
    offset, blank = 0, False
    for index, cells in enumerate(rows):
        for name, at in (("body", body), ("closing", closing), ("annex", annex)):
            if index == at:
                marks[name] = len(lines)
        if not cells:
            blank = True
            continue
        if blank and lines:
            parts.append("\n")
            offset += 1
        region = "head" if index < body else "end" if closing <= index < annex else ""
        for order, (at, text) in enumerate(cells):
            right = order > 0 or (bool(region) and at >= borders[region])
            after_blank = blank and order == 0 and not spaced
            lines.append(Line(text, offset, 1 if right else 0, after_blank, at))
            parts.append(text + "\n")
            offset += len(text) + 1
        blank = False
    count = len(lines)
    text = "".join(parts)
    return Layout(
        text, tuple(lines), marks.get("body", count), marks.get("closing", count), marks.get("annex", count)
    )


def _double_spaced(rows: list[_Cells]) -> bool:
    """A blank line after every wrapped line says nothing about paragraphs."""
    filled = [index for index, cells in enumerate(rows) if cells]
    if len(filled) < 10 or max(len(text) for index in filled for _, text in rows[index]) > 160:
        return False
    return sum(not rows[index - 1] for index in filled[1:]) > 0.9 * len(filled)


def _border(rows: list[_Cells]) -> int:
    """Where the right column begins in this region, or far away if no row has two cells."""
    starts = [cells[1][0] for cells in rows if len(cells) == 2]
    edge = int(median(starts) * 0.8) if starts else 0
    return edge if edge > 15 else 10_000
