"""Signs that fonts draw for codes of their own: bullets, boxes and ligatures become what a typist would type."""

from __future__ import annotations

import re
import unicodedata

_PRIVATE = re.compile("[\ue000-\uf8ff]")
_LIGATURES = re.compile("[\ufb00-\ufb06]")
_DASH = {0x2D, 0xB7, 0xA7, 0xD8, 0x76, 0x6E, 0x6C, 0xA8, 0x71, 0x77, 0xFC, 0xE0, 0xF0}  # Symbol, Wingdings: bullets


def from_symbol_font(code: str) -> str:
    """The sign of a w:sym by its code in hexadecimal ("F0B7"): a bullet is a dash, any other sign a space."""
    try:
        number = int(code, 16) & 0xFF
    except ValueError:
        return " "
    return "-" if number in _DASH else " "


def typed(text: str) -> str:
    """Ligatures taken apart; a private sign that opens a line is its bullet, elsewhere it says nothing."""
    text = _LIGATURES.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    text = re.sub(r"(?m)^([ \t]*)[\ue000-\uf8ff]+[ \t]*", r"\1- ", text)
    return _PRIVATE.sub("", text)
