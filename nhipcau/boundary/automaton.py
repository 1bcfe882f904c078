"""Where phrases stand: an automaton over the words of a row, built only as far as texts lead into it.

Most words of a text begin some phrase of the rules, few of those phrases go on to their end. Walking on from a word
as long as a phrase may still follow tells them apart at the cost of a look-up a word; only where a phrase ends is
the regular expression of its list (see `lexicon`) asked how far the match goes. The automaton lets through whatever
the expressions match, words glued together included, so nothing is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Generic, TypeVar

from nhipcau.boundary.words import spellings

Phrases = Mapping[str, Iterable[str]]
Key = TypeVar("Key", bound=Hashable)

# A name, a gap, an opening or closing bracket, a bar, a word, a star (as in `lexicon.compile_phrase`).
_PIECE = re.compile(r"\{(\w+)\}|(\.{2,3})|([\[(])|([\])])|(\|)|([^\W_]+(?:['’]\w+)?)|(\*)|\s+|(.)")
_GAPS = {"..": 3, "...": 6}
_CLOSING = {"(": ")", "[": "]"}
_OVER = ""  # stands behind the last word of a row: nothing goes on there
_LONGEST_GLUED = 64  # letters of a word after which no other is looked for in it
_MOST_STEPS = 100_000  # remembered, of words no longer than that: a text written to fill the memory is forgotten


@dataclass(frozen=True, eq=False)
class _Word:
    """A word in all its spellings; without any it is any word, and if `part` any part of one."""

    spellings: frozenset[str] = frozenset()
    part: bool = False
    optional: ClassVar[bool] = False


@dataclass(frozen=True, eq=False)
class _End:
    """A phrase of the list ends here."""

    of: Hashable
    optional: ClassVar[bool] = False


@dataclass(frozen=True, eq=False)
class _Either:
    """One of several sequences; `optional` if one of them may be empty."""

    branches: tuple[tuple[_Part, ...], ...]

    @cached_property
    def optional(self) -> bool:
        return any(all(part.optional for part in branch) for branch in self.branches)


_Part = _Word | _End | _Either
_ANY = _Either(((_Word(),), ()))
_ENDING = _Either(((_Word(part=True),), ()))


class _Place:
    """What may stand at one place of a phrase, and the place after it."""

    def __init__(self, part: _Part, after: _Place | None) -> None:
        self.part, self._next = part, after

    @cached_property
    def reached(self) -> tuple[_Place, ...]:
        """This place, and those after it if its part may be missing."""
        return (self, *self._next.reached) if self._next and self.part.optional else (self,)

    @cached_property
    def after(self) -> tuple[dict[str, set[_Place]], set[_Place], set[_Place]]:
        """The places after each spelling of a word that may stand here, after any word, after any part of one."""
        by_spelling: dict[str, set[_Place]] = {}
        any_word: set[_Place] = set()
        any_part: set[_Place] = set()
        for word, after in self._words():
            for spelling in word.spellings:
                by_spelling.setdefault(spelling, set()).update(after.reached)
            any_word.update(() if word.spellings else after.reached)
            any_part.update(after.reached if word.part else ())
        return by_spelling, any_word, any_part

    def _words(self) -> Iterator[tuple[_Word, _Place]]:
        """The words that the part may begin with, and the place after each."""
        if isinstance(self.part, _Word) and self._next:
            yield self.part, self._next
        for branch in self.part.branches if isinstance(self.part, _Either) else ():
            for place in _places(branch, self._next):
                yield from place._words()
                if not place.part.optional:
                    break


def _beginnings(word: str) -> list[str]:
    return [*(word[:end] for end in range(1, min(len(word), _LONGEST_GLUED))), word]


def _places(branch: Sequence[_Part], after: _Place | None) -> list[_Place]:
    places: list[_Place] = []
    for part in reversed(branch):
        after = _Place(part, after)
        places.append(after)
    return places[::-1]


class _State(dict[str, "_State"]):
    """Some words of a text read: `ends` names the lists of which a phrase is complete, `state[word]` goes on."""

    __slots__ = ("_automaton", "_places", "ends", "goes_on")

    def __init__(self, automaton: Automaton[Any], places: frozenset[_Place]) -> None:
        super().__init__()
        self._automaton = automaton
        self.ends = tuple(place.part.of for place in places if isinstance(place.part, _End))
        self._places = [place for place in places if not isinstance(place.part, _End)]
        self.goes_on = bool(self._places)

    def __missing__(self, word: str) -> _State:
        places = self._automaton.after(self._places, word) if word != _OVER else ()
        state = self._automaton.state(frozenset(places))
        if len(word) <= _LONGEST_GLUED:
            self[word] = state
        return state


class Automaton(Generic[Key]):
    """Tells where a phrase of which list begins."""

    def __init__(self, lists: Mapping[Key, Iterable[str]], concepts: Phrases) -> None:
        """`lists` are phrases by the name that `begun` gives; `concepts` what they name in braces.

        Raises KeyError for an unknown name, ValueError for a phrase that is not in the language.
        """
        reader = _Reader(concepts)
        self._root = _Place(
            _Either(tuple((reader.either(phrases), _End(name)) for name, phrases in lists.items())), None
        )
        self._spellings = reader.spellings
        self._forget()

    def _forget(self) -> None:
        self._states: dict[frozenset[_Place], _State] = {}
        self._known: dict[str, list[str]] = {}
        self._steps = 0
        self._start = self.state(frozenset([self._root]))

    def begun(self, row: Sequence[str]) -> dict[Key, list[int]]:
        """For each list the words of a `Words.row` at which a phrase of it begins, in order."""
        if self._steps > _MOST_STEPS:
            self._forget()
        begun: dict[Any, list[int]] = {}
        start, row = self._start, [*row, _OVER]
        for index in range(len(row) - 1):
            state, at = start[row[index]], index + 1
            while state.goes_on or state.ends:
                for name in state.ends:
                    places = begun.setdefault(name, [])
                    if not places or places[-1] != index:
                        places.append(index)
                state, at = state[row[at]], at + 1
        return begun

    def after(self, places: Iterable[_Place], word: str) -> set[_Place]:
        """The places after the whole word, which may be several words of a phrase glued together."""
        found: set[_Place] = set()
        known = self._beginnings(word)
        for place in places:
            by_spelling, any_word, any_part = place.after
            found |= any_word
            for begun in known:  # few: most beginnings of a word are no word of any phrase
                if begun in by_spelling:
                    found |= self._after_rest(by_spelling[begun], word[len(begun) :])
            for begun in _beginnings(word) if any_part else ():
                found |= self._after_rest(any_part, word[len(begun) :])
        return found

    def _after_rest(self, places: set[_Place], rest: str) -> set[_Place]:
        return self.after(places, rest) if rest else places

    def _beginnings(self, word: str) -> list[str]:
        """The beginnings of the word that some phrase spells a word as."""
        known = self._known.get(word)
        if known is None:
            known = [begun for begun in _beginnings(word) if begun in self._spellings]
            if len(word) <= _LONGEST_GLUED:
                self._known[word] = known
        return known

    def state(self, places: frozenset[_Place]) -> _State:
        """The state in which the text may go on with these places."""
        self._steps += 1
        if places not in self._states:
            self._states[places] = _State(self, places)
        return self._states[places]


class _Reader:
    """Reads the phrase language; each concept is read once."""

    def __init__(self, concepts: Phrases) -> None:
        self.spellings: set[str] = set()  # of every word read
        self._concepts = concepts
        self._read: dict[str, _Either] = {}

    def either(self, phrases: Iterable[str]) -> _Either:
        return _Either(tuple((self._alternatives(_PIECE.finditer(phrase), ""),) for phrase in phrases))

    def _named(self, name: str) -> _Either:
        if name not in self._read:
            self._read[name] = self.either(self._concepts[name])
        return self._read[name]

    def _alternatives(self, pieces: Iterator[re.Match[str]], closing: str) -> _Either:
        """Read up to the closing bracket (or the end): any of the parts between the bars may stand there."""
        branches: list[list[_Part]] = [[]]
        closed = ""
        for piece in pieces:
            name, gap, opens, closes, bar, word, star, other = piece.groups()
            if other:
                raise ValueError(f"phrase {piece.string!r}: {other!r} means nothing here")
            if closes:
                closed = closes
                break
            if bar:
                branches.append([])
            elif opens:
                inner = self._alternatives(pieces, _CLOSING[opens])
                branches[-1].append(_Either(((inner,), ())) if opens == "[" else inner)
            elif name:
                branches[-1].append(self._named(name))
            elif word:
                spelled = spellings(word.lower())
                self.spellings |= spelled
                branches[-1].append(_Word(spelled))
            else:
                branches[-1] += [_ENDING] if star else [_ANY] * _GAPS.get(gap, 0)
        if closed != closing:
            raise ValueError(f"a phrase misses {closing!r} or has {closed!r} too many")
        return _Either(tuple(map(tuple, branches)))
