"""Who is not in a branch's figures, came late, stands in a lump, or did not enter its report itself: by name.

The units are found as arrays, as coverage is; names are read of those alone that are to be named.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from nhipcau.core.periods import Period
from nhipcau.org.columns import NOWHERE, Ints
from nhipcau.org.models import Unit, UnitName
from nhipcau.org.queries import first_named, names_of
from nhipcau.reports.design.templates import definition_of
from nhipcau.reports.models import TemplateVersion
from nhipcau.reports.totals import coverage as covering
from nhipcau.reports.totals.days import due_date_of, tree_day
from nhipcau.reports.totals.engine import ground_of
from nhipcau.reports.totals.records import received, taken_over

KINDS = {
    "missing": covering.MISSING,
    "late": covering.LATE,
    "lumped": covering.LUMPED,
    "entered": covering.ENTERED,
}


@dataclass(frozen=True)
class Gaps:
    """Who is not in the figures, who came late, who stands in whose lump, and for whom the level above entered the
    report without a confirmation yet: names in Vietnamese order. `history`: how many units' figures, or branches'
    totals, were taken over from a file of the years before. `counts`: how many there are of each, named or not."""

    missing: list[UnitName]
    late: list[tuple[UnitName, dt.datetime]]
    lumped: list[tuple[UnitName, UnitName]]
    entered: list[UnitName]
    history: int
    counts: Mapping[str, int]


def gaps_of(
    version: TemplateVersion,
    period: Period,
    unit: Unit,
    on: dt.date | None = None,
    most: int | None = None,
) -> Gaps:
    """The units of the branch that owe the report and have not sent it, or sent it after its due date.

    The branch is that of the period, as then; with `on`, what is counted in it on the tree of that day. With
    `most`, no more of each are named.
    """
    definition = definition_of(version)
    day, due = tree_day(definition, period), due_date_of(definition, period)
    ground = ground_of(definition, period, unit, on, version.template.axis)
    parts = covering.lump_parts(ground.whole, definition, version, period)
    units = ground.units[ground.homes != NOWHERE]
    told = covering.of_units(units, definition, version, period, due, parts, only=ground.few)
    those = {kind: _where(units, told, column) for kind, column in KINDS.items()}
    named = {kind: first_named(ids, day, len(ids) if most is None else most) for kind, ids in those.items()}
    owners = {part.lump.unit_id: part.lump.owner_id for part in parts}
    called = names_of({owners[name.unit_id] for name in named["lumped"]}, day)
    history = taken_over(version, period)
    return Gaps(
        missing=named["missing"],
        late=_moments(version, period, named["late"], {part.lump.unit_id: part.lump.sent for part in parts}),
        lumped=[(name, called[owners[name.unit_id]]) for name in named["lumped"]],
        entered=named["entered"],
        history=int(np.isin(units, list(history)).sum()) if history else 0,
        counts={kind: len(ids) for kind, ids in those.items()},
    )


def _where(units: Ints, told: Ints, column: int) -> list[int]:
    """Of those that owe the report."""
    ids: list[int] = units[(told[:, covering.EXPECTED] == 1) & (told[:, column] > 0)].tolist()
    return ids


def _moments(
    version: TemplateVersion, period: Period, names: list[UnitName], lumped: Mapping[int, dt.datetime | None]
) -> list[tuple[UnitName, dt.datetime]]:
    """When each was first sent, on its own or in a lump."""
    units = np.array([name.unit_id for name in names], np.int64)
    first: dict[int, dt.datetime | None] = dict(lumped)
    first |= {pk: moment for pk, moment, _ in received(version, period, units)} if names else {}
    return [(name, moment) for name in names if (moment := first[name.unit_id])]
