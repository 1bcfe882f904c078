"""Run every registered check over one snapshot of the data."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from django.db import connection, transaction

from nhipcau.core.verifying import Difference, Note, Verifiable, registered

logger = logging.getLogger(__name__)


class Watcher(Protocol):
    """Whoever is told how far it has come."""

    def begins(self, label: str, size: int) -> None: ...
    def advances(self, count: int) -> None: ...
    def notes(self, note: Note) -> None: ...
    def ends(self) -> None: ...


def verify(watch: Watcher) -> Iterator[Difference]:
    """Every difference, as it is found; work that goes on meanwhile is neither hindered nor half seen."""
    for one in registered():
        watch.begins(one.label, one.size())
        with snapshot():
            yield from _checked(one, watch)
        watch.ends()


def _checked(one: Verifiable, watch: Watcher) -> Iterator[Difference]:
    try:
        for finding in one.findings(watch.advances):
            if isinstance(finding, Note):
                watch.notes(finding)
            else:
                yield finding
    except Exception as error:  # damage that a check did not foresee is found, not a reason to look no further
        logger.debug("Phép kiểm tra %s dừng giữa chừng", one.name, exc_info=True)
        yield Difference(
            check=one.name,
            where=f"check:{one.name}",
            expected="kiểm tra hết",
            found=type(error).__name__,
            message=f"Phép kiểm tra «{one.label}» dừng giữa chừng vì dữ liệu hỏng: {error}",
        )


@contextmanager
def snapshot() -> Iterator[None]:
    """All reads within see the data of the moment of the first. Nobody waits: on SQLite it takes no write lock."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
