"""Who is at work on a row, told by a lock that ends with its process: no clock is asked, none can be wrong.

On PostgreSQL it is an advisory lock of the session, elsewhere a lock on a file beside the data. Either is gone the
moment its process is, however that ended, and never while it lives, however long it takes.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

_KINDS = {"job": 0x6E68_6301, "mail": 0x6E68_6302}  # the first half of PostgreSQL's lock number


class Hold:
    """A row that is ours until `release`; a second one of the same row finds it taken."""

    def __init__(self, kind: str, pk: int) -> None:
        self.kind, self.pk = kind, pk
        self._file: int | None = None

    def take(self) -> bool:
        """Whether nobody else holds it; then it is held."""
        if connection.vendor == "postgresql":
            return self._ask("pg_try_advisory_lock")
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(file)
            return False
        if not _same(file, self._path):  # whoever held it before has just thrown the file away
            os.close(file)
            return False
        self._file = file
        return True

    def release(self) -> None:
        """Let go; a session that is gone has let go already."""
        if self._file is not None:
            self._path.unlink(missing_ok=True)
            os.close(self._file)
            self._file = None
        elif connection.vendor == "postgresql" and connection.connection is not None:
            try:
                self._ask("pg_advisory_unlock")
            except DatabaseError:
                connection.close()

    def _ask(self, function: str) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}(%s, %s)", [_KINDS[self.kind], self.pk % 2**31])
            return bool(cursor.fetchone()[0])

    @property
    def _path(self) -> Path:
        return Path(settings.DATA_DIR) / "holding" / f"{self.kind}-{self.pk}"


@contextmanager
def abandoned(kind: str, pk: int) -> Iterator[bool]:
    """Whether nobody is at work on the row; within the block nobody begins."""
    hold = Hold(kind, pk)
    taken = hold.take()
    try:
        yield taken
    finally:
        if taken:
            hold.release()


def _same(file: int, path: Path) -> bool:
    try:
        there = path.stat()
    except FileNotFoundError:
        return False
    ours = os.fstat(file)
    return (ours.st_dev, ours.st_ino) == (there.st_dev, there.st_ino)
