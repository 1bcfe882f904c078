"""Over units a column is added, or its least, greatest, weighed mean or own figure alone: as in plain Python."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhipcau.core.errors import InvalidInput
from nhipcau.core.numbers import (
    MISSING,
    NOT_APPLICABLE,
    Cell,
    CellState,
    States,
    Values,
    add_cells,
    pack,
    unpack_many,
)
from nhipcau.reports.design.rollup import GREATEST, LEAST, OWN, SUM, Mean, Rollup

# people, a mean wage weighed by them, the least, the greatest, the own figure alone
ROLLUP = Rollup(np.array([SUM, OWN, LEAST, GREATEST, OWN, SUM, SUM], np.uint8), (Mean(1, (0,)),))
EMPTY = [MISSING] * 5

figure = st.one_of(
    st.just(MISSING), st.just(NOT_APPLICABLE), st.integers(0, 10**6).map(lambda n: Cell(CellState.VALUE, n))
)
report = st.tuples(figure, figure, figure, figure, figure).map(list)


def value(number: int) -> Cell:
    return Cell(CellState.VALUE, number)


def folded(*reports: list[Cell]) -> list[Cell]:
    wide = ROLLUP.widen(*unpack_many([pack(one) for one in reports], 5))
    return as_cells(*ROLLUP.close(*ROLLUP.fold(*wide, np.zeros(1, np.intp))))


def as_cells(values: Values, states: States) -> list[Cell]:
    return [Cell(CellState(s), v) for s, v in zip(states[0].tolist(), values[0].tolist(), strict=True)]


def slowly(*reports: list[Cell]) -> list[Cell]:
    columns = list(zip(*reports, strict=True))
    weighed = [(people.value, wage.value) for people, wage, *_ in reports if _counts(people) and _given(wage)]
    people = sum(n for n, _ in weighed)
    mean = NOT_APPLICABLE if columns[1][0] == NOT_APPLICABLE else MISSING
    if people:
        mean = value((Fraction(sum(n * wage for n, wage in weighed), people) + Fraction(1, 2)).__floor__())
    return [add_cells(columns[0]), mean, _chosen(min, columns[2]), _chosen(max, columns[3]), columns[4][0]]


def _given(cell: Cell) -> bool:
    return cell.state is CellState.VALUE


def _counts(cell: Cell) -> bool:
    return _given(cell) and cell.value > 0


def _chosen(choose: object, cells: tuple[Cell, ...]) -> Cell:
    present = [cell.value for cell in cells if _given(cell)]
    return value(choose(present)) if present else add_cells(cells)  # type: ignore[operator]


@settings(deadline=None)
@given(st.lists(report, min_size=1, max_size=6))
def test_every_column_rolls_up_as_plain_python_would(reports: list[list[Cell]]) -> None:
    assert folded(*reports) == slowly(*reports)


@settings(deadline=None)
@given(report, st.lists(st.tuples(report, st.lists(report, max_size=3)), max_size=3))
def test_folding_folded_children_equals_folding_them_all(
    own: list[Cell], below: list[tuple[list[Cell], list[list[Cell]]]]
) -> None:
    """Level by level, as totals are stored, against all at once, as seals are added up."""
    runs = [[middle, *leaves] for middle, leaves in below]
    rows = [ROLLUP.widen(*unpack_many([pack(one) for one in run], 5)) for run in runs]
    children = [ROLLUP.fold(*row, np.zeros(1, np.intp)) for row in rows]
    mine = ROLLUP.widen(*unpack_many([pack(own)], 5))
    values, states = (np.concatenate([first, *rest]) for first, *rest in zip(mine, *children, strict=True))
    totals = as_cells(*ROLLUP.close(*ROLLUP.fold(values, states, np.zeros(1, np.intp))))
    assert totals == slowly(own, *(one for run in runs for one in run))


def test_a_mean_is_weighed_and_never_averaged() -> None:
    small, large = [value(10), value(100), *EMPTY[2:]], [value(990), value(200), *EMPTY[2:]]
    assert folded(small, large)[1] == value(199)


def test_a_mean_without_its_weight_does_not_count() -> None:
    known, unknown = [value(5), value(70), *EMPTY[2:]], [MISSING, value(9_000), *EMPTY[2:]]
    assert folded(known, unknown)[1] == value(70)


def test_a_product_beyond_64_bits_is_refused() -> None:
    with pytest.raises(InvalidInput, match="bình quân"):
        folded([value(10**12), value(10**12), *EMPTY[2:]])
