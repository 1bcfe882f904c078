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
from nhipcau.reports.design.parsing import parse, read_yaml
from nhipcau.reports.design.rollup import GREATEST, LEAST, OWN, SUM, Mean, Rollup
from nhipcau.reports.totals.arrays import Sheet, weighed
from tests.reports import secrets

# people, a mean wage weighed by them, the least, the greatest, the own figure alone
ROLLUP = Rollup(np.array([SUM, OWN, LEAST, GREATEST, OWN, SUM, SUM], np.uint8), (Mean(1, (0,)),))
EMPTY = [MISSING] * 5
MIXED = """sections:
  - title: Tiền lương
    indicators:
      - {code: workers, label: Số người, unit: người, breakdowns: [sex]}
      - {code: wage, label: Tiền lương bình quân, unit: đồng, over_units: mean, weight: workers}
      - {code: lowest, label: Mức lương thấp nhất, unit: đồng, over_units: min}
      - {code: longest, label: Ca dài nhất, unit: giờ, over_units: max}
      - {code: offices, label: Phòng làm việc, unit: phòng, over_units: none}
"""

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


@pytest.mark.parametrize(
    ("wages", "mean"),
    [
        ([70], 70),
        ([1, 2], 2),
        ([1, 1, 2], 1),
        ([1, 2, 2], 2),
        ([-1, -2], -1),
        ([0, 1, 1, 1, 1, 0, 0], 1),
        ([5, 5, 6], 5),
    ],
)
def test_a_mean_over_single_people_is_rounded_half_up(wages: list[int], mean: int) -> None:
    assert folded(*([value(1), value(wage), *EMPTY[2:]] for wage in wages))[1] == value(mean)


def test_plain_sums_are_added_run_by_run() -> None:
    sums = Rollup(np.array([SUM, SUM], np.uint8), ())
    rows = unpack_many([pack([value(n), MISSING]) for n in (1, 2, 4)], 2)
    values, states = sums.fold(*rows, np.array([0, 2], np.intp))
    assert (values[:, 0].tolist(), states[:, 1].tolist()) == ([3, 4], [0, 0])


def test_the_roll_up_of_a_template_weighs_a_mean_by_all_parts_of_its_weight() -> None:
    definition, _ = parse(read_yaml(secrets.YAML.replace("sections:", MIXED, 1).encode()))
    rollup = Rollup.of(definition)
    assert rollup.operators.tolist() == [SUM, SUM, OWN, LEAST, GREATEST, OWN, SUM, SUM, SUM, SUM, SUM]
    assert rollup.means == (Mean(2, (0, 1)),)
    assert rollup.count == 9


def test_a_mean_without_its_weight_does_not_count() -> None:
    known, unknown = [value(5), value(70), *EMPTY[2:]], [MISSING, value(9_000), *EMPTY[2:]]
    assert folded(known, unknown)[1] == value(70)


def test_a_product_beyond_64_bits_is_refused() -> None:
    with pytest.raises(InvalidInput, match="bình quân"):
        folded([value(10**12), value(10**12), *EMPTY[2:]])


def test_a_sheet_keeps_the_two_sums_of_each_mean_and_knows_which_rows_were_reported() -> None:
    two = Rollup(np.array([SUM, OWN, OWN, SUM, SUM, SUM, SUM], np.uint8), (Mean(1, (0,)), Mean(2, (0,))))
    sheet = Sheet(two, 2)
    report = pack([value(2), value(30), value(40)])
    sheet.put(np.array([1]), np.frombuffer(report, np.uint8).reshape(1, -1))
    assert weighed(two, ["people", "wage", "bonus"], sheet.wide(np.array([1]))[0][0]) == {
        "wage": (60, 2),
        "bonus": (80, 2),
    }
    assert sheet.reported(np.array([0, 1])).tolist() == [False, True]
