"""Which demand of a new letter stands for which of the letter it replaces: the same work in nearly the same words.

Pure. A pair that is not plain is no pair: work left with its old words misleads nobody, under other words it would.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from nhipcau.core.text import canonical, fold

ALIKE = 0.75  # shared words and pairs of words, of all that both have
CLEARLY = 0.1  # how far the next best must lie behind

# A new letter changes days and quantities; they say nothing of the work.
_WORD = re.compile(r"[^\W\d_]+")
_OF_TIME = {"truoc", "sau", "ngay", "thang", "nam", "quy", "cham", "nhat", "muon", "het", "han", "thoi", "gian"}
_MANY = re.compile(r"^(?:cac|toan the|tat ca(?: cac)?|moi) ")


class Demand(NamedTuple):
    """What is asked, and of whom ("" if that is not said apart)."""

    work: str
    who: str = ""


Words = Counter[tuple[str, ...]]


def counterparts(old: Sequence[Demand], new: Sequence[Demand]) -> dict[int, int]:
    """For places in `old` the place in `new` that asks the same; each is used once, the most alike first."""
    before, after = [_words(one) for one in old], [_words(one) for one in new]
    scores = {
        (i, j): score
        for i, first in enumerate(before)
        for j, second in enumerate(after)
        if (score := _likeness(first, second)) >= ALIKE - CLEARLY and _same_body(old[i].who, new[j].who)
    }
    found: dict[int, int] = {}
    for (i, j), score in sorted(scores.items(), key=lambda one: (-one[1], one[0])):
        if score < ALIKE or i in found or j in found.values():
            continue
        rivals = [
            scores[k, m] for k, m in scores if (k == i) != (m == j) and k not in found and m not in found.values()
        ]
        if max(rivals, default=0.0) <= score - CLEARLY:
            found[i] = j
    return found


def _words(demand: Demand) -> Words:
    words = [word for word in _WORD.findall(fold(canonical(demand.work))) if word not in _OF_TIME]
    return Counter([(word,) for word in words]) + Counter(pairwise(words))


def _likeness(first: Words, second: Words) -> float:
    """Dice's coefficient of two bags, 0 to 1."""
    whole = first.total() + second.total()
    return 2 * (first & second).total() / whole if whole else 0.0


def _same_body(first: str, second: str) -> bool:
    """ "Các công đoàn cơ sở" and "Công đoàn cơ sở trực thuộc" may be the same, "Công đoàn cấp trên" is another."""
    bare = [_MANY.sub("", " ".join(_WORD.findall(fold(canonical(one))))) for one in (first, second)]
    return not all(bare) or bare[0] in bare[1] or bare[1] in bare[0]
