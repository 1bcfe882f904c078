"""Why a figure that adds up over units is not what it was: contributions that add up to the difference. Pure.

Three lists of what counts are compared. `before` and `after` are the two sides; `carried` holds the reports of the
first side where the tree of the second counts them. What differs between the first two lists the tree has done, by
moving units in or out or handing their figures on; what differs between the last two the units have done. Both
steps are plain subtraction, so that nothing is left unexplained and nothing is explained twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

Cause = Literal["new", "ended", "reported", "unreported", "resubmitted", "value", "moved_in", "moved_out"]


class Counted(NamedTuple):
    """What the report of `unit` adds at `at`, itself or one that it left its figures to, within the direct child
    `child` of the unit looked at (which is its own child)."""

    unit: int
    at: int
    child: int
    value: int


@dataclass(frozen=True)
class Contribution:
    """How much of the difference one unit causes within a direct child, and by what. `of`: whose report counted."""

    child: int
    unit: int
    of: int
    cause: Cause
    amount: int


@dataclass(frozen=True)
class Stood:
    """Units that stood anywhere on the tree on each side; `same_period`: both sides are of one period."""

    before: Collection[int]
    after: Collection[int]
    same_period: bool


def contributions(
    before: Iterable[Counted], carried: Iterable[Counted], after: Iterable[Counted], stood: Stood
) -> list[Contribution]:
    """Their amounts add up to Σ after - Σ before; none is 0. The largest first."""
    carried = list(carried)
    found = [*_of_the_tree(before, carried), *_of_the_units(carried, after, stood)]
    return sorted(found, key=lambda one: (-abs(one.amount), one.child, one.unit, one.of))


def by_child(found: Iterable[Contribution]) -> Mapping[int, Counter[Cause]]:
    """By direct child, how much each cause makes up."""
    grouped: dict[int, Counter[Cause]] = {}
    for one in found:
        grouped.setdefault(one.child, Counter())[one.cause] += one.amount
    return grouped


def _of_the_tree(before: Iterable[Counted], carried: Iterable[Counted]) -> Iterator[Contribution]:
    was, now = _by_place(before), _by_place(carried)
    for place in was.keys() | now.keys():
        unit, at, child = place
        amount = now[place] - was[place]
        if amount:
            yield Contribution(child, at, unit, "moved_out" if place in was else "moved_in", amount)


def _by_place(counted: Iterable[Counted]) -> Counter[tuple[int, int, int]]:
    found: Counter[tuple[int, int, int]] = Counter()
    for one in counted:
        found[one.unit, one.at, one.child] += one.value
    return found


def _of_the_units(carried: Iterable[Counted], after: Iterable[Counted], stood: Stood) -> Iterator[Contribution]:
    was, now = _by_holder(carried), _by_holder(after)
    for holder in was.keys() | now.keys():
        unit, child = holder
        amount = now[holder] - was[holder]
        if amount:
            yield Contribution(child, unit, unit, _cause(unit, holder in was, holder in now, stood), amount)


def _by_holder(counted: Iterable[Counted]) -> Counter[tuple[int, int]]:
    found: Counter[tuple[int, int]] = Counter()
    for one in counted:
        found[one.at, one.child] += one.value
    return found


def _cause(unit: int, was: bool, now: bool, stood: Stood) -> Cause:
    if was and now:
        return "resubmitted" if stood.same_period else "value"
    if now:
        return "reported" if unit in stood.before else "new"
    return "unreported" if unit in stood.after else "ended"
