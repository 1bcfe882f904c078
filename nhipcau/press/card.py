"""The restore card as PDF: one page that lies beside the server."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from nhipcau.press.fonts import press_font
from nhipcau.press.pdf import typeset
from nhipcau.press.register import printable

TEMPLATE = Path(__file__).with_name("card.typ")


@dataclass(frozen=True)
class Facts:
    """A heading with lines of label and text."""

    heading: str
    rows: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class CardStep:
    """What to do; `commands` are to be typed as they stand."""

    text: str
    commands: Sequence[str] = ()


@dataclass(frozen=True)
class Steps:
    """A heading with numbered steps."""

    heading: str
    steps: Sequence[CardStep]


@dataclass(frozen=True)
class Card:
    """What stands on the page, in Vietnamese. `people`: whose name and telephone are written in by hand."""

    title: str
    printed: str
    note: str
    facts: Sequence[Facts]
    steps: Sequence[Steps]
    people: Sequence[str]


def to_pdf(card: Card, *, day: dt.date, cache: Path | None = None) -> bytes:
    """The card as PDF bytes, A4 upright; the same card gives the same bytes.

    A character that the font lacks is printed as "?". `cache` is the folder for the spare font (see
    `fonts.press_font`). Raises MissingProgram if there is no font.
    """
    font = press_font(cache)
    said = partial(printable, font=font)
    data = {
        "family": font.family,
        "title": said(card.title),
        "printed": said(card.printed),
        "note": said(card.note),
        "facts": [
            {"heading": said(part.heading), "rows": [{"label": said(a), "text": said(b)} for a, b in part.rows]}
            for part in card.facts
        ],
        "steps": [
            {
                "heading": said(part.heading),
                "steps": [{"text": said(one.text), "commands": [*map(said, one.commands)]} for one in part.steps],
            }
            for part in card.steps
        ],
        "people": [said(one) for one in card.people],
    }
    return typeset(TEMPLATE, data, font, day)


def to_text(card: Card) -> str:
    """The same for a terminal."""
    lines = [f"{card.title}   {card.printed}", card.note]
    for facts in card.facts:
        lines += ["", facts.heading, *(f"  {label:<18}{text}" for label, text in facts.rows)]
    for steps in card.steps:
        lines += ["", steps.heading]
        for number, step in enumerate(steps.steps, start=1):
            lines += [f"  {number}. {step.text}", *(f"       {one}" for one in step.commands)]
    dots = "." * 30
    return "\n".join([*lines, "", *(f"{one:<24}{dots}  Điện thoại: {dots[:20]}" for one in card.people)]) + "\n"
