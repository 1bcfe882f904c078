"""Another store for what lies in this one: copied while people work, as often as it takes; a setting switches."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction

from nhipcau.audit import anchors
from nhipcau.audit.actions import record as log
from nhipcau.audit.models import Head
from nhipcau.core.actors import Actor
from nhipcau.core.errors import Conflict, InvalidInput
from nhipcau.core.said import Said
from nhipcau.core.store import Store, opened, read_address
from nhipcau.documents.models import StoredFile
from nhipcau.documents.storing import fileproof, files, waiting
from nhipcau.ops.backup.carrying import copy, each

DISK = "disk"
UNDONE = dt.timedelta(days=1)  # a change under way has written its file and not yet its row


@dataclass(frozen=True)
class Moved:
    """What is at the target now. `missing`: rows whose bytes neither place has whole."""

    target: str
    copied: int
    there: int
    heads: int
    missing: int


def target_of(text: str) -> Store:
    """«disk», or the address of a shared store. InvalidInput if it is neither."""
    if text == DISK:
        return opened("", Path(settings.DATA_DIR))
    try:
        read_address(text)
    except ValueError as error:
        raise InvalidInput(
            Said(
                f"Đích «disk» hoặc địa chỉ kho: {error}", "The target is “disk” or the address of a store (s3://…)."
            )
        ) from None
    return opened(text, Path(settings.DATA_DIR))


def move(*, target: Store, actor: Actor, at: dt.datetime) -> Moved:
    """Copy what the target lacks, each thing by its digest. Safe to interrupt and to repeat. Conflict if both are
    the same place."""
    store = files.kept()
    if store.where == target.where:
        raise Conflict(Said(f"Kho tệp đã ở «{store.where}».", f"The store is at “{store.where}” already."))
    there = {one.key: one.size for one in target.keys(files.PREFIX)}
    wanted = (one.key for one in store.keys(files.PREFIX) if there.get(one.key) != one.size)
    copied = each(partial(copy, store, target), wanted)
    copied += each(partial(copy, store, target), (one.key for one in store.keys(waiting.PREFIX)))
    heads = _heads(target)
    now = {one.key for one in target.keys(files.PREFIX)}
    rows = StoredFile.objects.values_list("sha256", flat=True)
    missing = sum(files.key_of(digest) not in now for digest in rows.iterator())
    with transaction.atomic():
        data = {"copied": copied, "files": len(now), "missing": missing}
        log(actor=actor, action="ops.store_copied", obj="store:files", at=at, data=data)
    return Moved(target.where, copied, len(now), heads, missing)


def _heads(target: Store) -> int:
    """The heads of the log: into the chain's own room of a shared store, or the file of this machine."""
    with anchors.heads() as heads:
        if not heads.extent:
            return 0
        with heads.path.open(encoding="ascii") as lines:
            if target.shared:
                room = Head.objects.get(pk=1).room
                return each(lambda line: anchors.put(target, room, line), lines)
            text = lines.read()
    target.put(anchors.FILE, text.encode("ascii"))
    return text.count("\n")


def prune(*, actor: Actor, at: dt.datetime) -> int:
    """Erase files that belong to no row: left by changes that were undone and by restores. Returns how many."""
    store, count = files.kept(), 0
    for one in fileproof.strays(store):
        if one.written < at - UNDONE:
            store.remove(one.key)
            count += 1
    if count:
        with transaction.atomic():
            log(actor=actor, action="ops.store_pruned", obj="store:files", at=at, data={"files": count})
    return count
