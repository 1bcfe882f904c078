"""Many rows as arrays: the statement is Django's, the rows come straight from the driver."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db import connection
from django.db.models import Aggregate, QuerySet, TextField

Ints = npt.NDArray[np.int64]
CHUNK = 8192
SPARSE = 16  # ids further apart than this, on the whole, get no table
NOWHERE = -1


class Places:
    """Where ids stand in a list of them, in any order."""

    def __init__(self, ids: Ints) -> None:
        self._low = int(ids.min()) if len(ids) else 0
        self._size = int(ids.max()) - self._low + 1 if len(ids) else 0
        self._close = self._size <= SPARSE * len(ids)
        if self._close:  # a table of all from the least to the greatest, and one place for strangers
            self._table = np.full(self._size + 1, NOWHERE, np.int64)
            self._table[ids[::-1] - self._low] = np.arange(len(ids))[::-1]
        else:
            self._order = np.argsort(ids, kind="stable")
            self._ids = ids[self._order]

    def __call__(self, ids: Ints) -> Ints:
        """The place of each; `NOWHERE` for one that is not in the list."""
        if self._close:  # seen as unsigned, what is less than the least is greater than any
            found: Ints = self._table[np.minimum((ids - self._low).view(np.uint64), np.uint64(self._size))]
            return found
        places = np.minimum(np.searchsorted(self._ids, ids), len(self._ids) - 1)
        return np.where(self._ids[places] == ids, self._order[places], NOWHERE)

    def among(self, ids: Ints) -> Ints:
        """The places of those that are in the list."""
        places = self(ids)
        inside: Ints = places[places != NOWHERE]
        return inside

    def one(self, key: int) -> int:
        """The place of one id, or `NOWHERE`."""
        return int(self(np.array([key]))[0])


AMONG = {"postgresql": "= ANY(%s::bigint[])", "sqlite": "IN (SELECT value FROM json_each(%s))"}


def listed(ids: Iterable[int]) -> str:
    """Ids as one text that the database takes apart (see `AMONG`): the driver would quote every single one."""
    body = ",".join(map(str, ids))
    return f"{{{body}}}" if connection.vendor == "postgresql" else f"[{body}]"


def integers(rows: QuerySet[Any, Any]) -> Ints:
    """The rows of a `values_list` of whole numbers and booleans as int64[rows, columns]; null is -1."""
    statement, parameters = rows.query.sql_with_params()
    width = len(rows.query.values_select) + len(rows.query.annotation_select)
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        found = cursor.fetchall()
    flat = (-1 if value is None else value for value in chain.from_iterable(found))
    return np.fromiter(flat, np.int64, len(found) * width).reshape(-1, width)


class UnitIds(Aggregate):
    """The ids of a group in one value: a row for each costs the driver more than finding them the database."""

    output_field = TextField()
    allow_distinct = False

    template = "group_concat(%(expressions)s)"  # as text, on SQLite

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, Any]:
        """As their bytes."""
        found = self.copy()
        found.template = "string_agg(int8send(%(expressions)s), ''::bytea)"
        return found.as_sql(compiler, connection, **extra)

    @staticmethod
    def read(found: Any) -> Ints:
        """The ids; none of a group without any."""
        if found is None:
            return np.zeros(0, np.int64)
        if isinstance(found, str):
            return np.fromstring(found, np.int64, sep=",")
        return np.frombuffer(bytes(found), ">i8").astype(np.int64)


def streamed(statement: str, parameters: tuple[Any, ...], size: int = CHUNK) -> Iterator[list[tuple[Any, ...]]]:
    """Rows in chunks, bytes as bytes: on PostgreSQL in the binary form, which the driver reads several times faster
    than the text form."""
    connection.ensure_connection()
    cursor = connection.connection.cursor()
    if connection.vendor == "postgresql":
        from psycopg import Cursor  # an optional dependency; Django's own cursor class cannot read the binary form

        cursor = Cursor(connection.connection)
        cursor.execute(statement, parameters, binary=True)
    else:
        cursor.execute(statement.replace("%s", "?"), parameters)
    with closing(cursor):
        while rows := cursor.fetchmany(size):
            yield rows
