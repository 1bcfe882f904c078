"""Many passages of one document: a pattern whose concepts stand nowhere in it is looked for once, not in each."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from nhipcau.boundary.engine import Scope, Search, scope_from, verdict_of
from nhipcau.boundary.lexicon import PERSON_NAME, Need, book
from nhipcau.boundary.words import Words, words


class Passages:
    """The scopes of the passages of one document."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._words = {text: words(text) for text in dict.fromkeys(texts)}
        self._needs = _Whole(self._words.values()).needs()
        self._known: dict[str, Scope] = {}

    def scope(self, text: str) -> Scope:
        """As `scope(text)`, for one of the texts given."""
        if text not in self._known:
            search = Search(book(), text, self._words[text])
            self._known[text] = scope_from(text, verdict_of(search, self._needs))
        return self._known[text]


class _Whole:
    """All passages in one row. What stands in a passage stands in the row, so nothing is lost."""

    def __init__(self, passages: Iterable[Words]) -> None:
        self._row = " ".join(passage.row for passage in passages)
        self._begun: dict[str, list[int]] = {}
        at = 0
        for word, following in pairwise([*self._row.split(" "), ""]):
            for concept in book().openings.of(word, following):
                self._begun.setdefault(concept, []).append(at)
            at += len(word) + 1

    def needs(self) -> list[Need]:
        """The patterns for each group of which some concept begins somewhere."""
        here = [any(map(self._has, group)) for group in book().groups]
        return [need for need in book().needs if all(here[group] for group in need[2])]

    def _has(self, concept: str) -> bool:
        if concept == PERSON_NAME:
            return True
        pattern = book().concepts[concept].pattern
        return any(pattern.match(self._row, at) for at in self._begun.get(concept, ()))
