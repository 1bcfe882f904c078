"""Many passages of one document: a pattern whose concepts stand nowhere in it is looked for in none of them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_

from nhipcau.boundary.engine import Search, scope_from, verdict_of
from nhipcau.boundary.lexicon import book
from nhipcau.boundary.verdicts import Scope
from nhipcau.boundary.words import words


class Passages:
    """The scopes of the passages of one document."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._searches = {text: Search(book(), text, words(text)) for text in dict.fromkeys(texts)}
        here = reduce(or_, (search.present for search in self._searches.values()), 0)
        self._needs = [need for need in book().needs if not need[2] & ~here]
        self._known: dict[str, Scope] = {}

    def scope(self, text: str) -> Scope:
        """As `scope(text)`, for one of the texts given."""
        if text not in self._known:
            self._known[text] = scope_from(text, verdict_of(self._searches[text], self._needs))
        return self._known[text]
