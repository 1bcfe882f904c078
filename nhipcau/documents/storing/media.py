"""What a file is, by its bytes; the name only helps where the bytes do not tell."""

from __future__ import annotations

import zipfile
from collections.abc import Collection
from pathlib import PurePosixPath

from nhipcau.core import zips
from nhipcau.core.errors import InvalidInput, UnreadableFile
from nhipcau.core.said import Said
from nhipcau.core.text import clean

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOC = "application/msword"
TEXT = "text/plain"
JPEG, PNG, WEBP = "image/jpeg", "image/png", "image/webp"
PICTURE = "image"  # of a kind that is only named, to be refused in words

PHOTOS = (JPEG, PNG, WEBP)
LETTERS = (PDF, DOCX, DOC, TEXT)
ARRIVALS = (*LETTERS, *PHOTOS)  # a letter may be photographed on its way in; what goes out is a paper
PAPERS = (PDF, DOCX, XLSX, TEXT)
_LABELS = {PDF: ".pdf", DOCX: ".docx", XLSX: ".xlsx", DOC: ".doc", TEXT: ".txt"}
_LABELS |= {JPEG: ".jpg", PNG: ".png", WEBP: ".webp"}
_MARKS = {
    b"%PDF-": PDF,
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": DOC,
    b"{\\rtf": DOC,
    b"\xff\xd8\xff": JPEG,
    b"\x89PNG\r\n\x1a\n": PNG,
    b"GIF8": PICTURE,
    b"II*\x00": PICTURE,
    b"MM\x00*": PICTURE,
    b"BM": PICTURE,
}
_HEIF = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif")
_NAME_LENGTH = 200
# Harmless as text, but kept under its name it would run on whoever downloads the original.
_PROGRAMS = {
    ".bat", ".cmd", ".com", ".dll", ".exe", ".hta", ".jar", ".js", ".jse", ".lnk", ".msi", ".pif", ".ps1", ".reg",
    ".scr", ".sh", ".url", ".vbe", ".vbs", ".wsf",
}  # fmt: skip


def detect(data: bytes) -> str | None:
    """The media type (`PICTURE` for a picture that is no letter), or None for a kind this system does not know."""
    if data.startswith(b"PK\x03\x04"):
        return _office(data)
    marked = next((kind for mark, kind in _MARKS.items() if data.startswith(mark)), None)
    if marked is None and data[4:8] == b"ftyp" and data[8:12] in _HEIF:
        marked = PICTURE
    if marked is None and data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        marked = WEBP
    if marked is not None:
        return marked
    return TEXT if b"\x00" not in data[:4096] or data.startswith((b"\xff\xfe", b"\xfe\xff")) else None


def require(data: bytes, name: str, accepted: Collection[str]) -> str:
    """The media type if it is one of the accepted; else InvalidInput naming the file and what is accepted."""
    kind = detect(data)
    if kind is None or kind not in accepted or PurePosixPath(name).suffix.lower() in _PROGRAMS:
        names = ", ".join(_LABELS[one] for one in accepted)
        if kind == PICTURE and JPEG in accepted:
            raise InvalidInput(
                Said(
                    f"Ảnh «{name}» thuộc loại hệ thống không mở được. Hãy lưu thành .jpg hoặc .png rồi gửi lại "
                    "(iPhone: Cài đặt › Camera › Định dạng › Tương thích nhất).",
                    f"The picture «{name}» is of a kind that cannot be opened. Save it as .jpg or .png "
                    "and send that (iPhone: Settings › Camera › Formats › Most Compatible).",
                )
            )
        raise InvalidInput(
            Said(
                f"Tệp «{name}» không thuộc loại nhận được ({names}). Hãy chuyển sang một loại đó.",
                f"The file «{name}» is of a kind that is not taken ({names}). Convert it to one of those.",
            )
        )
    return kind


def is_picture(kind: str | None) -> bool:
    """Whether it is a photograph, of whatever kind."""
    return kind == PICTURE or kind in PHOTOS


def clean_name(name: str) -> str:
    """The bare file name, without folders, at most 200 characters with its ending kept."""
    bare = clean(PurePosixPath(name.replace("\\", "/")).name) or "khong-ten"
    path = PurePosixPath(bare)
    return path.stem[: _NAME_LENGTH - len(path.suffix)] + path.suffix if len(bare) > _NAME_LENGTH else bare


def _office(data: bytes) -> str | None:
    try:
        with zips.opened(data) as package:
            names = package.namelist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise UnreadableFile("Tệp Word hoặc Excel bị hỏng, không mở được. Hãy lưu lại rồi gửi lại.") from error
    if any(name.startswith("word/") for name in names):
        return DOCX
    return XLSX if any(name.startswith("xl/") for name in names) else None
