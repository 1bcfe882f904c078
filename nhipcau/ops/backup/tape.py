"""A tar file written and read front to back, with a digest over all of it at its end.

Any `tar` opens an archive that is not encrypted. `tarfile` keeps every member it ever saw in memory; a store of a
million files is read here in the memory of one.
"""

from __future__ import annotations

import hashlib
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Protocol

BLOCK = 512
PIECE = 2**20
END = "digest.txt"  # the last member: SHA-256 of each header and of each content's SHA-256, in order


class Sink(Protocol):
    def write(self, data: bytes, /) -> object: ...


class Source(Protocol):
    """`read` gives fewer bytes than asked only at the end."""

    def read(self, size: int, /) -> bytes: ...


class Truncated(Exception):
    """The bytes end before the archive does."""


class Broken(Exception):
    """What was read is not what was written; the text says where."""


class TapeWriter:
    """Members one after the other. `close` ends the tape; without it the archive counts as cut short."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._running = hashlib.sha256()

    def add(self, name: str, data: bytes, content: hashlib._Hash | None = None) -> None:
        """A member that is at hand; `content` is its SHA-256 if somebody has it."""
        self._header(name, len(data))
        self._sink.write(data)
        self._end(len(data), content or hashlib.sha256(data))

    def copy(self, name: str, size: int, source: IO[bytes]) -> str:
        """A member of `size` bytes off a file; returns their SHA-256. Zeros stand for what the file lacks."""
        self._header(name, size)
        content, left = hashlib.sha256(), size
        while left and (piece := source.read(min(PIECE, left))):
            content.update(piece)
            self._sink.write(piece)
            left -= len(piece)
        while left:
            zeros = bytes(min(PIECE, left))
            content.update(zeros)
            self._sink.write(zeros)
            left -= len(zeros)
        self._end(size, content)
        return content.hexdigest()

    def close(self) -> str:
        """Write the digest and the end of the tape; returns the digest."""
        digest = self._running.hexdigest()
        self.add(END, f"{digest}\n".encode())
        self._sink.write(bytes(2 * BLOCK))
        return digest

    def _header(self, name: str, size: int) -> None:
        member = tarfile.TarInfo(name)
        member.size, member.mode = size, 0o440
        block = member.tobuf(tarfile.USTAR_FORMAT)
        self._running.update(block)
        self._sink.write(block)

    def _end(self, size: int, content: hashlib._Hash) -> None:
        self._running.update(content.digest())
        if size % BLOCK:
            self._sink.write(bytes(BLOCK - size % BLOCK))


@dataclass
class Member:
    """One member; its pieces are to be taken before the next one is asked for."""

    name: str
    size: int
    pieces: Iterator[bytes]

    def whole(self, most: int) -> bytes:
        """All bytes of a small member. Broken if it is larger than anything we wrote."""
        if self.size > most:
            raise Broken(self.name)
        return b"".join(self.pieces)


class TapeReader:
    """Members one after the other; Truncated or Broken as soon as that is known, at the latest at the end."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._running = hashlib.sha256()

    def members(self) -> Iterator[Member]:
        """Every member but the digest, which is compared."""
        while True:
            before = self._running.hexdigest()
            member = self._header()
            pieces = self._pieces(member.size)
            if member.name == END:
                said = b"".join(pieces).decode("ascii", "replace").strip()
                if said != before:
                    raise Broken(END)
                self._finish()
                return
            yield Member(member.name, member.size, pieces)
            for _ in pieces:  # whatever nobody wanted counts in the digest all the same
                pass

    def _header(self) -> tarfile.TarInfo:
        block = self._take(BLOCK)
        self._running.update(block)
        try:
            return tarfile.TarInfo.frombuf(block, "utf-8", "strict")
        except (tarfile.HeaderError, UnicodeDecodeError) as error:
            raise Broken(type(error).__name__) from error

    def _pieces(self, size: int) -> Iterator[bytes]:
        content, left = hashlib.sha256(), size
        while left:
            piece = self._take(min(PIECE, left))
            content.update(piece)
            left -= len(piece)
            yield piece
        self._running.update(content.digest())
        if size % BLOCK and self._take(BLOCK - size % BLOCK).strip(b"\0"):
            raise Broken("padding")

    def _finish(self) -> None:
        """Read on to the very end: what an encrypted stream says about itself stands there."""
        if self._take(2 * BLOCK).strip(b"\0") or self._source.read(1):
            raise Broken(END)

    def _take(self, size: int) -> bytes:
        data = self._source.read(size)
        if len(data) < size:
            raise Truncated
        return data
