"""From pages to one text: running headers, footers and page numbers go, notes step aside, sentences go on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from statistics import median

from nhipcau.reader.extract.letterhead import is_letterhead
from nhipcau.reader.extract.pdf_text import Line, text_of

_PAGE_NUMBER = re.compile(r"(?:trang|page)?\s*[-–]?\s*\d{1,4}\s*[-–]?(?:\s*/\s*\d{1,4})?", re.IGNORECASE)
_EDGE = 3  # lines at the top and the bottom of a page among which running ones are sought
_FEWEST = 3  # pages that must agree
_NOTE = re.compile(r"\s*(?:\d{1,2}|\(\d{1,2}\)|\*+)\s*\S")
_NOTE_SIZE = 0.9
_CLOSED = (".", ";", ":", "/.", "!", "?", ")")


def one_text(pages: Sequence[Sequence[Line]]) -> str:
    """The text of all pages."""
    running = _running(pages)
    text = ""
    for lines in pages:
        kept = _without_running(list(lines), running)
        page = text_of(_notes_aside(kept))
        if text and page:
            text += "\n" if _goes_on(text, page) else "\n\n"
        text += page
    return text


def lines_of(text: str) -> tuple[Line, ...]:
    """A page known by its text alone, set as if on a grid: a blank line is a gap."""
    rows = list(enumerate(text.split("\n")))
    return tuple(Line(row, -10.0 * number, -10.0 * number - 9, 9.0) for number, row in rows if row.strip())


def _running(pages: Sequence[Sequence[Line]]) -> set[str]:
    """The lines that stand at the edge of several pages, whatever number they carry."""
    counted = Counter(key for lines in pages for key in {_key(line) for line in _edges(lines)})
    return {key for key, count in counted.items() if count >= _FEWEST and not is_letterhead(key)}


def _edges(lines: Sequence[Line]) -> list[Line]:
    return [*lines[:_EDGE], *lines[max(_EDGE, len(lines) - _EDGE) :]]


def _key(line: Line) -> str:
    return re.sub(r"\d+", "#", " ".join(line.text.split()))


def _without_running(lines: list[Line], running: set[str]) -> list[Line]:
    """Strip from both ends, so that a body line that reads alike stays."""
    for end in (0, -1):
        for _ in range(_EDGE):
            if lines and (_PAGE_NUMBER.fullmatch(lines[end].text.strip()) or _key(lines[end]) in running):
                lines.pop(end)
    return lines


def _notes_aside(lines: list[Line]) -> list[Line]:
    """Notes at the foot of a page go before the sentence that runs on to the next page."""
    if len(lines) < 2 or lines[-1].text.rstrip().endswith("./."):
        return lines
    body = median(line.size for line in lines)
    first = len(lines)
    while first > 0 and lines[first - 1].size < _NOTE_SIZE * body:
        first -= 1
    notes = lines[first:]
    if not notes or not first or not _NOTE.match(notes[0].text):
        return lines
    start = first
    while start > 0 and not lines[start - 1].text.rstrip().endswith(_CLOSED):
        start -= 1
    label = Line(f"Chú thích: {notes[0].text.strip()}", *_place(notes[0]))
    return [*lines[:start], label, *notes[1:], *lines[start:first]]


def _place(line: Line) -> tuple[float, float, float]:
    return line.top, line.bottom, line.size


def _goes_on(before: str, after: str) -> bool:
    """Does a sentence run over the page's end?"""
    start = after.lstrip()[:1]
    return not before.rstrip().endswith(_CLOSED) and (start.islower() or start.isdigit())
