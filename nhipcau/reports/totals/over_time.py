"""A longer period from the shorter ones a template is reported by: units first, each on its own tree, then time.

A flow adds up; a stock is that of the last sub-period that has one; what must not be counted twice (`distinct`)
stays missing and asks for a figure of its own; means and formulas are made again from what was added up. Versions
of a template meet by cell key, never by position: the last version says how each figure is read. What is hidden in
one of the shorter periods is hidden in the longer one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from nhipcau.core.errors import InvalidInput
from nhipcau.core.numbers import MISSING, Cell, CellState, add_cells, check_int64
from nhipcau.core.periods import Period
from nhipcau.core.said import Said
from nhipcau.org.models import Unit
from nhipcau.reports.design.definition import Definition, Indicator, load
from nhipcau.reports.design.figures import Cells, with_formulas
from nhipcau.reports.design.templates import taken_over_periods, versions_for, versions_of
from nhipcau.reports.models import TemplateVersion
from nhipcau.reports.totals.consolidation import Consolidated
from nhipcau.reports.totals.coverage import Coverage
from nhipcau.reports.totals.published import published
from nhipcau.reports.totals.suppression import still_hidden, veil


@dataclass(frozen=True)
class Reported:
    """One sub-period with the version it was reported by."""

    period: Period
    version: TemplateVersion
    definition: Definition


@dataclass(frozen=True)
class OverTime:
    """One node over a longer period. `parts` are its sub-periods in order, None where it did not stand.

    `coverage` counts reports of all sub-periods; its members are those of the last.
    """

    unit_id: int
    cells: Cells
    coverage: Coverage
    parts: tuple[Consolidated | None, ...]
    at: dt.datetime


def sub_periods(code: str, period: Period, today: dt.date) -> list[Reported]:
    """The periods begun by today that a longer one is made of; InvalidInput where the template's do not tile it."""
    versions = versions_of(code)
    newest, first = load(versions[0].definition), min(version.first_day for version in versions)
    shorter = period.sub_periods(newest.period_kind, newest.calendar)
    old = taken_over_periods(versions[0].template_id)
    begun = [one for one in shorter if (first <= one.first_day(newest.calendar) <= today) or one.key in old]
    if not begun:
        raise InvalidInput(
            Said(
                f"Biểu mẫu «{code}» chưa có kỳ nào trong {period.label_vi}.",
                f"The form «{code}» has no period within {period.key}.",
            )
        )
    return [
        Reported(one, version, load(version.definition))
        for one, version in zip(begun, versions_for(code, begun), strict=True)
    ]


def consolidate_over_time(
    *, reported: Sequence[Reported], unit: Unit, at: dt.datetime, day: dt.date | None = None, depth: int | None = 0
) -> list[OverTime]:
    """The unit and the nodes below it down to `depth` over the sub-periods, in the order of the last."""
    every = [
        {
            node.unit_id: node
            for node in published(version=one.version, period=one.period, unit=unit, at=at, day=day, depth=depth)
        }
        for one in reported
    ]
    units = list(dict.fromkeys(pk for nodes in reversed(every) for pk in nodes))
    return [_over_time(reported, tuple(nodes.get(pk) for nodes in every), pk, at) for pk in units]


def _over_time(
    reported: Sequence[Reported], parts: tuple[Consolidated | None, ...], pk: int, at: dt.datetime
) -> OverTime:
    definition = reported[-1].definition
    cells = {item.code: _combined(item, parts) for item in definition.entered()}
    hidden = still_hidden(definition, [part.cells for part in parts if part])
    whole = veil(definition, with_formulas(definition, cells), hidden)
    return OverTime(pk, whole, _coverage([part for part in parts if part]), parts, at)


def _combined(item: Indicator, parts: Sequence[Consolidated | None]) -> Cell:
    cells = [part.cells[item.code] for part in parts if part and item.code in part.cells]
    given = [cell for cell in cells if cell.state is CellState.VALUE]
    if item.over_time == "distinct":
        return cells[0] if len(parts) == 1 and cells else MISSING
    if item.over_time == "stock" and given:
        return given[-1]
    if item.over_units == "mean":
        return _mean([part.weighed.get(item.code, (0, 0)) for part in parts if part])
    if item.over_units in ("min", "max") and given:
        choose = min if item.over_units == "min" else max
        return Cell(CellState.VALUE, choose(cell.value for cell in given))
    return add_cells(cells)


def _mean(weighed: Sequence[tuple[int, int]]) -> Cell:
    products, weights = (sum(column) for column in zip((0, 0), *weighed, strict=True))
    if not weights:
        return MISSING
    return Cell(CellState.VALUE, check_int64((Fraction(products, weights) + Fraction(1, 2)).__floor__()))


def _coverage(parts: Sequence[Consolidated]) -> Coverage:
    counted: Mapping[str, int] = {
        name: sum(part.coverage_json()[name] for part in parts) for name in parts[-1].coverage_json()
    }
    return Coverage(**{**counted, "members": parts[-1].coverage.members})
