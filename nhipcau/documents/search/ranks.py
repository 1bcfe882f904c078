"""What a query asks of the index, and what makes one hit better than another: sets of terms, nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import product

from nhipcau.documents.search.engine import Terms
from nhipcau.documents.search.query import Field, Piece, Query
from nhipcau.documents.search.words import exact, pairs, tagged

_MARKS = {Field.TEXT: "", Field.NUMBER: "#", Field.ISSUER: "@"}


class Order(StrEnum):
    """NEWEST: by arrival. RANKED: in number or subject first, then side by side, then by arrival.

    In both the spelling as typed comes first, where the person typed any diacritics.
    """

    NEWEST = "newest"
    RANKED = "ranked"


def required(query: Query) -> Terms:
    """The terms that every hit has."""
    return frozenset(term for piece in query.pieces for term in _terms(piece))


def _terms(piece: Piece) -> Iterator[str]:
    if piece.field is Field.TYPE:
        yield "%" + "_".join(word.folded for word in piece.words)
    else:
        yield from tagged(_MARKS[piece.field], piece.words)


def preferences(query: Query, order: Order) -> list[Terms]:
    """What the ranks ask beyond what is required, the best first; the last asks nothing more."""
    ranked = order is Order.RANKED
    both = (True, False)
    flags = product(*(both if asked else (False,) for asked in (query.accented, ranked, ranked)))
    return [
        frozenset(_wished(query, spelled=spelled, heading=heading, together=together))
        for spelled, heading, together in flags
    ]


def better(every: Terms, ranks: Iterable[Terms]) -> tuple[Terms, ...]:
    """What a letter with `every` term lacks to belong to one of the ranks before: the least sets that say so."""
    more = {rank - every for rank in ranks}
    return tuple(sorted((one for one in more if not any(other < one for other in more)), key=sorted))


def _wished(query: Query, *, spelled: bool, heading: bool, together: bool) -> Iterator[str]:
    """Terms of a rank: words as spelled, in number or subject, neighbours as typed."""
    mark = "^" if heading else ""
    for piece in query.free:
        yield from tagged(mark, piece.words)
        yield from exact(piece.words, mark) if spelled else ()
    if together:
        yield from pairs(mark, [word for piece in query.free for word in piece.words])
