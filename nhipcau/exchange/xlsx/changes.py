"""What a filled form changes: every cell and text that differs from what it was handed out with, set against what
the report says now. A cell that both changed, and differently, is the person's to decide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from nhipcau.core.errors import Fault, InvalidInput
from nhipcau.core.numbers import MISSING, NOT_APPLICABLE, Cell, format_value, unpack
from nhipcau.core.text import clean
from nhipcau.exchange.xlsx import wordings
from nhipcau.exchange.xlsx.exporting import explained
from nhipcau.exchange.xlsx.layout import Layout
from nhipcau.exchange.xlsx.places import EXPLANATION, FIGURES, address
from nhipcau.exchange.xlsx.reading import Filled, shown
from nhipcau.reports.design.figures import Cells
from nhipcau.reports.models import Submission


@dataclass(frozen=True)
class Change:
    """One cell or text: where it stands, its label, and both values as a person reads them."""

    where: str
    label: str
    before: str
    after: str
    disputed: bool = False


@dataclass(frozen=True)
class Changes:
    """Figures by cell, words by block, explanations by rule; `said` is each of them for the preview."""

    figures: Mapping[str, Cell] = field(default_factory=dict)
    narrative: Mapping[str, str] = field(default_factory=dict)
    explanations: Mapping[str, str] = field(default_factory=dict)
    said: tuple[Change, ...] = ()

    @property
    def disputed(self) -> tuple[Change, ...]:
        """Those the report says otherwise since the form was handed out."""
        return tuple(change for change in self.said if change.disputed)

    def __bool__(self) -> bool:
        return bool(self.figures or self.narrative or self.explanations)


@dataclass
class _Gathering:
    figures: dict[str, Cell] = field(default_factory=dict)
    narrative: dict[str, str] = field(default_factory=dict)
    explanations: dict[str, str] = field(default_factory=dict)
    said: list[Change] = field(default_factory=list)


def changes(filled: Filled, layout: Layout, report: Submission | None, now: Cells, *, keep: bool) -> Changes:
    """What the form changes in the report (None: there is none yet). With `keep`, disputed cells stay as they are.

    InvalidInput names the texts that cannot be stored.
    """
    found = _Gathering()
    _compare_figures(found, filled, layout, report, now, keep=keep)
    faults = [*_compare_words(found, filled, layout, report, keep=keep)]
    faults += _compare_explanations(found, filled, layout, report, keep=keep)
    if faults:
        raise InvalidInput(wordings.UNSTORED, faults)
    return Changes(found.figures, found.narrative, found.explanations, tuple(found.said))


def _compare_figures(
    found: _Gathering, filled: Filled, layout: Layout, report: Submission | None, now: Cells, *, keep: bool
) -> None:
    assert filled.stamp is not None  # noqa: S101 - a refused file does not come here
    keys = layout.definition.cells()
    base = dict(zip(keys, unpack(filled.stamp.base, len(keys)), strict=True))
    for code, item in layout.entered.items():
        given, standing = filled.cells[code], now.get(code, MISSING) if report else base[code]
        if given in (base[code], standing):
            continue
        disputed = standing != base[code]
        found.said.append(Change(filled.at(code), item.label, shown(item, standing), shown(item, given), disputed))
        if not (disputed and keep):
            found.figures[code] = given


def _compare_words(
    found: _Gathering, filled: Filled, layout: Layout, report: Submission | None, *, keep: bool
) -> Iterator[Fault]:
    for code, (_, block) in layout.blocks.items():
        standing = report.narrative.get(code, "") if report else ""
        try:
            text = clean(filled.words.get(code, ""), multiline=True)
        except InvalidInput as error:
            yield Fault(filled.at(code), error.message)
            continue
        disputed = _take(found, filled, f"words:{code}", standing, text, (filled.at(code), block.title))
        if disputed is not None and not (disputed and keep):
            found.narrative[code] = text


def _compare_explanations(
    found: _Gathering, filled: Filled, layout: Layout, report: Submission | None, *, keep: bool
) -> Iterator[Fault]:
    for code in layout.asked:
        standing = explained(layout, code, report.explanations) if report else ""
        where = explanation_at(filled, layout, code)
        try:
            text = clean(filled.explanations.get(code, ""))
        except InvalidInput as error:
            yield Fault(where, error.message)
            continue
        disputed = _take(found, filled, f"explanation:{code}", standing, text, (where, "Giải thích"))
        if disputed is not None and not (disputed and keep):
            found.explanations |= {rule.code: text for rule in layout.asks(code)}


def _take(
    found: _Gathering, filled: Filled, mark: str, standing: str, text: str, said: tuple[str, str]
) -> bool | None:
    """Whether the new text is disputed; None if nothing is to be changed."""
    assert filled.stamp is not None  # noqa: S101 - a refused file does not come here
    if text == standing or filled.stamp.untouched(mark, text):
        return None
    disputed = not filled.stamp.untouched(mark, standing)
    found.said.append(Change(*said, _short(standing), _short(text), disputed))
    return disputed


def explanation_at(filled: Filled, layout: Layout, code: str) -> str:
    """The address of what is explained at a cell."""
    return address(FIGURES, filled.rows.get(code, layout.rows.get(code, 0)), EXPLANATION)


def as_typed(cell: Cell, decimals: int) -> str:
    """A figure as a person would type it."""
    if cell == MISSING:
        return ""
    return "x" if cell == NOT_APPLICABLE else format_value(cell.value, decimals)


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}…"
