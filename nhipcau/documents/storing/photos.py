"""A photograph of a paper without what the camera wrote beside it: place, device, moment, thumbnails, film.

The picture itself stays bit for bit; only which way up it was held is kept, for without that it would be shown on
its side. The same photograph always gives the same bytes.
"""

from __future__ import annotations

import re

from nhipcau.core.errors import InvalidInput
from nhipcau.documents.storing.media import JPEG, PNG, WEBP

_PNG_KEPT = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"sRGB", b"pHYs", b"cHRM"}
_DROPPED = {*range(0xE1, 0xEE), 0xEF, 0xFE}  # application segments but JFIF and Adobe, and comments
_SCAN, _END, _ABOUT = 0xDA, 0xD9, 0xE1
_BARE_MARKERS = {0x01, *range(0xD0, 0xD8)}  # without a length: restarts
_AFTER_SCAN = re.compile(rb"\xff[^\x00\x01\xd0-\xd7\xff]")  # FF 00 and restarts belong to the coded picture
_MOST_PIECES = 20_000  # of one picture; the largest photographs have some thousand
_WEBP_KEPT = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH"}
_WEBP_TOLD = 0x2C  # flags of VP8X: colour profile, Exif and XMP follow
_ORIENTATION = 0x0112
_WAYS = range(2, 9)  # 1 is upright


def without_metadata(data: bytes, kind: str) -> bytes:
    """The bare picture; a file of another kind stays as it came. InvalidInput for a broken one."""
    bare = {JPEG: _bare_jpeg, PNG: _bare_png, WEBP: _bare_webp}.get(kind)
    if bare is None:
        return data
    try:
        return bare(data)
    except (IndexError, ValueError) as error:
        raise InvalidInput("Tệp ảnh bị hỏng, không đọc được. Hãy quét hoặc chụp lại rồi gửi lại.") from error


def _bare_jpeg(data: bytes) -> bytes:
    """ISO/IEC 10918-1, Annex B. Behind the end of the picture cameras hide other pictures and film."""
    kept, at = bytearray(data[:2]), 2
    way: int | None = None  # until an Exif segment has told it
    for _ in range(_MOST_PIECES):
        if data[at] != 0xFF:
            raise ValueError("no marker")
        marker = data[at + 1]
        if marker == _END:
            kept += data[at : at + 2]
            return _upright(way or 1, bytes(kept))
        if marker in _BARE_MARKERS or marker == 0xFF:
            at += 1 if marker == 0xFF else 2
            continue
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if end < at + 4 or end > len(data):
            raise ValueError("broken segment")
        if marker == _SCAN:
            end = _after_scan(data, end)
        if marker not in _DROPPED:
            kept += data[at:end]
        elif marker == _ABOUT and way is None:
            way = _way_up(data[at + 4 : end])
        at = end
    raise ValueError("endless")


def _after_scan(data: bytes, at: int) -> int:
    """The next marker behind the coded picture."""
    found = _AFTER_SCAN.search(data, at)
    if found is None:
        raise ValueError("no end")
    return found.start()


def _way_up(about: bytes) -> int | None:
    """The orientation that an Exif segment tells (TIFF 6.0, tag 274), 1 if it tells none; None for another kind."""
    if not about.startswith(b"Exif\0\0"):
        return None
    tiff = about[6:]

    def number(at: int, size: int) -> int:
        return int.from_bytes(tiff[at : at + size], "big" if tiff[:2] == b"MM" else "little")

    first = number(4, 4)
    for entry in range(min(number(first, 2), 200)):
        at = first + 2 + 12 * entry
        if number(at, 2) == _ORIENTATION:
            way = number(at + 8, 2)
            return way if way in _WAYS else 1
    return 1


def _upright(way: int, picture: bytes) -> bytes:
    """The picture with a segment that tells its orientation and nothing else, if it needs one."""
    if way == 1:
        return picture
    entry = _ORIENTATION.to_bytes(2, "big") + b"\0\3" + b"\0\0\0\1" + way.to_bytes(2, "big") + b"\0\0"
    about = b"Exif\0\0" + b"MM\0*\0\0\0\x08" + b"\0\1" + entry + b"\0\0\0\0"
    return picture[:2] + b"\xff\xe1" + (len(about) + 2).to_bytes(2, "big") + about + picture[2:]


def _bare_png(data: bytes) -> bytes:
    """ISO/IEC 15948, 5.3: length, name, content, check value."""
    kept, at = bytearray(data[:8]), 8
    for _ in range(_MOST_PIECES):
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        if end > len(data):
            raise ValueError("broken chunk")
        name = data[at + 4 : at + 8]
        if name in _PNG_KEPT:
            kept += data[at:end]
        if name == b"IEND":
            return bytes(kept)
        at = end
    raise ValueError("no end")


def _bare_webp(data: bytes) -> bytes:
    """RIFF: name, length, content, padded to an even length. Moving pictures are none of a paper."""
    kept, at = bytearray(), 12
    end = min(len(data), 8 + int.from_bytes(data[4:8], "little"))
    for _ in range(_MOST_PIECES):
        if at + 8 > end:
            break
        length = int.from_bytes(data[at + 4 : at + 8], "little")
        after = at + 8 + length + length % 2
        if at + 8 + length > end:
            raise ValueError("broken chunk")
        name, chunk = data[at : at + 4], bytearray(data[at:after])
        if name == b"VP8X":
            chunk[8] &= ~_WEBP_TOLD & 0xFF
        if name in _WEBP_KEPT:
            kept += chunk
        at = after
    else:
        raise ValueError("endless")
    if not kept:
        raise ValueError("no picture")
    return b"RIFF" + (len(kept) + 4).to_bytes(4, "little") + b"WEBP" + bytes(kept)
