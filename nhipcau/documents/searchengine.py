"""The two databases' indexes behind one small interface: which letters hold these terms?

Neither ranks: a rank is a condition of its own (`ranks`), so that no search has to read every hit.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from django.db import connection
from django.db.models import F, QuerySet

from nhipcau.documents.models import SearchRow

ROWS = "documents_searchrow"
INDEX = "documents_searchindex"
_LAST = 2**63 - 1
_PORTION = 5_000  # terms read at once
_VOCABULARY = f"CREATE VIRTUAL TABLE temp.documents_searchterms USING fts5vocab('main', '{INDEX}', 'row')"
_CLEAR = f"INSERT INTO {INDEX}({INDEX}) VALUES ('delete-all')"  # noqa: S608

Terms = frozenset[str]


@dataclass(frozen=True)
class Condition:
    """All of `every`, one of `any_of` (if there are any), and not all of any set in `but_not`."""

    every: Terms = frozenset()
    any_of: Terms = frozenset()
    but_not: tuple[Terms, ...] = ()


def weight_of(term: str) -> int:
    """A number for a term, so that two bags of terms are compared by their sums."""
    return crc32(term.encode())


class Engine(ABC):
    """What both databases do alike, and what each says in its own words."""

    quote: str
    also: str
    either: str
    without: str

    def pick(
        self, rows: QuerySet[SearchRow], conditions: Sequence[Condition], below: int, size: int
    ) -> list[tuple[int, int]]:
        """(place of its condition, letter) for the first `size` of the rows: condition after condition, the newest
        first; of the first condition only letters whose key is `below`.

        One statement. The branches are read in order and only until there are enough rows.
        """
        conditions = [one for one in conditions if one.every or one.any_of] or [Condition()]
        branch = self._branch(rows, indexed=bool(conditions[0].every or conditions[0].any_of))
        # Compiled once: the branches differ in two parameters.
        sql, params = branch.values_list("document_id").query.sql_with_params()
        statement = " UNION ALL ".join(
            f"SELECT {place}, document_id FROM ({sql} LIMIT {size}) AS rank{place}"  # noqa: S608 - our own text
            for place in range(len(conditions))
        )
        filled = [
            self._filled(one, condition, below if place == 0 else _LAST)
            for place, condition in enumerate(conditions)
            for one in params
        ]
        with connection.cursor() as cursor:
            cursor.execute(f"{statement} LIMIT {size}", filled)
            return [(place, pk) for place, pk in cursor.fetchall()]

    def _filled(self, param: Any, condition: Condition, below: int) -> Any:
        if param == _MATCH:
            return self._notation(condition)
        return below if param == _BELOW else param

    def _notation(self, condition: Condition) -> str:
        """The condition for the index. Terms hold letters, digits and our marks, never a quote."""
        asked = ((condition.every, self.also), (condition.any_of, self.either))
        wanted = self.also.join(self._group(terms, by) for terms, by in asked if terms)
        unless = self.either.join(self._group(terms, self.also) for terms in condition.but_not)
        return wanted + (f"{self.without}({unless})" if unless else "")

    def _group(self, terms: Terms, by: str) -> str:
        return "(" + by.join(f"{self.quote}{term}{self.quote}" for term in sorted(terms)) + ")"

    @abstractmethod
    def _branch(self, rows: QuerySet[SearchRow], *, indexed: bool) -> QuerySet[SearchRow]:
        """The rows under a condition and below a key, both still to be filled in, the newest first."""

    @abstractmethod
    def weight(self) -> int | None:
        """Sum of `weight_of` over every term of every letter in the index; None where it cannot leave its table."""

    @abstractmethod
    def clear(self) -> None:
        """Empty the index, whatever it holds; its table is empty too."""


_MATCH, _BELOW = "\0match", "\0below"  # no person's parameter can hold a NUL


def engine() -> Engine:
    """The engine of the database in use."""
    return _Gin() if connection.vendor == "postgresql" else _Fts5()


class _Fts5(Engine):
    """SQLite: a table of FTS5 whose content is documents_searchrow. It walks the newest first and stops early."""

    quote, also, either, without = '"', " AND ", " OR ", " NOT "

    def _branch(self, rows: QuerySet[SearchRow], *, indexed: bool) -> QuerySet[SearchRow]:
        if not indexed:
            return rows.extra(where=["document_id < %s"], params=[_BELOW]).order_by("-document")
        return rows.extra(  # noqa: S610 - constant text, the values are parameters
            tables=[INDEX],
            where=[f"{INDEX} MATCH %s", f"{INDEX}.rowid < %s", f"{ROWS}.document_id = {INDEX}.rowid"],
            params=[_MATCH, _BELOW],
            order_by=[f"-{INDEX}.rowid"],
        )

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

    def clear(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(_CLEAR)


class _Gin(Engine):
    """PostgreSQL: a generated tsvector under a GIN index.

    Ordered by an expression, so that it always asks the index and sorts what it found. By the key itself the
    planner, which takes terms for independent, would sometimes walk the whole table instead.
    """

    quote, also, either, without = "'", " & ", " | ", " & !"

    def _branch(self, rows: QuerySet[SearchRow], *, indexed: bool) -> QuerySet[SearchRow]:
        rows = rows.extra(where=["document_id < %s"], params=[_BELOW])
        if not indexed:
            return rows.order_by("-document")
        found = rows.extra(where=[f"{ROWS}.vector @@ %s::tsquery"], params=[_MATCH])  # noqa: S610
        return found.order_by((F("document_id") + 0).desc())

    def weight(self) -> int | None:
        return None

    def clear(self) -> None:
        """A generated column and its index cannot hold what their table does not."""
