"""Which branch of a unit work belongs to: the units directly below it, each with all that lies under it."""

from __future__ import annotations

import datetime as dt

import numpy as np

from nhipcau.org.branches import branch
from nhipcau.org.columns import Ints
from nhipcau.org.models import Unit


class Below:
    """`ids`: 0 for the unit's own office (and what lies beside the branch), then the units directly below it;
    `sizes`: how many units each stands for."""

    def __init__(self, unit: Unit, day: dt.date) -> None:
        self._tree = branch(unit, day)
        self._starts = np.flatnonzero(self._tree.depth == 1)
        self.ids: list[int] = [0, *self._tree.ids[self._starts].tolist()]
        self.sizes: list[int] = [0, *(self._tree.end[self._starts] - self._starts).tolist()]

    def place(self, units: Ints) -> Ints:
        """For each unit (its id) the index in `ids` of the branch that it lies in."""
        found: Ints = np.searchsorted(self._starts, self._tree.positions(units), side="right").astype(np.int64)
        return found
