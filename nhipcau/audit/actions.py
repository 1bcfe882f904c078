"""`record` writes an entry inside the caller's transaction; `seal` chains what has been written."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence

from django.db import connection, transaction

from nhipcau.audit import anchors, catalogue
from nhipcau.audit.chain import digest, link
from nhipcau.audit.models import Entry, Head
from nhipcau.core.actors import Actor
from nhipcau.core.ids import new_uid

__all__ = ["Plain", "digest", "link", "record", "seal"]

Plain = str | int | bool | None | list[int] | list[str]
SEAL_BATCH = 5000


def record(
    *, actor: Actor, action: str, obj: str, at: dt.datetime, data: Mapping[str, Plain] | None = None
) -> Entry:
    """Write one entry. Must run inside the transaction of the change that it reports.

    `obj` is a kind and an id ("document:0192…"); `data` holds plain ids and counts, never contents.
    """
    catalogue.require(action)
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("Nhật ký phải được ghi trong giao dịch của chính thay đổi đó.")
    body = json.dumps(dict(data or {}), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    entry = Entry(at=at, actor=actor.audit_id, action=action, object=obj, data=body)
    entry.digest = digest(at=at, actor=entry.actor, action=action, obj=obj, data=body)
    entry.save(force_insert=True)
    return entry


def seal(*, at: dt.datetime) -> int:
    """Chain every entry not yet chained; returns how many. One batch is one transaction.

    Entries commit out of order on PostgreSQL, so the place in the chain is given here, not on writing.
    """
    total = 0
    while count := _seal_batch():
        total += count
        _anchor(at)
    return total


@transaction.atomic
def _seal_batch() -> int:
    Head.objects.get_or_create(pk=1)
    head = Head.objects.select_for_update().get(pk=1)
    head.room = head.room or new_uid().hex
    batch = list(Entry.objects.filter(seq=None).order_by("pk")[:SEAL_BATCH])
    for entry in batch:
        head.seq += 1
        head.chain = link(head.chain, head.seq, entry.digest)
        entry.seq, entry.chain = head.seq, head.chain
    if batch:
        _place(batch)
        head.save()
    return len(batch)


def _place(batch: Sequence[Entry]) -> None:
    """One short statement for each entry: a single one with thousands of cases takes the database far longer."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE audit_entry SET seq = %s, chain = %s WHERE id = %s",
            [(entry.seq, entry.chain, entry.pk) for entry in batch],
        )


def _anchor(at: dt.datetime) -> None:
    """Write the head beside the data, so that a log cut short in the database shows."""
    anchors.write(Head.objects.get(pk=1), at.astimezone(dt.UTC).isoformat(timespec="seconds"))


def take_room(room: str) -> None:
    """Give the chain a new room for its heads in a shared store: nothing stands there yet."""
    Head.objects.get_or_create(pk=1)
    Head.objects.filter(pk=1).update(room=room)
