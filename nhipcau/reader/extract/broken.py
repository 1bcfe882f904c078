"""Is a text what the page shows? A font without a true map to Unicode gives letters that mean nothing.

Such a text must not be "put right" by a table ("Cơng đồn" may be "Công đoàn", but "đồn" is a word too): a page is
read again as a picture, and where there is no picture a person is told.
"""

from __future__ import annotations

import re

from nhipcau.core.said import Said
from nhipcau.reader.language.syllables import accented, is_syllable, is_unmarked_syllable

_WORD = re.compile(r"[^\W\d_]{2,}")
_ENGLISH = re.compile(r"\b(?:the|of|and|in|is|for|with|that)\b")
_FEWEST = 20  # words below which nothing is proven
# Measured on real letters: at most 0.5 % impossible words as typed, 1.7 % as read by a machine; where a font map
# turns "ô" into "ơ", 2.4 to 13 %.
_MOST_IMPOSSIBLE = 0.02
_DISTINCT = 4  # different ones; a single foreign name may stand in every line
_MOST_STUCK = 0.1
_MOST_LOST = 0.03
_MOST_DROPPED = 0.1
_LOST = Said("mất chữ", "letters are missing")
_STUCK = Said("dính chữ", "words run together")
_WRONG = Said("sai chữ", "letters are wrong")
_LONGEST_WORD = 8  # letters of the longest syllable, "nghiêng" and one to spare


def fault_of(text: str, *, lost: int = 0) -> Said | None:
    """What is wrong with the letters; None if they can be what the page shows.

    `lost` is the number of drawn letters for which the file names no character at all.
    """
    letters = sum(map(str.isalpha, text))
    strange = lost + sum(char == "\ufffd" or "\ue000" <= char <= "\uf8ff" for char in text)
    if strange > max(_MOST_LOST * letters, 3):
        return _LOST
    words = _WORD.findall(text)
    if len(words) < _FEWEST or len(_ENGLISH.findall(text.lower())) > 0.03 * len(words):
        return None
    if sum(len(word) > 2 * _LONGEST_WORD for word in words) > _MOST_STUCK * len(words):
        return _STUCK
    marked = accented(text)
    wrong = [word for word in marked if not is_syllable(word)]
    if len(wrong) > _MOST_IMPOSSIBLE * len(marked) and len(set(wrong)) >= _DISTINCT:
        return _WRONG
    # Letters dropped: "ngy thng nm" is left of "ngày tháng năm"; "ngay thang nam" is only typed without marks.
    plain = [word for word in words if word.islower() and word.isascii()]
    dropped = sum(not is_unmarked_syllable(word) for word in plain)
    return _LOST if dropped > _MOST_DROPPED * len(words) else None
