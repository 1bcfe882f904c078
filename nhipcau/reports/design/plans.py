"""Plans (kế hoạch giao) as figures: what units were asked to reach, read for many of them at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from nhipcau.core.numbers import INT64_MAX, Cell, CellState
from nhipcau.core.periods import Period
from nhipcau.reports.design.definition import Definition, Indicator
from nhipcau.reports.design.expressions import PLANS
from nhipcau.reports.design.frames import Frame
from nhipcau.reports.models import Target, TemplateVersion

TARGET = PLANS[0]


@dataclass(frozen=True)
class Plan:
    """What one unit is to reach of one indicator; `yearly` where it is for the whole year of a shorter period."""

    cell: Cell
    yearly: bool

    def reached_by(self, figure: Cell) -> Decimal | None:
        """How much of the plan a figure is, in per cent; None where that cannot be said."""
        if self.yearly or figure.state is not CellState.VALUE or not self.cell.value:
            return None
        return Decimal(100 * figure.value) / Decimal(self.cell.value)


def period_of_plan(name: str, period: Period) -> str:
    """The key of the period that `target()` or `year_target()` reads; empty where there is none."""
    if name == TARGET:
        return period.key
    return "" if period.kind == "term" else Period("year", period.year).key


def plan_frame(
    name: str, version: TemplateVersion, definition: Definition, period: Period, units: Sequence[int]
) -> Frame:
    """The plans of the units as a frame of stated figures, a row for each."""
    items = definition.plannable()
    columns = {item.code: place for place, item in enumerate(items)}
    values = np.zeros((len(units), len(items)), np.int64)
    known = np.zeros(values.shape, np.bool_)
    found = _given(version, items, {period_of_plan(name, period)}, units)
    for row, unit in enumerate(units):
        for code, place in columns.items():
            value = found.get((unit, period_of_plan(name, period), code))
            if value is not None:
                values[row, place], known[row, place] = value, True
    return Frame(values, known, stated=columns)


def plans_of(
    version: TemplateVersion, definition: Definition, period: Period, units: Collection[int]
) -> dict[int, dict[str, Plan]]:
    """By unit and code: the plan for the period itself, else the one for its year."""
    items = definition.plannable()
    if not items:
        return {}
    own, year = (period_of_plan(name, period) for name in PLANS)
    found: dict[int, dict[str, Plan]] = {}
    given = _given(version, items, {own, year}, units)
    for (unit, key, code), value in sorted(
        given.items(), key=lambda one: one[0][1] == own
    ):  # its own last: it wins
        found.setdefault(unit, {})[code] = Plan(Cell(CellState.VALUE, value), yearly=key != own)
    return found


def _given(
    version: TemplateVersion, items: Sequence[Indicator], keys: Collection[str], units: Collection[int]
) -> Mapping[tuple[int, str, str], int]:
    """By unit, period and code, scaled as the indicator is now; one that cannot be, exactly, is not there."""
    decimals = {item.code: item.decimals for item in items}
    rows = Target.objects.filter(
        template=version.template_id, period__in=list(keys), unit__in=set(units), indicator__in=list(decimals)
    )
    found = {}
    for unit, key, code, value, written in rows.values_list("unit", "period", "indicator", "value", "decimals"):
        scaled, rest = divmod(
            value * 10 ** max(decimals[code] - written, 0), 10 ** max(written - decimals[code], 0)
        )
        if not rest and abs(scaled) <= INT64_MAX:
            found[unit, key, code] = scaled
    return found
