"""Everything the database held at one moment, while it is being worked with.

SQLite gives its pages, through its own backup interface inside one read transaction; PostgreSQL its rows, by COPY
in one repeatable-read transaction (decision 0027). Nobody waits for either.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote

from django.db.migrations.recorder import MigrationRecorder

from nhipcau.documents.models import StoredFile
from nhipcau.ops.backup import place

PIECE = 4 * 2**20  # bytes before compression
TABLES = "database/tables.json"
MIGRATIONS = "django_migrations"
_PAGES = 4096  # of SQLite, between two looks at how far it is
_BATCH = 10_000

Progress = Callable[[int, int], None]


class Snapshot(Protocol):
    """`pieces` first: the counts are known when they have been taken. `files`: their SHA-256, in order."""

    size: int
    counts: dict[str, int]

    def migrations(self) -> list[list[str]]: ...
    def pieces(self) -> Iterator[tuple[str, bytes]]: ...
    def files(self) -> Iterator[str]: ...


@contextmanager
def snapshot(scratch: Path, progress: Progress) -> Iterator[Snapshot]:
    """Of the live database. SQLite's pages wait in `scratch`, which is on the disk of the database itself."""
    if place.kind() == place.POSTGRESQL:
        with closing(place.connect()) as opened:
            yield PostgresSnapshot(opened)
        return
    copy = scratch / "nhipcau.sqlite3"
    try:
        copy_pages(place.database_file(), copy, progress)
        with closing(sqlite3.connect(f"file:{quote(str(copy))}?immutable=1", uri=True)) as opened:
            yield SqliteSnapshot(copy, opened)
    finally:
        copy.unlink(missing_ok=True)


def copy_pages(source: Path, target: Path, progress: Progress) -> None:
    """A read transaction of ours holds the moment still: without it every write elsewhere would start the copy
    over again."""
    target.touch(mode=0o600)
    with (
        closing(sqlite3.connect(f"file:{quote(str(source))}?mode=rw", uri=True, isolation_level=None)) as live,
        closing(sqlite3.connect(target, isolation_level=None)) as copy,
    ):
        copy.execute("PRAGMA journal_mode=OFF")
        copy.execute("PRAGMA synchronous=OFF")
        live.execute("PRAGMA busy_timeout=20000")
        live.execute("BEGIN")
        live.execute("SELECT count(*) FROM sqlite_master").fetchone()
        live.backup(copy, pages=_PAGES, progress=lambda _status, left, total: progress(total - left, total))
        live.execute("ROLLBACK")


class SqliteSnapshot:
    """A copy of the file."""

    def __init__(self, copy: Path, opened: sqlite3.Connection) -> None:
        self._copy, self._opened = copy, opened
        self.size = copy.stat().st_size
        self.counts: dict[str, int] = {}

    def migrations(self) -> list[list[str]]:
        return [list(row) for row in self._opened.execute(_APPLIED)]

    def pieces(self) -> Iterator[tuple[str, bytes]]:
        with self._copy.open("rb") as file:
            number = 0
            while piece := file.read(PIECE):
                number += 1
                yield f"database/sqlite/{number:06}", piece
        self.counts = {name: self._count(name) for name in self._tables()}

    def files(self) -> Iterator[str]:
        for (digest,) in self._opened.execute(_FILES):
            yield str(digest)

    def _tables(self) -> list[str]:
        """Ours, not the search index's own."""
        named = self._opened.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
            " AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
        )
        virtual = {
            str(name)
            for (name,) in self._opened.execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL%'")
        }
        return [str(name) for (name,) in named if not any(name.startswith(f"{one}_") for one in virtual)]

    def _count(self, table: str) -> int:
        [(count,)] = self._opened.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608 - a name of ours
        return int(count)


class PostgresSnapshot:
    """Tables as text, as the server itself writes it: any later server reads that."""

    def __init__(self, opened: Any) -> None:
        self._opened = opened
        opened.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        self._tables = _columns(opened)
        [(size,)] = opened.execute(
            "SELECT coalesce(sum(pg_relation_size(c.oid)), 0)::bigint FROM pg_class c"
            " WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'"
        ).fetchall()
        self.size = int(size)
        self.counts: dict[str, int] = {}

    def migrations(self) -> list[list[str]]:
        return [list(row) for row in self._opened.execute(_APPLIED).fetchall()]

    def pieces(self) -> Iterator[tuple[str, bytes]]:
        told = {"tables": self._tables, "sequences": _sequences(self._opened)}
        yield TABLES, json.dumps(told).encode()
        for table, columns in self._tables.items():
            yield from self._rows(table, columns)

    def files(self) -> Iterator[str]:
        with self._opened.cursor(name="files") as cursor:
            cursor.itersize = _BATCH
            for (digest,) in cursor.execute(_FILES + ' COLLATE "C"'):
                yield str(digest)

    def _rows(self, table: str, columns: list[str]) -> Iterator[tuple[str, bytes]]:
        number, held, waiting = 0, 0, list[bytes]()
        with self._opened.cursor() as cursor:
            with cursor.copy(f"COPY {_quoted(table)} ({listed(columns)}) TO STDOUT") as rows:
                for row in rows:
                    waiting.append(row)
                    held += len(row)
                    if held >= PIECE:
                        number += 1
                        yield f"database/{table}/{number:06}", b"".join(waiting)
                        held, waiting = 0, []
            self.counts[table] = cursor.rowcount
        if waiting:
            yield f"database/{table}/{number + 1:06}", b"".join(waiting)


_APPLIED = f"SELECT app, name FROM {MIGRATIONS} ORDER BY app, name"  # noqa: S608 - a name of Django's
_FILES = f"SELECT sha256 FROM {StoredFile._meta.db_table} ORDER BY sha256"  # noqa: S608 - a name of ours
if MigrationRecorder.Migration._meta.db_table != MIGRATIONS:  # pragma: no cover
    raise RuntimeError("Django keeps its migrations elsewhere")


def listed(columns: list[str]) -> str:
    return ", ".join(map(_quoted, columns))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _columns(opened: Any) -> dict[str, list[str]]:
    """Every table of the schema with the columns that are written; computed ones compute themselves again."""
    found = opened.execute(
        "SELECT c.relname, array_agg(a.attname::text ORDER BY a.attnum)"
        " FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
        " WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND a.attnum > 0"
        "   AND NOT a.attisdropped AND a.attgenerated = '' AND c.relname <> %s"
        " GROUP BY c.relname ORDER BY c.relname",
        [MIGRATIONS],
    )
    return {str(table): list(columns) for table, columns in found.fetchall()}


def _sequences(opened: Any) -> list[tuple[str, str, int]]:
    """(table, column, last value given): a number that was given once is not given again."""
    found = opened.execute(
        "SELECT c.relname, a.attname, s.last_value"
        " FROM pg_class q JOIN pg_depend d ON d.objid = q.oid AND d.deptype IN ('a', 'i')"
        " JOIN pg_class c ON c.oid = d.refobjid"
        " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.refobjsubid"
        " JOIN pg_namespace n ON n.oid = q.relnamespace"
        " JOIN pg_sequences s ON s.schemaname = n.nspname AND s.sequencename = q.relname"
        " WHERE q.relkind = 'S' AND n.nspname = current_schema() AND s.last_value IS NOT NULL AND c.relname <> %s",
        [MIGRATIONS],
    )
    return [(str(table), str(column), int(last)) for table, column, last in found.fetchall()]
