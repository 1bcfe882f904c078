"""`to_pdf`: a campaign's poster on one upright A4 page, to be hung up and read from a few steps away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from nhipcau.press import qr
from nhipcau.press.fonts import press_font
from nhipcau.press.pdf import typeset
from nhipcau.press.register import printable

TEMPLATE = Path(__file__).with_name("poster.typ")
MOST_POINTS, LONGEST_POINT, LONGEST_LEAD = 5, 80, 260
_TITLE = ((36, 46), (70, 36), (120, 29), (1000, 23))  # up to so many letters at so many points
_WORDS = ((160, 24), (300, 20), (440, 17), (1000, 15))


@dataclass(frozen=True)
class Poster:
    """What stands on it, in Vietnamese. `points`: what to remember; `address` is printed under its QR code."""

    issuer: str
    title: str
    period: str
    lead: str
    points: Sequence[str]
    invitation: str
    address: str
    printed_on: dt.date | None = None


def to_pdf(poster: Poster, *, cache: Path | None = None) -> bytes:
    """The poster as PDF bytes; the same poster gives the same bytes.

    It is always one page: a lead, and points, longer than there is room for end in "…", and of more points the
    first ones are printed. A character that the font lacks is printed as "?". MissingProgram if there is no font.
    """
    font = press_font(cache)
    said = partial(printable, font=font)
    lead = said(_cut(poster.lead, LONGEST_LEAD))
    points = [said(_cut(one, LONGEST_POINT)) for one in poster.points[:MOST_POINTS]]
    data = {
        "family": font.family,
        "issuer": said(poster.issuer.upper()),
        "title": said(poster.title),
        "title_size": _size(_TITLE, len(poster.title)) / font.breadth,
        "words_size": _size(_WORDS, len(lead) + sum(map(len, points))) / font.breadth,
        "period": said(poster.period),
        "lead": lead,
        "points": points,
        "invitation": said(poster.invitation),
        "address": said(poster.address),
        "qr": qr.svg(poster.address).decode(),
    }
    return typeset(TEMPLATE, data, font, poster.printed_on)


def _size(sizes: Sequence[tuple[int, int]], letters: int) -> int:
    return next(size for most, size in sizes if letters <= most)


def _cut(text: str, most: int) -> str:
    whole = " ".join(text.split())
    return whole if len(whole) <= most else f"{whole[:most].rpartition(' ')[0]}…"
