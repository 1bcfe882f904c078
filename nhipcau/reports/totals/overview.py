"""A branch over several periods: for each, the unit and those directly below it, who is in, and who was sent back.

On the period's own tree nothing below the direct children is read: their totals are stored (`stored`), what they
show is hidden by the rules of everybody (`published`), and the returned reports are counted into them by place. On
the tree of a later day they are added up from the reports (`engine`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from django.db.models import Exists, OuterRef

from nhipcau.core.numbers import MISSING, Cell
from nhipcau.core.periods import Period
from nhipcau.org.columns import NOWHERE, Ints
from nhipcau.org.models import Unit
from nhipcau.org.unit_facts import unit_facts
from nhipcau.reports.design.definition import Definition, Indicator
from nhipcau.reports.design.templates import definition_of, taken_over_periods, versions_for, versions_of
from nhipcau.reports.models import Submission, SubmissionState, TemplateVersion
from nhipcau.reports.totals.consolidation import Consolidated, due_date_of
from nhipcau.reports.totals.coverage import is_overdue
from nhipcau.reports.totals.days import span_of
from nhipcau.reports.totals.engine import Ground, ground_of, whole_ground
from nhipcau.reports.totals.owing import Owing
from nhipcau.reports.totals.published import published
from nhipcau.reports.totals.records import RECEIVED


@dataclass(frozen=True)
class Standing:
    """One node in one period. `returned`: of those missing, how many had sent and got their report back. `members`:
    how many members the units that owe the report have, as known today. `below`: whether units lie under it."""

    node: Consolidated
    returned: int
    members: int
    below: bool


@dataclass(frozen=True)
class Column:
    """One period. `standings`: the unit itself and those directly below, by unit id, in the order of the tree."""

    period: Period
    version: TemplateVersion
    definition: Definition
    due: dt.date
    overdue: bool
    whole: Standing
    standings: Mapping[int, Standing]

    def cell(self, item: Indicator, standing: Standing | None = None) -> Cell:
        """The figure of the whole, or of one below, comparable with `item` of another version; else MISSING."""
        own = self.definition.indicator(item.code)
        if own is None or (own.unit, own.decimals) != (item.unit, item.decimals):
            return MISSING
        return (standing or self.whole).node.cells.get(item.code, MISSING)


def periods_before(code: str, period: Period, count: int) -> list[Period]:
    """The period and those before it for which the template was, or figures were taken over; the earliest first."""
    found, one, served = [period], period.previous(), _served(code)
    while len(found) < count and served(one):
        found.append(one)
        one = one.previous()
    return found[::-1]


def year_before(code: str, period: Period) -> Period | None:
    """The same period of the year before, if the template served it."""
    same = period.same_last_year()
    return same if _served(code)(same) else None


def _served(code: str) -> Callable[[Period], bool]:
    """Whether a template serves a period."""
    versions = versions_of(code)
    calendar = definition_of(versions[0]).calendar
    first = min(version.first_day for version in versions)
    old = taken_over_periods(versions[0].template_id)
    return lambda period: period.first_day(calendar) >= first or period.key in old


def columns_of(
    code: str, periods: Sequence[Period], unit: Unit, at: dt.datetime, day: dt.date | None = None
) -> list[Column]:
    """The branch in each of the periods: each on its own tree, or all on that of one later day."""
    return [
        column_of(version, period, unit, at, day)
        for version, period in zip(versions_for(code, periods), periods, strict=True)
    ]


def column_of(
    version: TemplateVersion, period: Period, unit: Unit, at: dt.datetime, day: dt.date | None = None
) -> Column:
    """The branch in one period; with `day` on that day's tree, unless the period goes on until then."""
    definition, due = definition_of(version), due_date_of(definition_of(version), period)
    on = day if day is not None and day > span_of(definition, period).last else None
    nodes = published(version=version, period=period, unit=unit, at=at, day=on, depth=1, wait=False)
    ids = np.array([node.unit_id for node in nodes], np.int64)
    axis = version.template.axis
    ground = ground_of(definition, period, unit, on, axis) if on else whole_ground(definition, period, axis)
    counts = _Below(ground, definition, version, period, ids)
    returned, members = counts.returned().tolist(), counts.members().tolist()
    standings = [
        Standing(node, back, many, size > 1)
        for node, back, many, size in zip(nodes, returned, members, counts.sizes.tolist(), strict=True)
    ]
    whole, *below = standings
    return Column(
        period=period,
        version=version,
        definition=definition,
        due=due,
        overdue=is_overdue(at, due),
        whole=whole,
        standings={one.node.unit_id: one for one in below},
    )


class _Below:
    """Sums over the branches of some units, each a run of the tree; every unit is counted where its report is."""

    def __init__(
        self, ground: Ground, definition: Definition, version: TemplateVersion, period: Period, units: Ints
    ) -> None:
        self._ground, self._version, self._period = ground, version, period
        self._owing = Owing.of(definition, version, period)
        tree = ground.tree
        places = tree.positions(units)
        stands = places != NOWHERE
        self._first = np.where(stands, places, 0)
        self._last = np.where(stands, tree.end[self._first] if len(tree.ids) else 0, 0)
        self.sizes: Ints = self._last - self._first

    def members(self) -> Ints:
        """Members of the units that owe the report."""
        facts = unit_facts()
        units = self._ground.units
        return self._summed(facts.members[facts.rows(units)] * self._owing.among(units))

    def returned(self) -> Ints:
        """Units whose report was sent back and of whom no other is in."""
        reports = Submission.objects.filter(
            version__template=self._version.template_id, period=self._period.key
        ).order_by()
        standing = reports.filter(state__in=RECEIVED, unit=OuterRef("unit"))
        back = reports.filter(~Exists(standing), state=SubmissionState.RETURNED).values_list("unit", flat=True)
        flags = np.isin(self._ground.units, np.array(list(back), np.int64))
        return self._summed(flags.astype(np.int64))

    def _summed(self, values: Ints) -> Ints:
        """`values`: one of each unit of the ground."""
        homes = self._ground.homes
        placed, inside = np.zeros(len(self._ground.tree.ids), np.int64), homes != NOWHERE
        np.add.at(placed, homes[inside], values[inside])
        running = np.concatenate(([0], np.cumsum(placed)))
        found: Ints = running[self._last] - running[self._first]
        return found
