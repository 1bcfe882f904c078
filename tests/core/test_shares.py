"""Dividing a whole number in proportion."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.core.shares import split


@pytest.mark.parametrize(
    ("value", "parts", "expected"),
    [
        (10, [1, 1], [5, 5]),
        (10, [1, 1, 1], [4, 3, 3]),
        (11, [1, 1, 1], [4, 4, 3]),
        (7, [70, 30], [5, 2]),
        (1, [30, 70], [0, 1]),
        (0, [1, 2], [0, 0]),
        (-10, [1, 1, 1], [-3, -3, -4]),
        (5, [0, 1], [0, 5]),
    ],
)
def test_what_is_left_over_goes_to_the_largest_remainders_and_then_to_the_first(
    value: int, parts: list[int], expected: list[int]
) -> None:
    assert split(value, parts) == expected


@given(st.integers(-(2**62), 2**62), st.lists(st.integers(0, 1000), min_size=1, max_size=9).filter(any))
def test_nothing_is_lost_and_each_is_within_one_of_its_exact_share(value: int, parts: list[int]) -> None:
    shares, whole = split(value, parts), sum(parts)

    assert sum(shares) == value
    assert all(abs(share * whole - value * part) < whole for share, part in zip(shares, parts, strict=True))
