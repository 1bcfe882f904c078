"""`backup`: one moment of the database and every file it speaks of, written beside its name and then given it."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Any

from django.db import transaction

from nhipcau import __version__
from nhipcau.audit import anchors
from nhipcau.audit.actions import record as log
from nhipcau.core.actors import Actor
from nhipcau.core.hands import ahead
from nhipcau.core.ids import new_uid
from nhipcau.core.store import Store
from nhipcau.documents.storing import files, waiting
from nhipcau.ops.backup import packing, place, records, refusals
from nhipcau.ops.backup.behind import Behind
from nhipcau.ops.backup.cipher import Encrypted
from nhipcau.ops.backup.keys import Pair, Passphrase
from nhipcau.ops.backup.records import Record
from nhipcau.ops.backup.snapshots import Snapshot, snapshot
from nhipcau.ops.backup.tape import TapeWriter
from nhipcau.ops.verify import Watcher

FORMAT = 2  # 1 packed the database with zlib
ABOUT, MANIFEST, FILES = "about.json", "manifest.json", "files.list"
_THREADS = min(4, os.cpu_count() or 1)
_NAMED = 100  # faulty files that are named; the rest is counted
_READERS = 8
_LIST_PIECE = 4 * 2**20


@dataclass
class Made:
    """What came out. `faulty`: files that were missing or altered already, by their place in the store."""

    record: Record
    path: Path
    tables: dict[str, int] = field(default_factory=dict)
    files: int = 0
    new_files: int = 0
    faulty: list[str] = field(default_factory=list)
    faulty_count: int = 0


def make_backup(
    *,
    path: Path,
    actor: Actor,
    at: dt.datetime,
    watch: Watcher,
    key: Passphrase | Pair | None = None,
    base: Record | None = None,
    scheduled: bool = False,
) -> Made:
    """Write the archive; whole under its name or not at all. Conflict if the name is taken or another one runs."""
    path = path.absolute()
    if path.exists() and path.stat().st_size:
        raise refusals.target_taken(path)
    with records.alone(), _scratch() as scratch:
        ident = new_uid().hex
        stream_key, lock = key.lock() if key else (b"", None)
        record = Record(
            ident, str(path), at.isoformat(), 0, base.id if base else "", scheduled, key=stream_key.hex()
        )
        made = Made(record, path)
        about = {
            "format": FORMAT, "id": ident, "product": __version__, "made_at": at.isoformat(),
            "database": place.kind(), "base": base.id if base else "", "base_name": _name(base),
        }  # fmt: skip
        clear = {name: about[name] for name in ("format", "id", "product", "made_at", "base", "base_name")}
        with _beside(path) as out:
            if lock is None:
                with Behind(out) as sink:
                    _write(TapeWriter(sink), about, made, scratch, watch, secret=False)
            else:
                encrypted = Encrypted(out, stream_key, clear | {"lock": lock})
                with Behind(encrypted) as sink:
                    _write(TapeWriter(sink), about, made, scratch, watch, secret=True)
                encrypted.close()
        made.record = replace(record, size=path.stat().st_size, faulty=made.faulty_count)
        records.keep(made.record, scratch / FILES)
    data = {"tables": len(made.tables), "files": made.files, "new_files": made.new_files, "bytes": made.record.size}
    with transaction.atomic():
        log(actor=actor, action="ops.backed_up", obj=f"backup:{ident}", at=at, data=data)
    return made


def _name(base: Record | None) -> str:
    return Path(base.path).name if base else ""


def _write(
    tape: TapeWriter, about: dict[str, Any], made: Made, scratch: Path, watch: Watcher, *, secret: bool
) -> None:
    folder = place.data_dir()
    with contextlib.ExitStack() as held:
        # Opened and measured before the moment of the snapshot: a line that came later speaks of entries which the
        # snapshot does not hold.
        heads = held.enter_context(anchors.heads())
        lines = held.enter_context(heads.path.open("rb")) if heads.extent else None
        watch.begins("Cơ sở dữ liệu", 0)
        shot = held.enter_context(snapshot(scratch, lambda _done, _all: None))
        tape.add(ABOUT, json.dumps(about | {"migrations": shot.migrations()}).encode())
        if lines:
            tape.copy(anchors.FILE, heads.extent, lines)
        watch.ends()
        _database(tape, shot, watch)
        _files(tape, shot, made, scratch / FILES, watch)
    store = files.kept()
    for one in store.keys(waiting.PREFIX):
        with contextlib.suppress(FileNotFoundError):  # recognised meanwhile
            tape.add(one.key, store.get(one.key))
    for name in (*place.MARKERS, *((place.SECRET,) if secret else ())):
        with contextlib.suppress(FileNotFoundError):
            tape.add(name, (folder / name).read_bytes())
    made.tables = shot.counts
    manifest = {"tables": made.tables, "files": made.files, "new_files": made.new_files,
                "faulty": made.faulty, "faulty_count": made.faulty_count}  # fmt: skip
    tape.add(MANIFEST, json.dumps(manifest).encode())
    tape.close()


def _database(tape: TapeWriter, shot: Snapshot, watch: Watcher) -> None:
    watch.begins("Dữ liệu", shot.size)
    for name, packed, size in _compressed(shot.pieces()):
        tape.add(name + packing.SUFFIX, packed)
        watch.advances(size)
    watch.ends()


def _compressed(pieces: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes, int]]:
    def compressed(piece: tuple[str, bytes]) -> tuple[str, bytes, int]:
        name, data = piece
        return name, packing.packed(data), len(data)

    with ThreadPoolExecutor(_THREADS) as pool:
        yield from ahead(pool, _THREADS + 1, compressed, pieces)


def _files(tape: TapeWriter, shot: Snapshot, made: Made, listed: Path, watch: Watcher) -> None:
    """What the base has not; then the list of all. A file is whole before its row is, so a row of the snapshot has
    its file, unless its time had come meanwhile or it was damaged before."""
    base = records.list_of(made.record.base) if made.record.base else None
    watch.begins("Tệp", 0)
    store = files.kept()

    def new() -> Iterator[str]:
        with listed.open("wb") as out:
            for digest, is_new in records.unknown_to(base, shot.files()):
                out.write(bytes.fromhex(digest))
                made.files += 1
                made.new_files += is_new
                if is_new:
                    yield digest

    # Of a store behind a network several at once: most of the time is waiting.
    hands = _READERS if store.shared else _THREADS
    with ThreadPoolExecutor(hands) as pool:
        for digest, read in ahead(pool, hands, lambda digest: (digest, _read(store, digest)), new()):
            _file(tape, digest, read, made)
    watch.ends()
    with listed.open("rb") as file:
        number = 0
        while piece := file.read(_LIST_PIECE):
            number += 1
            tape.add(f"{FILES}/{number:06}", piece)


def _read(store: Store, digest: str) -> tuple[bytes, hashlib._Hash] | None:
    """A whole file, which is never larger than one that may be sent, and its SHA-256."""
    try:
        data = store.get(files.key_of(digest))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise files.unread(error) from error
    return data, hashlib.sha256(data)


def _file(tape: TapeWriter, digest: str, read: tuple[bytes, hashlib._Hash] | None, made: Made) -> None:
    key = files.key_of(digest)
    if read is not None:
        tape.add(key, *read)
    if read is None or read[1].hexdigest() != digest:
        made.faulty_count += 1
        made.faulty += [key] if len(made.faulty) < _NAMED else []


@contextmanager
def _scratch() -> Iterator[Path]:
    """A private place on the data's own disk; what a killed backup left there goes first."""
    folder = place.data_dir() / "cache" / "backup"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _beside(path: Path) -> Iterator[IO[bytes]]:
    """A file that gets its name when it is whole and on the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb", buffering=2**20) as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    handle = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
