"""Columns that are not summed: the least, the most, and what is not rolled up at all."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhipcau.core.errors import InvalidInput
from nhipcau.core.numbers import INT64_MAX, INT64_MIN, MISSING, NOT_APPLICABLE, Cell, CellState, pack
from nhipcau.org.branches import Branch, lay_out
from nhipcau.reports.design.rollup import GREATEST, LEAST, OWN, SUM
from nhipcau.reports.totals.succession import Division, Heirs
from tests.reports.adding import added

OPERATORS = [SUM, LEAST, OWN, GREATEST, SUM]
KEYS = list("abcde")
cells = st.one_of(
    st.just(MISSING),
    st.just(NOT_APPLICABLE),
    st.integers(-(10**15), 10**15).map(lambda number: Cell(CellState.VALUE, number)),
)


def tree_of(parents: list[int]) -> Branch:
    """Unit 0 on top; `parents[i]` is the one above unit i + 1."""
    return lay_out(np.array([0]), np.arange(1, len(parents) + 1), np.array(parents, np.int64))


@settings(max_examples=80, deadline=None)
@given(st.lists(st.lists(cells, min_size=5, max_size=5), min_size=1, max_size=9), st.randoms(use_true_random=False))
def test_every_node_equals_folding_its_branch_one_by_one(rows: list[list[Cell]], chance: Random) -> None:
    parents = [chance.randrange(unit) for unit in range(1, len(rows))]
    tree = tree_of(parents)
    told = [unit for unit in range(len(rows)) if chance.random() < 0.8]
    found = added(tree, [(unit, pack(rows[unit])) for unit in told], KEYS, operators=OPERATORS)
    for position, unit in enumerate(tree.ids.tolist()):
        inside = [one for one in tree.below(position).ids.tolist() if one in told]
        for column, operator in enumerate(OPERATORS):
            kept = [one for one in inside if one == unit] if operator == OWN else inside
            assert found(position)[column] == slow(operator, [rows[one][column] for one in kept])


def slow(operator: int, cells: list[Cell]) -> Cell:
    """The reference, one cell at a time."""
    present = [cell.value for cell in cells if cell.state is CellState.VALUE]
    if present:
        if operator in (LEAST, GREATEST):
            return Cell(CellState.VALUE, min(present) if operator == LEAST else max(present))
        return Cell(CellState.VALUE, sum(present))
    return NOT_APPLICABLE if cells and set(cells) == {NOT_APPLICABLE} else MISSING


def test_extremes_of_64_bits_are_no_overflow_where_nothing_is_summed() -> None:
    rows = [[Cell(CellState.VALUE, edge)] * 2 for edge in (INT64_MAX, INT64_MIN, INT64_MAX, 5)]
    found = added(
        tree_of([0, 0, 0]), [(u, pack(row)) for u, row in enumerate(rows)], KEYS[:2], operators=[LEAST, GREATEST]
    )
    assert [cell.value for cell in found(0)] == [INT64_MIN, INT64_MAX]


@pytest.mark.parametrize("edge", [INT64_MAX, INT64_MIN])
def test_a_sum_is_exact_to_the_last_integer_of_64_bits_and_refused_beyond(edge: int) -> None:
    step = 1 if edge > 0 else -1
    one, rest = (Cell(CellState.VALUE, value) for value in (edge - 5 * step, 5 * step))
    exact = added(tree_of([0, 0]), [(1, pack([one])), (2, pack([rest]))], KEYS[:1])
    assert exact(0)[0].value == edge
    with pytest.raises(InvalidInput, match="giới hạn"):
        beyond = pack([Cell(CellState.VALUE, step)])
        added(tree_of([0, 0, 0]), [(1, pack([one])), (2, pack([rest])), (3, beyond)], KEYS[:1])


def test_a_damaged_payload_is_refused_and_not_added() -> None:
    good = pack([Cell(CellState.VALUE, 3)] * 5)
    stray = pack([MISSING] * 5)[:-2] + bytes([0, 8])  # a bit behind the last cell
    value = (7).to_bytes(8, "little") + pack([MISSING] * 5)[8:]  # a figure in a cell that says it is missing
    for damaged in (good[:-1], good + b"\0", stray, value):
        with pytest.raises(InvalidInput, match="hỏng"):
            added(tree_of([0]), [(0, good), (1, damaged)], KEYS)


def test_an_ended_unit_hands_on_sums_in_shares_and_the_rest_whole_to_its_first_heir() -> None:
    tree = lay_out(np.array([9]), np.array([1, 2]), np.array([9, 9]))
    ended = pack([Cell(CellState.VALUE, value) for value in (10, 4, 4, 4, 3)])
    other = pack([Cell(CellState.VALUE, value) for value in (1, 7, 7, 1, 1)])
    found = added(tree, [(5, ended), (2, other)], KEYS, Heirs({5: [Division(0, [(1, 2), (2, 1)])]}), OPERATORS)
    assert [[cell.value for cell in found(position)] for position in (1, 2)] == [[7, 4, 4, 4, 2], [4, 7, 7, 1, 2]]
    assert [cell.value for cell in found(0)] == [11, 4, 0, 4, 4]
    assert found(0)[2] == MISSING
