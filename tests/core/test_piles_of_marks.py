"""Marks piled on one letter cost no more than other letters; what people write is not touched."""

from __future__ import annotations

import sys
import time
import unicodedata

import pytest

from nhipcau.boundary.words import clean
from nhipcau.core.text import canonical, fold, nfc, unpiled

PILE = "\u0301\u0323"  # each is put before the other, so that a pile of them is sorted


@pytest.mark.parametrize("said", [nfc, fold, canonical, clean])
def test_a_megabyte_of_marks_is_put_in_order_at_once(said: object) -> None:
    assert callable(said)
    began = time.process_time()
    said("a" + PILE * 500_000)
    assert time.process_time() - began < 2


def test_marks_above_the_thirtieth_are_left_out_and_all_else_stays() -> None:
    assert unpiled("đa" + PILE * 500 + "n viên. ") == "đa" + PILE * 15 + "n viên. "
    signs = "…—✓" * 500
    assert unpiled(signs) == signs


def test_vietnamese_in_separate_marks_is_composed_as_before() -> None:
    text = "Nghị quyết của Ban Thường vụ về việc tổ chức đại hội. " * 40
    assert nfc(unicodedata.normalize("NFD", text)) == text


def test_no_sign_hides_a_mark_from_the_limit() -> None:
    def sorted_marks(char: str) -> bool:
        return unicodedata.combining(unicodedata.normalize("NFKD", char)[0]) > 0

    hiding = [
        char
        for char in map(chr, range(0x300, sys.maxunicode))
        if sorted_marks(char) and len(unpiled(char * 1000)) > 30
    ]
    assert hiding == []
