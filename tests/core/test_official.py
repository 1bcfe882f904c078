"""Numerals of first-level headings."""

from __future__ import annotations

from nhipcau.core.official import roman


def test_headings_are_numbered_in_roman_numerals_past_twelve() -> None:
    assert [roman(number) for number in (1, 4, 9, 10, 12, 14, 39)] == ["I", "IV", "IX", "X", "XII", "XIV", "XXXIX"]
