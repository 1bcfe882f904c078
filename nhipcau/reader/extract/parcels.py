"""What brings several files at once: an e-mail with attachments (.eml, RFC 5322) or a .zip.

A parcel is only opened, never kept: each file in it is read, and registered, by itself. It is opened in a confined
process: an e-mail of 200 kB whose text claims to be punycode keeps the parser busy for a minute, and one with mails
in mails deep enough breaks it.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import PurePosixPath

from nhipcau.core.errors import UnreadableFile
from nhipcau.core.said import Said
from nhipcau.reader.extract.apart import unpacked_apart

_MOST_FILES = 100
_MOST_BYTES = 200 * 2**20  # of all files together
_DEEPEST = 3  # a .zip in an e-mail in an e-mail
_HEADER = re.compile(
    rb"^(?:From|To|Subject|Date|Received|Return-Path|MIME-Version|Message-ID|Delivered-To|Content-Type):",
    re.IGNORECASE | re.MULTILINE,
)
_ENOUGH_HEADERS = 3
_UTF8_NAME = 0x800  # flag of a .zip entry whose name is UTF-8 (APPNOTE 4.4.4)
_LOCKED = 0x1
_LEFTOVERS = {".DS_Store", "Thumbs.db", "desktop.ini"}


@dataclass(frozen=True)
class Enclosed:
    """One file out of a parcel."""

    name: str
    data: bytes


def unpack(data: bytes, name: str) -> tuple[Enclosed, ...] | None:
    """The files of a parcel in order, or None where the file is no parcel.

    An e-mail without attachments gives its text. Raises `UnreadableFile` (locked, damaged, empty, too many or
    too large files, parcels within parcels, one that takes too long).
    """
    if not (is_message(data, name) or is_archive(data)):
        return None
    return tuple(Enclosed(*one) for one in unpacked_apart(data, name))


def unpack_here(data: bytes, name: str) -> tuple[Enclosed, ...]:
    """The files of what is a parcel, opened in this very process: what the confined one runs."""
    found: list[Enclosed] = []
    for enclosed in _opened(data, name, 1):
        found.append(enclosed)
        if len(found) > _MOST_FILES or sum(len(one.data) for one in found) > _MOST_BYTES:
            raise UnreadableFile(
                Said(
                    f"Tệp “{name}” chứa quá {_MOST_FILES} tệp hoặc quá {_MOST_BYTES // 2**20} MB. Hãy gửi "
                    "từng phần.",
                    f"The file “{name}” holds more than {_MOST_FILES} files or more than "
                    f"{_MOST_BYTES // 2**20} MB. Send it in parts.",
                )
            )
    if not found:
        raise UnreadableFile(
            Said(
                f"Tệp “{name}” không chứa tệp nào. Hãy kiểm tra lại rồi gửi lại.",
                f"The file “{name}” holds no files. Check it and send it again.",
            )
        )
    return tuple(found)


def is_archive(data: bytes) -> bool:
    """A .zip that is no Word or Excel file."""
    if not data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return "[Content_Types].xml" not in package.namelist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        return False


def is_message(data: bytes, name: str) -> bool:
    """An e-mail as mail programs save it."""
    head = data[:8192].split(b"\n\n", 1)[0].split(b"\r\n\r\n", 1)[0]
    headers = {match.lower() for match in _HEADER.findall(head)}
    return len(headers) >= (1 if name.lower().endswith(".eml") else _ENOUGH_HEADERS)


def _opened(data: bytes, name: str, depth: int) -> Iterator[Enclosed]:
    """The files in a parcel; a parcel among them is opened too."""
    if depth > _DEEPEST:
        raise UnreadableFile(
            Said(
                f"Tệp “{name}” lồng quá nhiều lớp thư và tệp nén. Hãy lấy văn bản ra rồi gửi.",
                f"The file “{name}” has too many layers of mails and archives. Take the letters out and send them.",
            )
        )
    for enclosed in _in_archive(data, name) if is_archive(data) else _message(data, name):
        if is_archive(enclosed.data) or is_message(enclosed.data, enclosed.name):
            yield from _opened(enclosed.data, enclosed.name, depth + 1)
        else:
            yield enclosed


def _in_archive(data: bytes, name: str) -> Iterator[Enclosed]:
    left = _MOST_BYTES
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        entries = [entry for entry in package.infolist() if not _beside(entry)]
        if len(entries) > _MOST_FILES:
            raise UnreadableFile(
                Said(
                    f"Tệp nén “{name}” chứa quá {_MOST_FILES} tệp. Hãy gửi từng phần.",
                    f"The archive “{name}” holds more than {_MOST_FILES} files. Send it in parts.",
                )
            )
        for entry in entries:
            content = _content(package, entry, name, left)
            left -= len(content)
            yield Enclosed(_entry_name(entry), content)


def _content(package: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, most: int) -> bytes:
    """The bytes of an entry; what it claims about its size is not believed."""
    if entry.flag_bits & _LOCKED:
        raise UnreadableFile(
            Said(
                f"Tệp nén “{name}” có mật khẩu. Hãy giải nén rồi gửi từng văn bản.",
                f"The archive “{name}” is locked by a password. Unpack it and send the letters one by one.",
            )
        )
    try:
        with package.open(entry) as file:
            content = file.read(most + 1)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError) as error:
        raise UnreadableFile(
            Said(
                f"Tệp nén “{name}” bị hỏng. Hãy xin lại tệp gốc.",
                f"The archive “{name}” is damaged. Ask for the original.",
            )
        ) from error
    if len(content) > most:
        raise UnreadableFile(
            Said(
                f"Tệp nén “{name}” giải ra quá {_MOST_BYTES // 2**20} MB. Hãy gửi từng phần.",
                f"The archive “{name}” unpacks to more than {_MOST_BYTES // 2**20} MB. Send it in parts.",
            )
        )
    return content


def _beside(entry: zipfile.ZipInfo) -> bool:
    """Folders, and what macOS and Windows put beside files."""
    path = PurePosixPath(entry.filename)
    return entry.is_dir() or path.parts[:1] == ("__MACOSX",) or path.name in _LEFTOVERS


def _entry_name(entry: zipfile.ZipInfo) -> str:
    name = PurePosixPath(entry.filename.replace("\\", "/")).name
    if entry.flag_bits & _UTF8_NAME:
        return name
    try:  # many programs write UTF-8 without saying so, and it is then read as the code page of DOS
        return name.encode("cp437").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return name


def _message(data: bytes, name: str) -> list[Enclosed]:
    try:
        return list(_in_message(data, name))
    except (LookupError, ValueError, AttributeError, TypeError) as error:  # what its parser meets in broken mail
        raise UnreadableFile(
            Said(
                f"Thư “{name}” bị hỏng. Hãy lưu các tệp đính kèm ra rồi gửi từng tệp.",
                f"The mail “{name}” is damaged. Save its attachments and send them one by one.",
            )
        ) from error


def _in_message(data: bytes, name: str) -> Iterator[Enclosed]:
    message = BytesParser(policy=policy.default).parsebytes(data)
    attached = [part for part in message.iter_attachments() if isinstance(part, EmailMessage)]
    files = [Enclosed(_attachment_name(part, number), _payload(part)) for number, part in enumerate(attached, 1)]
    if files:
        yield from (file for file in files if file.data)
        return
    body = message.get_body(("plain", "html"))
    if body is not None and str(body.get_content()).strip():
        ending = ".html" if body.get_content_subtype() == "html" else ".txt"
        yield Enclosed(f"{PurePosixPath(name).stem}{ending}", str(body.get_content()).encode())


def _payload(part: EmailMessage) -> bytes:
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload(0)
        return inner.as_bytes() if isinstance(inner, EmailMessage) else b""
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _attachment_name(part: EmailMessage, number: int) -> str:
    ending = {"message/rfc822": ".eml", "application/pdf": ".pdf"}.get(part.get_content_type(), "")
    return part.get_filename() or f"dinh-kem-{number}{ending}"
