"""The two databases' indexes behind one small interface: which letters hold these terms?

Neither ranks: a rank is a condition of its own (`ranks`), so that no search has to read every hit.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from django.db import connection
from django.db.backends.utils import CursorWrapper

ROWS = "documents_searchrow"
INDEX = "documents_searchindex"
_LAST = 2**63 - 1
_PORTION = 5_000  # terms read at once
_VOCABULARY = f"CREATE VIRTUAL TABLE temp.documents_searchterms USING fts5vocab('main', '{INDEX}', 'row')"
_CLEAR = f"INSERT INTO {INDEX}({INDEX}) VALUES ('delete-all')"  # noqa: S608

Terms = frozenset[str]


@dataclass(frozen=True)
class Condition:
    """All of `every`, one of each set in `one_of` (if there are any), and not all of any set in `but_not`."""

    every: Terms = frozenset()
    one_of: tuple[Terms, ...] = ()
    but_not: tuple[Terms, ...] = ()


def weight_of(term: str) -> int:
    """A number for a term, so that two bags of terms are compared by their sums."""
    return crc32(term.encode())


@dataclass(frozen=True)
class Bounds:
    """Which rows come into question: a condition over `r`, documents_searchrow, as text and its parameters."""

    where: str
    params: tuple[Any, ...]


class Engine(ABC):
    """What both databases do alike, and what each says in its own words.

    The statements are written out: Django took three times as long to build one as the database to answer it.
    """

    quote: str
    also: str
    either: str
    without: str
    source: str  # the rows, newest first, under a term condition and below a key
    order: str

    def pick(self, bounds: Bounds, conditions: Sequence[Condition], below: int, size: int) -> tuple[str, list[Any]]:
        """The statement, and its parameters, for (`rank`, the place of its condition, `document_id`) of the first
        `size` rows: condition after condition, the newest first; of the first only letters whose key is `below`.

        The branches are read in order and only until there are enough rows.
        """
        branches = [
            self._branch(place, one, bounds, below if place == 0 else _LAST, size)
            for place, one in enumerate(conditions)
        ]
        statement = " UNION ALL ".join(branch for branch, _params in branches)
        return f"{statement} LIMIT {size}", [param for _branch, params in branches for param in params]

    def _branch(
        self, place: int, condition: Condition, bounds: Bounds, below: int, size: int
    ) -> tuple[str, list[Any]]:
        wanted = self._notation(condition)
        # Only a bare date asks for no term: then there is one condition, and the table is walked by key.
        source, order = (self.source, self.order) if wanted else (_WALK, "r.document_id")
        picked = f"SELECT r.document_id {source} AND {bounds.where} ORDER BY {order} DESC LIMIT {size}"
        params = [wanted, below, *bounds.params] if wanted else [below, *bounds.params]
        return f"SELECT {place} AS rank, document_id FROM ({picked}) AS rank{place}", params  # noqa: S608

    def _notation(self, condition: Condition) -> str:
        """The condition for the index. Terms hold letters, digits and our marks, never a quote."""
        asked = ((condition.every, self.also), *((terms, self.either) for terms in condition.one_of))
        wanted = self.also.join(self._group(terms, by) for terms, by in asked if terms)
        unless = self.either.join(self._group(terms, self.also) for terms in condition.but_not)
        return wanted + (f"{self.without}({unless})" if unless else "")

    def _group(self, terms: Terms, by: str) -> str:
        return "(" + by.join(f"{self.quote}{term}{self.quote}" for term in sorted(terms)) + ")"

    @abstractmethod
    def weight(self) -> int | None:
        """Sum of `weight_of` over every term of every letter in the index; None where it cannot leave its table."""

    @abstractmethod
    def fill(self, cursor: CursorWrapper, load: Callable[[], int]) -> int:
        """Empty the table and its index, whatever they hold, and `load` the rows; how many."""


_TERMS = "documents_terms(r.terms)"  # as the index of migration 0008 has it
_WALK = f"FROM {ROWS} r WHERE r.document_id < %s"


def engine() -> Engine:
    """The engine of the database in use."""
    return _Gin() if connection.vendor == "postgresql" else _Fts5()


class _Fts5(Engine):
    """SQLite: a table of FTS5 whose content is documents_searchrow. It walks the newest first and stops early."""

    quote, also, either, without = '"', " AND ", " OR ", " NOT "
    source = (
        f"FROM {INDEX} i CROSS JOIN {ROWS} r ON r.document_id = i.rowid WHERE i.{INDEX} MATCH %s AND i.rowid < %s"
    )
    order = "i.rowid"

    def weight(self) -> int | None:
        # FTS5's own check is a write, which a reader's snapshot cannot do while others write.
        with connection.cursor() as cursor:
            cursor.execute(_VOCABULARY)
            try:
                cursor.execute("SELECT term, doc FROM temp.documents_searchterms")
                portions = iter(lambda: cursor.fetchmany(_PORTION), [])
                return sum(weight_of(term) * int(documents) for rows in portions for term, documents in rows)
            finally:
                cursor.execute("DROP TABLE temp.documents_searchterms")

    def fill(self, cursor: CursorWrapper, load: Callable[[], int]) -> int:
        cursor.execute(f"DELETE FROM {ROWS}")  # noqa: S608
        cursor.execute(_CLEAR)
        count = load()
        cursor.execute(f"ANALYZE {ROWS}")
        return count


class _Gin(Engine):
    """PostgreSQL: a GIN index over the terms as a tsvector.

    Ordered by an expression, so that it always asks the index and sorts what it found. By the key itself the
    planner, which takes terms for independent, would sometimes walk the whole table instead.
    """

    quote, also, either, without = "'", " & ", " | ", " & !"
    source = f"FROM {ROWS} r WHERE {_TERMS} @@ %s::tsquery AND r.document_id < %s"
    order = "r.document_id + 0"

    def weight(self) -> int | None:
        return None

    def fill(self, cursor: CursorWrapper, load: Callable[[], int]) -> int:
        """The index is made last and at once: row by row it would take ten times as long.

        The rows are counted before it: in the transaction that makes an index PostgreSQL does not know yet that
        nothing is to be counted in it, and with such counts it would split every letter's terms anew for a common
        word (50 s instead of 0.1 s at 100,000 letters).
        """
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no index is made while checks are put off
        cursor.execute(f"DROP INDEX IF EXISTS {INDEX}")
        cursor.execute(f"TRUNCATE {ROWS}")
        count = load()
        cursor.execute(f"ANALYZE {ROWS}")
        cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
        cursor.execute(f"CREATE INDEX {INDEX} ON {ROWS} USING gin (documents_terms(terms))")
        cursor.execute(f"ALTER INDEX {INDEX} ALTER COLUMN 1 SET STATISTICS 0")  # to count terms is to read them all
        return count
