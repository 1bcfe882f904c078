"""A branch of the tree as arrays, in depth-first order, so that the units below one follow it directly.

The whole tree of an axis and day is laid out once for each version of the tree and kept in the process; a branch is
a slice of it.
"""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import NamedTuple

import numpy as np

from nhipcau.org.columns import NOWHERE, Ints, Places, integers
from nhipcau.org.models import Axis, Placement, Unit
from nhipcau.org.soundness import tree_version

KEPT = 12  # days of which a process keeps the tree: about 6 MB each for 128,000 units


class Span(NamedTuple):
    """Days from `first` to `last`, both included: what a reporting period covers."""

    first: dt.date
    last: dt.date


@dataclass(frozen=True)
class Branch:
    """`ids[i]` is the unit at position i, `end[i]` one past its last descendant, `depth[i]` steps from the top."""

    ids: Ints
    end: Ints
    depth: Ints

    def positions(self, units: Ints) -> Ints:
        """The position of each unit, `NOWHERE` for one that is not in the branch."""
        return self._places(units)

    @cached_property
    def above(self) -> Ints:
        """The position directly above every position; `NOWHERE` above a top."""
        found = np.full(len(self.ids), NOWHERE, np.int64)
        upper = np.flatnonzero(self.depth == 0)
        for level in range(1, int(self.depth.max(initial=0)) + 1):
            lower = np.flatnonzero(self.depth == level)
            found[lower] = upper[np.searchsorted(upper, lower) - 1]
            upper = lower
        return found

    @cached_property
    def _places(self) -> Places:
        return Places(self.ids)

    def below(self, position: int) -> Branch:
        """The branch under one position."""
        if position == 0 and self.end[0] == len(self.ids):
            return self
        part = slice(position, int(self.end[position]))
        return Branch(self.ids[part], self.end[part] - position, self.depth[part] - self.depth[position])


def branch(top: Unit, day: dt.date, axis: str = Axis.TERRITORY) -> Branch:
    """The unit and every union below it on that day. Never fails on a unit without children.

    An office's departments have no figures of their own and are left out.
    """
    return under(top, whole_tree(day, axis))


def branch_during(
    top: Unit, span: Span, axis: str = Axis.TERRITORY, hung: Callable[[], Mapping[int, int]] = dict
) -> Branch:
    """The unit and every union that lay below it at its own last place within the span (see `tree_during`)."""
    return under(top, tree_during(span, axis, hung))


def under(top: Unit, tree: Branch) -> Branch:
    """The unit's branch of that tree; the unit alone if it is not in it."""
    position = int(tree.positions(np.array([top.pk]))[0])
    if position == NOWHERE:
        return Branch(np.array([top.pk], np.int64), np.ones(1, np.int64), np.zeros(1, np.int64))
    return tree.below(position)


def whole_tree(day: dt.date, axis: str = Axis.TERRITORY) -> Branch:
    """Every union that stands on the axis that day, root by root; departments are left out."""
    return _kept((axis, day), lambda: _laid_out(_last_places(axis, Span(day, day))))


def tree_during(span: Span, axis: str = Axis.TERRITORY, hung: Callable[[], Mapping[int, int]] = dict) -> Branch:
    """Every union that stood on a day of the span at its last place within it: those that ended in it too.

    Of any two units, the one above stood at least as long, so that last places make a tree. `hung` places units
    that had nobody above them: {unit: the one it hangs under}.
    """
    return _kept((axis, span), lambda: _laid_out(_last_places(axis, span) | dict(hung())))


def _last_places(axis: str, span: Span) -> dict[int, int | None]:
    """The last superior of every union within the span, None for one on top."""
    placed = Placement.objects.during(*span).filter(axis=axis).exclude(child__kind__internal=True)
    rows = integers(placed.order_by("valid_from", "pk").values_list("child", "parent")).tolist()
    return {child: None if parent == NOWHERE else parent for child, parent in rows}


def _laid_out(last: Mapping[int, int | None]) -> Branch:
    tops = np.array([unit for unit, above in last.items() if above is None], np.int64)
    links = np.array([link for link in last.items() if link[1] is not None], np.int64).reshape(-1, 2)
    return lay_out(tops, links[:, 0], links[:, 1])


_trees: OrderedDict[tuple[int, object], Branch] = OrderedDict()
_keeping = Lock()


def _kept(which: object, read: Callable[[], Branch]) -> Branch:
    """From the process's own store while the tree stands as it was, else read anew."""
    version = tree_version()
    if version is None:
        return read()
    key = (version, which)
    with _keeping:
        if key in _trees:
            _trees.move_to_end(key)
            return _trees[key]
    tree = read()
    if tree_version() == version:  # else it changed while it was read
        with _keeping:
            _trees[key] = tree
            while len(_trees) > KEPT:
                _trees.popitem(last=False)
    return tree


def lay_out(tops: Ints, child: Ints, parent: Ints) -> Branch:
    """The depth-first layout of a forest, found level by level; siblings keep the order of their rows."""
    by_parent = np.argsort(parent, kind="stable")
    child, parent = child[by_parent], parent[by_parent]
    levels, uppers = [tops], [np.zeros(0, np.int64)]
    while len(levels[-1]):
        first, last = (np.searchsorted(parent, levels[-1], side) for side in ("left", "right"))
        upper = np.repeat(np.arange(len(levels[-1])), last - first)
        rows = np.arange(len(upper)) - np.repeat(np.cumsum(last - first) - (last - first), last - first)
        levels.append(child[rows + np.repeat(first, last - first)])
        uppers.append(upper)
    sizes = [np.ones(len(level), np.int64) for level in levels]
    for level in range(len(levels) - 1, 0, -1):
        sizes[level - 1] += np.bincount(uppers[level], sizes[level], len(levels[level - 1])).astype(np.int64)
    total = int(sizes[0].sum())
    ids, end, depth = (np.zeros(total, np.int64) for _ in range(3))
    starts = np.cumsum(sizes[0]) - sizes[0]
    for level, units in enumerate(levels):
        if level:
            starts = _starts(starts, uppers[level], sizes[level])
        ids[starts], end[starts], depth[starts] = units, starts + sizes[level], level
    return Branch(ids, end, depth)


def _starts(above: Ints, upper: Ints, sizes: Ints) -> Ints:
    """Where each unit of a level begins: after the one above it and after its elder siblings."""
    before = np.cumsum(sizes) - sizes
    if not len(upper):
        return before
    eldest = np.flatnonzero(np.diff(upper, prepend=-1))
    first = np.repeat(before[eldest], np.diff(np.append(eldest, len(upper))))
    starts: Ints = above[upper] + 1 + before - first
    return starts
