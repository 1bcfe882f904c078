"""How misspelt a text is: OCR slips and lost letters mostly leave no syllable ("TRUYÈN", "TÍCSN")."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from nhipcau.reader.language.syllables import is_syllable

_WORD = re.compile(r"[^\W\d_]+")


def _counts(word: str) -> bool:
    """Abbreviations (UBND, GD, ĐTXH) are not judged; a word in small letters or with a tone mark is."""
    return len(word) > 1 and (not word.isupper() or not word.isascii()) and not _is_abbreviation(word)


def _is_abbreviation(word: str) -> bool:
    """No vowel but Đ-like capitals ("CĐCS", "LĐLĐ"), or capitals inside ("TTr", "BGDĐT", "VNeID")."""
    folded = unicodedata.normalize("NFD", word)
    vowels = sum(char in "aeiouyAEIOUYăâêôơưĂÂÊÔƠƯ" for char in folded)
    if not vowels or (word.isupper() and word.replace("Đ", "").isascii()):
        return True
    return not word.isupper() and any(char.isupper() for char in word[1:])


def misspelt(text: str) -> int:
    """How many words of `text` cannot be Vietnamese."""
    return sum(map(_is_misspelt, _WORD.findall(text)))


@lru_cache(maxsize=8192)  # the words of letters repeat; judging them took a fiftieth of reading
def _is_misspelt(word: str) -> bool:
    return _counts(word) and not is_syllable(word)


def noise(text: str) -> float:
    """The share of words that cannot be Vietnamese, 0 to 1."""
    words = [word for word in _WORD.findall(text) if _counts(word)]
    return sum(not is_syllable(word) for word in words) / len(words) if words else 0.0
