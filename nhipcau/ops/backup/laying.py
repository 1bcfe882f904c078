"""The database's half of an archive, put where nobody looks yet."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Protocol

from nhipcau.ops.backup import place, refusals, staged
from nhipcau.ops.backup.place import Place
from nhipcau.ops.backup.snapshots import MIGRATIONS, TABLES, listed
from nhipcau.ops.backup.tape import Broken


class Layer(Protocol):
    """Takes the pieces in order; `done` once all of the archive proved true, and gives the rows of each table."""

    def take(self, name: str, data: bytes) -> None: ...
    def done(self) -> dict[str, int]: ...
    def close(self) -> None: ...


def layer(at: Place, migrations: list[list[str]]) -> Layer:
    """The one for this kind of database, its room made."""
    return PostgresLayer(at, migrations) if at.schema else SqliteLayer(at)


class SqliteLayer:
    """Pages, one piece behind the other."""

    def __init__(self, at: Place) -> None:
        assert at.database is not None  # noqa: S101 - a place has a file or a schema
        self._path = at.database
        self._path.touch(mode=0o600)
        self._file = self._path.open("wb")

    def take(self, name: str, data: bytes) -> None:
        if not name.startswith("database/sqlite/"):
            raise Broken(name)
        self._file.write(data)

    def done(self) -> dict[str, int]:
        self.close()
        with closing(sqlite3.connect(self._path)) as opened:
            try:
                tables = [name for (name,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            except sqlite3.DatabaseError as error:
                raise Broken("database") from error
            return {name: _count(opened, name) for name in tables}

    def close(self) -> None:
        self._file.close()


def _count(opened: sqlite3.Connection, table: str) -> int:
    try:
        [(count,)] = opened.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608 - a name of the file's own
    except sqlite3.OperationalError:  # a table of an extension that this SQLite lacks
        return -1
    return int(count)


class PostgresLayer:
    """Tables made by the archive's own migrations in a schema of their own, filled by COPY in one transaction."""

    def __init__(self, at: Place, migrations: list[list[str]]) -> None:
        drop_schema(at.schema)
        self._room = at
        _make_schema(at.schema)
        staged.lay(at, migrations)
        self._opened = place.connect(options=f"-c search_path={at.schema}")
        self._columns: dict[str, list[str]] = {}
        self._sequences: list[tuple[str, str, int]] = []
        self._counts: dict[str, int] = {}
        self._table, self._copying, self._copy = "", contextlib.ExitStack(), None
        self._cursor = self._opened.cursor()
        self._empty()

    def take(self, name: str, data: bytes) -> None:
        if name == TABLES:
            told = json.loads(data)
            self._columns, self._sequences = told["tables"], told["sequences"]
            return
        with _told(name):
            if (table := name.split("/")[1]) != self._table:
                self._begin_table(table)
            assert self._copy is not None  # noqa: S101 - begun above
            self._copy.write(data)

    def _begin_table(self, table: str) -> None:
        self._end_table()
        if table not in self._columns or table in self._counts:
            raise Broken(table)
        copy = self._cursor.copy(f'COPY "{table}" ({listed(self._columns[table])}) FROM STDIN')
        self._copy, self._table = self._copying.enter_context(copy), table

    def done(self) -> dict[str, int]:
        with _told("database"):
            self._end_table()
            for table, column, last in self._sequences:
                self._cursor.execute(
                    "SELECT setval(pg_get_serial_sequence(%s, %s), %s)", [f'"{table}"', column, last]
                )
            self._opened.commit()
        self._opened.autocommit = True
        self._cursor.execute("ANALYZE")
        self.close()
        return {table: self._counts.get(table, 0) for table in self._columns}

    def close(self) -> None:
        self._opened.close()

    def _end_table(self) -> None:
        if self._table:
            self._copying.close()
            self._counts[self._table] = self._cursor.rowcount
            self._table = ""

    def _empty(self) -> None:
        """Migrations plant rows; the archive has its own."""
        found = self._cursor.execute(
            "SELECT relname FROM pg_class"
            " WHERE relnamespace = %s::regnamespace AND relkind = 'r' AND relname <> %s",
            [self._room.schema, MIGRATIONS],
        ).fetchall()
        self._cursor.execute(f"TRUNCATE {listed([name for (name,) in found])}")


@contextlib.contextmanager
def _told(where: str) -> Iterator[None]:
    """Rows that the server does not take are not those that it once gave."""
    import psycopg

    try:
        yield
    except (psycopg.DataError, psycopg.IntegrityError) as error:
        raise Broken(where) from error


def _make_schema(schema: str) -> None:
    import psycopg

    with closing(place.connect(autocommit=True)) as opened:
        try:
            opened.execute(f'CREATE SCHEMA "{schema}"')
        except psycopg.errors.InsufficientPrivilege as error:
            raise refusals.may_not_stage(error) from error


def drop_schema(schema: str) -> None:
    """With all it holds. Safe to repeat."""
    with closing(place.connect(autocommit=True)) as opened:
        opened.execute(f'DROP SCHEMA IF EXISTS "{schema}" CASCADE')


def remove(at: Place) -> None:
    """Take a staged database away."""
    if at.schema:
        drop_schema(at.schema)
    elif at.database is not None:
        for suffix in ("", "-wal", "-shm"):
            Path(f"{at.database}{suffix}").unlink(missing_ok=True)
