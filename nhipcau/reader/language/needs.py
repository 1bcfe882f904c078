"""What a text must hold for an expression to match it, read off the expression itself.

A text without any figure holds no date, whatever else the expression of a date says. Looking for a few words is
many times quicker than trying an expression at every place; as they are not written down a second time, they
cannot contradict it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from importlib import import_module
from itertools import chain, product
from typing import Any

# The library's own reading of expressions, which the stubs do not know.
_constants, _parser = import_module("re._constants"), import_module("re._parser")
DIGIT = r"\d"  # stands for any
Clauses = frozenset[frozenset[str]]  # of each clause the text must hold one

_MOST = 24  # spellings of a run of letters
_FEW = 12  # letters of a class that are worth spelling out
_OFTEN = 3  # times that a part is worth repeating
_SHORTEST = 2  # letters of a word worth looking for: single ones stand everywhere
_BLANK = frozenset({" "})  # any blanks, as `held` reads them
_BLANKS = re.compile(" +")
_ANY_DIGIT = re.compile(DIGIT)
_Spelled = frozenset[str] | None  # all that a part of an expression can match, None if that is too much to list
_Read = tuple[_Spelled, list[frozenset[str]]]  # and the clauses beside it
_NOTHING: frozenset[str] = frozenset({""})


def needed(expression: str) -> Clauses:
    """Sets of texts; whatever the expression matches holds one of each set (lower case, without flags).

    In these texts a blank stands for any run of blanks.
    """
    return _worth(_all_of(_sequence(_parser.parse(expression))))


ByFirst = dict[str, list[str]]


def by_first(texts: Iterable[str]) -> ByFirst:
    """Texts of clauses by their first words: where such a word is missing, none of its texts need be looked for."""
    found: ByFirst = {}
    for one in sorted(texts):
        found.setdefault(first_of(one), []).append(one)
    return found


def first_of(text: str) -> str:
    """The first word of a text of a clause."""
    return text.split(maxsplit=1)[0]


def held(text: str, texts: ByFirst) -> set[str]:
    """Which of some texts of clauses it holds."""
    squeezed = f" {' '.join(text.split())} "
    found = {one for first, ones in texts.items() if first in squeezed for one in ones if one in squeezed}
    return found | {DIGIT} if has_digit(text) else found


def has_digit(text: str) -> bool:
    return _ANY_DIGIT.search(text) is not None


def tightness(clause: frozenset[str]) -> tuple[int, int]:
    """How few texts a clause lets through: long words are rare, and a few of them rarer than many."""
    return min((2 if one == ":" else len(one.strip()) for one in clause), default=0), -len(clause)


def _worth(clauses: Iterable[frozenset[str]]) -> Clauses:
    """The clauses of words, each without those that hold another one of it."""
    squeezed = (frozenset(_BLANKS.sub(" ", one) for one in clause) for clause in clauses)
    return frozenset(
        frozenset(one for one in clause if not any(other in one and other != one for other in clause))
        for clause in squeezed
        if tightness(clause)[0] >= _SHORTEST
    )


def _sequence(parts: Any) -> _Read:
    """What the parts spell one after the other, and what else they need."""
    clauses: list[frozenset[str]] = []
    run, whole = _NOTHING, True
    for kind, of in parts:
        spelled, more = _part(kind, of)
        clauses += more
        if spelled is not None and len(run) * len(spelled) <= _MOST:
            run = frozenset(map("".join, product(run, spelled)))
        else:
            clauses.append(run)
            run, whole = spelled or _NOTHING, False
    return (run, clauses) if whole else (None, [*clauses, run])


def _part(kind: Any, of: Any) -> _Read:
    read = _READERS.get(kind)
    return read(of) if read else (None, [])


def _inside(of: Any) -> _Read:
    return _sequence(of[-1])


def _beside(of: Any) -> _Read:
    """What must stand before or behind takes no room itself."""
    return _NOTHING, _all_of(_sequence(of[-1]))


def _class(of: Any) -> _Read:
    if of == [(_constants.CATEGORY, _constants.CATEGORY_DIGIT)]:
        return None, [frozenset({DIGIT})]
    if of == [(_constants.CATEGORY, _constants.CATEGORY_SPACE)]:
        return _BLANK, []
    letters = [_letters(kind, one) for kind, one in of]
    few = all(letters) and sum(map(len, letters)) <= _FEW
    return (frozenset(map(chr, chain(*letters))), []) if few else (None, [])


def _letters(kind: Any, of: Any) -> range:
    """The codes of a letter or range of letters; none for anything else that may stand in a class."""
    if kind is _constants.LITERAL:
        return range(of, of + 1)
    return range(of[0], of[1] + 1) if kind is _constants.RANGE else range(0)


def _branches(of: Any) -> _Read:
    """Each branch gives all it can spell, or else its tightest clause."""
    branches = [_sequence(branch) for branch in of[1]]
    if all(spelled is not None for spelled, _ in branches):
        return frozenset[str]().union(*(spelled for spelled, _ in branches if spelled)), []
    chosen = [max(_worth(_all_of(branch)), key=tightness, default=_NOTHING) for branch in branches]
    return None, [frozenset[str]().union(*chosen)]


def _repeated(of: Any) -> _Read:
    least, most, parts = of
    spelled, clauses = _sequence(parts)
    if spelled == _BLANK:
        return spelled | _NOTHING if least == 0 else spelled, []
    if spelled is not None and most <= _OFTEN and len(spelled) ** most <= _MOST:
        times = range(least, most + 1)
        return frozenset("".join(ones) for often in times for ones in product(spelled, repeat=often)), []
    return None, _all_of((spelled, clauses)) if least else []


def _all_of(read: _Read) -> list[frozenset[str]]:
    spelled, clauses = read
    return clauses if spelled is None else [*clauses, spelled]


_READERS: dict[Any, Callable[[Any], _Read]] = {
    _constants.LITERAL: lambda of: (frozenset({chr(of)}), []),
    _constants.AT: lambda of: (_NOTHING, []),
    _constants.ASSERT_NOT: lambda of: (_NOTHING, []),
    _constants.ASSERT: _beside,
    _constants.SUBPATTERN: _inside,
    _constants.BRANCH: _branches,
    _constants.MAX_REPEAT: _repeated,
    _constants.MIN_REPEAT: _repeated,
    _constants.IN: _class,
}
