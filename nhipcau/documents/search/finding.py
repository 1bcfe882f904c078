"""Full-text search over letters: what a post may see, exact spelling first, a page at a time.

A rank is where the words stand, not how often: in letters of office the one *about* a thing has it in its number
or subject. Each rank is a condition that the index answers newest first, and all go in one statement, so a page
costs the same at any depth and no hit is read that is not shown (ADR 0014).
"""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields
from functools import lru_cache, partial
from typing import Any

from django.db import connection
from django.db.models.expressions import RawSQL

from nhipcau.documents.models import Document, RegisterEntry
from nhipcau.documents.rights import reads_contents
from nhipcau.documents.search.engine import Bounds, Condition, engine
from nhipcau.documents.search.query import Query
from nhipcau.documents.search.ranks import Order, better, preferences, required
from nhipcau.documents.search.rows import NEVER
from nhipcau.documents.search.words import telling
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


_WIDTH, _ENTRY = len(fields(Hit)), "entry__"
# Letters with their line in the register, if they have one, as what was picked in the index is joined to them.
_SHOWN = ", ".join(
    f"line.{one.name.removeprefix(_ENTRY)}" if one.name.startswith(_ENTRY) else f"letter.{one.name}"
    for one in fields(Hit)
    if one.name != "pk"
)
_LETTERS = (
    f"JOIN {Document._meta.db_table} letter ON letter.id = picked.document_id "
    f"LEFT JOIN {RegisterEntry._meta.db_table} line ON line.document_id = letter.id"
)


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
    after = shown[-1].place if len(found) > size else None
    # A letter that may never be found is left out, whatever the index says.
    return Found([one.hit for one in shown if one.hit.state not in NEVER], after)


@dataclass(frozen=True)
class _Picked:
    """A letter as the index gave it: where, what a list shows of it and, where phrases are asked, its text."""

    place: Place
    hit: Hit
    folded: str


def _matching(scope: Scope, query: Query, order: Order, place: Place, size: int) -> list[_Picked]:
    """From the place on: rank after rank, the newest first; only whole phrases count."""
    units, wanted = _units(scope), required(query)
    # A small office's letters are not sought among everybody's.
    bounds, own = _bounds(scope, query, units), frozenset(f"~{unit}" for unit in units if len(units) <= _FEW)
    one_of = (own, frozenset(word.folded for word in query.either))
    ranks = list(dict.fromkeys(wanted | more for more in preferences(query, order)))
    conditions = [
        Condition(telling(every), one_of, tuple(map(telling, better(every, ranks[:rank]))))
        for rank, every in enumerate(ranks)
    ]
    forms = [_form(tuple(word.folded for word in one.words)) for one in query.pieces if len(one.words) >= _PHRASE]
    found: list[_Picked] = []
    while place.rank < len(ranks):
        statement, params = engine().pick(bounds, conditions[place.rank :], place.below, size)
        part = _read(statement, params, place.rank, texts=bool(forms))
        found += [one for one in part if all(form.search(one.folded) for form in forms)]
        if len(found) >= size or len(part) < size:
            break
        place = part[-1].place
    return found[:size]


def _read(statement: str, params: Sequence[Any], first: int, *, texts: bool) -> list[_Picked]:
    """What the statement picks, with what is shown of each letter: each statement costs a way to and fro."""
    text = ", letter.folded" if texts else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT picked.rank, letter.id, {_SHOWN}{text} FROM ({statement}) AS picked {_LETTERS} "  # noqa: S608
            "ORDER BY picked.rank, letter.id DESC",
            params,
        )
        return [_picked(first + rank, shown) for rank, *shown in cursor.fetchall()]


def _picked(rank: int, shown: list[Any]) -> _Picked:
    """From the columns of a row: those of `Hit`, and the text behind them where it was asked for."""
    for column, read in _readings(connection.vendor):
        shown[column] = read(shown[column])
    return _Picked(Place(rank, shown[0]), Hit(*shown[:_WIDTH]), shown[_WIDTH] if len(shown) > _WIDTH else "")


@lru_cache
def _readings(_vendor: str) -> list[tuple[int, Callable[[Any], Any]]]:
    """What makes of a column what its field holds: some databases keep days and uids as text."""
    found: list[tuple[int, Callable[[Any], Any]]] = []
    own = {one.attname: one for one in Document._meta.concrete_fields}
    for column, one in enumerate(fields(Hit)):
        if one.name in own:
            shown = own[one.name].cached_col
            converters = (*connection.ops.get_db_converters(shown), *shown.get_db_converters(connection))
            found += [(column, partial(read, expression=shown, connection=connection)) for read in converters]
    return found


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


@lru_cache(maxsize=256)
def _form(phrase: tuple[str, ...]) -> re.Pattern[str]:
    words = (f"0*{word}" if word.isdigit() else re.escape(word) for word in phrase)
    return re.compile(r"(?<![^\W_])" + r"[\W_]+".join(words) + r"(?![^\W_])")
