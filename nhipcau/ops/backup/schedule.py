"""Backups nobody has to think of: one each night; once a month the newest is restored to see that it can be."""

from __future__ import annotations

import datetime as dt
import json
import logging
import shutil
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction

from nhipcau.audit.actions import record as log
from nhipcau.core.actors import Actor, System
from nhipcau.core.clock import VN, local_date
from nhipcau.core.errors import NhipCauError
from nhipcau.ops.backup import laying, place, records, refusals, staged
from nhipcau.ops.backup.keys import Kept, Key, read_key
from nhipcau.ops.backup.making import Made, make_backup
from nhipcau.ops.backup.place import Place
from nhipcau.ops.backup.reading import Head, chain
from nhipcau.ops.backup.records import Record
from nhipcau.ops.backup.staged import Silent
from nhipcau.ops.backup.staging import stage
from nhipcau.ops.verify import Watcher
from nhipcau.outbox.jobs import enqueue, job

NIGHTLY, TEST = "ops.backup", "ops.backup_test"
HOUR, TEST_HOUR = dt.time(1, 30, tzinfo=VN), dt.time(3, 30, tzinfo=VN)
LONGEST = 6 * 3600  # seconds: years of scans on a slow disk
SUFFIX = ".nhipcau"
_RESULT = "last-test"
_SCHEMA = "nhipcau_selftest"
_ACTOR = System("backup")

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Tested:
    """How the last test went; `fault` is empty when the backup came back whole."""

    id: str
    name: str
    at: str
    rows: int
    files: int
    fault: str = ""


def schedule(*, at: dt.datetime) -> None:
    """Queue tonight's backup and this month's test, once however often it is asked for; the worker calls this."""
    if not settings.BACKUP_DIR:
        return
    day = local_date(at)
    enqueue(NIGHTLY, at=dt.datetime.combine(day, HOUR), key=f"{NIGHTLY}:{day.isoformat()}")
    if any(records.folder().glob("*.json")):
        first = dt.datetime.combine(day.replace(day=1), TEST_HOUR)
        enqueue(TEST, at=first, key=f"{TEST}:{day:%Y-%m}")


def _here() -> bool:
    """Of several machines the one that has the directory also remembers what was kept before."""
    return bool(settings.BACKUP_DIR)


@job(NIGHTLY, here=_here, longest=LONGEST)
def _run(*, at: dt.datetime) -> None:
    with suppress(refusals.Busy):  # somebody is making one by hand
        nightly(actor=_ACTOR, at=at)


@job(TEST, here=_here, longest=LONGEST)
def _test(*, at: dt.datetime) -> None:
    with suppress(refusals.Busy):
        try_newest(actor=_ACTOR, at=at)


def nightly(*, actor: Actor, at: dt.datetime, watch: Watcher | None = None) -> Made:
    """Make tonight's: all of it the first time in a month, else what is new. Then let go of the oldest."""
    folder = Path(settings.BACKUP_DIR)
    if not folder.is_dir():  # making it would fill the system's disk in place of the one that is not mounted
        raise refusals.no_such_folder(folder)
    base = _full_of_month(at)
    name = f"nhipcau-{at.astimezone(VN):%Y%m%d-%H%M%S}{'' if base else '-full'}{SUFFIX}"
    key = read_key(Path(settings.BACKUP_KEY)) if settings.BACKUP_KEY else None
    made = make_backup(
        path=folder / name, actor=actor, at=at, watch=watch or Silent(), key=key, base=base, scheduled=True
    )
    prune(keep=settings.BACKUP_KEEP)
    return made


def _full_of_month(at: dt.datetime) -> Record | None:
    month = local_date(at).strftime("%Y-%m")
    for one in reversed(records.every()):
        made = local_date(dt.datetime.fromisoformat(one.made_at)).strftime("%Y-%m")
        there = Path(one.path).is_file() and records.list_of(one.id).is_file()
        if one.scheduled and not one.base and made == month and there:
            return one
    return None


def prune(*, keep: int) -> None:
    """Erase scheduled archives beyond the newest `keep`, but none that a kept one rests on."""
    scheduled = [one for one in records.every() if one.scheduled]
    kept = scheduled[-keep:]
    needed = {below.id for one in kept for below in records.chain(one)}
    for one in scheduled:
        if one.id not in needed:
            with suppress(FileNotFoundError):
                Path(one.path).unlink()
            records.forget(one)


def try_newest(*, actor: Actor, at: dt.datetime, watch: Watcher | None = None) -> Tested | None:
    """Restore the newest archive into a place of its own and verify it there; None if there is none."""
    there = [one for one in records.every() if Path(one.path).is_file()]
    if not there:
        return None
    newest = there[-1]
    with records.alone():
        tested = _tested(newest, at, watch or Silent())
    (records.folder() / _RESULT).write_text(json.dumps(asdict(tested)), "utf-8")
    data = {"well": not tested.fault, "files": tested.files, "rows": tested.rows}
    with transaction.atomic():
        log(actor=actor, action="ops.backup_tested", obj=f"backup:{newest.id}", at=at, data=data)
    if tested.fault:
        logger.error("Thử phục hồi %s: %s", tested.name, tested.fault)
    return tested


def _tested(newest: Record, at: dt.datetime, watch: Watcher) -> Tested:
    folder = place.data_dir() / "cache" / "backup-test"
    shutil.rmtree(folder, ignore_errors=True)
    here = (
        Place(folder, schema=_SCHEMA)
        if place.kind() == place.POSTGRESQL
        else Place(folder, database=folder / "nhipcau.sqlite3")
    )
    name, moment = Path(newest.path).name, at.isoformat()
    try:
        found = stage(chain(Path(newest.path)), remembered_key, here, watch)
        differences = staged.finish(here)
        fault = differences[0].message if len(differences) > newest.faulty else ""
        rows = sum(found.manifest["tables"].values())
        return Tested(newest.id, name, moment, rows, int(found.manifest["files"]), fault)
    except NhipCauError as error:
        return Tested(newest.id, name, moment, 0, 0, error.message)
    finally:
        laying.remove(here)
        shutil.rmtree(folder, ignore_errors=True)


def remembered_key(head: Head) -> Key | None:
    """The stream's own key as the machine that made the archive keeps it; else the key file, if it is a secret
    one."""
    remembered = records.find(head.id)
    if remembered is not None and remembered.key:
        return Kept(bytes.fromhex(remembered.key))
    return read_key(Path(settings.BACKUP_KEY)) if settings.BACKUP_KEY else None


def last_test() -> Tested | None:
    """The result of the last one."""
    path = records.folder() / _RESULT
    return Tested(**json.loads(path.read_text("utf-8"))) if path.is_file() else None
