"""A zip written once, from front to back: never more in memory than one row or one piece of a file."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import IO, Any

from nhipcau.core.csvs import write_rows
from nhipcau.core.store import Source

_PIECE = 2**20


@dataclass(frozen=True)
class Written:
    """One file of the archive; `rows` of a table, 0 of anything else."""

    path: str
    sha256: str
    bytes: int
    rows: int = 0


class _Hashed(io.RawIOBase):
    """Passes on what is written and remembers its digest."""

    def __init__(self, out: IO[bytes]) -> None:
        self.out, self.digest, self.size = out, hashlib.sha256(), 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        """The bytes, counted."""
        self.digest.update(data)
        self.size += len(data)
        return self.out.write(data)


class Archive:
    """The archive under way, with what was written so far."""

    def __init__(self, out: zipfile.ZipFile) -> None:
        self.out = out
        self.written: list[Written] = []

    @contextmanager
    def _entry(self, path: str) -> Iterator[_Hashed]:
        with self.out.open(path, "w", force_zip64=True) as raw:
            yield _Hashed(raw)

    def _done(self, path: str, made: _Hashed, rows: int = 0) -> None:
        self.written.append(Written(path, made.digest.hexdigest(), made.size, rows))

    def text(self, path: str, text: str) -> None:
        """A whole small file."""
        with self._entry(path) as made:
            made.write(text.encode())
        self._done(path, made)

    def csv(self, path: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
        """A table; no text in it is ever a formula. Returns how many rows."""
        count = 0
        with self._entry(path) as made:
            made.write("\ufeff".encode())
            made.write(_line(columns))
            for row in rows:
                made.write(_line(row))
                count += 1
        self._done(path, made, count)
        return count

    def jsonl(self, path: str, rows: Iterable[dict[str, Any]]) -> int:
        """One JSON document a line."""
        count = 0
        with self._entry(path) as made:
            for row in rows:
                made.write((json.dumps(row, ensure_ascii=False) + "\n").encode())
                count += 1
        self._done(path, made, count)
        return count

    def json(self, path: str, rows: Iterable[dict[str, Any]]) -> int:
        """One JSON list, an element a line."""
        count = 0
        with self._entry(path) as made:
            for row in rows:
                made.write((",\n" if count else "[\n").encode() + json.dumps(row, ensure_ascii=False).encode())
                count += 1
            made.write(b"\n]\n" if count else b"[]\n")
        self._done(path, made, count)
        return count

    def file(self, path: str, source: Source) -> str:
        """A file as it lies in the store; returns the digest of what was read."""
        with self._entry(path) as made:
            while piece := source.read(_PIECE):
                made.write(piece)
        self._done(path, made)
        return made.digest.hexdigest()

    def manifest(self, path: str, head: dict[str, Any]) -> str:
        """What the archive holds, written last; returns its own digest."""
        body = json.dumps({**head, "files": [asdict(one) for one in self.written]}, ensure_ascii=False, indent=1)
        self.out.writestr(path, body)
        return hashlib.sha256(body.encode()).hexdigest()


def _line(row: Sequence[object]) -> bytes:
    text = io.StringIO()
    write_rows(text, [row])
    return text.getvalue().encode()
