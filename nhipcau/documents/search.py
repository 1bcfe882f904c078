"""Full-text search over letters: what a post may see, exact spelling first, a page at a time.

A rank is where the words stand, not how often: in letters of office the one *about* a thing has it in its number
or subject. Each rank is a condition that the index answers newest first, and all go in one statement, so a page
costs the same at any depth and no hit is read that is not shown (ADR 0014).
"""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache

from django.db.models import Exists, OuterRef, Q, QuerySet

from nhipcau.documents.models import Document, SearchRow
from nhipcau.documents.ranks import Order, preferences, required
from nhipcau.documents.rights import reads_contents
from nhipcau.documents.searchengine import Condition, engine
from nhipcau.documents.searchquery import Piece, Query
from nhipcau.documents.searchrows import NEVER
from nhipcau.org.scope import Scope

PAGE = 20
_FEW = 64  # units; a scope of so few is asked of the index itself
_PHRASE = 3  # words; a phrase as long is more than its pairs of neighbours


@dataclass(frozen=True)
class Place:
    """Where a page ends: the rank and the last letter shown. It reads and prints as "2-1234"."""

    rank: int = 0
    below: int = 2**63 - 1

    @classmethod
    def read(cls, text: str) -> Place:
        """The place printed in an address; whatever else stands there is the beginning."""
        found = re.fullmatch(r"([0-9]{1,2})-([0-9]{1,18})", text, re.ASCII)
        return cls(int(found[1]), int(found[2])) if found else cls()

    def __str__(self) -> str:
        return f"{self.rank}-{self.below}"


@dataclass(frozen=True)
class Hit:
    """A letter found, as a list shows it. `entry__number` and `entry__suffix`: its line, if it has one."""

    pk: int
    uid: uuid.UUID
    unit_id: int
    direction: str
    state: str
    doc_type: str
    number: str
    issuer: str
    subject: str
    dated: dt.date | None
    received_on: dt.date | None
    entry__number: int | None
    entry__suffix: str | None


_COLUMNS = tuple(one.name for one in fields(Hit))


@dataclass(frozen=True)
class Found:
    """A page of letters in order; `after` is where the next page begins."""

    hits: list[Hit]
    after: Place | None = None


def search(
    scope: Scope, query: Query, *, order: Order = Order.NEWEST, place: Place | None = None, size: int = PAGE
) -> Found:
    """The letters that the post may see and that hold everything asked for. An empty query finds nothing."""
    if query.is_empty or not reads_contents(scope):
        return Found([])
    found = _matching(scope, query, order, place or Place(), size + 1)
    shown = found[:size]
    after = Place(*shown[-1]) if len(found) > size else None
    return Found(_hits([pk for _rank, pk in shown]), after)


def _matching(scope: Scope, query: Query, order: Order, place: Place, size: int) -> list[tuple[int, int]]:
    """(rank, letter) from the place on: rank after rank, the newest first; only whole phrases count."""
    units, wanted = _few(scope), required(query)
    rows, terms = _within(_visible(scope, units), query), frozenset(f"~{unit}" for unit in units)
    ranks = list(dict.fromkeys(wanted | more for more in preferences(query, order)))
    conditions = [Condition(every, terms, tuple(ranks[:rank])) for rank, every in enumerate(ranks)]
    phrases = [piece for piece in query.pieces if len(piece.words) >= _PHRASE]
    found: list[tuple[int, int]] = []
    while place.rank < len(ranks):
        part = engine().pick(rows, conditions[place.rank :], place.below, size)
        part = [(place.rank + rank, pk) for rank, pk in part]
        found += _whole(part, phrases) if phrases else part
        if len(found) >= size or len(part) < size:
            break
        place = Place(*part[-1])
    return found[:size]


def _few(scope: Scope) -> frozenset[int]:
    """The units in sight if they are few, else none of them: a small office's hits are not sought among
    everybody's, and a large one's units are never listed."""
    units = {*scope.unit_ids()[: _FEW + 1], scope.unit.pk}
    return frozenset(units) if len(units) <= _FEW else frozenset()


def _visible(scope: Scope, units: frozenset[int]) -> QuerySet[SearchRow]:
    """Own letters, and registered ones of the units below: the rule of `queries`, asked row by row of the index.

    Newest first and with a limit, that looks at little more than a page of rows.
    """
    seen = scope.unit_ids()
    below = Q(unit__in=units) if units else Q(Exists(seen.filter(descendant=OuterRef("unit_id"))))
    return SearchRow.objects.filter(Q(unit=scope.unit) | (Q(waiting=False) & below))


def _within(rows: QuerySet[SearchRow], query: Query) -> QuerySet[SearchRow]:
    rows = rows.filter(dated__gte=query.first) if query.first else rows
    return rows.filter(dated__lte=query.last) if query.last else rows


def _whole(part: Sequence[tuple[int, int]], phrases: Sequence[Piece]) -> Iterator[tuple[int, int]]:
    """Those of the letters in which every phrase stands as a whole."""
    keys = [pk for _rank, pk in part]
    folded = dict(Document.objects.filter(pk__in=keys).values_list("pk", "folded"))
    forms = [_form(tuple(word.folded for word in piece.words)) for piece in phrases]
    return (one for one in part if all(form.search(folded.get(one[1], "")) for form in forms))


@lru_cache(maxsize=256)
def _form(phrase: tuple[str, ...]) -> re.Pattern[str]:
    words = (f"0*{word}" if word.isdigit() else re.escape(word) for word in phrase)
    return re.compile(r"(?<![^\W_])" + r"[\W_]+".join(words) + r"(?![^\W_])")


def _hits(keys: Sequence[int]) -> list[Hit]:
    """The letters in that order; one that may never be found is left out, whatever the index says."""
    rows = Document.objects.filter(pk__in=keys).exclude(state__in=NEVER).values_list(*_COLUMNS)
    by_key = {row[0]: Hit(*row) for row in rows}
    return [by_key[key] for key in keys if key in by_key]
