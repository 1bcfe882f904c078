"""A branch of the tree as arrays, in depth-first order, so that every node's total is one subtraction.

Every unit stands at a position; the units below it follow it directly, up to its `end`. A column of figures
laid out in this order and summed cumulatively gives the total of any node as `cum[end] - cum[position]`.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from django.db.models import Q

from nhipcau.org.models import Axis, Placement, Unit

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Branch:
    """`ids[i]` is the unit at position i, `end[i]` one past its last descendant, `depth[i]` steps from the top."""

    ids: Ints
    end: Ints
    depth: Ints

    def positions(self, unit_ids: Ints) -> Ints:
        """The position of each unit; all must be in the branch."""
        order = np.argsort(self.ids)
        found: Ints = order[np.searchsorted(self.ids, unit_ids, sorter=order)]
        return found


def branch(top: Unit, day: dt.date, axis: str = Axis.TERRITORY) -> Branch:
    """The unit and every union below it on that day. Never fails on a unit without children.

    An office's departments have no figures of their own and are left out.
    """
    below: dict[int, list[int]] = defaultdict(list)
    links = Placement.objects.at(day).filter(axis=axis).exclude(Q(parent=None) | Q(child__kind__internal=True))
    for child, parent in links.order_by("pk").values_list("child", "parent"):
        below[parent].append(child)
    ids: list[int] = []
    end: list[int] = []
    depth: list[int] = []
    open_nodes: list[tuple[int, int]] = [(top.pk, 0)]
    closing: list[int] = []  # positions whose subtree is not finished, deepest last
    while open_nodes:
        unit, level = open_nodes.pop()
        while closing and depth[closing[-1]] >= level:
            end[closing.pop()] = len(ids)
        closing.append(len(ids))
        ids.append(unit)
        end.append(0)
        depth.append(level)
        open_nodes.extend((child, level + 1) for child in reversed(below.get(unit, ())))
    for position in closing:
        end[position] = len(ids)
    return Branch(np.array(ids, np.int64), np.array(end, np.int64), np.array(depth, np.int64))
