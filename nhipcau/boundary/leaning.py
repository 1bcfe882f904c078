"""The second look: does a line read, word by word, like what the rules refuse or like ordinary union work?

Points of words, of neighbours, of words one apart, of beginnings and of the rules' concepts stand in
`rules/leaning.tsv`: above zero they are heard in what is refused, below zero in ordinary work. A concept tells
that a word never seen means what others do. Each sentence is weighed alone, so a short refused one does not
drown in a long harmless text. A lean is no ground by itself: it refuses only what a rule is about, and lets pass
what a rule found only where no part of the line reads like anything but ordinary work (see `engine.check`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import sqrt

from nhipcau.boundary.lexicon import book
from nhipcau.boundary.words import fold, words

FEWEST_WORDS = 4
_SENTENCE = re.compile(r"(?<![;.?!\n])[;.?!\n]+(?=\s|$)")
_CLAUSE = re.compile(r"[;,:.)]\s|\s\(|\s(?:và|va|đồng thời|and)\s", re.IGNORECASE)
_DIGITS = re.compile(r"(?<!\S)\S*\d\S*")


@dataclass(frozen=True)
class Weight:
    """Hundredths of a logit, 0 = as likely either way.

    `leans`: anything but ordinary work; `crosses`: something to refuse.
    """

    leans: float
    crosses: float


@dataclass(frozen=True)
class Scale:
    """What to weigh with: two columns of points per cue, and where the sums start."""

    points: dict[str, tuple[int, int]]
    start: tuple[int, int]


def cues(sentence: str) -> list[str]:
    """What a sentence is weighed by, without marks, each once; figures read `0`.

    Words, pairs of neighbours, pairs with one word between (`a _ b`), how it begins (`^ a`, `^ a b`), and which
    lists of the rules have a phrase in it (`{people}`, `{people!}`).
    """
    heard = words(sentence)
    row = [_DIGITS.sub("0", word) for word in fold(heard.row).split()]
    pairs = [f"{a} {b}" for a, b in pairwise(row)]
    apart = [f"{a} _ {b}" for a, b in zip(row, row[2:], strict=False)]
    begins = [f"^ {' '.join(row[:length])}" for length in (1, 2) if len(row) >= length]
    lists = [f"{{{phrase.list_of}}}" for phrase in book().automaton.begun(heard.each)]
    return list(dict.fromkeys([*row, *pairs, *apart, *begins, *lists]))


@cache
def scale() -> Scale:
    """The points as they stand in the data, read once."""
    sheet = (files("nhipcau.boundary") / "rules" / "leaning.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in sheet.splitlines() if not line.startswith("#")]
    points = {cue: (int(leans), int(crosses)) for leans, crosses, cue in rows}
    return Scale(points, points.pop(""))


def weigh(sentence: str) -> Weight:
    """Start and points over the root of the number of cues, so that length alone tips nothing."""
    found, known = cues(sentence), scale()
    sums = (sum(column) for column in zip((0, 0), *(known.points.get(cue, (0, 0)) for cue in found), strict=True))
    return Weight(*(start + total / sqrt(len(found) or 1) for start, total in zip(known.start, sums, strict=True)))


def clauses(text: str) -> list[str]:
    """The parts of a line that could stand alone, however short."""
    return [part.strip() for part in _CLAUSE.split(text) if part.strip()]


def sentences(text: str) -> list[str]:
    """The sentences long enough to be weighed; a title of two or three words says too little."""
    return [part.strip() for part in _SENTENCE.split(text) if len(part.split()) >= FEWEST_WORDS]
