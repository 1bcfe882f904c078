"""What is done on a machine in a process of its own; see `machines.scene`."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction

from nhipcau.audit.actions import record, seal
from nhipcau.audit.models import Entry
from nhipcau.documents.models import StoredFile
from nhipcau.documents.storing import files
from nhipcau.ops import retention
from nhipcau.ops.backup import making, reading, restoring, staged
from nhipcau.ops.backup.keys import read_key
from nhipcau.ops.backup.staged import Silent
from nhipcau.ops.backup.switching import Move
from nhipcau.ops.backup.tape import TapeWriter
from nhipcau.outbox.jobs import enqueue
from nhipcau.outbox.models import Job, JobState
from tests.cast import NOW, SETUP, assemble

APPS = ("org", "access", "documents", "tasks", "reports")
WRITTEN = "org.imported"  # what the busy writer calls its entries
PAIRS = 3  # entries in one of its transactions


def held() -> str:
    """A digest of every row that people wrote."""
    found = {
        model._meta.label: sorted(str(row) for row in model._base_manager.values_list())
        for model in apps.get_models()
        if model._meta.app_label in APPS
    }
    return hashlib.sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()


def make(folder: str) -> dict[str, Any]:
    """The cast, three files and a full backup; then one file more and one less, and what is new is kept, locked,
    while a writer is busy."""
    call_command("migrate", verbosity=0, skip_checks=True)
    assemble()
    for number in range(3):
        files.store(f"Tệp số {number}".encode() * 5000, "text/plain")
    seal(at=NOW)
    full = Path(folder) / "full.nhipcau"
    first = held()
    made = making.make_backup(path=full, actor=SETUP, at=NOW, watch=Silent())
    files.store(b"after the first", "text/plain")
    StoredFile.objects.filter(sha256=files.sha256("Tệp số 0".encode() * 5000)).delete()
    more = while_writing(
        lambda: making.make_backup(
            path=Path(folder) / "more.nhipcau", actor=SETUP, at=NOW, watch=Silent(),
            base=reading.base_record(full), key=read_key(Path(folder) / "key.pub"),
        )
    )  # fmt: skip
    return {"held": first, "after": held(), "files": made.files, "more": more.files, "new": more.new_files,
            "written": Entry.objects.filter(action=WRITTEN, actor="system:writer").count()}  # fmt: skip


def make_one(path: str) -> dict[str, Any]:
    """The cast, three files and a full backup, nobody else at work."""
    call_command("migrate", verbosity=0, skip_checks=True)
    assemble()
    for number in range(3):
        files.store(f"Tệp số {number}".encode() * 5000, "text/plain")
    seal(at=NOW)
    made = making.make_backup(path=Path(path), actor=SETUP, at=NOW, watch=Silent())
    seal(at=NOW)
    return {"held": held(), "files": made.files, "faulty": made.faulty_count}


def office(jobs: str) -> dict[str, Any]:
    """The cast, and work for the workers, whoever takes it."""
    call_command("migrate", verbosity=0, skip_checks=True)
    assemble()
    for _ in range(int(jobs)):
        enqueue(retention.NAME, at=NOW)
    return {}


def jobs() -> dict[str, Any]:
    """How many of them are done, and how often each was begun."""
    done = Job.objects.filter(name=retention.NAME, state=JobState.DONE, key=None)
    return {"done": done.count(), "tried": sorted(set(done.values_list("attempts", flat=True)))}


def while_writing(work: Callable[[], Any]) -> Any:
    """Somebody writes one transaction after the other meanwhile, at least one before and one after."""
    stop, began = threading.Event(), threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set() or number < 2:
            with transaction.atomic():
                for _ in range(PAIRS):
                    record(actor=_Writer(), action=WRITTEN, obj=f"n:{number}", at=NOW)
            number += 1
            began.set()
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    began.wait(60)
    try:
        return work()
    finally:
        stop.set()
        writer.join(60)


class _Writer:
    audit_id = "system:writer"


def state() -> dict[str, Any]:
    """What a machine holds."""
    store = Path(os.environ["NHIPCAU_DATA_DIR"]) / "files"
    written = Entry.objects.filter(action=WRITTEN, actor="system:writer").order_by("pk")
    return {
        "held": held(),
        "files": sorted(path.parent.name + path.name for path in store.glob("??/*")),
        "rows": sorted(StoredFile.objects.values_list("sha256", flat=True)),
        "written": list(written.values_list("object", flat=True)),
    }


def killed_backup(path: str) -> dict[str, Any]:
    """Everything is written but the end."""
    with mock.patch.object(TapeWriter, "close", _die):
        making.make_backup(path=Path(path), actor=SETUP, at=NOW, watch=Silent())
    return {}


def killed_restore(path: str, when: str) -> dict[str, Any]:
    """`staged`: all is there but not in its place; `switching`: some is in its place."""
    real, left = Move.carry_out, [2]

    def carry_out(move: Move) -> None:
        left[0] -= 1
        if left[0] < 0:
            _die()
        real(move)

    cut = (staged, "finish", _die) if when == "staged" else (Move, "carry_out", carry_out)
    with mock.patch.object(*cut):
        restoring.restore(path=Path(path), at=NOW, watch=Silent(), replace=True)
    return {}


def _die(*_: Any, **__: Any) -> Any:
    os.kill(os.getpid(), signal.SIGKILL)


SCENES: dict[str, Callable[..., dict[str, Any]]] = {
    one.__name__: one for one in (make, make_one, office, jobs, state, killed_backup, killed_restore)
}


def main() -> None:
    """NAME ARGUMENTS, answered by one line of JSON."""
    print(json.dumps(SCENES[sys.argv[1]](*sys.argv[2:])))
