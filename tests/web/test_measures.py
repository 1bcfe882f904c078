"""English pages count in English words; what the shipped forms count in is known."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from django.utils import translation

import nhipcau.reports.design
from nhipcau.web.measures import measured

LIBRARY = sorted((Path(nhipcau.reports.design.__file__).parent / "library").glob("*.yaml"))


def _counted(found: object) -> set[str]:
    """Every `unit` anywhere in a file."""
    if isinstance(found, dict):
        own = {found["unit"]} if isinstance(found.get("unit"), str) else set()
        return own.union(*map(_counted, found.values()))
    return set().union(*map(_counted, found)) if isinstance(found, list) else set()


@pytest.mark.parametrize("path", LIBRARY, ids=lambda path: path.stem)
def test_every_shipped_form_counts_in_words_that_are_known(path: Path) -> None:
    words = _counted(yaml.safe_load(path.read_text(encoding="utf-8")))
    assert words
    with translation.override("en"):
        assert [word for word in sorted(words - {"%"}) if measured(word) == word] == []


def test_the_words_stay_vietnamese_on_vietnamese_pages() -> None:
    with translation.override("vi"):
        assert (measured("suất"), measured("người")) == ("suất", "người")


def test_a_word_of_a_forms_own_stays_as_it_was_written() -> None:
    with translation.override("en"):
        assert measured("thúng") == "thúng"
