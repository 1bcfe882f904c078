"""Zip archives that say what is not so: made by hand, for no packer writes them (APPNOTE 4.3)."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Mapping

_LOCAL, _LISTED, _END = struct.Struct("<4s5H3L2H"), struct.Struct("<4s6H3L5H2L"), struct.Struct("<4s4H2LH")
_DAY = (0, 0x21)  # midnight of 1 January 1980


def lying(
    name: str,
    size: int,
    *,
    says: int = 1_000,
    kind: int = zipfile.ZIP_DEFLATED,
    garbled: bool = False,
    others: Mapping[str, bytes] | None = None,
) -> bytes:
    """A .docx with a part of `size` zeros that says it has `says`; `others` are whole and stored."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = squeeze.compress(bytes(size)) + squeeze.flush()
    if garbled:
        packed = b"\xff" + packed[1:]
    body, listed = bytearray(), bytearray()
    parts = {"word/document.xml": b"<a/>", name: packed} | dict(others or {})
    for part, data in parts.items():
        lies = part == name
        told = zlib.crc32(bytes(says) if lies else data), len(data), says if lies else len(data)
        method, called = kind if lies else zipfile.ZIP_STORED, part.encode()
        listed += (
            _LISTED.pack(b"PK\x01\x02", 20, 20, 0, method, *_DAY, *told, len(called), *[0] * 5, len(body)) + called
        )
        body += _LOCAL.pack(b"PK\x03\x04", 20, 0, method, *_DAY, *told, len(called), 0) + called + data
    return _ended(body, listed, len(parts))


def many(count: int) -> bytes:
    """An archive whose list names one part so many times."""
    name, data = b"word/document.xml", b"<a/>"
    told = zlib.crc32(data), len(data), len(data), len(name)
    body = bytearray(_LOCAL.pack(b"PK\x03\x04", 20, 0, 0, *_DAY, *told, 0) + name + data)
    one = _LISTED.pack(b"PK\x01\x02", 20, 20, 0, 0, *_DAY, *told, *[0] * 6) + name
    return _ended(body, bytearray(one * count), count)


def _ended(body: bytearray, listed: bytearray, count: int) -> bytes:
    count = min(count, 0xFFFF)
    end = _END.pack(b"PK\x05\x06", 0, 0, count, count, len(listed), len(body), 0)
    return bytes(body + listed + end)
