"""What comes back from an engine, row by row, made into cells: exact integers, by each indicator's roll-up.

An engine folds columns; the little that is left is done here: states, means, totals of cells, formulas, the fold
of a branch's parts into its total, and that of periods.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import reduce
from operator import or_
from typing import Any

import numpy as np

from nhipcau.analytics.facts import BITS
from nhipcau.core.numbers import MISSING, NOT_APPLICABLE, Cell, CellState, States, Values, add_cells, check_int64
from nhipcau.reports.design.definition import Definition, Indicator
from nhipcau.reports.design.figures import Cells, with_formulas
from nhipcau.reports.design.rollup import GREATEST, LEAST, OWN, SUM, Rollup

Raw = Mapping[str, Any]
_FOLDS: Mapping[int, Callable[[list[int]], int]] = {SUM: sum, LEAST: min, GREATEST: max}


@dataclass(frozen=True)
class Covered:
    """Who stands behind a figure: units that owed a report, those accepted (in a lump too), and of them those whose
    lump stands outside this branch, so that their figures are not in it."""

    expected: int = 0
    accepted: int = 0
    elsewhere: int = 0

    @property
    def complete(self) -> bool:
        """Whether nobody's figures are lacking."""
        return self.accepted == self.expected and self.elsewhere == 0

    def __add__(self, other: Covered) -> Covered:
        return Covered(
            self.expected + other.expected, self.accepted + other.accepted, self.elsewhere + other.elsewhere
        )


@dataclass(frozen=True)
class Figures:
    """One unit in one period: its cells with computed ones, the two sums behind each mean, and its coverage."""

    cells: Cells = field(default_factory=dict)
    means: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    covered: Covered = field(default_factory=Covered)


@dataclass(frozen=True)
class Columns:
    """The columns of a version's facts that a question needs: cells, the cells that weigh means, hidden columns."""

    definition: Definition = field(compare=False)
    rollup: Rollup = field(compare=False)
    wanted: tuple[int, ...]
    operators: tuple[int, ...]  # of the wanted columns

    @classmethod
    def of(cls, definition: Definition, indicators: Iterable[str]) -> Columns:
        """What those indicators are made of, formulas followed down to what is entered."""
        rollup, place = Rollup.of(definition), {code: at for at, code in enumerate(definition.cells())}
        wanted = {place[cell] for cell in _entered_behind(definition, indicators)}
        for number, mean in enumerate(rollup.means):
            if mean.column in wanted:
                wanted |= {rollup.count + 2 * number, rollup.count + 2 * number + 1}
        columns = tuple(sorted(wanted))
        return cls(definition, rollup, columns, tuple(int(rollup.operators[column]) for column in columns))

    def words(self) -> list[int]:
        """The bit sets that tell the states of the wanted cells."""
        return sorted({column // BITS for column in self.wanted})

    @property
    def has_own(self) -> bool:
        """Whether a node's own report must be told from the others."""
        return any(self.rollup.operators[column] == OWN for column in self.wanted)

    def arrays(self, rows: Sequence[Raw]) -> tuple[Values, States]:
        """Wide values and states (rows, columns of the roll-up); what was not asked is missing."""
        values = np.zeros((len(rows), len(self.rollup.operators)), np.int64)
        states = np.zeros(values.shape, np.uint8)
        for column in self.wanted:
            own = "own_" if self.rollup.operators[column] == OWN else ""
            bit = 1 << column % BITS
            for place, row in enumerate(rows):
                value = row[f"c{column}"]
                if value is not None:
                    values[place, column], states[place, column] = int(value), CellState.VALUE
                elif _set(row, f"{own}inapplicable{column // BITS}", bit):
                    gap = _set(row, f"{own}missing{column // BITS}", bit)
                    states[place, column] = CellState.MISSING if gap else CellState.NOT_APPLICABLE
        return values, states

    def figures(self, values: Values, states: States, covered: Sequence[Covered]) -> list[Figures]:
        """The figures of wide rows."""
        cells, given = self.rollup.close(values, states)
        keys = self.definition.cells()
        made = []
        for row, behind in enumerate(covered):
            entered = {
                key: Cell(CellState(state), value)
                for key, value, state in zip(keys, cells[row].tolist(), given[row].tolist(), strict=True)
            }
            made.append(Figures(with_formulas(self.definition, entered), self._means(values[row]), behind))
        return made

    def _means(self, values: Values) -> dict[str, tuple[int, int]]:
        keys, first = self.definition.cells(), self.rollup.count
        return {
            keys[mean.column]: (int(values[first + 2 * at]), int(values[first + 2 * at + 1]))
            for at, mean in enumerate(self.rollup.means)
        }


def _set(row: Raw, name: str, bit: int) -> bool:
    return bool((row[name] or 0) & bit)


def _entered_behind(definition: Definition, indicators: Iterable[str]) -> set[str]:
    """The cells that those indicators are computed from, themselves where they are entered."""
    formulas, found = definition.formulas(), set[str]()
    waiting = list(indicators)
    while waiting:
        code = waiting.pop()
        item = definition.indicator(code)
        if item is None:
            continue
        if code in formulas:
            waiting.extend(formulas[code].names)
        elif item.weight:
            found.add(code)
        else:
            found.update(definition.parts_of(code))
    return found


def fold(rows: Sequence[Raw], columns: Columns, unit: int) -> Raw:
    """The rows of one period folded to the row of `unit`, of which they are the parts."""
    own: Raw = next((row for row in rows if row["node"] == unit), {})
    folded: dict[str, Any] = {key: own.get(key) for key in rows[0]} | {"period": rows[0]["period"], "node": unit}
    for key in ("expected", "accepted", "outside"):
        folded[key] = sum(row[key] for row in rows)
    for column in columns.wanted:
        choose = _FOLDS.get(int(columns.rollup.operators[column]))
        present = [int(row[f"c{column}"]) for row in rows if row[f"c{column}"] is not None]
        if choose is not None:
            folded[f"c{column}"] = choose(present) if present else None
    for word in columns.words():
        for name in (f"inapplicable{word}", f"missing{word}"):
            folded[name] = reduce(or_, (row[name] or 0 for row in rows))
    return folded


def figures_of(rows: Sequence[Raw], columns: Columns, elsewhere: str) -> Iterator[tuple[Raw, Figures]]:
    """Every row with its figures; `elsewhere` names the column that counts lumps outside."""
    covered = [Covered(int(row["expected"]), int(row["accepted"]), int(row[elsewhere])) for row in rows]
    return zip(rows, columns.figures(*columns.arrays(rows), covered), strict=True)


def over_time(newest: Definition, periods: Sequence[Figures]) -> Cells:
    """The figures of several periods together, in their order, as each indicator says.

    A flow adds (of least figures the least, of greatest the greatest, a mean is weighed anew), a stock is that of
    the last period, a distinct figure cannot be had, and a formula is computed from the others.
    """
    entered = {item.code: _together(item, periods) for item in newest.entered()}
    return with_formulas(newest, entered)


def _together(item: Indicator, periods: Sequence[Figures]) -> Cell:
    cells = [one.cells.get(item.code, MISSING) for one in periods]
    if item.over_time == "stock":
        return cells[-1]
    if item.over_time == "distinct":
        return MISSING
    present = [cell.value for cell in cells if cell.state is CellState.VALUE]
    if item.over_units == "mean":
        sums = [one.means.get(item.code, (0, 0)) for one in periods]
        return _mean(sum(products for products, _ in sums), sum(weights for _, weights in sums), cells)
    if item.over_units in ("min", "max") and present:
        return Cell(CellState.VALUE, min(present) if item.over_units == "min" else max(present))
    return add_cells(cells)


def _mean(products: int, weights: int, cells: Sequence[Cell]) -> Cell:
    if weights > 0:
        return Cell(CellState.VALUE, check_int64((Fraction(products, weights) + Fraction(1, 2)).__floor__()))
    return NOT_APPLICABLE if all(cell.state is CellState.NOT_APPLICABLE for cell in cells) else MISSING
