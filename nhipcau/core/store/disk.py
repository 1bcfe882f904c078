"""A store in a folder of this machine: a key is a path below it."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from nhipcau.core.store.kept import Kept, Source

_PART = ".tmp-"  # what is being written; no key begins with a dot
_UNCHANGING, _OTHER = 0o440, 0o600


@dataclass(frozen=True)
class _Opened:
    file: IO[bytes]
    size: int

    def read(self, most: int, /) -> bytes:
        return self.file.read(most)


class DiskStore:
    """Originals under `files/` are never changed, so nobody may write to them."""

    shared = False

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def where(self) -> str:
        return str(self._folder)

    def put(self, key: str, data: bytes) -> None:
        """A temporary name, fsync, atomic rename: whoever looks finds all of it or none."""
        path = self._folder / key
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=_PART)
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            temporary.chmod(_UNCHANGING if key.startswith("files/") else _OTHER)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
        _sync(path.parent)

    def put_once(self, key: str, data: bytes) -> None:
        if not (self._folder / key).exists():
            self.put(key, data)

    def holds(self, key: str, data: bytes, sha256: str) -> bool:
        try:
            os.utime(self._folder / key)  # wanted anew: no sweep takes it for left over before its row is there
            return hashlib.sha256(self.get(key)).hexdigest() == sha256
        except FileNotFoundError:
            return False

    def get(self, key: str) -> bytes:
        return (self._folder / key).read_bytes()

    @contextmanager
    def open(self, key: str) -> Iterator[Source]:
        with (self._folder / key).open("rb") as file:
            yield _Opened(file, os.fstat(file.fileno()).st_size)

    def remove(self, key: str) -> None:
        (self._folder / key).unlink(missing_ok=True)

    def keys(self, prefix: str, *, after: str = "") -> Iterator[Kept]:
        """Folder by folder: the names of one are all that is held."""
        yield from _below(self._folder / prefix, prefix, after)


def _below(folder: Path, prefix: str, after: str) -> Iterator[Kept]:
    if not folder.is_dir():
        return
    with os.scandir(folder) as found:
        entries = sorted((entry.name, entry.is_dir()) for entry in found if not entry.name.startswith("."))
    for name, is_folder in entries:
        key = f"{prefix}{name}"
        if is_folder:
            if f"{key}/\U0010ffff" > after:
                yield from _below(folder / name, f"{key}/", after)
        elif key > after:
            try:
                told = (folder / name).stat()
            except FileNotFoundError:  # erased meanwhile
                continue
            yield Kept(key, told.st_size, dt.datetime.fromtimestamp(told.st_mtime, dt.UTC))


def _sync(folder: Path) -> None:
    """The rename itself must survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
