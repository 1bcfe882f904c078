"""Which column of a foreign table is which figure, and in what it counts; a person has the last word."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from nhipcau.core.apart import HIDDEN
from nhipcau.core.errors import InvalidInput
from nhipcau.core.money import scaled
from nhipcau.core.numbers import CellState, format_cell
from nhipcau.core.said import UNSAID, Said
from nhipcau.core.text import fold
from nhipcau.exchange.own import wordings
from nhipcau.exchange.own.scales import mentions, plain_dong, stated
from nhipcau.exchange.own.table import Table
from nhipcau.reports.design.definition import Definition, Indicator
from nhipcau.reports.design.figures import parse_figure, typed_figure

PARTS = "phần"  # of one: 0,85 is 85 %
UNDECIDED = "?"
_THOUSANDS = ("nghìn", "triệu", "tỷ")
_ABSURD = 10**12  # đồng in one cell of a column in thousands or more: it was written out in đồng
_CODE = re.compile(r"\[([\w-]+)\]$")  # at the end of a heading, as our own tables name figures
_NEAR = 0.72  # of a heading and a label: nearer is proposed, a person decides


@dataclass(frozen=True)
class Choice:
    """A figure and the word in which its column counts ("triệu", "phần"), or "" for the figure's own unit."""

    code: str
    word: str = ""

    @classmethod
    def of(cls, text: str) -> Choice:
        """The inverse of `str`."""
        code, _, word = text.partition("*")
        return cls(code, word)

    def __str__(self) -> str:
        return f"{self.code}*{self.word}" if self.word else self.code


@dataclass(frozen=True)
class Match:
    """A column of numbers, the figure it seems to be, and what of that a person should look at."""

    at: int
    heading: str
    chosen: str
    doubt: Said = UNSAID

    @property
    def column(self) -> str:
        """As the spreadsheet names it."""
        return str(xl_col_to_name(self.at))

    @property
    def code(self) -> str:
        """The figure, in whatever its column counts."""
        return Choice.of(self.chosen).code

    @property
    def sure(self) -> bool:
        """Whether a person said so before, or the names are the same and nothing is in doubt."""
        return not self.doubt


def ways(item: Indicator, heading: str) -> tuple[str, ...]:
    """The words in which a column of that figure may count."""
    if _is_percent(item):
        return ("", PARTS)
    return ("", *_THOUSANDS) if item.is_money or mentions(heading) else ("",)


def proposed(
    table: Table, definition: Definition, learnt: Mapping[str, str], *, entered: bool = True
) -> list[Match]:
    """The figure of each column: as learnt, by the same name, or by the nearest one; no figure twice.

    Of the figures that are `entered`, or of all.
    """
    items = {item.code: item for item in (definition.entered() if entered else definition.indicators())}
    taken: set[str] = set()
    matches = []
    for place, (at, heading) in enumerate(table.numbers):
        free = {code: item for code, item in items.items() if code not in taken}
        known = learnt.get(key_of(heading))
        if known is not None and (not known or Choice.of(known).code in free):
            choice, doubt = Choice.of(known), UNSAID
        else:
            choice, doubt = _nearest(heading, free)
        taken |= {choice.code} - {""}
        match = Match(at, heading, str(choice), doubt)
        item = items.get(choice.code)
        matches.append(_in_doubt(match, item, table, place, known is not None) if item else match)
    return matches


def _nearest(heading: str, items: Mapping[str, Indicator]) -> tuple[Choice, Said]:
    folded = key_of(heading)
    last = folded.rpartition(" – ")[2]
    parts = {folded, last, last.partition(" (")[0]}
    bracketed = _CODE.search(folded)
    for item in items.values():
        if bracketed and bracketed[1] == item.code.lower():
            return Choice(item.code), UNSAID
        if parts & {fold(item.label), item.code.lower(), f"{fold(item.label)} ({fold(item.unit)})"}:
            return Choice(item.code), UNSAID
    near = [(max(SequenceMatcher(None, part, fold(item.label)).ratio() for part in parts), item.code)
            for item in items.values()]  # fmt: skip
    best = max(near, default=(0.0, ""))
    return (Choice(best[1]), wordings.GUESSED) if best[0] >= _NEAR else (Choice(""), wordings.UNKNOWN_COLUMN)


def _in_doubt(match: Match, item: Indicator, table: Table, place: int, known: bool) -> Match:
    """The match with the scale its heading states, and what is in doubt about that."""
    choice = Choice.of(match.chosen)
    if _is_percent(item):
        if choice.word or not _parts_of_one(table.column(place)):
            return match
        return Match(match.at, match.heading, UNDECIDED, wordings.PARTS_OR_PERCENT)
    word = stated(match.heading)
    if item.is_money and not word and not plain_dong(match.heading):
        word = table.scale
    if word and word != choice.word:
        return Match(match.at, match.heading, str(Choice(item.code, word)), wordings.scale_stated(word))
    if match.sure and not known and not choice.word and mentions(match.heading):
        return Match(match.at, match.heading, match.chosen, wordings.SCALE_MENTIONED)
    return match


def figure(item: Indicator, word: str, value: Any) -> str:
    """A cell's value as a person would type it. InvalidInput where it is no figure of this kind."""
    if isinstance(value, dict):
        raise InvalidInput(HIDDEN[value["unread"]] if "unread" in value else wordings.NO_NUMBER)
    text = _scaled(item, word, value) if word else typed_figure(item, value)
    parse_figure(item, text)
    return text


def _scaled(item: Indicator, word: str, value: str | float) -> str:
    number = value if isinstance(value, str) else format(Decimal(format(value, ".15g")), "f").replace(".", ",")
    if word == PARTS:
        part = scaled(number, "triệu")
        return (
            format_cell(part, 0) if part.state is not CellState.VALUE else typed_figure(item, part.value / 10_000)
        )
    cell = scaled(number, word, item.decimals)
    if cell.value >= _ABSURD * 10**item.decimals:
        raise InvalidInput(wordings.absurd(number, word, format_cell(cell, item.decimals)))
    return format_cell(cell, item.decimals)


def _is_percent(item: Indicator) -> bool:
    return fold(item.unit) in ("%", "phan tram")


def _parts_of_one(values: Sequence[Any]) -> bool:
    """Whether all its numbers lie between 0 and 1; a .csv file has them as texts."""
    texts = [str(value).strip().replace(",", ".") for value in values if isinstance(value, str | int | float)]
    numbers = [float(text) for text in texts if re.fullmatch(r"-?\d+(?:\.\d+)?", text)]
    return any(numbers) and all(0 <= number <= 1 for number in numbers)


def key_of(heading: str) -> str:
    """Under which a heading is learnt."""
    return " ".join(fold(heading).split())[:300]
