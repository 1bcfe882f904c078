"""With which words a phrase can begin, so that only the places where a concept may stand are looked at.

The first two words of a phrase, or fewer, are taken from the phrase language (see `lexicon`). The answer is a
superset: what it lets through is still matched by the whole expression.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from nhipcau.boundary.words import EXACT, TONES, lenient

Opening = tuple[str, ...]  # expressions of the first words, at most two; one if the phrase may end there
Phrases = Mapping[str, Iterable[str]]

# A name, a gap, an opening or closing bracket, a bar, or a word (as in `lexicon.compile_phrase`).
_PIECE = re.compile(r"\{(\w+)\}|(\.{2,3})|([\[(])|([\])])|(\|)|([^\W_]+(?:['’]\w+)?\*?)")
_ANYTHING = r"\S*"
_MISSING: frozenset[Opening] = frozenset({()})
_GAP: frozenset[Opening] = frozenset({(_ANYTHING, _ANYTHING)})


def openings(phrases: Iterable[str], concepts: Phrases) -> frozenset[Opening]:
    """One of these stands at the beginning of every text that one of the phrases matches."""
    return frozenset().union(*(_alternatives(iter(_PIECE.findall(phrase)), concepts) for phrase in phrases))


def _alternatives(pieces: Iterator[tuple[str, ...]], concepts: Phrases) -> frozenset[Opening]:
    """Read up to the closing bracket (or the end): any of the parts between the bars may stand there."""
    whole: frozenset[Opening] = frozenset()
    part = _MISSING
    for name, gap, opens, closes, bar, word in pieces:
        if closes:
            break
        if bar:
            whole, part = whole | part, _MISSING
        elif opens:
            inner = _alternatives(pieces, concepts)
            part = _then(part, inner | _MISSING if opens == "[" else inner)
        elif gap:
            part = _then(part, _GAP)
        elif name:
            part = _then(part, openings(concepts[name], concepts))
        else:
            part = _then(part, frozenset({(_word(word),)}))
    return whole | part


def _then(before: frozenset[Opening], after: frozenset[Opening]) -> frozenset[Opening]:
    return frozenset(
        (*first, *second)[:2] for first in before for second in (after if len(first) < 2 else _MISSING)
    )


def _word(written: str) -> str:
    return lenient(written.rstrip("*").lower()) + (_ANYTHING if written.endswith("*") else "")


# One syllable of Vietnamese, marks written or not, as `words.encode` leaves it. Words glued together are none.
_SYLLABLE = re.compile(
    rf"(?:ngh?|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnpqrstvx])?[aăâeêioôơuưy]{{1,3}}(?:ch|ng|nh|[cmnpt])?[{TONES}]?"
    rf"{EXACT}?"
)
_MOST_PAIRS = 100_000  # remembered


_Second = re.Pattern[str] | None  # what must follow; None where the phrase may end after the first word


class Openings:
    """Which phrase lists can begin at a word, by that word and the next."""

    def __init__(self, lists: Mapping[str, frozenset[Opening]]) -> None:
        self._lists: dict[re.Pattern[str], list[tuple[str, _Second]]] = {}
        for name, found in lists.items():
            for first, second in _compiled(found):
                self._lists.setdefault(first, []).append((name, second))
        self._begun: dict[str, list[tuple[str, _Second]]] = {}
        self._known: dict[tuple[str, str], tuple[str, ...]] = {}

    def of(self, word: str, following: str) -> tuple[str, ...]:
        """The lists one of whose phrases can begin with these two words of a `Words.row` ("" after the last)."""
        pair = (word, following)
        if pair not in self._known:
            if len(self._known) >= _MOST_PAIRS:
                self._known.clear()
                self._begun.clear()
            self._known[pair] = tuple(dict.fromkeys(self._beginning(word, following)))
        return self._known[pair]

    def _beginning(self, word: str, following: str) -> Iterator[str]:
        # Anything longer than a syllable may be several words glued together: then only its beginning counts.
        glued = not _SYLLABLE.fullmatch(word)
        goes_on = re.Pattern.fullmatch if _SYLLABLE.fullmatch(following) else re.Pattern.match
        if word not in self._begun:
            begins = re.Pattern.match if glued else re.Pattern.fullmatch
            self._begun[word] = [
                pair for first, pairs in self._lists.items() if begins(first, word) for pair in pairs
            ]
        for name, second in self._begun[word]:
            if glued or second is None or goes_on(second, following):
                yield name


def _compiled(found: frozenset[Opening]) -> list[tuple[re.Pattern[str], re.Pattern[str] | None]]:
    """The second words by the first; None where the phrase may end after it."""
    by_first: dict[str, set[str]] = {}
    for opening in found:
        by_first.setdefault(opening[0] if opening else _ANYTHING, set()).add(opening[1] if opening[1:] else "")
    return [
        (re.compile(first), None if "" in seconds else re.compile("|".join(sorted(seconds))))
        for first, seconds in sorted(by_first.items())
    ]
