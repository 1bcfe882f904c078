"""What a file is, by its contents: people rename files, and some do so on purpose."""

from __future__ import annotations

import re
from enum import Enum
from pathlib import PurePath

_BINARY_ENDINGS = {".docx", ".docm", ".dotx", ".doc", ".pdf"}
_HTML = re.compile(rb"<(?:!doctype html|html|head|body|meta)\b", re.IGNORECASE)


class Kind(Enum):
    """What a file holds; every kind has one reader."""

    DOCX = "docx"
    DOC = "doc"
    RTF = "rtf"
    PDF = "pdf"
    HTML = "html"
    PHOTO = "photo"
    PLAIN = "plain"
    UNKNOWN = "unknown"


_MARKS = (
    (b"PK\x03\x04", Kind.DOCX),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind.DOC),
    (b"{\\rtf", Kind.RTF),
    (b"\xff\xd8\xff", Kind.PHOTO),
    (b"\x89PNG\r\n\x1a\n", Kind.PHOTO),
    (b"\xff\xfe", Kind.PLAIN),  # UTF-16
    (b"\xfe\xff", Kind.PLAIN),
)


def kind_of(data: bytes, name: str) -> Kind:
    """The kind by the first bytes; the name's ending only says when plain text is not what was meant."""
    marked = next((kind for mark, kind in _MARKS if data.startswith(mark)), None)
    if marked is None and b"%PDF-" in data[:1024]:  # rubbish may stand before it (ISO 32000-1, Annex H)
        marked = Kind.PDF
    if marked is None and data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        marked = Kind.PHOTO
    if marked is not None:
        return marked
    if b"\x00" in data[:4096]:
        return Kind.UNKNOWN
    if _HTML.search(data[:2048]):
        return Kind.HTML
    return Kind.UNKNOWN if PurePath(name).suffix.lower() in _BINARY_ENDINGS else Kind.PLAIN
