"""Words of a scan and the values read from them: where each word stands, and which value is doubtful."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from nhipcau.core.said import Said, joined
from nhipcau.reader.language.text import normalise
from nhipcau.reader.language.words import PageWords, Word
from nhipcau.reader.model import Field, Reading, Span

SURE_WORD = 0.8  # tesseract's own confidence; of words below, one in four was wrong on the invented scans
SURE_FIGURE = 0.9  # a wrong figure looks as good as a right one
_CEILING = 0.6  # what a value can be at most that stands on a doubtful word: pages show it as "cần xem"
_AHEAD = 400  # characters in which a word is looked for; what normalising dropped is short
_SCALARS = (
    "doc_type", "number", "issuer", "parent_issuer", "place", "date", "subject", "authority", "title",
    "signer_name",
)  # fmt: skip
_LISTS = ("addressees", "recipients")


def placed(pages: tuple[PageWords, ...], text: str) -> tuple[PageWords, ...]:
    """The words with their spans in the normalised text; a word that is not there keeps none.

    Both run in the same order, so each word is looked for a little ahead of the one before.
    """
    at = 0
    found: list[PageWords] = []
    for page in pages:
        words: list[Word] = []
        for word in page.words:
            bare = normalise(word.text).strip()
            start = text.find(bare, at, at + _AHEAD) if bare else -1
            words.append(replace(word, span=(start, start + len(bare)) if start >= 0 else None))
            if start >= 0 and len(bare) > 1:
                at = start + len(bare)
        found.append(replace(page, words=tuple(words)))
    return tuple(found)


def doubted(reading: Reading) -> Reading:
    """The reading with less confidence wherever a value stands on words the recogniser was unsure of."""
    words = sorted((word for word in _all(reading) if word.span and is_doubtful(word)), key=_start)
    if not words:
        return reading
    changed: dict[str, Any] = {name: _field(getattr(reading, name), words) for name in _SCALARS}
    changed |= {name: tuple(_field(one, words) for one in getattr(reading, name)) for name in _LISTS}
    deadlines = tuple(
        replace(one, confidence=min(one.confidence, _CEILING)) if _within(one.span, words) else one
        for one in reading.deadlines
    )
    return replace(reading, deadlines=deadlines, **changed)


def is_doubtful(word: Word) -> bool:
    """Whether a person should look at the word: figures must be surer than letters, and signs say nothing."""
    if not any(map(str.isalnum, word.text)):
        return False
    return word.confidence < (SURE_FIGURE if any(map(str.isdigit, word.text)) else SURE_WORD)


def _field(field: Field, words: list[Word]) -> Field:
    hit = _within(field.span, words)
    if hit is None or field.confidence <= _CEILING:
        return field
    why = Said(
        f"máy nhận dạng không chắc chữ “{hit.text}”", f"the recogniser was not sure of the word “{hit.text}”"
    )
    return replace(field, confidence=_CEILING, why=joined("; ", filter(None, (field.why, why))))


def _within(span: Span | None, words: list[Word]) -> Word | None:
    """The least sure doubtful word that touches the span."""
    if span is None:
        return None
    first = bisect_left(words, span[0] - 80, key=_start)
    touching = [word for word in words[first:] if word.span and word.span[0] < span[1] and word.span[1] > span[0]]
    return min(touching, key=lambda word: word.confidence, default=None)


def _all(reading: Reading) -> Iterator[Word]:
    for page in reading.pages:
        yield from page.words


def _start(word: Word) -> int:
    return word.span[0] if word.span else 0
