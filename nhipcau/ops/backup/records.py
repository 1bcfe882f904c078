"""What this machine remembers of the backups it made, in `DATA_DIR/backups/`: about it, so not in the data.

Beside each record lies the list of the files its archive holds: with it the next one knows what is new without the
key to the one before. The key of an archive's own stream is kept as long as the self-test may need it.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from nhipcau.ops.backup import place, refusals

DIGEST = 32  # bytes of a file's SHA-256 in the lists


@dataclass(frozen=True)
class Record:
    """One archive. `base` is the id of the one that holds the other files; `key` that of its stream, in hex."""

    id: str
    path: str
    made_at: str
    size: int
    base: str = ""
    scheduled: bool = False
    faulty: int = 0
    key: str = field(default="", repr=False)


def folder() -> Path:
    found = place.data_dir() / "backups"
    found.mkdir(parents=True, exist_ok=True, mode=0o700)
    return found


@contextmanager
def alone() -> Iterator[None]:
    """One backup, restore or test at a time. Conflict if another is at it."""
    with (folder() / ".lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise refusals.already_running() from None
        yield


def every() -> list[Record]:
    """All records, oldest first."""
    found = [Record(**json.loads(path.read_text("utf-8"))) for path in folder().glob("*.json")]
    return sorted(found, key=lambda record: record.made_at)


def find(ident: str) -> Record | None:
    path = folder() / f"{ident}.json"
    return Record(**json.loads(path.read_text("utf-8"))) if path.is_file() else None


def chain(record: Record) -> list[Record]:
    """The record and what it rests on, newest first, as far as it is remembered."""
    found = [record]
    while found[-1].base and (below := find(found[-1].base)) is not None:
        found.append(below)
    return found


def keep(record: Record, digests: Path) -> None:
    """Remember an archive that is whole on its disk; forget the keys that no self-test of it needs."""
    digests.replace(list_of(record.id))
    _write(record)
    needed = {one.id for one in chain(record)}
    for other in every():
        if other.key and other.id not in needed:
            _write(replace(other, key=""))


def forget(record: Record) -> None:
    (folder() / f"{record.id}.json").unlink(missing_ok=True)
    list_of(record.id).unlink(missing_ok=True)


def list_of(ident: str) -> Path:
    """Where the digests of an archive and all it rests on lie, sorted."""
    return folder() / f"{ident}.files"


def _write(record: Record) -> None:
    path = folder() / f"{record.id}.json"
    part = path.with_suffix(".part")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        json.dump(asdict(record), out)
        out.flush()
        os.fsync(out.fileno())
    part.replace(path)


def digests_in(path: Path) -> Iterator[str]:
    """The list, as hexadecimal text, in order."""
    with path.open("rb") as file:
        while digest := file.read(DIGEST):
            yield digest.hex()


def unknown_to(base: Path | None, wanted: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """Each digest with whether the list at `base` lacks it. Both are sorted: neither is held in memory."""
    known = digests_in(base) if base is not None else iter(())
    have = next(known, None)
    for digest in wanted:
        while have is not None and have < digest:
            have = next(known, None)
        yield digest, have != digest
