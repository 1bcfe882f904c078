"""On which tree figures are added up: that of the period (`as_then`), or a later or earlier day's (`as_now`, `at`).

Whatever the tree, the reports are the same: those of the units that stood on the period's own tree. A unit that no
longer stands hands its figures to its successors through every event up to the day; one without successors to the
level above it. Seen on a day before the period, a unit that had not begun is counted with the level above it too.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from nhipcau.org.branches import Branch, branch
from nhipcau.org.models import Closure, Placement, Reorganisation, Succession, Unit
from nhipcau.reports.totals.succession import Heirs, Shares, carry, home_of


@dataclass(frozen=True)
class View:
    """The tree, the units whose reports count, and what those of them that no longer stand hand on."""

    tree: Branch
    counted: frozenset[int]
    heirs: Heirs = field(default_factory=dict)

    @cached_property
    def index(self) -> dict[int, int]:
        """The position of every unit of the tree."""
        return {unit: position for position, unit in enumerate(self.tree.ids.tolist())}

    @cached_property
    def handing(self) -> frozenset[int]:
        """Units off the tree of that day with a part of their figures in this branch."""
        off = (unit for unit in self.heirs if unit in self.counted)
        return frozenset(unit for unit in off if any(to in self.index for to in carry(unit, (), self.heirs)))

    def lands(self, unit: int) -> bool:
        """Whether any part of the unit's figures stands in this branch."""
        return unit in self.handing or (unit in self.counted and unit in self.index and unit not in self.heirs)

    def home(self, unit: int) -> int | None:
        """The position at which the unit's duty to report is counted, or None if outside this branch."""
        return self.index.get(home_of(unit, self.heirs)) if unit in self.counted else None


def as_then(unit: Unit, then: dt.date, axis: str) -> View:
    """The branch as it was on the last day of the period."""
    tree = branch(unit, then, axis)
    return View(tree, frozenset(tree.ids.tolist()))


def as_on(unit: Unit, then: dt.date, day: dt.date, axis: str) -> View:
    """The same reports on the tree of another day."""
    counted = _standing(then, axis)
    return View(branch(unit, day, axis), counted, _heirs(counted, then, day, axis))


def view_of(unit: Unit, then: dt.date, day: dt.date | None, axis: str) -> View:
    """`as_then` without a day, else `as_on`."""
    return as_then(unit, then, axis) if day is None else as_on(unit, then, day, axis)


def stands(unit: Unit, day: dt.date, axis: str) -> bool:
    """Whether the unit has a place on the axis that day."""
    return Placement.objects.at(day).filter(child=unit, axis=axis).exists()


def differs(unit: Unit, then: dt.date, day: dt.date, axis: str) -> bool:
    """Whether the branch, or what ended units left to it, is another on that later day than it was then."""
    if not Reorganisation.objects.filter(day__gt=then, day__lte=day).exists():
        return False
    reach = Closure.objects.filter(ancestor=unit, axis=axis, depth__gt=0)
    before, after = reach.at(then), reach.at(day)
    if before.exclude(pk__in=after.values("pk")).exists():
        return True
    return bool(as_on(unit, then, day, axis).handing)


def _standing(day: dt.date, axis: str) -> frozenset[int]:
    placed = Placement.objects.at(day).filter(axis=axis, child__kind__internal=False)
    return frozenset(placed.values_list("child", flat=True))


def _heirs(counted: frozenset[int], then: dt.date, day: dt.date, axis: str) -> dict[int, Shares]:
    """By unit that does not stand on the day, and by every one on the way to one that does."""
    standing = _standing(day, axis)
    missing = counted - standing
    if not missing:
        return {}
    named: dict[int, list[tuple[int, int]]] = defaultdict(list)
    handed = Succession.objects.filter(event__day__gt=then, event__day__lte=day).order_by("event__day", "pk")
    for unit, heir, weight in handed.values_list("predecessor", "successor", "weight"):
        named[unit].append((heir, weight))
    heirs: dict[int, Shares] = {}
    while missing:
        above = _above(missing - named.keys(), max(then, day), axis)
        for unit in missing:
            if unit in named:
                heirs[unit] = named[unit]
            elif unit in above:
                heirs[unit] = ((above[unit], 1),)
        ahead = {heir for unit in missing for heir, _ in heirs.get(unit, ())}
        missing = frozenset(ahead - standing - heirs.keys())
    return heirs


def _above(units: Iterable[int], day: dt.date, axis: str) -> dict[int, int]:
    """The last superior each unit had up to that day."""
    held = Placement.objects.filter(child__in=list(units), axis=axis, valid_from__lte=day).exclude(parent=None)
    return dict(held.order_by("valid_from").values_list("child", "parent"))
