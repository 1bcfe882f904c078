"""The words of the trade, read from terms.yaml once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from django.urls import reverse

from nhipcau.core.said import Said
from nhipcau.core.text import sort_key
from nhipcau.web.words import spoken


@dataclass(frozen=True)
class Term:
    """A word, what it means, and the names of the pages that say it."""

    key: str
    word: Said
    meaning: Said
    where: tuple[str, ...]

    @property
    def other(self) -> str:
        """The word in the language that the reader did not choose."""
        return str(self.word) if spoken(self.word) == self.word.en else self.word.en

    @property
    def url(self) -> str:
        """Its place in the glossary."""
        return f"{reverse('help:terms')}#{self.key}"


@cache
def all_terms() -> tuple[Term, ...]:
    """Every word, in the order of the Vietnamese alphabet."""
    rows = yaml.safe_load(Path(__file__).with_name("terms.yaml").read_text("utf-8"))
    made = (
        Term(row["key"], Said(row["vi"], row["en"]), Said(row["means"], row["means_en"]), tuple(row["where"]))
        for row in rows
    )
    return tuple(sorted(made, key=lambda term: sort_key(term.word)))


@cache
def by_key() -> Mapping[str, Term]:
    """The same by their keys."""
    return {term.key: term for term in all_terms()}


def terms_of(page: str) -> list[Term]:
    """The words that the page of that name says."""
    return [term for term in all_terms() if page in term.where]
