"""The words of a text, and the terms under which a letter is found.

A term is a word with a mark in front that says what it is. Both databases index the same bag of terms; neither is
asked to fold, to split or to rank anything, for none does it right on every input (ADR 0014).

    cong        the word, diacritics dropped          cong_doan   two neighbours
    =công       the word as it is spelled
    ^cong  ^cong_doan  ^=công                         the same, standing in the number or the subject
    #56  #56_kh  #kh                                  part of the number
    @song  @song_lam                                  part of the issuer's name, or its letters in the symbol
    %ke_hoach                                         the type of document
    ~12                                               the unit whose letter it is
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from nhipcau.core.text import canonical, fold, nfc
from nhipcau.documents.models import Document

_RUN = re.compile(r"[^\W_]+")
_LONGEST = 40  # letters; what is longer is no word, and is cut alike in letters and in queries
_BYTES = 800_000  # of one letter's terms: PostgreSQL refuses a tsvector of a megabyte


class Word(NamedTuple):
    """A word of a text: as it is spelled (lower case, one spelling per tone) and without diacritics."""

    exact: str
    folded: str


def words(text: str) -> list[Word]:
    """The words in order; signs part them, leading zeros of figures are dropped ("09/3" is "9/3")."""
    return [_word(run) for run in _RUN.findall(nfc(text))]


@lru_cache(maxsize=65_536)
def _word(run: str) -> Word:
    run = canonical(run)  # of each word once: of every text it would take longer than all the rest
    if run.isascii() and run.isdigit():
        run = run.lstrip("0") or "0"
    exact = run.lower()[:_LONGEST]
    return Word(exact, fold(exact)[:_LONGEST] or exact)


def terms(document: Document) -> str:
    """Every term of a letter once, parted by blanks: identity first, so that only a vast text loses its end."""
    found = " ".join(dict.fromkeys(_all(document)))
    encoded = found.encode()
    return found if len(encoded) <= _BYTES else encoded[:_BYTES].decode(errors="ignore").rpartition(" ")[0]


def _all(document: Document) -> Iterator[str]:
    number, subject, kind = words(document.number), words(document.subject), words(document.doc_type)
    issuer = words(document.issuer)
    yield f"~{document.unit_id}"
    yield "%" + "_".join(word.folded for word in kind)
    yield from tagged("#", number)
    yield from tagged("@", issuer)
    yield from (f"@{word.folded}" for word in number[-1:] if not word.folded.isdigit())
    for head in (number, subject):
        yield from tagged("^", head)
        yield from exact(head, "^")
    others = (
        document.parent_issuer,
        document.place,
        document.signer_title,
        document.signer_name,
        *document.addressees,
        *document.recipients,
        document.text,
    )
    for stream in (number, kind, subject, issuer, *map(words, others)):
        yield from tagged("", stream)
        yield from exact(stream)


def tagged(mark: str, stream: Sequence[Word]) -> Iterator[str]:
    """Each word and each pair of neighbours, without diacritics."""
    yield from [f"{mark}{word.folded}" for word in stream]
    yield from pairs(mark, stream)


def pairs(mark: str, stream: Iterable[Word]) -> Iterator[str]:
    """Each pair of neighbours, without diacritics."""
    yield from [f"{mark}{first.folded}_{second.folded}" for first, second in pairwise(stream)]


def exact(stream: Iterable[Word], mark: str = "") -> Iterator[str]:
    """Each word as it is spelled."""
    yield from [f"{mark}={word.exact}" for word in stream]


def telling(asked: Iterable[str]) -> frozenset[str]:
    """Those of the terms that the others do not imply: what holds two neighbours holds both words, what holds a
    spelling holds the word, and what stands in the number or the subject stands in the letter.

    Every term asked for costs the index a look.
    """
    found = frozenset(asked)
    return found - {implied for term in found for implied in _implied(term)}


@lru_cache(maxsize=65_536)
def _implied(term: str) -> tuple[str, ...]:
    mark = term[0] if term[0] in "^#@" else ""
    rest, parts = term[len(mark) :], list[str]()
    if rest.startswith("="):
        parts = [fold(rest[1:])[:_LONGEST] or rest[1:]]
    elif "_" in rest and not rest.startswith("%"):
        parts = rest.split("_")
    anywhere = [rest, *parts] if mark == "^" else []
    return (*anywhere, *(f"{mark}{part}" for part in parts))
