"""Every node's figures at once, as arrays: rows of reports in, totals of all nodes out. Pure; no database.

Rows stand level by level (all units of one depth together, siblings next to each other), so that one `reduceat`
over a level folds it into the one above. How a column folds is its template's business (see `design.rollup`): it is
added, or its least, greatest or own figure alone stands; a weighted mean travels as two hidden columns that are
added, Σ value · weight and Σ weight, and is divided when it is read. Figures are exact int64; whatever could leave
64 bits is refused before anything is added.

The state of a total is found the same way. Every report says of a cell that it has a value, is missing, or does not
apply; a node that ends with any value has one, with nothing but "does not apply" does not apply, else is missing.
Those bits are kept packed, four cells to a byte in two planes, and folded with `or`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from nhipcau.core.errors import InvalidInput
from nhipcau.core.numbers import INT64_MAX, INT64_MIN, Cell, CellState, Payloads, States, Values, unpack_rows
from nhipcau.core.said import Said
from nhipcau.org.branches import Branch
from nhipcau.org.columns import Ints
from nhipcau.reports.design.rollup import GREATEST, LEAST, OWN, SUM, Rollup

Planes = npt.NDArray[np.uint64]
Chosen = npt.NDArray[np.bool_]
LOW = np.uint8(0b01010101)
_FOLD = {SUM: np.add, LEAST: np.minimum, GREATEST: np.maximum}
_REST = {SUM: 0, LEAST: INT64_MAX, GREATEST: INT64_MIN, OWN: 0}  # what an absent cell counts for
_TOO_LARGE = Said(
    "Tổng vượt quá giới hạn tính toán; hãy kiểm tra những số liệu lớn bất thường.",
    "A sum goes beyond what can be computed; check figures that are unusually large.",
)


class Levels:
    """A branch level by level. `row[position]` is where the unit at that position stands."""

    def __init__(self, tree: Branch) -> None:
        self.order = np.argsort(tree.depth.astype(np.int16), kind="stable")  # of short numbers numpy sorts digits
        self.row = np.empty_like(self.order)
        self.row[self.order] = np.arange(len(self.order))
        depth = tree.depth[self.order]
        self.starts = np.searchsorted(depth, np.arange(int(depth.max(initial=0)) + 2)).tolist()
        above = tree.above[self.order]
        self.upper = np.where(above < 0, -1, self.row[above])

    def folds(self) -> Iterable[tuple[slice, npt.NDArray[np.intp], Ints]]:
        """From the deepest level up: its rows, where each family begins among them, the row above each family."""
        for level in range(len(self.starts) - 2, 0, -1):
            rows = slice(self.starts[level], self.starts[level + 1])
            families = np.flatnonzero(np.diff(self.upper[rows], prepend=-1))
            yield rows, families, self.upper[rows][families]

    def add_up(self, counts: Ints) -> Ints:
        """Plain counts by position, added up to every node; shape (positions, columns) in and out."""
        totals = np.take(counts.T, self.order, axis=1)  # down a column, numpy adds several times as fast
        for rows, families, upper in self.folds():
            totals[:, upper] += np.add.reduceat(totals[:, rows], families, axis=1)
        return np.take(totals, self.row, axis=1).T


@dataclass
class Sheet:
    """Rows of figures: `values` int64[rows, columns], the columns of the roll-up; `planes` say which are there."""

    rollup: Rollup
    rows: int
    values: Values = field(init=False)
    planes: Planes = field(init=False)
    _bound: int = 0

    def __post_init__(self) -> None:
        self.values = np.zeros((self.rows, self.width), np.int64)
        self.planes = np.zeros((self.rows, 2 * self._words), np.uint64)
        for columns, operator in self._groups:
            if _REST[operator]:  # fresh zeros cost nothing until they are written
                self.values[:, columns] = _REST[operator]

    @property
    def width(self) -> int:
        """How many columns there are, hidden ones included."""
        return len(self.rollup.operators)

    def put(self, rows: Ints, payloads: Payloads) -> None:
        """Reports, one to a row. Raises `InvalidInput` if a payload is damaged."""
        count = self.rollup.count
        values, states = unpack_rows(payloads, count)
        if self.rollup.means:
            self.put_wide(rows, *self.rollup.widen(values, states))
        else:  # the states lie in a payload as the planes keep them
            self._put(rows, values, states, payloads[:, 8 * count :])

    def put_wide(self, rows: Ints, values: Values, states: States) -> None:
        """Rows with their hidden columns: reports, or totals that were folded before."""
        self._put(rows, values, states, packed(states))

    def _put(self, rows: Ints, values: Values, states: States, bits: States) -> None:
        self._watch(values)
        if self._unsummed:
            values = np.where(states == CellState.VALUE, values, self._rest)
        self.values[rows] = values
        self.planes[rows] = self._spread(bits)

    def add(self, row: int, values: Values, states: States, told: Chosen) -> None:
        """A further part in a row, of one dimension; only of the columns it tells of."""
        present = told & (states == CellState.VALUE)
        self._watch(values[np.newaxis])
        for columns, operator in self._groups:
            here = columns[present[columns]]
            if operator == OWN:
                self.values[row, here] = values[here]
            else:
                self.values[row, here] = _FOLD[operator](self.values[row, here], values[here])
        self.planes[row] |= self._spread(packed(states[np.newaxis]))[0] & self._mask(told)

    def fold(self, levels: Levels) -> None:
        """Every row becomes the total of its branch."""
        self.refuse_overflow()
        kept = self._mask(self.rollup.operators != OWN)
        for rows, families, upper in levels.folds():
            for columns, operator in self._groups:
                if operator != OWN:
                    self._fold(_FOLD[operator], columns, rows, families, upper)
            self.planes[upper] |= np.bitwise_or.reduceat(self.planes[rows], families, axis=0) & kept

    def _fold(
        self, ufunc: np.ufunc, columns: Ints, rows: slice, families: npt.NDArray[np.intp], upper: Ints
    ) -> None:
        if len(columns) == self.width:
            self.values[upper] = ufunc(self.values[upper], ufunc.reduceat(self.values[rows], families, axis=0))
            return
        part = ufunc.reduceat(self.values[rows][:, columns], families, axis=0)
        place = (upper[:, np.newaxis], columns)
        self.values[place] = ufunc(self.values[place], part)

    def wide(self, rows: Ints) -> tuple[Values, States]:
        """Those rows with their hidden columns; a figure that is not there is 0."""
        states = self.states(rows)
        return np.where(states == CellState.VALUE, self.values[rows], 0), states

    def states(self, rows: Ints) -> States:
        """uint8[len(rows), columns]: the states of those rows."""
        seen, missing = (unpacked(self._bytes(rows, plane), self.width) for plane in (0, 1))
        inapplicable = (seen == CellState.NOT_APPLICABLE) & (missing == 0)
        found = np.where(inapplicable, CellState.NOT_APPLICABLE, CellState.MISSING)
        return np.where(seen & CellState.VALUE, CellState.VALUE, found).astype(np.uint8)

    def reported(self, rows: Ints) -> Chosen:
        """Whether any report stands behind those rows."""
        found: Chosen = (self.planes[rows] != 0).any(axis=1)
        return found

    def cells(self, row: int) -> list[Cell]:
        """The cells of one row."""
        return cells_of_wide(self.rollup, *self.wide(np.array([row])))

    def refuse_overflow(self) -> None:
        """int64 wraps in silence. Every total lies between the sum of all values below zero and of all above."""
        if self._bound <= INT64_MAX:
            return
        for column in np.flatnonzero(self.rollup.operators == SUM).tolist():
            values = self.values[:, column]
            above, below = _exact(np.maximum(values, 0)), _exact(np.minimum(values, 0))
            if above > INT64_MAX or below < INT64_MIN:
                raise InvalidInput(_TOO_LARGE)

    def _watch(self, values: Values) -> None:
        if values.size:
            self._bound += len(values) * max(int(values.max()), -int(values.min()))

    def _spread(self, states: States) -> Planes:
        """Both planes of packed states: value and not-applicable bits, and a bit for each cell that is missing."""
        padded = np.zeros((len(states), 2, 8 * self._words), np.uint8)
        width = states.shape[1]
        padded[:, 0, :width] = states
        padded[:, 1, :width] = ~(states | states >> 1) & LOW
        return padded.reshape(len(states), -1).view(np.uint64)

    def _bytes(self, rows: Ints, plane: int) -> States:
        half = slice(plane * self._words, (plane + 1) * self._words)
        return np.ascontiguousarray(self.planes[rows, half]).view(np.uint8)

    def _mask(self, columns: Chosen) -> Planes:
        """Both planes with all bits of those columns set."""
        kept = np.zeros((2, 8 * self._words), np.uint8)
        kept[:, : (self.width + 3) // 4] = packed(3 * columns[np.newaxis].astype(np.uint8))
        mask: Planes = kept.reshape(-1).view(np.uint64)
        return mask

    @property
    def _words(self) -> int:
        return max(1, (self.width + 31) // 32)

    @cached_property
    def _groups(self) -> list[tuple[Ints, int]]:
        """The columns of each operator in use."""
        found = ((np.flatnonzero(self.rollup.operators == kind), kind) for kind in (SUM, LEAST, GREATEST, OWN))
        return [(columns, kind) for columns, kind in found if len(columns)]

    @cached_property
    def _unsummed(self) -> bool:
        return any(kind in (LEAST, GREATEST) for _, kind in self._groups)

    @cached_property
    def _rest(self) -> Values:
        return np.array([_REST[kind] for kind in self.rollup.operators.tolist()], np.int64)


def cells_of_wide(rollup: Rollup, values: Values, states: States) -> list[Cell]:
    """The cells of one wide row."""
    closed, given = rollup.close(values, states)
    return [
        Cell(CellState(state), value if state == CellState.VALUE else 0)
        for state, value in zip(given[0].tolist(), closed[0].tolist(), strict=True)
    ]


def weighed(rollup: Rollup, keys: Sequence[str], values: Values) -> dict[str, tuple[int, int]]:
    """By the key of a mean, its two hidden sums in a wide row of one dimension."""
    hidden = values[rollup.count :].tolist()
    return {
        keys[mean.column]: (hidden[2 * place], hidden[2 * place + 1]) for place, mean in enumerate(rollup.means)
    }


def _exact(column: Values) -> int:
    """The sum of a column in halves of 32 bits, put together as a Python integer."""
    return (int((column >> 32).sum()) << 32) + int((column & 0xFFFFFFFF).sum())


def packed(states: States) -> States:
    """States uint8[m, n] as a payload keeps them: uint8[m, (n + 3) // 4]."""
    rows, n = states.shape
    padded = np.zeros((rows, (n + 3) // 4 * 4), np.uint8)
    padded[:, :n] = states
    four = padded.reshape(rows, -1, 4)
    found: States = four[:, :, 0] | four[:, :, 1] << 2 | four[:, :, 2] << 4 | four[:, :, 3] << 6
    return found


def unpacked(states: States, n: int) -> States:
    """The inverse of `packed`."""
    shifts = np.array([0, 2, 4, 6], np.uint8)
    found: States = (states[:, :, np.newaxis] >> shifts & np.uint8(3)).reshape(len(states), -1)[:, :n]
    return found
