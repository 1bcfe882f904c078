"""Who stands behind a figure, counted at every node."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields

import numpy as np

from nhipcau.core.clock import local_date
from nhipcau.core.periods import Period
from nhipcau.org.branches import Branch
from nhipcau.org.columns import NOWHERE, Ints, Places
from nhipcau.org.unit_facts import unit_facts
from nhipcau.reports.design.definition import Definition
from nhipcau.reports.models import TemplateVersion
from nhipcau.reports.totals.arrays import Levels
from nhipcau.reports.totals.lumps import Lumped, lumped_units
from nhipcau.reports.totals.owing import Owing
from nhipcau.reports.totals.records import presence


@dataclass(frozen=True)
class Coverage:
    """Who stands behind a figure. `missing` = expected and not received; `late` = after the due date, or
    due and still missing; `members` = members of the units accepted.

    Received and accepted include units that stand in the lump (số gộp) of a unit above them: `lumped` of them, of
    which `elsewhere` stand in a lump outside this branch, so that their figures and members are not in this total.
    `entered`: accepted reports that the level above entered and the unit has not confirmed yet."""

    expected: int
    received: int
    accepted: int
    late: int
    missing: int
    members: int
    lumped: int = 0
    elsewhere: int = 0
    entered: int = 0

    @property
    def complete(self) -> bool:
        return self.missing == 0 and self.accepted == self.expected and self.elsewhere == 0

    @classmethod
    def at_moment(cls, counts: Iterable[int], *, overdue: bool) -> Coverage:
        """From counts as they are kept, in which `late` holds only those that came in late: who is still missing
        becomes late when the due date is over, without anything being counted again."""
        found = cls(*counts)
        return found if not overdue else cls(**(asdict(found) | {"late": found.late + found.missing}))


COLUMNS = [column.name for column in fields(Coverage)]
EXPECTED, IN, ACCEPTED, LATE, MISSING, MEMBERS, LUMPED, ELSEWHERE, ENTERED = range(len(COLUMNS))


def is_overdue(at: dt.datetime, due: dt.date) -> bool:
    """Whether the due date is over at that moment."""
    return local_date(at) > due


@dataclass(frozen=True)
class LumpPart:
    """A unit that owes the report and stands in the lump of another, with what it adds there."""

    lump: Lumped
    members: int


def lump_parts(tree: Branch, definition: Definition, version: TemplateVersion, period: Period) -> list[LumpPart]:
    """The units in lumps that stood on the period's own whole tree."""
    lumps = lumped_units(version, period)
    if not lumps:
        return []
    facts = unit_facts()
    units = np.array([lump.unit_id for lump in lumps], np.int64)
    rows = facts.rows(units)
    owing = (tree.positions(units) != NOWHERE) & Owing.of(definition, version, period).among(units)
    members = facts.members[rows].tolist()
    return [LumpPart(lump, count) for lump, count, owes in zip(lumps, members, owing, strict=True) if owes]


def of_units(
    units: Ints,
    definition: Definition,
    version: TemplateVersion,
    period: Period,
    due: dt.date,
    lumps: Iterable[LumpPart],
    *,
    only: bool = False,
) -> Ints:
    """A row of the columns of `Coverage` for every unit alone, whatever the tree; int64[units, columns].

    `only` reads the reports of these units and no others: for a few of many.
    """
    facts, at = unit_facts(), Places(units)
    rows = facts.rows(units)
    counts = np.zeros((len(units), len(COLUMNS)), np.int64, order="F")  # written column by column
    found = presence(version, period, due, units if only else None)
    for column, ids in ((IN, found.received), (ACCEPTED, found.accepted), (LATE, found.late)):
        counts[at.among(ids), column] = 1
    expected = Owing.of(definition, version, period).among(units)
    counts[~expected] = 0
    counts[:, EXPECTED] = expected
    counts[:, MEMBERS] = facts.members[rows] * counts[:, ACCEPTED]
    counts[at.among(found.entered), ENTERED] = 1
    for part in lumps:
        _add_lump(counts, at.one(part.lump.unit_id), at.one(part.lump.owner_id), part, due)
    counts[:, MISSING] = expected & (counts[:, IN] == 0)
    return counts


def _add_lump(counts: Ints, unit: int, owner: int, part: LumpPart, due: dt.date) -> None:
    """A unit in a lump is in, at its own place; its members count where the lump stands."""
    if owner != NOWHERE and part.lump.accepted:
        counts[owner, MEMBERS] += part.members
    if unit != NOWHERE:
        counts[unit, IN] = 1
        counts[unit, ACCEPTED] = max(counts[unit, ACCEPTED], int(part.lump.accepted))
        counts[unit, LATE] = part.lump.sent is not None and local_date(part.lump.sent) > due
        counts[unit, LUMPED] = counts[unit, ELSEWHERE] = 1


def at_every_node(
    tree: Branch, levels: Levels, homes: Ints, counts: Ints, lumps: Sequence[tuple[int, int]]
) -> Ints:
    """The counts of units added up to every position of the tree.

    A unit is counted whole, at its home (`NOWHERE` outside the branch). `lumps`: the homes of a unit in a lump and
    of its owner; it is elsewhere up to the first node that holds both: as then the owner, now perhaps above it.
    """
    if len(homes) == len(tree.ids) and (homes == np.arange(len(homes))).all():
        placed = counts.copy() if lumps else counts
    else:
        placed, inside = np.zeros((len(tree.ids), counts.shape[1]), np.int64), homes != NOWHERE
        np.add.at(placed, homes[inside], counts[inside])
    for unit, owner in lumps:
        if NOWHERE not in (unit, owner):
            placed[first_over(tree, unit, owner), ELSEWHERE] -= 1
    return levels.add_up(placed)


def first_over(tree: Branch, one: int, other: int) -> int:
    """The position of the lowest node whose branch holds both."""
    node, last = min(one, other), max(one, other)
    while tree.end[node] <= last:
        node = int(tree.above[node])
    return node
