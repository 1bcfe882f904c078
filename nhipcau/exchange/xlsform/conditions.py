"""A condition of XLSForm (a little XPath) in the language of our rules, or None where it says more than that."""

from __future__ import annotations

import re
from collections.abc import Mapping

from nhipcau.core.errors import InvalidInput
from nhipcau.reports.design.expressions import Expression

# Numbers, figures, the value itself, comparisons, arithmetic, and/or/not, brackets: nothing else is read.
_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)|\$\{\s*(?P<name>[^}\s]+)\s*\}|(?P<word>and|or|not|div)\b"
    r"|(?P<sign><=|>=|!=|[-=<>()+*])|(?P<self>\.)(?![\d.]))"
)
_WORDS = {"div": "/", "=": "=="}


def translated(text: str, own: str, codes: Mapping[str, str]) -> str | None:
    """The check that says the same. `own` is the figure the condition belongs to, `codes` those it may read."""
    parts, place = [], 0
    while place < len(text.rstrip()):
        found = _TOKEN.match(text, place)
        if found is None or (found["name"] and found["name"] not in codes):
            return None
        name = own if found["self"] else codes[found["name"]] if found["name"] else ""
        plain = found["number"] or found["word"] or found["sign"] or ""
        parts.append(name or _WORDS.get(plain, plain))
        place = found.end()
    check = " ".join(parts)
    try:
        return check if Expression(check).reads else None
    except InvalidInput:
        return None
