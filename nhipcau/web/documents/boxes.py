"""The pages of a scan with the reader's findings drawn on them: boxes in ten-thousandths of the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from nhipcau.documents.models import Document, Scan
from nhipcau.reader.language.words import PageWords, Word, from_plain
from nhipcau.web.documents.findings import Mark

_ROOM = (30, 10)  # ten-thousandths of the page's width and height around a word


@dataclass(frozen=True)
class Highlight:
    """One finding on one line of a page, as SVG draws it: from the page's left and top edges."""

    mark: str
    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True)
class ScanPage:
    """A page of the original, counted from 1, and what was found on it."""

    number: int
    highlights: tuple[Highlight, ...]


def sheets_of(document: Document, marks: Iterable[Mark]) -> list[ScanPage]:
    """The pages to show beside the fields: none if the letter did not come as a scan. Where the machine made out
    no word, the pages are shown all the same, for a person to read."""
    scan: Scan | None = getattr(document, "scan", None)
    if scan is None:
        return []
    return scan_pages(from_plain(scan.words), marks) or [ScanPage(n + 1, ()) for n in range(scan.pages)]


def scan_pages(pages: Iterable[PageWords], marks: Iterable[Mark]) -> list[ScanPage]:
    """The scanned pages in order; a finding over several lines has one box a line."""
    marks = list(marks)
    return [ScanPage(page.page + 1, tuple(_highlights(page, marks))) for page in pages]


def _highlights(page: PageWords, marks: list[Mark]) -> Iterable[Highlight]:
    for start, end, mark in marks:
        under = [word for word in page.words if word.span and word.span[0] < end and start < word.span[1]]
        for line in _lines(under):
            yield _around(line, mark)


def _lines(words: list[Word]) -> list[list[Word]]:
    """Words in reading order, cut where one stands below or before the last."""
    lines: list[list[Word]] = []
    for word in words:
        last = lines[-1][-1] if lines else None
        if last is None or word.box[1] >= last.box[3] or word.box[0] < last.box[0]:
            lines.append([word])
        else:
            lines[-1].append(word)
    return lines


def _around(line: list[Word], mark: str) -> Highlight:
    left, top = (max(0, min(word.box[side] for word in line) - _ROOM[side]) for side in (0, 1))
    right, bottom = (max(word.box[2 + side] for word in line) + _ROOM[side] for side in (0, 1))
    return Highlight(mark, left, top, right - left, bottom - top)
