"""What a file is, by its bytes; the name only helps where the bytes do not tell."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection
from pathlib import PurePosixPath

from nhipcau.core.errors import InvalidInput, UnreadableFile
from nhipcau.core.text import clean

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOC = "application/msword"
TEXT = "text/plain"
PICTURE = "image"

LETTERS = (PDF, DOCX, DOC, TEXT)
PAPERS = (PDF, DOCX, XLSX, TEXT)
_LABELS = {PDF: ".pdf", DOCX: ".docx", XLSX: ".xlsx", DOC: ".doc", TEXT: ".txt"}
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_HEIF = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif")
_NAME_LENGTH = 200
# Harmless as text, but kept under its name it would run on whoever downloads the original.
_PROGRAMS = {
    ".bat", ".cmd", ".com", ".dll", ".exe", ".hta", ".jar", ".js", ".jse", ".lnk", ".msi", ".pif", ".ps1", ".reg",
    ".scr", ".sh", ".url", ".vbe", ".vbs", ".wsf",
}  # fmt: skip


def detect(data: bytes) -> str | None:
    """The media type (`PICTURE` for any photograph), or None for a kind this system does not know."""
    if data.startswith(b"%PDF-"):
        return PDF
    if data.startswith(b"PK\x03\x04"):
        return _office(data)
    if data.startswith((b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf")):
        return DOC
    if data.startswith(_PICTURES) or (data[4:8] == b"ftyp" and data[8:12] in _HEIF) or _is_webp(data):
        return PICTURE
    return TEXT if b"\x00" not in data[:4096] or data.startswith((b"\xff\xfe", b"\xfe\xff")) else None


def require(data: bytes, name: str, accepted: Collection[str]) -> str:
    """The media type if it is one of the accepted; else InvalidInput naming the file and what is accepted."""
    kind = detect(data)
    if kind is None or kind not in accepted or PurePosixPath(name).suffix.lower() in _PROGRAMS:
        names = ", ".join(_LABELS[one] for one in accepted)
        raise InvalidInput(f"Tệp «{name}» không thuộc loại nhận được ({names}). Hãy chuyển sang một loại đó.")
    return kind


def clean_name(name: str) -> str:
    """The bare file name, without folders, at most 200 characters with its ending kept."""
    bare = clean(PurePosixPath(name.replace("\\", "/")).name) or "khong-ten"
    path = PurePosixPath(bare)
    return path.stem[: _NAME_LENGTH - len(path.suffix)] + path.suffix if len(bare) > _NAME_LENGTH else bare


def _is_webp(data: bytes) -> bool:
    return data[:4] == b"RIFF" and data[8:12] == b"WEBP"


def _office(data: bytes) -> str | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = package.namelist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise UnreadableFile("Tệp Word hoặc Excel bị hỏng, không mở được. Hãy lưu lại rồi gửi lại.") from error
    if any(name.startswith("word/") for name in names):
        return DOCX
    return XLSX if any(name.startswith("xl/") for name in names) else None
