"""What the machine, not the program, is short of when a request or a job fails: told apart so that each is answered
in its own words, and what was sent is sent again."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from collections.abc import Iterator
from enum import Enum

from django.conf import settings
from django.db import DatabaseError, DataError, InterfaceError, OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from nhipcau.core.errors import InvalidInput
from nhipcau.core.said import Said

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
_LITTLE = 2**20  # bytes: with fewer SQLite cannot even open its files
# PostgreSQL, appendix A: too long a wait for a lock, a deadlock, a conflict of two, a statement cut short
_BUSY_STATES = ("55P03", "40P01", "40001", "57014")
_FULL_STATE = "53100"


class Trouble(Enum):
    """AWAY: the database does not answer. BUSY: somebody holds what is needed. FULL: no room on the disk.
    BEHIND: the tables are not yet those of this version."""

    AWAY = "away"
    BUSY = "busy"
    FULL = "full"
    BEHIND = "behind"


def trouble_of(error: BaseException | None) -> Trouble | None:
    """Why it failed, if that is no fault of ours; None if it is. May ask the database."""
    for one in _chain(error):
        if isinstance(one, OSError) and one.errno in _NO_ROOM:
            return Trouble.FULL
        if isinstance(one, DatabaseError | InterfaceError):
            return _of_database(one)
    return None


UNKEEPABLE = Said(
    "Nội dung hoặc địa chỉ có ký tự không in được (U+0000). Hãy xóa ký tự đó rồi thử lại.",
    "The text or the address holds a sign that cannot be printed (U+0000). Delete it and try again.",
)


def refusal_of(error: BaseException | None) -> InvalidInput | None:
    """The refusal of a NUL, which PostgreSQL keeps nowhere; its driver refuses it before it asks."""
    for one in _chain(error):
        if isinstance(one, DataError) and "NUL (0x00)" in str(one):
            return InvalidInput(UNKEEPABLE)
    return None


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The error, and what it came from."""
    seen = 0
    while error is not None and seen < 20:
        yield error
        error, seen = error.__cause__ or error.__context__, seen + 1


def _of_database(error: BaseException) -> Trouble | None:
    cause = error.__cause__ or error
    if isinstance(cause, sqlite3.Error):
        return _of_sqlite(cause)
    state = getattr(cause, "sqlstate", None)
    if state == _FULL_STATE:
        return Trouble.FULL
    if state in _BUSY_STATES:
        return Trouble.BUSY
    if isinstance(error, OperationalError | InterfaceError):  # no answer, or the server says that it goes
        return Trouble.AWAY
    return _behind()


def _of_sqlite(cause: sqlite3.Error) -> Trouble | None:
    code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_FULL:
        return Trouble.FULL
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return Trouble.BUSY
    if code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR):
        return Trouble.FULL if _disk_is_full() else Trouble.AWAY
    return _behind()


def _disk_is_full() -> bool:
    try:
        return shutil.disk_usage(settings.DATA_DIR).free < _LITTLE
    except OSError:
        return False


def _behind() -> Trouble | None:
    try:
        executor = MigrationExecutor(connection)
        behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return Trouble.AWAY
    return Trouble.BEHIND if behind else None
