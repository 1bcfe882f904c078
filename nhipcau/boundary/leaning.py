"""The second look: does a text no rule knows lean, word by word, towards what the rules refuse?

Points of words and of pairs of neighbours stand in `rules/leaning.yaml`: above zero they are heard in what is
refused, below zero in ordinary union work. Each sentence is weighed alone, so a short refused one does not
drown in a long harmless letter. A lean refuses nothing: it asks for a second pair of eyes (`review`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import sqrt

import yaml

from nhipcau.boundary.words import fold, words

FEWEST_WORDS = 4
_SENTENCE = re.compile(r"[;.?!\n]+(?=\s|$)")
_DIGITS = re.compile(r"\S*\d\S*")


@dataclass(frozen=True)
class Scale:
    """What to weigh with: points per word or pair, the start, and the sum from which a text leans."""

    points: dict[str, int]
    start: int
    enough: int


def cues(sentence: str) -> list[str]:
    """The words and pairs of neighbours of a sentence, without marks, each once; figures read `0`."""
    row = [_DIGITS.sub("0", word) for word in fold(words(sentence).row).split()]
    return list(dict.fromkeys([*row, *(f"{a} {b}" for a, b in pairwise(row))]))


@cache
def scale() -> Scale:
    """The points as they stand in the rules, read once."""
    sheet = yaml.safe_load((files("nhipcau.boundary") / "rules" / "leaning.yaml").read_text(encoding="utf-8"))
    points = {cue: int(value) for value, listed in sheet["points"].items() for cue in listed.split(", ")}
    return Scale(points, sheet["start"], sheet["enough"])


def weight(sentence: str) -> float:
    """Sum of the points over the root of the number of cues, so that length alone tips nothing."""
    found, known = cues(sentence), scale()
    return known.start + sum(known.points.get(cue, 0) for cue in found) / sqrt(len(found) or 1)


def leaning_sentences(text: str) -> list[str]:
    """The sentences that weigh enough to be looked at; a title of two or three words says too little."""
    sentences = (part.strip() for part in _SENTENCE.split(text) if len(part.split()) >= FEWEST_WORDS)
    return [sentence for sentence in sentences if weight(sentence) >= scale().enough]
