"""A branch over several periods: for each, the unit and those directly below it, who is in, and who was sent back.

Nothing below the direct children is read: their totals are stored (`stored`), what they show is hidden by the rules
of everybody (`published`), and the returned reports are counted into them by place on the period's own tree.
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
from nhipcau.reports.totals.engine import whole_ground
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


def columns_of(code: str, periods: Sequence[Period], unit: Unit, at: dt.datetime) -> list[Column]:
    """The branch in each of the periods, each on its own tree."""
    return [
        column_of(version, period, unit, at)
        for version, period in zip(versions_for(code, periods), periods, strict=True)
    ]


def column_of(version: TemplateVersion, period: Period, unit: Unit, at: dt.datetime) -> Column:
    """The branch in one period."""
    definition, due = definition_of(version), due_date_of(definition_of(version), period)
    nodes = published(version=version, period=period, unit=unit, at=at, depth=1, wait=False)
    ids = np.array([node.unit_id for node in nodes], np.int64)
    counts = _Below(definition, version, period, ids)
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
    """Sums over the branches of some units, each a run of the period's own tree."""

    def __init__(self, definition: Definition, version: TemplateVersion, period: Period, units: Ints) -> None:
        self._tree = whole_ground(definition, period, version.template.axis).tree
        self._version, self._period, self._units = version, period, units
        self._owing = Owing.of(definition, version, period)
        places = self._tree.positions(units)
        stands = places != NOWHERE
        self._first = np.where(stands, places, 0)
        self._last = np.where(stands, self._tree.end[self._first] if len(self._tree.ids) else 0, 0)
        self.sizes: Ints = self._last - self._first

    def members(self) -> Ints:
        """Members of the units that owe the report."""
        facts = unit_facts()
        owed = facts.members[facts.rows(self._tree.ids)] * self._owing.among(self._tree.ids)
        return self._summed(owed)

    def returned(self) -> Ints:
        """Units whose report was sent back and of whom no other is in."""
        reports = Submission.objects.filter(
            version__template=self._version.template_id, period=self._period.key
        ).order_by()
        standing = reports.filter(state__in=RECEIVED, unit=OuterRef("unit"))
        back = reports.filter(~Exists(standing), state=SubmissionState.RETURNED).values_list("unit", flat=True)
        flags = np.zeros(len(self._tree.ids), np.int64)
        places = self._tree.positions(np.array(list(back), np.int64))
        flags[places[places != NOWHERE]] = 1
        return self._summed(flags)

    def _summed(self, values: Ints) -> Ints:
        running = np.concatenate(([0], np.cumsum(values)))
        found: Ints = running[self._last] - running[self._first]
        return found
