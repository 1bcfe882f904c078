"""`to_pdf`: the "Phiếu giải quyết văn bản đến" on one upright page (Decree 30/2020/NĐ-CP, Appendix IV).

Three parts: what the office's leader wrote, whom the unit's head put in charge, what that post proposes. What
is not known yet stays as dotted lines for the pen.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from nhipcau.press.fonts import press_font
from nhipcau.press.letter import QUOC_HIEU, TIEU_NGU, issuer_lines
from nhipcau.press.pdf import typeset
from nhipcau.press.register import printable

TEMPLATE = Path(__file__).with_name("slip.typ")


@dataclass(frozen=True)
class SlipLine:
    """One line: what it is ("Đơn vị chủ trì") and what stands there; "" leaves dots for the pen."""

    label: str
    text: str


@dataclass(frozen=True)
class SlipPart:
    """One of the three parts: its heading, free words, lines, then the day and whose word it is."""

    title: str
    text: str = ""
    lines: Sequence[SlipLine] = ()
    dated: str = ""
    signed: str = ""


@dataclass(frozen=True)
class Slip:
    """What stands on the paper, in Vietnamese. `letter`: kind, number, day, issuer and subject of the letter."""

    issuer: str
    parent: str
    arrival: str
    letter: str
    parts: Sequence[SlipPart]
    printed_on: dt.date | None = None


def to_pdf(slip: Slip, *, cache: Path | None = None) -> bytes:
    """The slip as PDF bytes, A4 upright; the same slip gives the same bytes.

    A character that the font lacks is printed as "?". `cache` is the folder for the spare font (see
    `fonts.press_font`). Raises MissingProgram if there is no font.
    """
    font = press_font(cache)
    said = partial(printable, font=font)
    data = {
        "family": font.family,
        "quoc_hieu": QUOC_HIEU,
        "tieu_ngu": TIEU_NGU,
        "parent": [said(line) for line in issuer_lines(slip.parent, bold=False)],
        "issuer": [said(line) for line in issuer_lines(slip.issuer, bold=True)],
        "arrival": said(slip.arrival),
        "letter": said(slip.letter),
        "parts": [
            {
                "title": said(part.title),
                "text": said(part.text),
                "lines": [{"label": said(line.label), "text": said(line.text)} for line in part.lines],
                "dated": said(part.dated),
                "signed": said(part.signed),
            }
            for part in slip.parts
        ],
    }
    return typeset(TEMPLATE, data, font, slip.printed_on)
