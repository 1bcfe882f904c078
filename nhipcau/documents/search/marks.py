"""Where a search hit a text: the words as they are spelled there, and the stretch that shows most of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models.functions import Left

from nhipcau.core.text import canonical, nfc
from nhipcau.documents.models import Document
from nhipcau.documents.search.finding import Hit
from nhipcau.documents.search.query import Query
from nhipcau.documents.search.words import Word
from nhipcau.reader.language.text import plain

WIDTH = 260  # letters of an excerpt
_BEFORE = 60
_READ = 40_000  # letters of a text looked through: some fifteen pages, so that a long one costs no more
_MATCHES = 400
_OUTSIDE_WORD, _WORD_ENDS = r"(?<![^\W_])", r"(?![^\W_])"


class Span(NamedTuple):
    """A stretch of the original text; `hit` if it is what was sought."""

    text: str
    hit: bool = False


@dataclass(frozen=True)
class _Match:
    start: int
    end: int
    what: str
    spelled: bool


def marked(text: str, query: Query) -> list[Span]:
    """A short text whole, cut where hits begin and end; joined, the spans are the text (NFC) again."""
    text = nfc(text)
    return _cut(text, 0, len(text), _matches(text, query))


def excerpt(text: str, query: Query) -> list[Span]:
    """The stretch that holds most of what was sought, in its own spelling; the beginning if nothing does."""
    text = nfc(text)[:_READ]
    matches = _matches(text, query)
    first = max(range(len(matches)), key=lambda place: (_worth(matches, place), -place), default=None)
    begin = max(0, matches[first].start - _BEFORE) if first is not None else 0
    begin = _word_start(text, begin)
    end = min(len(text), begin + WIDTH)
    end = (
        max(text.rfind(" ", begin, end), matches[first].end if first is not None else 0) if end < len(text) else end
    )
    return _cut(text, begin, end, matches)


def excerpts(hits: Iterable[Hit], query: Query) -> dict[int, list[Span]]:
    """The excerpt of every letter found, by its key; nothing where no words were sought."""
    keys = [hit.pk for hit in hits]
    if not _sought(query):
        return {}
    texts = Document.objects.filter(pk__in=keys).values_list("pk", Left("text", _READ))
    return {pk: excerpt(text, query) for pk, text in texts if text}


def _matches(text: str, query: Query) -> list[_Match]:
    sought = _sought(query)
    if not sought:
        return []
    forms = sorted({_form(words) for words in sought}, key=len, reverse=True)
    exact = {" ".join(word.exact for word in words) for words in sought}
    pattern = re.compile(f"{_OUTSIDE_WORD}(?:{'|'.join(forms)}){_WORD_ENDS}")
    folded = plain(text)
    found = []
    for match in pattern.finditer(folded):
        spelling = " ".join(re.findall(r"[^\W_]+", canonical(text[match.start() : match.end()]).lower()))
        found.append(_Match(match.start(), match.end(), match.group(), spelling in exact))
        if len(found) == _MATCHES:
            break
    return found


def _sought(query: Query) -> list[tuple[Word, ...]]:
    return [piece.words for piece in query.free] + [(word,) for word in query.either]


def _form(words: Sequence[Word]) -> str:
    return r"[\W_]+".join(f"0*{one.folded}" if one.folded.isdigit() else re.escape(one.folded) for one in words)


def _worth(matches: list[_Match], place: int) -> tuple[int, int]:
    """How many different things stand in the stretch that begins there, and how many spelled as typed."""
    reach = matches[place].start - _BEFORE + WIDTH
    near = [one for one in matches[place : place + 12] if one.end <= reach]
    return len({one.what for one in near}), sum(one.spelled for one in near)


def _word_start(text: str, place: int) -> int:
    """The beginning of the next word, unless the text begins here."""
    blank = text.find(" ", place, place + _BEFORE) if place else -1
    return blank + 1 if blank >= 0 else place


def _cut(text: str, begin: int, end: int, matches: list[_Match]) -> list[Span]:
    spans, place = [], begin
    for match in matches:
        if match.start < place or match.end > end:
            continue
        spans += [Span(text[place : match.start]), Span(text[match.start : match.end], hit=True)]
        place = match.end
    return [span for span in (*spans, Span(text[place:end])) if span.text]
