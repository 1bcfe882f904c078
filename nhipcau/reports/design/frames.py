"""Figures of many reports side by side, as arrays: of this period, and of whatever else the rules read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from nhipcau.core.numbers import Cell, CellState, States, Values

Known = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Frame:
    """The cells of m reports in payload order, shape (m, cells). Each value counts `parts`-ths of a scaled integer:
    the middle of two figures is kept as their sum, with 2.

    With `stated` the columns are those of its indicators, each a figure of its own: a plan for a total is not the
    sum of plans, nor does a formula recompute it.
    """

    values: Values
    known: Known
    parts: int = 1
    stated: Mapping[str, int] | None = None

    @classmethod
    def of(cls, values: Values, states: States, parts: int = 1) -> Frame:
        """From values and states as they are unpacked."""
        return cls(values, states == CellState.VALUE, parts)

    @classmethod
    def of_cells(cls, rows: Sequence[Sequence[Cell]], cells: int) -> Frame:
        """From cells, one row a report."""
        values = np.array([[cell.value for cell in row] for row in rows], np.int64)
        known = np.array([[cell.state == CellState.VALUE for cell in row] for row in rows], np.bool_)
        return cls(values.reshape(len(rows), cells), known.reshape(len(rows), cells))

    @classmethod
    def empty(cls, rows: int, cells: int) -> Frame:
        """Nothing known."""
        return cls(np.zeros((rows, cells), np.int64), np.zeros((rows, cells), np.bool_))

    def row(self, number: int) -> Frame:
        """One report alone."""
        return replace(self, values=self.values[number : number + 1], known=self.known[number : number + 1])


@dataclass(frozen=True)
class Frames:
    """This period's figures, and by name (see `expressions.FRAMES`) what else was loaded; the rest is unknown."""

    now: Frame
    others: Mapping[str, Frame] = field(default_factory=dict)

    def get(self, name: str) -> Frame | None:
        """The frame with that name; "" is this period."""
        return self.now if not name else self.others.get(name)

    def row(self, number: int) -> Frames:
        """One report alone."""
        return Frames(self.now.row(number), {name: frame.row(number) for name, frame in self.others.items()})


def middle(values: Values, known: Known, least: int) -> Frame:
    """Of (m, periods, cells) the middle over the periods, kept doubled; unknown with fewer than `least`."""
    order = np.sort(np.where(known, values, np.iinfo(np.int64).max), axis=1)
    count = known.sum(axis=1)
    rows, cells = np.indices(count.shape)
    low, high = np.maximum((count - 1) // 2, 0), np.minimum(count // 2, max(values.shape[1] - 1, 0))
    enough = count >= least
    # Sums of two int64 may overflow; half the range is far above any figure that is no slip itself.
    small = enough & (np.abs(order[rows, high, cells]) < 2**61) & (np.abs(order[rows, low, cells]) < 2**61)
    sums = np.where(small, order[rows, low, cells], 0) + np.where(small, order[rows, high, cells], 0)
    return Frame(sums, small, 2)
