"""Every letter, however its page was flattened and whatever else stands on it, is read alike."""

from __future__ import annotations

from typing import Any

import pytest

from nhipcau.reader import read_text, to_json
from tests.reader.genre import LETTERS, NOISE, RENDERINGS, expected


def _read(text: str, wanted: dict[str, Any]) -> dict[str, Any]:
    found = to_json(read_text(text))
    return {key: found[key] for key in wanted}


@pytest.mark.parametrize("name", sorted(LETTERS))
@pytest.mark.parametrize("way", sorted(RENDERINGS))
def test_a_letter_is_read_alike_whatever_flattened_it(name: str, way: str) -> None:
    wanted = expected(LETTERS[name])
    assert _read(RENDERINGS[way](LETTERS[name]), wanted) == wanted


@pytest.mark.parametrize("noise", sorted(set(NOISE) - {"old tone marks"}))
@pytest.mark.parametrize("way", sorted(RENDERINGS))
def test_what_else_stands_on_the_page_is_not_the_letters(noise: str, way: str) -> None:
    for letter in LETTERS.values():
        wanted = expected(letter)
        assert _read(NOISE[noise](RENDERINGS[way](letter)), wanted) == wanted


def test_old_tone_marks_are_kept_as_printed() -> None:
    letter = LETTERS["three lines and a letter suffix"]
    found = to_json(read_text(NOISE["old tone marks"](RENDERINGS["layout"](letter))))
    assert found["parent_issuer"] == "UỶ BAN NHÂN DÂN THÀNH PHỐ BÌNH SA"
    assert found["number"] == "06b/PGDĐT-CĐ"
