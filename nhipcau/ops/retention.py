"""The nightly sweep: what was kept long enough is erased, and that it is gone is looked up again; so are the bytes
of uploads that were refused in the end."""

from __future__ import annotations

import datetime as dt

from django.db import connection

from nhipcau.core.actors import System
from nhipcau.core.clock import VN, local_date
from nhipcau.core.errors import NhipCauError
from nhipcau.core.retaining import registered
from nhipcau.core.said import Said
from nhipcau.documents.storing import files
from nhipcau.ops.moving import prune
from nhipcau.outbox.jobs import enqueue, job

NAME = "ops.retention"
HOUR = dt.time(2, 30, tzinfo=VN)


def schedule(*, at: dt.datetime) -> None:
    """Queue today's sweep, once however often it is asked for; the worker calls this."""
    day = local_date(at)
    enqueue(NAME, at=dt.datetime.combine(day, HOUR), key=f"{NAME}:{day.isoformat()}")


@job(NAME)
def run(*, at: dt.datetime) -> None:
    sweep(at=at)
    if not files.kept().shared:  # a disk tells by its dates which bytes somebody wants anew at this moment
        prune(actor=System(NAME), at=at)


def sweep(*, at: dt.datetime) -> dict[str, int]:
    """Name of each kind to how many were erased. NhipCauError names the kinds of which overdue ones are left."""
    erased = {kind.name: kind.sweep(at=at) for kind in registered()}
    _empty_the_log_of_writes()
    left = [f"{kind.label} ({count})" for kind in registered() if (count := kind.left(at=at))]
    if left:
        raise NhipCauError(
            Said(
                f"Còn dữ liệu quá hạn lưu giữ chưa xóa được: {', '.join(left)}.",
                f"Some data kept beyond its time could not be erased yet: {', '.join(left)}.",
            )
        )
    return erased


def _empty_the_log_of_writes() -> None:
    """SQLite's pages are overwritten as they are freed; what they held stands in its log of writes until that is
    carried over and cut. While somebody reads, it waits for the next night."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
