"""`to_pdf`: how a branch stands on one A4 page: figures with their changes, coverage, map of reporting, gaps.

It is always one page. Every row is one line high: what is longer than its column ends in "…"; the most rows there
is room for are printed, and whoever makes the brief says how many were left out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from nhipcau.press.fonts import PressFont, press_font
from nhipcau.press.measure import line_width
from nhipcau.press.pdf import typeset
from nhipcau.press.register import printable

TEMPLATE = Path(__file__).with_name("brief.typ")
MOST_FIGURES, MOST_ROWS, MOST_COLUMNS, LONGEST_GAPS = 6, 24, 6, 520
SIZE = 9.0
_PAGE_PT = (210 - 2 * 15) / 25.4 * 72
_FIGURE_SHARES = (0.40, 0.20, 0.20, 0.20)
_PADDING_PT = 8.0
_NAME_SHARE = 0.52
_CHECK = ("✓", "√")  # the second is in every text font


@dataclass(frozen=True)
class Square:
    """One unit in one period: its sign, how it is drawn, and how many units the sign speaks of ("" for one)."""

    sign: str
    look: str
    count: str = ""


@dataclass(frozen=True)
class Brief:
    """What stands on the page, every text in the language of the page.

    `facts`: label and number; `coverage`: name, words, and the share from 0 to 100. `figures`: label, value and the
    changes, under `figure_titles`. `rows`: the whole branch first, a square for each of `periods`. `gaps`: one
    paragraph. `titles`: of the parts: figures, map, gaps.
    """

    issuer: str
    title: str
    subtitle: str
    facts: Sequence[tuple[str, str]]
    coverage: Sequence[tuple[str, str, float]]
    figure_titles: Sequence[str]
    figures: Sequence[Sequence[str]]
    periods: Sequence[str]
    rows: Sequence[tuple[str, Sequence[Square]]]
    legend: Sequence[tuple[Square, str]]
    gaps: str
    titles: tuple[str, str, str]
    closing: Sequence[str]
    printed_on: dt.date | None = None
    language: str = "vi"


def to_pdf(brief: Brief, *, cache: Path | None = None) -> bytes:
    """The page as PDF bytes; the same brief gives the same bytes. A character that the font lacks is printed as
    "?". MissingProgram if there is no font."""
    font = press_font(cache)

    def line(text: str, room: float, *, bold: bool = False) -> str:
        return fitted(printable(text, font), room, SIZE * font.breadth, bold=bold)

    rooms = [_PAGE_PT * share - _PADDING_PT for share in _FIGURE_SHARES]
    data = {
        "family": font.family,
        "size": SIZE,
        "language": brief.language,
        "issuer": line(brief.issuer, _PAGE_PT * 0.75),
        "title": line(brief.title, _PAGE_PT * 0.55, bold=True),
        "subtitle": line(brief.subtitle, _PAGE_PT * 0.9),
        "facts": [[printable(label, font), printable(text, font)] for label, text in brief.facts],
        "coverage": [[printable(name, font), printable(said, font), share] for name, said, share in brief.coverage],
        "figure_titles": [
            line(text, room, bold=True) for text, room in zip(brief.figure_titles, rooms, strict=False)
        ],
        "figures": [
            [line(text, room) for text, room in zip(row, rooms, strict=False)]
            for row in brief.figures[:MOST_FIGURES]
        ],
        "periods": [printable(key, font) for key in brief.periods[-MOST_COLUMNS:]],
        "rows": [
            [
                line(name, _PAGE_PT * _NAME_SHARE - _PADDING_PT, bold=not at),
                [_square(one, font) for one in squares[-MOST_COLUMNS:]],
            ]
            for at, (name, squares) in enumerate(brief.rows[:MOST_ROWS])
        ],
        "legend": [[_square(one, font), printable(label, font)] for one, label in brief.legend],
        "gaps": printable(_cut(brief.gaps), font),
        "titles": [printable(title, font) for title in brief.titles],
        "closing": [printable(text, font) for text in brief.closing],
    }
    return typeset(TEMPLATE, data, font, brief.printed_on)


def fitted(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """The text on one line of that many points; what is too long ends in "…"."""
    if line_width(text, size, bold=bold) <= room:
        return text
    while text and line_width(f"{text}…", size, bold=bold) > room:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _square(one: Square, font: PressFont) -> dict[str, str]:
    sign, instead = _CHECK
    drawn = instead if one.sign == sign and ord(sign) not in font.characters else one.sign
    return {"sign": printable(drawn, font), "look": one.look, "count": one.count}


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_GAPS else f"{text[:LONGEST_GAPS].rpartition(' ')[0]}…"
