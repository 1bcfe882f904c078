"""The design's tokens as the style sheet itself has them, so that the style guide shows each and no other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_SHEET = Path(__file__).resolve().parents[1] / "static" / "css" / "base.css"
_FIRST_BLOCK = re.compile(r"@layer tokens \{\s*:root \{(.*?)\n  \}", re.S)
_LINE = re.compile(r"^\s+--([\w-]+): (.+);$", re.M)
_SORTS: tuple[tuple[str, Promise, str], ...] = (
    ("colour", _("Màu: sáng và tối"), r"(?!)"),  # by its value, not by its name
    ("type", _("Cỡ chữ"), r"tiny|small|text|lead|title|head"),
    ("shape", _("Bo góc, khoảng cách, bóng"), r"r(-\w+)?|pad|control|seat|shadow"),
    ("motion", _("Nhịp chuyển động"), r"quick|slow"),
)


@dataclass(frozen=True)
class Token:
    """A custom property and its value as written."""

    name: str
    value: str


@dataclass(frozen=True)
class Sort:
    """Tokens that are shown in one way."""

    look: str
    title: Promise
    tokens: list[Token]


@cache
def tokens() -> list[Token]:
    """All of them, in the style sheet's order."""
    block = _FIRST_BLOCK.search(_SHEET.read_text("utf-8"))
    return [Token(*found) for found in _LINE.findall(block[1])] if block else []


def sorts() -> list[Sort]:
    """By the way they are shown: a colour is whatever has a light and a dark."""
    return [Sort(look, title, [one for one in tokens() if _shown(one) == look]) for look, title, _pattern in _SORTS]


def _shown(token: Token) -> str:
    if token.name != "shadow" and token.value.startswith("light-dark("):
        return "colour"
    found = (look for look, _title, pattern in _SORTS[1:] if re.fullmatch(pattern, token.name))
    return next(found, "")
