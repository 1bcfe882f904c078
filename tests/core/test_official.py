"""Numerals of first-level headings."""

from __future__ import annotations

from nhipcau.core.official import roman


def test_headings_are_numbered_in_roman_numerals_past_twelve() -> None:
    first = "I II III IV V VI VII VIII IX X XI XII XIII XIV"
    assert [roman(number) for number in range(1, 15)] == first.split()
    assert roman(39) == "XXXIX"
