"""A temporary instance for a bench: its own data directory and database, gone afterwards."""

from __future__ import annotations

import datetime as dt
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


@contextmanager
def temporary_instance(database_url: str = "", clock: dt.datetime | None = None) -> Iterator[str]:
    """Open an empty instance with all tables and give its kind, "sqlite" or "postgresql".

    With a PostgreSQL URL a database of our own is created beside the one named and dropped at the end; the one
    named is never touched. With `clock` its pages stand at that moment, as a demonstration's do. Call it once in a
    process: Django keeps its settings.
    """
    with tempfile.TemporaryDirectory(prefix="nhipcau-bench-") as folder:
        url = _fresh_url(database_url)
        os.environ["NHIPCAU_DATA_DIR"] = folder
        os.environ["NHIPCAU_DATABASE_URL"] = url
        os.environ["NHIPCAU_STORAGE_URL"] = ""
        if clock is not None:
            (Path(folder) / "demo.json").write_text("{}")
            os.environ["NHIPCAU_CLOCK"] = clock.isoformat()
        if url:
            _on_server(database_url, "CREATE DATABASE {}")
        try:
            _open(Path(folder))
            yield "postgresql" if url else "sqlite"
        finally:
            _close()
            if url:
                _on_server(database_url, "DROP DATABASE IF EXISTS {} WITH (FORCE)")


def _fresh_url(database_url: str) -> str:
    """The same server, with a database name of our own; empty for SQLite in the temporary directory."""
    if not database_url.startswith(("postgres://", "postgresql://")):
        return ""
    return f"{database_url.rpartition('/')[0]}/{_name()}"


def _name() -> str:
    return f"nhipcau_bench_{os.getpid()}"


def _open(folder: Path) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nhipcau.config.settings")
    import django

    django.setup()
    from django.core.management import call_command

    folder.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, skip_checks=True)


def _close() -> None:
    from django.conf import settings

    if settings.configured:
        from django.db import connections

        connections.close_all()


def _on_server(database_url: str, statement: str) -> None:
    import psycopg
    from psycopg import sql

    admin: Any = psycopg.connect(f"{database_url.rpartition('/')[0]}/postgres", autocommit=True)
    with admin:
        admin.execute(sql.SQL(statement).format(sql.Identifier(_name())))  # type: ignore[arg-type,unused-ignore]
