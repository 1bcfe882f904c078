"""Opening archives: what each says of itself, what it rests on, its members, and every fault in plain words."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from nhipcau.ops.backup import records, refusals
from nhipcau.ops.backup.cipher import MAGIC, Decrypted, read_line
from nhipcau.ops.backup.keys import Key, SecretNeeded, WrongKey
from nhipcau.ops.backup.tape import BLOCK, Broken, TapeReader, Truncated

ABOUT = "about.json"
_MOST_ABOUT = 2**22
_LONGEST_CHAIN = 400


@dataclass(frozen=True)
class Head:
    """What can be known without the key. `line` is the header of an encrypted archive."""

    path: Path
    id: str
    base: str
    base_name: str
    product: str
    made_at: str
    format: int
    line: bytes = b""

    @property
    def encrypted(self) -> bool:
        return bool(self.line)


def look(path: Path) -> Head:
    """The head of the archive at `path`. NotFound, or UnreadableFile for anything else."""
    if not path.is_file():
        raise refusals.no_such_archive(path)
    with told(path), path.open("rb") as source:
        start = source.read(len(MAGIC))
        if start == MAGIC:
            line = read_line(source)
            return _head(path, json.loads(line), line)
        source.seek(0)
        if not start.startswith(ABOUT.encode()):
            raise refusals.not_an_archive(path)
        return _head(path, _about(TapeReader(source)), b"")


def _head(path: Path, said: dict[str, Any], line: bytes) -> Head:
    named = {name: str(said[name]) for name in ("id", "base", "base_name", "product", "made_at")}
    return Head(path, **named, format=int(said["format"]), line=line)


def _about(tape: TapeReader) -> dict[str, Any]:
    about: dict[str, Any] = json.loads(next(tape.members()).whole(_MOST_ABOUT))
    return about


@contextmanager
def opened(head: Head, key: Key | None) -> Iterator[TapeReader]:
    """The archive's tape. Whatever is found wrong within is raised as what a person can read."""
    with told(head.path), head.path.open("rb", buffering=BLOCK * 2048) as source:
        if not head.encrypted:
            yield TapeReader(source)
            return
        if key is None:
            raise refusals.key_needed(head.path)
        yield TapeReader(_decrypted(source, head, key))


def _decrypted(source: IO[bytes], head: Head, key: Key) -> Decrypted:
    source.seek(len(MAGIC))
    try:
        return Decrypted(source, read_line(source), key)
    except SecretNeeded as error:
        raise refusals.public_key_only(head.path) from error
    except WrongKey as error:
        raise refusals.wrong_key(head.path) from error


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Faults of the bytes as faults of the file."""
    try:
        yield
    except Truncated as error:
        raise refusals.truncated(path) from error
    except Broken as error:
        raise refusals.damaged(path, str(error)) from error
    except (zlib.error, ValueError, KeyError, TypeError) as error:
        raise refusals.damaged(path, type(error).__name__) from error


def chain(path: Path, bases: Iterable[Path] = ()) -> list[Head]:
    """The archive and all it rests on, newest first. NotFound names the one that is missing."""
    found = [look(path)]
    given = [look(base) for base in bases]
    while found[-1].base:
        if len(found) > _LONGEST_CHAIN:
            raise refusals.damaged(path, "base")
        found.append(_base(found[-1], given))
    return found


def _base(head: Head, given: list[Head]) -> Head:
    """Named by hand, beside it, or where this machine wrote it."""
    remembered = records.find(head.base)
    beside = [head.path.parent / Path(head.base_name).name, *([Path(remembered.path)] if remembered else [])]
    for one in (*given, *(look(path) for path in beside if path.is_file())):
        if one.id == head.base:
            return one
    raise refusals.base_missing(head.path, head.base_name)


def base_record(path: Path) -> records.Record:
    """What this machine remembers of an archive that another is to rest on. Conflict if it does not."""
    found = records.find(look(path).id)
    if found is None or not records.list_of(found.id).is_file():
        raise refusals.base_unknown(path)
    return found
