"""The letters of a PDF page with their places, turned upright."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from dataclasses import dataclass, replace

import pypdfium2 as pdfium
from pypdfium2 import raw

_LINE_END_HYPHEN = 2  # how pdfium marks a hyphen at the end of a line
_MOST = 60_000  # letters on a page; a page for people has some four thousand
_SAMPLE = 16  # every so many letters are asked for their direction
_NONE = (0, 0xFFFE, 0xFFFF)


@dataclass(frozen=True, slots=True)
class Char:
    """One letter and its box in points; `spaced` if the file itself has a space before it."""

    char: str
    left: float
    right: float
    bottom: float
    top: float
    spaced: bool
    index: int

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def center(self) -> float:
        return (self.left + self.right) / 2

    @property
    def height(self) -> float:
        return self.top - self.bottom


@dataclass(frozen=True)
class PageChars:
    """Letters in the order of the file; `quarter` turns (anticlockwise) lie on the page, here undone.

    `lost` letters are drawn, but the file does not say which they are.
    """

    chars: tuple[Char, ...]
    lost: int
    quarter: int


def page_chars(textpage: pdfium.PdfTextPage) -> PageChars:
    """The letters that stand in the direction most of them stand in; a stamp across the margin is left out."""
    found: list[Char] = []
    lost = 0
    box = raw.FS_RECTF()
    spaced = False
    for index in range(min(textpage.count_chars(), _MOST)):
        code = raw.FPDFText_GetUnicode(textpage, index)
        if code in _NONE:
            lost += not raw.FPDFText_IsGenerated(textpage, index)
            continue
        char = "-" if code in (_LINE_END_HYPHEN, 0xAD) else chr(code)
        drawn = not char.isspace() and _is_drawn(char)
        if drawn and raw.FPDFText_GetLooseCharBox(textpage, index, ctypes.byref(box)):
            found.append(Char(char, box.left, box.right, box.bottom, box.top, spaced, index))
        spaced = char.isspace()
    quarter = _most_common_quarter(textpage, found)
    if quarter:
        found = [_turned(char, quarter) for char in found if _quarter(textpage, char.index) == quarter]
    return PageChars(tuple(found), lost, quarter)


def _is_drawn(char: str) -> bool:
    """Private signs are drawn, though Python does not call them printable."""
    return char.isprintable() or "\ue000" <= char <= "\uf8ff"


def _quarter(textpage: pdfium.PdfTextPage, index: int) -> int:
    angle = raw.FPDFText_GetCharAngle(textpage, index)
    return round(angle / (math.pi / 2)) % 4 if angle > 0 else 0


def _most_common_quarter(textpage: pdfium.PdfTextPage, chars: list[Char]) -> int:
    counted = Counter(_quarter(textpage, char.index) for char in chars[::_SAMPLE])
    return counted.most_common(1)[0][0] if counted else 0


def _turned(char: Char, quarter: int) -> Char:
    (x0, y0), (x1, y1) = turned(char.left, char.bottom, quarter), turned(char.right, char.top, quarter)
    return replace(char, left=min(x0, x1), right=max(x0, x1), bottom=min(y0, y1), top=max(y0, y1))


def turned(x: float, y: float, quarter: int) -> tuple[float, float]:
    """The point after `quarter` turns clockwise about the origin."""
    for _ in range(quarter):
        x, y = y, -x
    return x, y


def font_of(textpage: pdfium.PdfTextPage, index: int) -> str | None:
    """The name of the font a letter is drawn with."""
    buffer = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    length = raw.FPDFText_GetFontInfo(textpage, index, buffer, len(buffer), ctypes.byref(flags))
    return buffer.value.decode("utf-8", "replace") if 0 < length <= len(buffer) else None
