"""Adding many rows at once: COPY on PostgreSQL, a prepared statement on SQLite, or out of a query; one row quickly.

The ORM makes an object for every row and a statement for every few hundred; a nation has hundreds of thousands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any

from django.db import connection, models, transaction
from django.db.models import Field, Model, QuerySet

Column = Sequence[Any]
_CHUNK = 5000
_SAMPLE = 1000  # rows of an index


def fill(model: type[Model], columns: Mapping[str, Column], same: Mapping[str, object] | None = None) -> None:
    """Add a row for every place in `columns` (field: a value a row, all of one length).

    `same` gives fields one value for all rows; any other field takes its default, the key the database's next.
    """
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]
    given = [field for field in fields if field.attname in columns]
    rest = [field for field in fields if field.attname not in columns]
    constants = [_stored(field, (same or {}).get(field.attname, field.get_default())) for field in rest]
    rows = zip(*(_column(field, columns[field.attname]) for field in given), strict=True)
    whole = ((*row, *constants) for row in rows)
    names = ", ".join(connection.ops.quote_name(str(field.column)) for field in (*given, *rest))
    table = connection.ops.quote_name(model._meta.db_table)
    write = _copy if connection.vendor == "postgresql" else _insert
    write(f"{table} ({names})", len(fields), whole)


def recount(*tables: type[Model]) -> None:
    """Let the database look at tables that were just filled, so that it knows what to expect of them.

    PostgreSQL would in its own time, which is a minute or so after the change; SQLite never does.
    """
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(table._meta.db_table)}")


def recount_all() -> None:
    """Let SQLite look at a sample of every table, which takes a moment however large they are; PostgreSQL does so
    by itself. (`PRAGMA optimize` would look at those alone that the asking connection itself has read.)"""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA analysis_limit = {_SAMPLE}")
            cursor.execute("ANALYZE")


def append(model: type[Model], **values: object) -> None:
    """Add one row that nobody will read as an object: the marks that every change leaves.

    Every field is given, foreign keys by their column.
    """
    statement, fields = _appending(model, tuple(values))
    given = [
        field.get_db_prep_save(value, connection) for field, value in zip(fields, values.values(), strict=True)
    ]
    with connection.cursor() as cursor:
        cursor.execute(statement, given)


@lru_cache
def _appending(model: type[Model], names: tuple[str, ...]) -> tuple[str, list[Field[Any, Any]]]:
    by_name = {field.attname: field for field in model._meta.concrete_fields}
    columns = ", ".join(str(by_name[name].column) for name in names)
    marks = ", ".join(["%s"] * len(names))
    statement = f"INSERT INTO {model._meta.db_table} ({columns}) VALUES ({marks})"  # noqa: S608 - the model's own names
    return statement, [by_name[name] for name in names]


def _stored(field: Field[Any, Any], value: object) -> Any:
    return bytes(value) if isinstance(value, memoryview) else field.get_db_prep_save(value, connection)


def _column(field: Field[Any, Any], column: Column) -> Iterator[Any]:
    """The values as the database takes them; numbers, bytes and plain text go as they are."""
    known: dict[Any, Any] = {}
    for value in column:
        if type(value) in (int, str, bytes, bool):
            yield value
            continue
        if field.unique:
            yield _stored(field, value)
            continue
        if value not in known:
            known[value] = _stored(field, value)
        yield known[value]


def _copy(target: str, width: int, rows: Iterable[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor, cursor.cursor.copy(f"COPY {target} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _insert(target: str, width: int, rows: Iterable[tuple[Any, ...]]) -> None:
    statement = f"INSERT INTO {target} VALUES ({', '.join(['%s'] * width)})"  # noqa: S608 - the model's own names
    stream = iter(rows)
    with transaction.atomic(), connection.cursor() as cursor:
        while chunk := list(islice(stream, _CHUNK)):
            cursor.executemany(statement, chunk)


def fill_from(model: type[Model], rows: QuerySet[Any, Any], names: Sequence[str]) -> int:
    """Add what a query yields (`values_list` in the order of the columns `names`), in one statement.

    A row that a constraint forbids is left out. Every field is given. Returns how many were added.
    """
    by_name = {field.attname: str(field.column) for field in model._meta.concrete_fields}
    columns = ", ".join(connection.ops.quote_name(by_name[name]) for name in names)
    query, given = rows.query.get_compiler(connection=connection).as_sql()
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({columns}) {query} ON CONFLICT DO NOTHING", given)
        return int(cursor.rowcount)
