"""What a text must hold for an expression to match it, read off the expression itself.

A text without any figure holds no date, whatever else the expression of a date says. Looking for a few words is
many times quicker than trying an expression at every place; as they are not written down a second time, they
cannot contradict it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import product
from re import _constants, _parser  # type: ignore[attr-defined] # the library's own reading of expressions
from typing import Any

DIGIT = r"\d"  # stands for any
Clauses = frozenset[frozenset[str]]  # of each clause the text must hold one

_MOST = 64  # spellings of a run of letters
_SHORTEST = 2  # letters of a word worth looking for: single ones stand everywhere
_ANY_DIGIT = re.compile(DIGIT)
_Spelled = frozenset[str] | None  # all that a part of an expression can match, None if that is too much to list
_Read = tuple[_Spelled, list[frozenset[str]]]  # and the clauses beside it
_NOTHING: frozenset[str] = frozenset({""})


def needed(expression: str) -> Clauses:
    """Sets of texts; whatever the expression matches holds one of each set (lower case, without flags)."""
    return _worth(_all_of(_sequence(_parser.parse(expression))))


def held(text: str, texts: Iterable[str]) -> set[str]:
    """Which of some texts of clauses it holds."""
    found = {one for one in texts if one in text}
    return found | {DIGIT} if _ANY_DIGIT.search(text) else found


def _worth(clauses: Iterable[frozenset[str]]) -> Clauses:
    """The clauses of words, each without those that hold another one of it."""
    return frozenset(
        frozenset(one for one in clause if not any(other in one and other != one for other in clause))
        for clause in clauses
        if all(one == DIGIT or len(one) >= _SHORTEST for one in clause)
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
    digit = of == [(_constants.CATEGORY, _constants.CATEGORY_DIGIT)]
    return None, [frozenset({DIGIT})] if digit else []


def _branches(of: Any) -> _Read:
    """Each branch gives all it can spell, or else the clause with the fewest texts."""
    branches = [_sequence(branch) for branch in of[1]]
    if all(spelled is not None for spelled, _ in branches):
        return frozenset[str]().union(*(spelled for spelled, _ in branches if spelled)), []
    chosen = [min(_worth(_all_of(branch)), key=len, default=_NOTHING) for branch in branches]
    return None, [frozenset[str]().union(*chosen)]


def _repeated(of: Any) -> _Read:
    least, most, parts = of
    spelled, clauses = _sequence(parts)
    if spelled is not None and most == 1:
        return spelled | _NOTHING if least == 0 else spelled, []
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
