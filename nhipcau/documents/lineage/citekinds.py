"""What a letter does with one it names: read from the words in front, where they say it plainly."""

from __future__ import annotations

import re

from nhipcau.documents.models import CitationKind
from nhipcau.reader.language.text import plain

_BEFORE = 160  # letters: the verb stands in the same sentence, before the type and the number
_SENTENCE = re.compile(r"[.!?]\s|\n\s*\n")
# What was done to the named letter by others says nothing of this one.
_DONE = "(?:sua doi|bo sung|thay the|bai bo|huy bo|thu hoi|dinh chinh)"
_PASSIVE = rf"(?:duoc|da|bi)\s+{_DONE}(?:(?:,|\s+va)?\s*{_DONE})*"
_WORDS = (
    (CitationKind.CITES, _PASSIVE),
    (CitationKind.GROUND, r"can cu"),
    (CitationKind.REPLIES, r"tra loi|phuc dap"),
    (CitationKind.REPLACES, r"thay the|thay cho"),
    (CitationKind.AMENDS, r"sua doi|bo sung|dinh chinh"),
    (CitationKind.RECALLS, r"thu hoi|bai bo|huy bo"),
    (CitationKind.IMPLEMENTS, r"thuc hien|trien khai|quan triet|theo"),
)
_ANY = re.compile("|".join(rf"(?P<{kind.name}>\b(?:{words})\b)" for kind, words in _WORDS))


def kind_of(text: str, start: int) -> CitationKind:
    """The last such word before the symbol at `start`, in its own sentence; CITES if there is none."""
    before = plain(text[max(0, start - _BEFORE) : start])
    sentence = _SENTENCE.split(before)[-1]
    # The first verb governs a list: "Căn cứ … của … về triển khai …" is a ground.
    found = list(_ANY.finditer(sentence))
    if not found:
        return CitationKind.CITES
    ruling = next((one for one in found if one.lastgroup == CitationKind.GROUND.name), found[-1])
    return CitationKind[ruling.lastgroup or CitationKind.CITES.name]
