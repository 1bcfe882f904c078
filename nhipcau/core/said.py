"""Sentences of the system's own, in both its languages: Vietnamese as text, English beside it.

The pure packages explain themselves to people and know nothing of pages. So each sentence is written twice where it
is made, and whoever shows it takes the one its reader wants.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


class Said(str):
    """A Vietnamese sentence that knows its English. It *is* its Vietnamese text: it prints, compares and is put
    into JSON as such, and any text made of it (a slice, an f-string) is plain text again."""

    en: str

    def __new__(cls, vi: str, en: str) -> Said:
        made = super().__new__(cls, vi)
        made.en = en
        return made

    def __reduce__(self) -> tuple[type[Said], tuple[str, str]]:
        return Said, (str(self), self.en)


UNSAID = Said("", "")


def english(text: str) -> str:
    """The English of a sentence; any other text (a name, a person's own words) as it is."""
    return text.en if isinstance(text, Said) else text


def joined(separator: str, parts: Iterable[str]) -> Said:
    """Several as one, in both languages."""
    listed = list(parts)
    return Said(separator.join(listed), separator.join(map(english, listed)))


def packed(text: str) -> Any:
    """As plain JSON that keeps both languages; what has but one stays text."""
    return {"vi": str(text), "en": text.en} if isinstance(text, Said) and text.en != text else str(text)


def unpacked(value: Any) -> Said:
    """The inverse of `packed`. Raises KeyError for what it never made."""
    vi, en = (value["vi"], value["en"]) if isinstance(value, dict) else (value, value)
    return Said(str(vi), str(en))
