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
from dataclasses import dataclass, field, fields
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models.expressions import RawSQL

from nhipcau.documents.models import Document
from nhipcau.documents.rights import reads_contents
from nhipcau.documents.search.engine import Bounds, Condition, engine
from nhipcau.documents.search.query import Piece, Query
from nhipcau.documents.search.ranks import Order, better, preferences, required
from nhipcau.documents.search.rows import NEVER
from nhipcau.org.scope import Scope

PAGE = 20
_FEW = 16  # units; a scope of so few is asked of the index itself
_LISTED = 200  # units; a scope of so many is named one by one in the statement
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
    units, wanted = _units(scope), required(query)
    # A small office's letters are not sought among everybody's.
    bounds, terms = _bounds(scope, query, units), frozenset(f"~{unit}" for unit in units if len(units) <= _FEW)
    ranks = list(dict.fromkeys(wanted | more for more in preferences(query, order)))
    conditions = [Condition(every, terms, better(every, ranks[:rank])) for rank, every in enumerate(ranks)]
    phrases = [piece for piece in query.pieces if len(piece.words) >= _PHRASE]
    found: list[tuple[int, int]] = []
    while place.rank < len(ranks):
        part = engine().pick(bounds, conditions[place.rank :], place.below, size)
        part = [(place.rank + rank, pk) for rank, pk in part]
        found += _whole(part, phrases) if phrases else part
        if len(found) >= size or len(part) < size:
            break
        place = Place(*part[-1])
    return found[:size]


def _units(scope: Scope) -> list[int]:
    """The visible units, or as many of them as show that they are too many to list."""
    sql, params = _compiled(_Sought(scope))
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return sorted({scope.unit.pk, *(unit for (unit,) in cursor.fetchall())})


@dataclass(frozen=True)
class _Sought:
    """A scope by what its statement depends on: the text and parameters, never the units found, may be kept."""

    scope: Scope = field(compare=False)
    key: tuple[str, int, dt.date] = ("", 0, dt.date.min)

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", (connection.vendor, self.scope.unit.pk, self.scope.day))


@lru_cache(maxsize=512)
def _compiled(sought: _Sought) -> tuple[str, tuple[Any, ...]]:
    """The statement for the visible units. Django takes longer to build it than the database to answer it."""
    return sought.scope.unit_ids()[: _LISTED + 1].query.sql_with_params()


def _bounds(scope: Scope, query: Query, units: Sequence[int]) -> Bounds:
    """Own letters, and registered ones of the units below: the rule of `queries`, asked row by row of the index.

    Newest first and with a limit, that looks at little more than a page of rows. A large office's units are never
    listed.
    """
    if len(units) <= _LISTED:
        below, params = f"r.unit_id IN ({', '.join(map(str, units))})", list[Any]()
    else:
        above = scope.unit_ids().filter(descendant=RawSQL("r.unit_id", ()))
        sql, found = above.values("pk").query.sql_with_params()
        below, params = f"EXISTS ({sql})", list(found)
    where, params = f"(r.unit_id = %s OR (NOT r.waiting AND {below}))", [scope.unit.pk, *params]
    for sign, day in ((">=", query.first), ("<=", query.last)):
        if day is not None:
            where, params = f"{where} AND r.dated {sign} %s", [*params, connection.ops.adapt_datefield_value(day)]
    return Bounds(where, tuple(params))


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
