"""The numbers and bullets that Word prints by itself: they are not in the text of a paragraph."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from nhipcau.reader.extract.word.package import Package, w, whole
from nhipcau.reader.extract.word.styles import Styles, value_of

_LETTERS = "abcdefghijklmnopqrstuvwxyz"  # Word counts in English whatever the language: no đ
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_MOST = 10_000  # a list longer than that is no list
_DEEPEST = 8  # Word's lists have nine levels


@dataclass(frozen=True)
class _Level:
    kind: str
    text: str  # "%1.%2."
    start: int


class Lists:
    """Counts as it is asked, so ask once for each paragraph, in reading order."""

    def __init__(self, package: Package, styles: Styles) -> None:
        self._styles = styles
        self._levels = _levels(package.related("numbering"))
        self._counts: Counter[tuple[str, int]] = Counter()

    def mark(self, paragraph: Any) -> str:
        """What stands before the paragraph, with a space behind it; "" for one that belongs to no list."""
        key = self._key(paragraph)
        level = self._levels.get(key) if key else None
        if key is None or level is None:
            return ""
        number, depth = key
        self._counts[key] = min(self._counts[key] + 1 if key in self._counts else level.start, _MOST)
        for other in [k for k in self._counts if k[0] == number and k[1] > depth]:
            del self._counts[other]  # a deeper level starts anew
        return self._printed(number, level)

    def _key(self, paragraph: Any) -> tuple[str, int] | None:
        number = depth = None
        for properties in self._styles.paragraph_properties(paragraph):
            listed = properties.find(w("numPr"))
            number = number or value_of(listed, "numId")
            depth = depth or value_of(listed, "ilvl")
        return None if number in (None, "0") else (str(number), whole(depth, 0, _DEEPEST))

    def _printed(self, number: str, level: _Level) -> str:
        if level.kind == "bullet":
            return "+ " if level.text.strip() == "+" else "- "
        if level.kind == "none":
            return ""

        def count(found: re.Match[str]) -> str:
            depth = int(found[1]) - 1
            other = self._levels.get((number, depth), level)
            return _counted(other.kind, self._counts.get((number, depth), other.start))

        return re.sub(r"%([1-9])", count, level.text).strip() + " "


def _levels(root: Any) -> dict[tuple[str, int], _Level]:
    """(list, depth) to what is printed there."""
    if root is None:
        return {}
    abstract = {one.get(w("abstractNumId")): _of(one) for one in root.iterchildren(w("abstractNum"))}
    found: dict[tuple[str, int], _Level] = {}
    for number in root.iterchildren(w("num")):
        identity = number.get(w("numId"))
        levels = dict(abstract.get(value_of(number, "abstractNumId"), {}))
        for override in number.iterchildren(w("lvlOverride")):
            levels |= _of(override)
            depth = whole(override.get(w("ilvl")), 0, _DEEPEST)
            if depth in levels:
                start = whole(value_of(override, "startOverride"), levels[depth].start, _MOST)
                levels[depth] = replace(levels[depth], start=start)
        found |= {(identity, depth): level for depth, level in levels.items()}
    return found


def _of(parent: Any) -> dict[int, _Level]:
    found = {}
    for level in parent.iterchildren(w("lvl")):
        found[whole(level.get(w("ilvl")), 0, _DEEPEST)] = _Level(
            value_of(level, "numFmt") or "decimal",
            value_of(level, "lvlText") or "",
            whole(value_of(level, "start"), 1, _MOST),
        )
    return found


def _counted(kind: str, count: int) -> str:
    if kind in ("lowerLetter", "upperLetter") and 0 < count <= len(_LETTERS):
        letter = _LETTERS[count - 1]
        return letter.upper() if kind == "upperLetter" else letter
    if kind in ("upperRoman", "lowerRoman") and 0 < count < 40:
        return _roman(count) if kind == "upperRoman" else _roman(count).lower()
    return f"{count:02d}" if kind == "decimalZero" else str(count)


def _roman(count: int) -> str:
    text = ""
    for value, sign in _ROMAN:
        times, count = divmod(count, value)
        text += sign * times
    return text
