"""On which tree figures are added up: that of the period (`as_then`), or a later or earlier day's (`as_now`, `at`).

Whatever the tree, the reports are the same: those of the units that stood on a day of the period, each counted at
its last place in it. Seen on a later day, figures go through every event since, to the successors of a unit that
ended and to what was split off; those of a unit that left nobody go to the level above it. Seen on a day before the
period, a unit that had not begun is counted with the level above it.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from django.db.models import Exists, OuterRef

from nhipcau.org.branches import Branch, Span, branch, branch_during
from nhipcau.org.models import Closure, Placement, Reorganisation, Succession, Unit
from nhipcau.org.queries import ended_during
from nhipcau.reports.totals.succession import Division, Heirs, carry, home_of

_CHUNK = 5000


@dataclass(frozen=True)
class View:
    """The tree, the units whose reports count, and what those of them that ended or were divided hand on."""

    tree: Branch
    counted: frozenset[int]
    heirs: Heirs = field(default_factory=Heirs)

    @cached_property
    def index(self) -> dict[int, int]:
        """The position of every unit of the tree."""
        return {unit: position for position, unit in enumerate(self.tree.ids.tolist())}

    @cached_property
    def handing(self) -> frozenset[int]:
        """Units whose figures do not stay with them, with a part of them in this branch."""
        off = (unit for unit in (*self.heirs.divisions, *self.heirs.above) if unit in self.counted)
        return frozenset(unit for unit in off if unit in self.heirs and self._part_of(unit))

    def _part_of(self, unit: int) -> bool:
        names = {name for own in self.heirs.divisions.values() for one in own for name in one.special}
        codes = ("", *names)
        return any(to in self.index for to in carry(unit, [0] * len(codes), self.heirs, codes))

    def lands(self, unit: int) -> bool:
        """Whether any part of the unit's figures stands in this branch."""
        return unit in self.handing or (unit in self.counted and unit in self.index and unit not in self.heirs)

    def home(self, unit: int) -> int | None:
        """The position at which the unit's duty to report is counted, or None if outside this branch."""
        return self.index.get(home_of(unit, self.heirs)) if unit in self.counted else None


def as_then(unit: Unit, span: Span, axis: str) -> View:
    """The branch with every unit at its last place within the period."""
    tree = branch_during(unit, span, axis, lambda: hung(span, axis))
    return View(tree, frozenset(tree.ids.tolist()))


def hung(span: Span, axis: str) -> dict[int, int]:
    """Units that ended within the span, and whom they are counted under."""
    return {pk: one.above for pk, one in ended_during(span, axis).items() if one.above is not None}


def as_on(unit: Unit, span: Span, day: dt.date, axis: str) -> View:
    """The same reports on the tree of another day."""
    ended = {pk: one.day for pk, one in ended_during(span, axis).items()}
    counted = _standing(span.last, axis) | ended.keys()
    return View(branch(unit, day, axis), counted, _heirs(counted, ended, span.last, day, axis))


def view_of(unit: Unit, span: Span, day: dt.date | None, axis: str) -> View:
    """`as_then` without a day, else `as_on`."""
    return as_then(unit, span, axis) if day is None else as_on(unit, span, day, axis)


def stands(unit: Unit, day: dt.date, axis: str) -> bool:
    """Whether the unit has a place on the axis that day."""
    return Placement.objects.at(day).filter(child=unit, axis=axis).exists()


def differs(unit: Unit, span: Span, day: dt.date, axis: str) -> bool:
    """Whether the branch, or what other units left to it, is another on that later day than it was then."""
    if not Reorganisation.objects.filter(day__gt=span.first, day__lte=day).exists():
        return False
    reach = Closure.objects.filter(ancestor=unit, axis=axis, depth__gt=0)
    before, after = reach.at(span.last), reach.at(day)
    if before.exclude(pk__in=after.values("pk")).exists():
        return True
    return bool(as_on(unit, span, day, axis).handing)


def _standing(day: dt.date, axis: str) -> frozenset[int]:
    placed = Placement.objects.at(day).filter(axis=axis, child__kind__internal=False)
    return frozenset(placed.values_list("child", flat=True))


def _heirs(counted: Collection[int], ended: Mapping[int, dt.date], then: dt.date, day: dt.date, axis: str) -> Heirs:
    """What becomes of the reports of `counted`, all standing on `then` but those in `ended` (since when)."""
    after = then + dt.timedelta(days=1)
    first = min([*ended.values(), after])
    fallen, rows = _fallen(first, day, axis), _successions(first, day, axis)
    events = sorted({(row.day, row.event) for row in rows} | {(when, 0) for when, _ in fallen.values()})
    steps = {event: place for place, event in enumerate(events)}
    divisions = _divisions(rows, steps)
    for unit, (when, superior) in fallen.items():
        if not any(events[one.step][0] == when for one in divisions[unit]):
            divisions[unit].append(Division(steps[when, 0], ((superior, 1),), fallen=True))
    for own in divisions.values():
        own.sort(key=lambda one: one.step)
    since = {pk: bisect_left(events, (ended.get(pk, after), 0)) for pk in divisions.keys() & set(counted)}
    reached = {heir for own in divisions.values() for one in own for heir, _ in one.shares}
    above = _above(reached | set(counted), _standing(day, axis), max(then, day), axis)
    return Heirs({unit: own for unit, own in divisions.items() if own}, since, above)


class _Row(NamedTuple):
    day: dt.date
    event: int
    unit: int
    heir: int
    weight: int
    indicator: str


def _successions(first: dt.date, day: dt.date, axis: str) -> list[_Row]:
    """Who took what by the events of those days, in their order; only heirs that ever stood on the axis."""
    handed = Succession.objects.filter(event__day__gte=first, event__day__lte=day)
    placed = set(handed.filter(successor__placements__axis=axis).values_list("successor", flat=True))
    columns = ("event__day", "event", "predecessor", "successor", "weight", "indicator")
    rows = (_Row(*row) for row in handed.order_by("event__day", "event", "pk").values_list(*columns))
    return [row for row in rows if row.heir in placed]


def _divisions(rows: Iterable[_Row], steps: Mapping[tuple[dt.date, int], int]) -> dict[int, list[Division]]:
    """By unit. Shares that nobody takes part in are none: then the unit keeps it all, or the level above does."""
    named: dict[tuple[int, int], dict[str, list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        named[row.unit, steps[row.day, row.event]][row.indicator].append((row.heir, row.weight))
    divisions: dict[int, list[Division]] = defaultdict(list)
    for (unit, step), found in named.items():
        shares = {name: own for name, own in found.items() if any(weight for _, weight in own)}
        if shares:
            general = shares.pop("", [(unit, 1)])
            divisions[unit].append(Division(step, general, special=shares))
    return divisions


def _fallen(first: dt.date, day: dt.date, axis: str) -> dict[int, tuple[dt.date, int]]:
    """By unit that ended on one of those days: when, and who lay above it last."""
    goes_on = Placement.objects.filter(child=OuterRef("child"), axis=axis, valid_from=OuterRef("valid_to"))
    ended = Placement.objects.filter(axis=axis, valid_to__gte=first, valid_to__lte=day).exclude(parent=None)
    rows = ended.filter(~Exists(goes_on), child__kind__internal=False).values_list("child", "valid_to", "parent")
    return {child: (when, superior) for child, when, superior in rows if when}


def _above(units: Collection[int], standing: Collection[int], day: dt.date, axis: str) -> dict[int, int]:
    """The last superior up to that day of every unit that does not stand, and so on up to one that does."""
    found: dict[int, int] = {}
    wanted = sorted(set(units) - set(standing))
    while wanted:
        for start in range(0, len(wanted), _CHUNK):
            chunk = wanted[start : start + _CHUNK]
            held = Placement.objects.filter(child__in=chunk, axis=axis, valid_from__lte=day).exclude(parent=None)
            found |= dict(held.order_by("valid_from").values_list("child", "parent"))
        wanted = sorted({found[unit] for unit in wanted if unit in found} - set(standing) - found.keys())
    return found
