"""Words as recognised on a page: what each says, how sure the recogniser is, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Box = tuple[int, int, int, int]
"""Left, top, right, bottom in ten-thousandths of the page's width and height, as the file shows the page."""


@dataclass(frozen=True)
class Word:
    """`confidence` is 0 to 1. `span` is in `Reading.text`, None until the words are placed there."""

    text: str
    confidence: float
    box: Box
    span: tuple[int, int] | None = None


@dataclass(frozen=True)
class PageWords:
    """The words of one page, counted from 0, in reading order. `angle`: degrees the page was turned clockwise to
    stand upright (a page scanned upside down: 180)."""

    page: int
    words: tuple[Word, ...]
    angle: float = 0.0


def to_plain(pages: tuple[PageWords, ...]) -> list[dict[str, Any]]:
    """A compact form for JSON: [{page, angle, words: [[text, percent, left, top, right, bottom, start, end]]}]."""
    return [
        {
            "page": page.page,
            "angle": round(page.angle, 2),
            "words": [
                [word.text, round(100 * word.confidence), *word.box, *(word.span or ())] for word in page.words
            ],
        }
        for page in pages
    ]


def from_plain(values: list[dict[str, Any]]) -> tuple[PageWords, ...]:
    """The inverse of `to_plain`. Raises KeyError, TypeError, ValueError or IndexError on anything else."""
    return tuple(
        PageWords(int(page["page"]), tuple(_word(row) for row in page["words"]), float(page["angle"]))
        for page in values
    )


def _word(row: list[Any]) -> Word:
    left, top, right, bottom = (int(value) for value in row[2:6])
    span = (int(row[6]), int(row[7])) if len(row) > 6 else None
    return Word(str(row[0]), float(row[1]) / 100, (left, top, right, bottom), span)
