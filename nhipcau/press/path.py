"""`to_pdf`: where a figure comes from, on paper, for whoever audits it: the tree, each report, each record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from nhipcau.press.fonts import PressFont, press_font
from nhipcau.press.pdf import typeset
from nhipcau.press.register import printable

TEMPLATE = Path(__file__).with_name("path.typ")


@dataclass(frozen=True)
class Node:
    """A unit of the tree: how deep it stands, its own figure and that of its branch; "" where there is none."""

    depth: int
    name: str
    own: str
    whole: str


@dataclass(frozen=True)
class Origin:
    """A record behind a report: its day, what it is, how much of the figure, and the papers that prove it."""

    day: str
    title: str
    value: str
    papers: Sequence[str] = ()


@dataclass(frozen=True)
class Sheet:
    """One unit's report: what it says, how it came about, its records, and what it said before."""

    unit: str
    value: str
    facts: Sequence[str] = ()
    origins: Sequence[Origin] = ()
    closing: Sequence[str] = ()


@dataclass(frozen=True)
class FigurePath:
    """What stands on the paper, in Vietnamese. `facts`: label and text, one a line."""

    issuer: str
    title: str
    figure: str
    value: str
    facts: Sequence[tuple[str, str]]
    nodes: Sequence[Node]
    sheets: Sequence[Sheet]
    closing: Sequence[str] = ()
    printed_on: dt.date | None = None


def to_pdf(path: FigurePath, *, cache: Path | None = None) -> bytes:
    """The path as PDF bytes, A4 upright; the same path gives the same bytes.

    A character that the font lacks is printed as "?". `cache` is the folder for the spare font (see
    `fonts.press_font`). Raises MissingProgram if there is no font.
    """
    font = press_font(cache)
    said = partial(printable, font=font)
    data = {
        "family": font.family,
        "issuer": said(path.issuer),
        "title": said(path.title),
        "figure": said(path.figure),
        "value": said(path.value),
        "facts": [[said(label), said(text)] for label, text in path.facts],
        "nodes": [
            {"depth": node.depth, "name": said(node.name), "own": said(node.own), "whole": said(node.whole)}
            for node in path.nodes
        ],
        "sheets": [_sheet(sheet, font) for sheet in path.sheets],
        "closing": [said(line) for line in path.closing],
        "foot": f"In ngày {path.printed_on:%d/%m/%Y}" if path.printed_on else "",
    }
    return typeset(TEMPLATE, data, font, path.printed_on)


def _sheet(sheet: Sheet, font: PressFont) -> dict[str, object]:
    return {
        "unit": printable(sheet.unit, font),
        "value": printable(sheet.value, font),
        "facts": [printable(line, font) for line in sheet.facts],
        "origins": [
            {
                "day": printable(one.day, font),
                "title": printable(one.title, font),
                "value": printable(one.value, font),
                "papers": [printable(paper, font) for paper in one.papers],
            }
            for one in sheet.origins
        ],
        "closing": [printable(line, font) for line in sheet.closing],
    }
