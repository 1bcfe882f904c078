import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.core.errors import InvalidInput
from nhipcau.core.numbers import (
    INT64_MAX,
    INT64_MIN,
    MISSING,
    NOT_APPLICABLE,
    Cell,
    CellState,
    add_cells,
    pack,
    pack_arrays,
    pack_many,
    packed_size,
    sum_segments,
    sum_vectors,
    unpack,
    unpack_arrays,
    unpack_many,
)

CELLS = st.one_of(
    st.just(MISSING),
    st.just(NOT_APPLICABLE),
    st.integers(INT64_MIN, INT64_MAX).map(lambda n: Cell(CellState.VALUE, n)),
    st.integers(-1000, 1000).map(lambda n: Cell(CellState.VALUE, n)),
)
TABLES = st.integers(0, 6).flatmap(
    lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=6)
)


@given(st.lists(CELLS, max_size=40))
def test_what_is_packed_unpacks(cells: list[Cell]) -> None:
    payload = pack(cells)
    assert len(payload) == packed_size(len(cells))
    assert unpack(payload, len(cells)) == cells
    assert pack_arrays(*unpack_arrays(payload, len(cells))) == payload


def test_the_payload_is_little_endian_values_then_two_bit_states() -> None:
    cells = [Cell(CellState.VALUE, 258), MISSING, NOT_APPLICABLE, Cell(CellState.VALUE, 0), NOT_APPLICABLE]
    payload = pack(cells)
    assert payload[:8] == bytes([2, 1, 0, 0, 0, 0, 0, 0])
    assert payload[40:] == bytes([0b01_10_00_01, 0b10])


@pytest.mark.parametrize(
    ("payload", "n"),
    [
        (b"", 1),
        (pack([MISSING] * 4), 5),
        (bytes(8) + b"\x03", 1),
        (bytes(8) + b"\x04", 1),
        (b"\x01" + bytes(7) + b"\x00", 1),
        (b"\x01" + bytes(7) + b"\x02", 1),
    ],
)
def test_a_damaged_payload_is_refused(payload: bytes, n: int) -> None:
    with pytest.raises(InvalidInput, match="bị hỏng"):
        unpack_arrays(payload, n)


def test_arrays_that_are_no_cells_are_not_packed() -> None:
    with pytest.raises(InvalidInput):
        pack_arrays(np.array([1], dtype=np.int64), np.array([0], dtype=np.uint8))
    with pytest.raises(InvalidInput):
        pack_arrays(np.array([1, 2], dtype=np.int64), np.array([1], dtype=np.uint8))


def test_unpacked_arrays_cannot_be_altered() -> None:
    for array in unpack_arrays(pack([Cell(CellState.VALUE, 1)]), 1):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 2


@given(TABLES)
def test_a_vector_sum_equals_the_cell_by_cell_sum(table: list[list[Cell]]) -> None:
    vectors = [unpack_arrays(pack(row), len(row)) for row in table]
    try:
        expected = [add_cells(column) for column in zip(*table, strict=True)]
    except InvalidInput:
        with pytest.raises(InvalidInput, match="quá lớn"):
            sum_vectors(vectors)
        return
    assert unpack(pack_arrays(*sum_vectors(vectors)), len(expected)) == expected


@given(TABLES, st.data())
def test_sums_of_runs_equal_the_sums_of_their_rows(table: list[list[Cell]], data: st.DataObject) -> None:
    vectors = [unpack_arrays(pack(row), len(row)) for row in table]
    cuts = data.draw(st.sets(st.integers(0, len(table) - 1)))
    starts = sorted(cuts | {0})
    values, states = (np.stack(part) for part in zip(*vectors, strict=True))
    runs = [vectors[a:b] for a, b in zip(starts, [*starts[1:], len(table)], strict=True)]
    try:
        expected = [sum_vectors(run) for run in runs]
    except InvalidInput:
        with pytest.raises(InvalidInput):
            sum_segments(values, states, np.array(starts))
        return
    found = sum_segments(values, states, np.array(starts))
    for i, (value, state) in enumerate(expected):
        assert (found[0][i] == value).all()
        assert (found[1][i] == state).all()


@given(TABLES)
def test_many_payloads_unpack_as_each_alone(table: list[list[Cell]]) -> None:
    width = len(table[0])
    payloads = [pack(row) for row in table]
    values, states = unpack_many(payloads, width)
    assert values.shape == states.shape == (len(table), width)
    assert [pack_arrays(v, s) for v, s in zip(values, states, strict=True)] == payloads


def test_no_payloads_unpack_to_no_rows() -> None:
    assert unpack_many([], 3)[0].shape == (0, 3)


def test_one_damaged_payload_among_many_is_refused() -> None:
    good = pack([Cell(CellState.VALUE, 7)])
    for bad in (good + b"\x00", good[:-1] + b"\x02"):
        with pytest.raises(InvalidInput, match="bị hỏng"):
            unpack_many([good, bad, good], 1)


def test_a_sum_needs_vectors_of_one_length() -> None:
    one = unpack_arrays(pack([MISSING]), 1)
    two = unpack_arrays(pack([MISSING, MISSING]), 2)
    for vectors in ([], [one, two]):
        with pytest.raises(InvalidInput, match="cùng số ô"):
            sum_vectors(vectors)


def test_packing_many_is_packing_each() -> None:
    values = np.array([[1, 0, -5, 7, 0], [0, 0, 2**62, 0, 3]], dtype=np.int64)
    states = np.array([[1, 0, 1, 1, 2], [0, 2, 1, 1, 1]], dtype=np.uint8)
    assert pack_many(values, states) == [pack_arrays(*row) for row in zip(values, states, strict=True)]
    assert pack_many(values[:0], states[:0]) == []
    with pytest.raises(InvalidInput):
        pack_many(np.array([[1]], dtype=np.int64), np.array([[0]], dtype=np.uint8))
