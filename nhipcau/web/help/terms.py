"""Finding a word of the trade."""

from __future__ import annotations

from nhipcau.org.scope import Scope
from nhipcau.web.everywhere.matching import Wanted
from nhipcau.web.everywhere.sources import Hit
from nhipcau.web.terms import Term, all_terms
from nhipcau.web.words import spoken


def matching(search: Wanted) -> list[Term]:
    """The words in which all that is wanted stands, in either language; nothing wanted: every one."""
    if not search.words:
        return list(all_terms())
    return search.nearest([(f"{one.word} {one.word.en}", one) for one in all_terms()], len(all_terms()))


def found(scope: Scope, search: Wanted, limit: int) -> list[Hit]:
    """For the search over everything: the glossary is everybody's. A single letter begins too many."""
    if all(len(word.folded) < 2 for word in search.words):
        return []
    return [Hit(spoken(one.word), one.url, meta=spoken(one.meaning)) for one in matching(search)[:limit]]
