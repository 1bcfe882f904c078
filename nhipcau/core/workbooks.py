"""The confined side of `apart`: answer what stands in each foreign workbook; refuse what was made to harm.

Asked by one line of JSON with the sizes of the files, then the files; answers one line for each, in their order.
"""

from __future__ import annotations

import gc
import io
import json
import os
import re
import sys
import zipfile
import zlib
from collections.abc import Callable
from functools import cache
from typing import Any

from defusedxml.ElementTree import ParseError, fromstring
from python_calamine import CalamineError, PasswordError

from nhipcau.core.confined import confine

_MEMORY = 2**30  # bytes
UNPACKED = 50 * 2**20  # bytes of all parts; a form of 500 rows stays below one million
_PARTS = 200
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # a compound file: .xls, or an .xlsx under a password
_UNDER_PASSWORD = "EncryptedPackage".encode("utf-16-le")
_HEAD = 4_096  # bytes in which a declaration would stand
_LOCKED = {
    "vi": "được khóa bằng mật khẩu. Hãy bỏ mật khẩu rồi gửi lại.",
    "en": "is locked by a password. Remove it and send the file again.",
}
_BROKEN = {
    "vi": "bị hỏng. Hãy mở bằng Excel hoặc LibreOffice, lưu lại dạng .xlsx rồi gửi lại.",
    "en": "is damaged. Open it in Excel or LibreOffice, save it as .xlsx and send it again.",
}
# Cells that calamine reports as empty, though something stands there: an error, a formula never computed. One that
# came out as no words (t="str") is computed.
_ERROR = rb'<c r="(%s\d{1,7})"[^>]*\bt="e"'
_UNCOMPUTED = (
    rb'<c r="(%s\d{1,7})"([^>]*)>'
    rb"\s*<f[^>]*(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>"
)
_SHEET = re.compile(r"xl/worksheets/sheet[^/]*\.xml")
_ANY = rb"[A-Z]{1,3}"
_DAMAGE = (
    CalamineError, zipfile.BadZipFile, ParseError,
    zlib.error, EOFError, OSError, ValueError, KeyError, IndexError, RuntimeError,
)  # fmt: skip


class Refused(Exception):
    """Why a file is not read, in both languages; it goes on after the file's name."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(vi)
        self.said = {"vi": vi, "en": en}


def serve(read: Callable[[bytes], dict[str, Any]]) -> None:
    """Answer what `read` finds in each file, on standard output, until every one is read."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    confine(memory=_MEMORY)
    gc.disable()  # nothing here refers to itself, and the process is short-lived
    source = sys.stdin.buffer
    for size in json.loads(source.readline()):
        answers.write(json.dumps(_answer(read, source.read(size))).encode() + b"\n")
        answers.flush()


def _answer(read: Callable[[bytes], dict[str, Any]], data: bytes) -> dict[str, Any]:
    try:
        return read(data)
    except Refused as refusal:
        return {"refused": refusal.said}
    except PasswordError:
        return {"refused": _LOCKED}
    except _DAMAGE:
        return {"refused": _BROKEN}


def unread_cells(data: bytes, sheet: str = "", *, column: bytes = _ANY, unpacked: int = UNPACKED) -> dict[str, str]:
    """Refuse what is no plain workbook; else the cells in which Excel shows an error or nothing yet, and which.

    Of a `column` of all sheets, or of every cell of one `sheet`.
    """
    if data.startswith(_OLD) and _UNDER_PASSWORD in data:
        raise PasswordError
    if data.lstrip().startswith(b"<"):
        raise Refused(
            "là trang web, dù tên tệp có thể ghi là .xls. Hãy mở bằng Excel hoặc LibreOffice, lưu dạng .xlsx rồi "
            "gửi lại.",
            "is a web page, whatever its name says. Open it in Excel or LibreOffice, save it as .xlsx and send it "
            "again.",
        )
    if not data.startswith(b"PK\x03\x04"):
        raise Refused(
            "không phải tệp .xlsx. Hãy mở bằng Excel hoặc LibreOffice, lưu dạng .xlsx rồi gửi lại.",
            "is no .xlsx file. Open it in Excel or LibreOffice, save it as .xlsx and send it again.",
        )
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        if len(parts) > _PARTS or sum(part.file_size for part in parts) > unpacked:
            raise Refused(
                "lớn bất thường sau khi giải nén nên không được mở. Hãy chép số liệu sang một tệp mới.",
                "unpacks to far too much and was not opened. Copy the figures over into a new file.",
            )
        names = [part.filename for part in parts]
        if any(name.endswith("vbaProject.bin") for name in names):
            raise Refused(
                "có macro nên không được mở. Hãy lưu lại dạng .xlsx, không kèm macro.",
                "holds macros and was not opened. Save it as .xlsx without macros.",
            )
        wanted = [part_of(archive, sheet)] if sheet else [name for name in names if _SHEET.fullmatch(name)]
        error, uncomputed = _unread(_ANY if sheet else column)
        found: dict[str, str] = {}
        for name in wanted:
            text = archive.read(name)
            if b"<!DOCTYPE" in text[:_HEAD]:
                raise Refused(
                    "có khai báo lạ (DTD) mà tệp .xlsx không được có nên không được mở. Hãy lưu lại dạng .xlsx.",
                    "holds a declaration (DTD) that no .xlsx file may have and was not opened. Save it as .xlsx.",
                )
            if b't="e"' in text:
                found |= {at.decode(): "error" for at in error.findall(text)}
            found |= {at.decode(): "formula" for at, kind in uncomputed.findall(text) if b't="str"' not in kind}
        return found


@cache
def _unread(column: bytes) -> tuple[re.Pattern[bytes], re.Pattern[bytes]]:
    return re.compile(_ERROR % column), re.compile(_UNCOMPUTED % column)


def part_of(archive: zipfile.ZipFile, sheet: str) -> str:
    """The part that holds a sheet: the workbook names its relation, the relation its part (ECMA-376-1, 18.2.19)."""
    relation = next(
        (next(value for name, value in one.items() if name.endswith("}id"))
         for one in fromstring(archive.read("xl/workbook.xml")).findall(".//{*}sheet") if one.get("name") == sheet),
        "",
    )  # fmt: skip
    relations = fromstring(archive.read("xl/_rels/workbook.xml.rels")).findall("{*}Relationship")
    target = next((one.get("Target", "") for one in relations if one.get("Id") == relation), "")
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
