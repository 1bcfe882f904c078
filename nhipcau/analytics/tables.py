"""An answer as a table: what stands in the rows, what side by side, and how each is called."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from nhipcau.analytics.cubes import Answer, Group
from nhipcau.analytics.folding import Covered
from nhipcau.analytics.questions import Line
from nhipcau.core.numbers import MISSING, NOT_APPLICABLE, Cell
from nhipcau.core.periods import Period
from nhipcau.reports.design.definition import Indicator


@dataclass(frozen=True)
class Naming:
    """How things are called in the reader's language. `units`: names by unit id, and of the unit asked for."""

    units: Mapping[int, str]
    whole: str
    english: bool = False

    def indicator(self, item: Indicator) -> str:
        """Its label."""
        return (self.english and item.label_en) or item.label

    def period(self, period: Period | None) -> str:
        """Its name in a sentence; None stands for all of them."""
        if period is None:
            return "All periods" if self.english else "Cả khoảng kỳ"
        return period.label_en if self.english else period.label_vi

    def items(self, line: Line, answer: Answer) -> str:
        """ "Nữ, Nhà nước"; "Tất cả" for the whole figure."""
        labels = [
            (self.english and one.label_en) or one.label
            for split in answer.definition.breakdowns
            for one in split.items
            if f"{split.code}={one.code}" in line.items
        ]
        return ", ".join(labels) or ("All" if self.english else "Tất cả")

    def group(self, group: Group | None) -> str:
        """The unit of a row; its own figures are told from those of its branch."""
        if group is None:
            return self.whole
        alone = " (its own)" if self.english else " (riêng đơn vị)"
        return self.units.get(group.unit, "…") + (alone if group.alone else "")


@dataclass(frozen=True)
class Figure:
    """One cell of the table. `gap`: somebody who owes a report is not in it. `addable` False: the periods of this
    figure cannot be put together."""

    cell: Cell
    decimals: int
    gap: bool = False
    addable: bool = True


NOT_SPLIT = Figure(NOT_APPLICABLE, 0)  # a figure without the breakdown that stands in the columns


@dataclass(frozen=True)
class Row:
    """`group` None is the whole. `period` is set only where the items stand side by side."""

    group: Group | None
    line: Line
    period: Period | None
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Table:
    """The rows under their columns: periods (None: all together), or items of the breakdowns asked for."""

    periods: tuple[Period | None, ...]
    items: tuple[tuple[str, ...], ...]
    rows: tuple[Row, ...]


def table_of(answer: Answer, groups: Sequence[Group]) -> Table:
    """The table over those groups, each with its figures, and the whole at the end (alone if there are none)."""
    periods: tuple[Period | None, ...] = (*answer.periods, None) if len(answer.periods) > 1 else (*answer.periods,)
    owners: list[Group | None] = [*groups, None]
    if answer.question.columns == "periods":
        rows = tuple(
            Row(group, line, None, tuple(_figure(answer, line, period, group) for period in periods))
            for group in owners
            for line in answer.lines
        )
        return Table(periods, (), rows)
    items = tuple(dict.fromkeys(line.items for line in answer.lines))
    return Table((), items, tuple(_by_items(answer, owners, periods, items)))


def _by_items(
    answer: Answer,
    owners: Sequence[Group | None],
    periods: Sequence[Period | None],
    items: Sequence[tuple[str, ...]],
) -> Iterator[Row]:
    lines = {(line.indicator.code, line.items): line for line in answer.lines}
    for group in owners:
        for code in answer.question.indicators:
            for period in periods:
                split = [lines.get((code, one)) for one in items]
                figures = (_figure(answer, line, period, group) if line else NOT_SPLIT for line in split)
                yield Row(group, lines[code, ()], period, tuple(figures))


def _figure(answer: Answer, line: Line, period: Period | None, group: Group | None) -> Figure:
    item = line.indicator
    if period is None and not line.addable:
        return Figure(MISSING, item.decimals, addable=False)
    asked = answer.periods if period is None else [period]
    gap = any(not answer.covered(one, group).complete for one in asked)
    return Figure(answer.cell(line, period, group), item.decimals, gap)


@dataclass(frozen=True)
class Entry:
    """One figure as a line of a file. `value` is the scaled integer, None unless there is a value."""

    unit: str
    indicator: str
    code: str
    measure: str
    items: str
    period: str
    period_key: str
    cell: Cell
    decimals: int
    covered: Covered


@dataclass(frozen=True)
class Sheet:
    """A file before it has a format: one figure a line, in the order of the table, with what it rests on."""

    title: str
    at: dt.datetime
    english: bool
    entries: tuple[Entry, ...]


def sheet_of(answer: Answer, naming: Naming) -> Sheet:
    """Every figure of the answer; periods that cannot be put together are left out, not empty."""
    periods: list[Period | None] = [*answer.periods]
    if len(answer.periods) > 1:
        periods.append(None)
    owners: list[Group | None] = [*answer.groups, None]
    entries = tuple(
        _entry(answer, naming, line, period, group)
        for group in owners
        for line in answer.lines
        for period in periods
        if period is not None or line.addable
    )
    name = (naming.english and answer.definition.name_en.strip("-")) or answer.definition.name
    return Sheet(name, answer.at, naming.english, entries)


def _entry(answer: Answer, naming: Naming, line: Line, period: Period | None, group: Group | None) -> Entry:
    asked = answer.periods if period is None else [period]
    return Entry(
        unit=naming.group(group),
        indicator=naming.indicator(line.indicator),
        code=line.indicator.code,
        measure=line.indicator.unit,
        items=naming.items(line, answer),
        period=naming.period(period),
        period_key=period.key if period else "",
        cell=answer.cell(line, period, group),
        decimals=line.indicator.decimals,
        covered=sum((answer.covered(one, group) for one in asked), Covered()),
    )
