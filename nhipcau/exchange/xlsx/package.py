"""A zip archive of which a few parts change: the others are copied as they were compressed, byte for byte."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_VERSION, _UTF8, _DEFLATED = 20, 0x800, 8
_DAY = (0, 0x21)  # midnight of 1 January 1980: the same contents give the same file


@dataclass(frozen=True)
class _Part:
    """One file of the archive, deflated."""

    name: bytes
    crc: int
    size: int
    packed: bytes


@dataclass(frozen=True)
class Package:
    """The parts of an archive in their order."""

    parts: tuple[_Part, ...]

    @classmethod
    def of(cls, data: bytes) -> Package:
        """Take an archive apart; it is one of our own."""
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return cls(tuple(_part(name, archive.read(name), level=9) for name in archive.namelist()))

    def text(self, name: str) -> str:
        """What a part says."""
        part = next(part for part in self.parts if part.name == name.encode())
        return zlib.decompress(part.packed, -15).decode()

    def with_parts(self, changed: Mapping[str, str]) -> bytes:
        """The archive with these parts in place of the ones of the same name."""
        new = {name.encode(): text for name, text in changed.items()}
        return _archive(
            [_part(p.name.decode(), new[p.name].encode(), level=1) if p.name in new else p for p in self.parts]
        )


def _part(name: str, data: bytes, *, level: int) -> _Part:
    squeeze = zlib.compressobj(level, zlib.DEFLATED, -15)
    return _Part(name.encode(), zlib.crc32(data), len(data), squeeze.compress(data) + squeeze.flush())


def _archive(parts: list[_Part]) -> bytes:
    body, listing = bytearray(), bytearray()
    for part in parts:
        shape = (*_DAY, part.crc, len(part.packed), part.size, len(part.name))
        listing += _CENTRAL.pack(
            b"PK\x01\x02", _VERSION, _VERSION, _UTF8, _DEFLATED, *shape, 0, 0, 0, 0, 0, len(body)
        ) + part.name  # fmt: skip
        body += _LOCAL.pack(b"PK\x03\x04", _VERSION, _UTF8, _DEFLATED, *shape, 0) + part.name + part.packed
    end = _END.pack(b"PK\x05\x06", 0, 0, len(parts), len(parts), len(listing), len(body), 0)
    return bytes(body + listing + end)
