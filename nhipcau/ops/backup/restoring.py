"""`restore`: an archive becomes the instance, whole or not at all."""

from __future__ import annotations

import contextlib
import datetime as dt
import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

from nhipcau.core.clock import VN
from nhipcau.core.ids import new_uid
from nhipcau.core.verifying import Difference
from nhipcau.documents.storing import files
from nhipcau.ops.backup import carrying, laying, place, records, refusals, staged, switching
from nhipcau.ops.backup.place import Place
from nhipcau.ops.backup.reading import chain
from nhipcau.ops.backup.staging import KeyFor, stage
from nhipcau.ops.verify import Watcher


@dataclass(frozen=True)
class Restored:
    """What was put back. `aside`: where the data that was here lies now, if there was any."""

    id: str
    made_at: str
    product: str
    rows: int
    files: int
    faulty: list[str]
    differences: list[Difference]
    aside: str = ""


def restore(
    *,
    path: Path,
    at: dt.datetime,
    watch: Watcher,
    keys: KeyFor = lambda _: None,
    bases: Iterable[Path] = (),
    replace: bool = False,
) -> Restored:
    """Stage, prove, bring up to this version, then switch. On any refusal the instance is as it was."""
    with records.alone():
        switching.resume()
        heads = chain(path.absolute(), bases)
        occupied = holds_data()
        if occupied and not replace:
            raise refusals.not_empty()
        require_unused()
        room = switching.staged_place()
        _clear(room)
        try:
            found = stage(heads, keys, room, watch)
            entry = {"action": "ops.restored", "object": f"backup:{heads[0].id}", "at": at.isoformat(),
                     "data": {"made_at": heads[0].made_at}}  # fmt: skip
            kept_in = new_uid().hex
            differences = staged.finish(room, entry, heads=kept_in)
            carrying.carry_over(room, kept_in)
            require_unused()
        except BaseException:
            _clear(room)
            raise
        stamp = at.astimezone(VN).strftime("%Y%m%d_%H%M%S")
        aside = place.data_dir() / f"before-restore-{stamp}" if occupied else switching.room() / "before"
        schema = f"nhipcau_before_{stamp}" if occupied else "nhipcau_empty"
        switching.switch(room, aside, schema)
    told, head = found.manifest, heads[0]
    return Restored(
        head.id, head.made_at, head.product, sum(told["tables"].values()), int(told["files"]), list(told["faulty"]),
        differences, _named(aside, schema) if occupied else "",
    )  # fmt: skip


def holds_data() -> bool:
    """Whether anything was ever done here: every change is logged, so an empty log is an empty instance."""
    if next(files.kept().keys(files.PREFIX), None) is not None:
        return True
    if place.kind() == place.POSTGRESQL:
        with closing(place.connect()) as opened:
            [(there,)] = opened.execute("SELECT to_regclass('audit_entry')").fetchall()
            return there is not None and bool(opened.execute(_ANY).fetchall())
    file = place.database_file()
    if not file.exists() or not file.stat().st_size:
        return False
    try:
        with closing(sqlite3.connect(file)) as opened:
            there = opened.execute("SELECT 1 FROM sqlite_master WHERE name = 'audit_entry'").fetchone()
            return there is not None and opened.execute(_ANY).fetchone() is not None
    except sqlite3.DatabaseError:  # damaged: that may be why somebody restores, and it is not ours to throw away
        return True


_ANY = "SELECT 1 FROM audit_entry LIMIT 1"


def require_unused() -> None:
    """Conflict while another process has the database open: it would go on writing into what is moved aside."""
    connection.close()
    if place.kind() == place.POSTGRESQL:
        with closing(place.connect()) as opened:
            if opened.execute(_OTHERS).fetchall():
                raise refusals.in_use()
        return
    file = place.database_file()
    if not file.exists():
        return
    with closing(sqlite3.connect(file, timeout=2)) as opened:
        try:
            # Only the last one that has it open may leave the write-ahead log behind.
            [(mode,)] = opened.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.OperationalError:
            raise refusals.in_use() from None
        except sqlite3.DatabaseError:  # damaged: nobody works with it
            return
        if mode != "delete":
            raise refusals.in_use()


_OTHERS = (
    "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    " AND backend_type = 'client backend' LIMIT 1"
)


def _clear(room: Place) -> None:
    """What a killed restore left."""
    laying.remove(room)
    shutil.rmtree(switching.room(), ignore_errors=True)


def _named(aside: Path, schema: str) -> str:
    parts = [str(aside)] if aside.exists() else []
    if place.kind() == place.POSTGRESQL:
        with contextlib.closing(place.connect()) as opened:
            if opened.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", [schema]).fetchall():
                parts.append(f"schema {schema}")
    return ", ".join(parts)
