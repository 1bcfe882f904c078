"""The signed and sealed copy of a report: a scan, or a PDF signed with a token."""

from __future__ import annotations

import re

from nhipcau.core.errors import InvalidInput
from nhipcau.documents import files, media
from nhipcau.documents.numbering import key

JPEG, PNG = "image/jpeg", "image/png"
_BYTE_RANGE = re.compile(rb"/ByteRange\s*\[\s*\d+\s+\d+\s+\d+\s+\d+\s*\]")
_KEPT_CHUNKS = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"sRGB", b"pHYs", b"cHRM"}
_DROPPED = {*range(0xE1, 0xEE), 0xEF, 0xFE}  # application segments but JFIF and Adobe, and comments


def copy_type(data: bytes, name: str) -> str:
    """The media type of a signed copy: PDF, JPEG or PNG. InvalidInput for another kind or size."""
    files.require_size(data)
    if media.detect(data) == media.PDF:
        return media.PDF
    if data.startswith(b"\xff\xd8\xff"):
        return JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    raise InvalidInput(
        f"Tệp «{name}» không phải bản chụp, quét hay PDF đã ký. Hãy gửi tệp .pdf, .jpg hoặc .png của bản đã ký, "
        "đóng dấu."
    )


def names_report(words: str, number: str, check_code: str) -> bool:
    """Whether the text of a signed PDF holds the number or the check code; a scan without text says nothing."""
    squashed = key(words)
    return not squashed or key(number) in squashed or key(check_code) in squashed


def is_digitally_signed(data: bytes) -> bool:
    """Whether a PDF carries a signature (ISO 32000-1, 12.8). Nothing is said about whether it is valid."""
    return data.startswith(b"%PDF-") and _BYTE_RANGE.search(data) is not None


def without_metadata(data: bytes, kind: str) -> bytes:
    """A picture without place, camera and comments; the picture itself bit for bit. A PDF stays as it came."""
    try:
        if kind == JPEG:
            return _bare_jpeg(data)
        return _bare_png(data) if kind == PNG else data
    except (IndexError, ValueError) as error:
        raise InvalidInput("Tệp ảnh bị hỏng, không đọc được. Hãy quét hoặc chụp lại rồi gửi lại.") from error


def _bare_jpeg(data: bytes) -> bytes:
    """ISO/IEC 10918-1, Annex B: segments up to the start of the scan."""
    kept, at = bytearray(data[:2]), 2
    while data[at + 1] != 0xDA:
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        if data[at] != 0xFF or length < 2 or at + 2 + length >= len(data):
            raise ValueError("broken segment")
        if data[at + 1] not in _DROPPED:
            kept += data[at : at + 2 + length]
        at += 2 + length
    return bytes(kept) + data[at:]


def _bare_png(data: bytes) -> bytes:
    """ISO/IEC 15948, 5.3: length, name, content, check value."""
    kept, at = bytearray(data[:8]), 8
    while at < len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        end = at + 12 + length
        if end > len(data):
            raise ValueError("broken chunk")
        name = data[at + 4 : at + 8]
        if name in _KEPT_CHUNKS:
            kept += data[at:end]
        if name == b"IEND":
            return bytes(kept)
        at = end
    raise ValueError("no end")
