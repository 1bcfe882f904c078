"""In what a column counts: đồng or triệu đồng, per cent or parts of one. Read from its heading, or from the note
above the table; where that is in doubt a person is asked. Pure: the confined reader uses it too."""

from __future__ import annotations

import re

from nhipcau.core.text import fold

_WAYS = {
    "nghìn": ("nghin|ngan|1[.,]?000|10\\^3", "ng|k"),
    "triệu": ("trieu|1[.,]?000[.,]?000|10\\^6", "tr"),
    "tỷ": ("1[.,]?000[.,]?000[.,]?000|10\\^9", "t[yi]"),
}  # in full, and what means it only before "đồng"
_LEAD = r"(?:(?:dvt|don vi tinh|don vi|tinh bang|tinh theo)\s*)?(?:x\s?)?"
_DONG = r"(?:dong|vnd|d)\b(?: viet nam)?"
_UNIT = {
    word: re.compile(rf"{_LEAD}(?:(?:{full})\.?\s?(?:{_DONG})?|(?:{short})\.?\s?{_DONG})(?:\s?/.*)?")
    for word, (full, short) in _WAYS.items()
}
_LAST = re.compile(r"(?<!\d)(?<!\d )\b(nghin|ngan|trieu|t[yi]) dong$")
_PIECES = re.compile(r"[()\[\]–:;]|,(?!\d)|\s-\s")
_NOTE = re.compile(r"\W*(?:dvt|don vi tinh|don vi)\s*:")
_MENTIONED = re.compile(r"\b(?:nghin|ngan|trieu|t[yi] dong|(?:tr|ng)\.?\s?d)\b|1[.,]?000\s?(?:d|vnd)|10\^")


def stated(heading: str) -> str:
    """The word of scale that is a heading's unit ("(triệu đồng)", "ĐVT: 1.000đ", "– tr.đ"), or "".

    In "Quà từ 1 triệu đồng (suất)" it is none.
    """
    for piece in reversed([piece.strip() for piece in _PIECES.split(fold(heading))]):
        for word, pattern in _UNIT.items():
            if pattern.fullmatch(piece):
                return word
        if last := _LAST.search(piece):
            return next(word for word, pattern in _UNIT.items() if pattern.fullmatch(f"{last[1]} dong"))
    return ""


def plain_dong(heading: str) -> bool:
    """Whether it states đồng as its unit, whatever a note above the table says."""
    return any(re.fullmatch(f"{_LEAD}{_DONG}", piece.strip()) for piece in _PIECES.split(fold(heading)))


def mentions(heading: str) -> bool:
    """Whether it speaks of thousands, millions or billions at all: then a person looks."""
    return _MENTIONED.search(fold(heading)) is not None


def noted(text: str) -> str:
    """The scale of a whole table, where this cell is the note above it ("Đơn vị tính: triệu đồng")."""
    return stated(text) if _NOTE.match(fold(text)) else ""
