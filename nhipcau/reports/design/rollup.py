"""How cells roll up over units: column by column the sum, the least, the greatest, the own figure alone, or a mean.

A mean is never averaged. While figures are folded upwards each mean is carried as two hidden columns behind the
cells: Σ value · weight and Σ weight over the reports that give both; `close` divides once, at the end. So every
column folds by one of four operators, and folding children that were folded before gives the same as folding all.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np
import numpy.typing as npt

from nhipcau.core.errors import InvalidInput
from nhipcau.core.numbers import INT64_MAX, CellState, States, Values, sum_segments
from nhipcau.reports.design.definition import Definition

Starts = npt.NDArray[np.intp]
SUM, LEAST, GREATEST, OWN = range(4)
_OPERATOR = {"sum": SUM, "min": LEAST, "max": GREATEST, "none": OWN, "mean": OWN}
_WORST = {LEAST: np.iinfo(np.int64).max, GREATEST: np.iinfo(np.int64).min}  # never the least, never the greatest


@dataclass(frozen=True)
class Mean:
    """The column of a mean and the columns whose sum weighs it."""

    column: int
    weights: tuple[int, ...]


@dataclass(frozen=True)
class Rollup:
    """The operator of every column: first the cells in payload order, then two hidden ones for each mean."""

    operators: npt.NDArray[np.uint8]
    means: tuple[Mean, ...]

    @classmethod
    def of(cls, definition: Definition) -> Rollup:
        """The roll-up of a template version."""
        entered = definition.entered()
        column = {item.code: index for index, item in enumerate(entered)}
        means = tuple(
            Mean(column[item.code], tuple(column[key] for key in definition.parts_of(item.weight)))
            for item in entered
            if item.over_units == "mean"
        )
        operators = [_OPERATOR[item.over_units] for item in entered] + [SUM] * (2 * len(means))
        return cls(np.array(operators, np.uint8), means)

    @property
    def count(self) -> int:
        """How many cells a payload has."""
        return len(self.operators) - 2 * len(self.means)

    @cached_property
    def only_sums(self) -> bool:
        """Whether plain addition of all columns is the whole of it."""
        return bool((self.operators == SUM).all())

    def widen(self, values: Values, states: States) -> tuple[Values, States]:
        """Reports' cells (m, count) with the hidden columns of the means behind them: (m, len(operators)).

        Raises InvalidInput where a product does not fit into 64 bits.
        """
        if not self.means:
            return values, states
        hidden = [column for mean in self.means for column in _products(mean, values, states)]
        wide = np.concatenate([values, np.stack([product for product, _ in hidden], axis=1)], axis=1)
        given = np.concatenate([states, np.stack([state for _, state in hidden], axis=1)], axis=1)
        return wide, given.astype(np.uint8)

    def fold(self, values: Values, states: States, starts: Starts) -> tuple[Values, States]:
        """Runs of wide rows folded to one row each; the first row of a run is the node's own report.

        `starts` is strictly increasing, as in `core.numbers.sum_segments`. Raises InvalidInput on overflow.
        """
        if self.only_sums:
            return sum_segments(values, states, starts)
        folded = np.zeros((len(starts), len(self.operators)), np.int64)
        state = np.zeros(folded.shape, np.uint8)
        adding = self.operators == SUM
        folded[:, adding], state[:, adding] = sum_segments(values[:, adding], states[:, adding], starts)
        own = self.operators == OWN
        folded[:, own], state[:, own] = values[np.ix_(starts, own)], states[np.ix_(starts, own)]
        for operator, choose in ((LEAST, np.minimum), (GREATEST, np.maximum)):
            columns = self.operators == operator
            present = states[:, columns] == CellState.VALUE
            _, state[:, columns] = sum_segments(np.zeros_like(values[:, columns]), states[:, columns], starts)
            seen = choose.reduceat(np.where(present, values[:, columns], _WORST[operator]), starts, axis=0)
            folded[:, columns] = np.where(state[:, columns] == CellState.VALUE, seen, 0)
        return folded, state

    def close(self, values: Values, states: States) -> tuple[Values, States]:
        """The cells (m, count) of wide rows: each mean is its products over its weights, rounded half up."""
        cells, given = values[:, : self.count].copy(), states[:, : self.count].copy()
        for place, mean in enumerate(self.means):
            products, weights = values[:, self.count + 2 * place], values[:, self.count + 2 * place + 1]
            weighed = weights > 0
            parts = zip(products[weighed].tolist(), weights[weighed].tolist(), strict=True)
            cells[:, mean.column] = 0
            cells[weighed, mean.column] = [_rounded(product, weight) for product, weight in parts]
            unweighed = np.where(given[:, mean.column] == CellState.NOT_APPLICABLE, given[:, mean.column], 0)
            given[:, mean.column] = np.where(weighed, CellState.VALUE, unweighed)
        return cells, given


def _products(mean: Mean, values: Values, states: States) -> list[tuple[Values, States]]:
    """Σ-able columns of one mean: value · weight and weight, present where the report gives both."""
    weight_states = states[:, list(mean.weights)]
    weights = values[:, list(mean.weights)].sum(axis=1)
    given = (states[:, mean.column] == CellState.VALUE) & (weight_states == CellState.VALUE).any(axis=1)
    given &= weights > 0
    figures = np.where(given, values[:, mean.column], 0)
    if len(values) and (np.abs(figures.astype(np.float64)) * weights.astype(np.float64)).max() >= INT64_MAX / 2:
        raise InvalidInput("Một số bình quân nhân với số dùng để tính bình quân quá lớn; hãy kiểm tra lại hai số.")
    state = np.where(given, CellState.VALUE, CellState.MISSING).astype(np.uint8)
    return [(figures * weights, state), (np.where(given, weights, 0), state)]


def _rounded(product: int, weight: int) -> int:
    """Half up, exact."""
    return (Fraction(product, weight) + Fraction(1, 2)).__floor__()
