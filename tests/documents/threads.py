"""Two workers at once, on either database."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from django.db import connection, connections

PATIENCE = 120  # seconds: a busy machine is slow, not wrong


@contextmanager
def a_database_for_threads(folder: Path, patch: pytest.MonkeyPatch) -> Iterator[None]:
    """Django's test database on SQLite lies in memory, where threads do not wait for each other but fail.

    Its contents go to a file, which is what the product uses; PostgreSQL needs nothing.
    """
    if connection.vendor == "sqlite":
        file = folder / "threads.sqlite3"
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(file)])
        with closing(sqlite3.connect(file)) as whole:  # two that turn it over at once lock each other
            whole.execute("PRAGMA journal_mode=WAL")
        patch.setitem(connections.settings["default"], "NAME", str(file))
    yield


def at_once(*workers: Callable[[], None]) -> None:
    """Run the workers in threads of their own, starting together; raise the first error of any."""
    ready, errors = threading.Barrier(len(workers)), []

    def run(worker: Callable[[], None]) -> None:
        try:
            ready.wait(timeout=PATIENCE)
            worker()
        except Exception as error:  # a thread's error must reach the test
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(worker,)) for worker in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    if errors:
        raise errors[0]
