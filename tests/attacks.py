"""Texts made to keep a regular expression busy: from each long repeat in it, its own head, its body over and
over, and an end that fits nothing."""

from __future__ import annotations

import re
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from re import _constants as sre  # type: ignore[attr-defined,unused-ignore]  # how the library itself reads expressions
from re import _parser  # type: ignore[attr-defined,unused-ignore]
from types import FrameType
from typing import Any

LONG = 16  # a repeat that can go on at least so often
MOST = 60  # attacks on one expression
LIMIT = 1.0  # seconds of processor time after which an attack is ended
_ANY = 'a7 .,;-(\t/:"!A'
_CLASSES: dict[Any, Callable[[str], bool]] = {
    sre.CATEGORY_DIGIT: str.isdigit,
    sre.CATEGORY_SPACE: str.isspace,
    sre.CATEGORY_WORD: lambda char: char.isalnum() or char == "_",
}
_OPPOSITE = {
    sre.CATEGORY_NOT_DIGIT: sre.CATEGORY_DIGIT,
    sre.CATEGORY_NOT_SPACE: sre.CATEGORY_SPACE,
    sre.CATEGORY_NOT_WORD: sre.CATEGORY_WORD,
}
Node = Sequence[tuple[Any, Any]]


@dataclass(frozen=True)
class Attack:
    """`head`, then `pump` as often as there is room, then `tail`."""

    head: str
    pump: str
    tail: str

    def text(self, length: int) -> str:
        """So many characters of it."""
        return self.head + self.pump * (length // len(self.pump)) + self.tail


def attacks_on(pattern: re.Pattern[str]) -> Iterator[Attack]:
    """Each once, the likeliest first."""
    tree = _parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
    pumps: dict[tuple[str, str], None] = {}
    for head, body in _repeats(tree, [""]):
        pumps |= dict.fromkeys([(head, body), ("", head + body), ("", head)])
    for text in _texts(tree, 3):
        pumps |= dict.fromkeys([("", text), ("", text[:-1])])
    made = (Attack(head, pump, tail) for head, pump in pumps if pump for tail in ("\x00", ""))
    return islice(made, MOST)


def seconds(pattern: re.Pattern[str], text: str, way: str) -> float:
    """Processor time of looking through the text, `LIMIT` at most: the engine heeds signals."""

    def over(_signal: int, _frame: FrameType | None) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGVTALRM, over)
    signal.setitimer(signal.ITIMER_VIRTUAL, LIMIT)
    begun = time.process_time()
    try:
        found = getattr(pattern, way)(text)
        if way == "finditer":
            for _ in found:
                pass
        return time.process_time() - begun
    except TimeoutError:
        return LIMIT
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _takes(item: tuple[Any, Any], char: str) -> bool:
    kind, value = item
    if kind is sre.LITERAL:
        return ord(char) == int(value)
    if kind is sre.RANGE:
        return bool(value[0] <= ord(char) <= value[1])
    if value in _OPPOSITE:
        return not _CLASSES[_OPPOSITE[value]](char)
    return _CLASSES[value](char)


def _members(items: Node) -> list[str]:
    """A few characters that a class takes."""
    listed = [item for item in items if item[0] is not sre.NEGATE]
    turned = len(listed) < len(items)
    own = [chr(value if kind is sre.LITERAL else value[0]) for kind, value in listed if kind is not sre.CATEGORY]
    known = [char for char in dict.fromkeys([*_ANY, *own]) if any(_takes(one, char) for one in listed) != turned]
    return known[:6] or ["a"]


def _texts(node: Node, most: int) -> list[str]:
    """Short texts that a part of the expression takes; what only looks around takes nothing."""
    made = [""]
    for kind, value in node:
        made = [text + more for text in made for more in _one(kind, value, most)]
        made = made[:: max(1, len(made) // most)][:most]
    return made


def _one(kind: Any, value: Any, most: int) -> list[str]:
    if kind in (sre.LITERAL, sre.ANY, sre.NOT_LITERAL):
        return [chr(value)] if kind is sre.LITERAL else ["a", " "]
    if kind is sre.IN:
        return _members(value)
    if kind is sre.BRANCH:
        return [text for branch in value[1] for text in _texts(branch, 2)][:8]
    if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        least, _most, body = value
        return [text * max(least, 1) for text in _texts(body, most)] + ([] if least else [""])
    inner = value[3] if kind is sre.SUBPATTERN else value if kind is sre.ATOMIC_GROUP else []
    return _texts(inner, most)


def _repeats(node: Node, heads: list[str]) -> Iterator[tuple[str, str]]:
    """(what leads to it, one round of it) for every long repeat."""
    for kind, value in node:
        for inner in _inside(kind, value):
            yield from _repeats(inner, heads)
        if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT) and value[1] >= LONG:
            yield from ((head, body) for head in heads for body in _texts(value[2], 5) if body)
        heads = [head + more for head in heads for more in _one(kind, value, 2)[:2]][:2] or heads


def _inside(kind: Any, value: Any) -> list[Node]:
    if kind is sre.BRANCH:
        return list(value[1])
    if kind is sre.SUBPATTERN:
        return [value[3]]
    if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        return [value[2]]
    return [value[1]] if kind in (sre.ASSERT, sre.ASSERT_NOT) else []
