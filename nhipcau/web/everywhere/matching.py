"""What is typed into the one box, and where it stands in a title: by beginnings of words, marks ignored."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from nhipcau.core.text import canonical, fold, nfc
from nhipcau.documents.search.marks import Span
from nhipcau.documents.search.words import Word, words
from nhipcau.reader.language.text import plain

LONGEST = 120  # letters; what is longer is cut
_MOST_WORDS = 8
_BEFORE, _WIDTH = 40, 180  # letters of an excerpt
T = TypeVar("T")


@dataclass(frozen=True)
class Wanted:
    """A search as typed. Every word must begin a word of what is found; one spelled alike goes first."""

    text: str

    @cached_property
    def words(self) -> tuple[Word, ...]:
        return tuple(words(self.text))[:_MOST_WORDS]

    def is_in(self, text: str) -> bool:
        """Whether every word wanted begins a word of the text."""
        there = {word.folded for word in words(text)}
        return all(any(one.startswith(want.folded) for one in there) for want in self.words)

    def rank(self, text: str) -> tuple[bool, bool, bool]:
        """Smaller is nearer: spelled alike as one phrase, word by word, then standing at the beginning."""
        phrase = canonical(text).lower()
        there = {word.exact for word in words(text)}
        alike = all(any(one.startswith(want.exact) for one in there) for want in self.words)
        return canonical(self.text).lower() not in phrase, not alike, not fold(text).startswith(fold(self.text))

    def nearest(self, rows: Iterable[tuple[str, T]], limit: int) -> list[T]:
        """Of (text, thing) those that hold what is wanted, the nearest first, else in the order given."""
        found = [(self.rank(text), one) for text, one in rows if self.is_in(text)]
        return [one for _, one in sorted(found, key=lambda pair: pair[0])[:limit]]

    def marked(self, text: str) -> list[Span]:
        """The text whole, cut where what is wanted begins and ends."""
        text = nfc(text)
        spans, place = [], 0
        for found in self._pattern.finditer(plain(text)) if self.words else ():
            spans += [Span(text[place : found.start()]), Span(text[found.start() : found.end()], hit=True)]
            place = found.end()
        return [span for span in (*spans, Span(text[place:])) if span.text]

    def excerpt(self, text: str) -> list[Span]:
        """A stretch of a long text around the first place that holds what is wanted; nothing where none does."""
        line = " ".join(nfc(text).split())
        found = self._pattern.search(plain(line)) if self.words else None
        if found is None:
            return []
        start = line.find(" ", max(0, found.start() - _BEFORE), found.start()) + 1 if found.start() > _BEFORE else 0
        return self.marked(line[start : start + _WIDTH])

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """Longer words first, so that one that begins another does not cut it short."""
        forms = sorted({re.escape(one.folded) for one in self.words}, key=len, reverse=True)
        return re.compile(rf"(?<![^\W_])0*(?:{'|'.join(forms)})")


def wanted(typed: str) -> Wanted:
    """Whatever is typed, as a search; what no keyboard prints is a blank."""
    printed = "".join(char if char.isprintable() else " " for char in nfc(typed))
    return Wanted(" ".join(printed.split())[:LONGEST].strip())
