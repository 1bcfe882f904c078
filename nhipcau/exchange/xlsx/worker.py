"""The confined side of `apart`: read workbook after workbook and say what stands in the cells that are typed in.

Asked by one line of JSON with the sizes of the files, then the files; answers one line for each, in their order.
"""

from __future__ import annotations

import datetime as dt
import gc
import io
import json
import os
import re
import sys
import zipfile
from collections.abc import Iterator
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from nhipcau.core.confined import confine
from nhipcau.exchange.xlsx.places import ENTRY, EXPLANATION, FIGURES, KEY, MARK, STAMP, WORDS, WORDS_ENTRY

_MEMORY = 2**30  # bytes
_UNPACKED = 50 * 2**20  # bytes of all parts; a form of 500 rows stays below one million
_PARTS = 200
_ROWS, _COLUMNS = 20_000, 500
_LONGEST = 40_000  # characters of a cell
_LOCKED = {
    "vi": "được khóa bằng mật khẩu. Hãy bỏ mật khẩu rồi gửi lại.",
    "en": "is locked by a password. Remove it and send the file again.",
}
_BROKEN = {
    "vi": "bị hỏng. Hãy mở bằng Excel hoặc LibreOffice, lưu lại dạng .xlsx rồi gửi lại.",
    "en": "is damaged. Open it in Excel or LibreOffice, save it as .xlsx and send it again.",
}
# Cells that calamine reports as empty, though something stands there: an error, a formula never computed.
_ERROR = re.compile(rb'<c r="(F\d{1,6})"[^>]*\bt="e"')
_UNCOMPUTED = re.compile(
    rb'<c r="(F\d{1,6})"[^>]*>\s*<f[^>]*(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>'
)  # fmt: skip


class Refused(Exception):
    """Why a file is not read, in both languages; it goes on after the file's name."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(vi)
        self.said = {"vi": vi, "en": en}


def main() -> None:
    """Answer on standard output until every file is read."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    confine(memory=_MEMORY)
    gc.disable()  # nothing here refers to itself, and the process is short-lived
    source = sys.stdin.buffer
    for size in json.loads(source.readline()):
        answers.write(json.dumps(_answer(source.read(size))).encode() + b"\n")
        answers.flush()


def _answer(data: bytes) -> dict[str, Any]:
    try:
        return _read(data)
    except Refused as refusal:
        return {"refused": refusal.said}
    except PasswordError:
        return {"refused": _LOCKED}
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError, KeyError, IndexError, NotImplementedError):
        return {"refused": _BROKEN}


def _read(data: bytes) -> dict[str, Any]:
    unread = _unread(data)
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        if STAMP not in book.sheet_names or FIGURES not in book.sheet_names:
            raise Refused(
                "không phải biểu mẫu tải từ hệ thống. Hãy tải biểu mẫu rồi chép số liệu sang.",
                "is no form downloaded from this system. Download one and copy the figures over.",
            )
        stamp = [row[0] for row in _rows(book, STAMP) if row]
        if len(stamp) < 2 or stamp[0] != MARK:
            raise Refused(
                "không còn dấu nhận dạng. Hãy tải lại biểu mẫu rồi chép số liệu sang.",
                "has lost its stamp. Download the form again and copy the figures over.",
            )
        figures = list(_keyed(_rows(book, FIGURES)))
        words = list(_keyed(_rows(book, WORDS))) if WORDS in book.sheet_names else []
        return {
            "stamp": str(stamp[1]),
            "figures": _column(figures, ENTRY),
            "explanations": [said for said in _column(figures, EXPLANATION) if said[2] != ""],
            "words": _column(words, WORDS_ENTRY),
            "unread": unread,
        }


def _unread(data: bytes) -> dict[str, str]:
    """Refuse what is no plain workbook; else the cells in which Excel shows an error or nothing yet, and which."""
    if not data.startswith(b"PK\x03\x04"):
        raise Refused(
            "không phải tệp .xlsx. Hãy mở bằng Excel hoặc LibreOffice, lưu dạng .xlsx rồi gửi lại.",
            "is no .xlsx file. Open it in Excel or LibreOffice, save it as .xlsx and send it again.",
        )
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        if len(parts) > _PARTS or sum(part.file_size for part in parts) > _UNPACKED:
            raise Refused(
                "lớn bất thường sau khi giải nén. Hãy tải lại biểu mẫu rồi chép số liệu sang.",
                "unpacks to far more than a form. Download the form again and copy the figures over.",
            )
        names = [part.filename for part in parts]
        if any(name.endswith("vbaProject.bin") for name in names):
            raise Refused(
                "có macro nên không được mở. Hãy lưu lại dạng .xlsx, không kèm macro.",
                "holds macros and was not opened. Save it as .xlsx without macros.",
            )
        found: dict[str, str] = {}
        for name in names:
            if name.startswith("xl/worksheets/sheet") and name.endswith(".xml"):
                text = archive.read(name)
                if b't="e"' in text:
                    found |= {at.decode(): "error" for at in _ERROR.findall(text)}
                found |= {at.decode(): "formula" for at in _UNCOMPUTED.findall(text)}
        return found


def _rows(book: CalamineWorkbook, name: str) -> list[list[Any]]:
    sheet = book.get_sheet_by_name(name)
    if sheet.total_height > _ROWS or sheet.total_width > _COLUMNS:
        raise Refused(
            "có trang tính lớn bất thường. Hãy tải lại biểu mẫu rồi chép số liệu sang.",
            "has a sheet far larger than a form's. Download the form again and copy the figures over.",
        )
    return sheet.to_python(skip_empty_area=False)


def _keyed(rows: list[list[Any]]) -> Iterator[tuple[int, list[Any]]]:
    """Every row that carries a key, with its number."""
    return ((number, row) for number, row in enumerate(rows) if row and isinstance(row[KEY], str) and row[KEY])


def _column(rows: list[tuple[int, list[Any]]], column: int) -> list[list[Any]]:
    """[row, key, value] of each; the rows of a sheet are equally long."""
    if not rows or len(rows[0][1]) <= column:
        return [[number, row[KEY], ""] for number, row in rows]
    return [
        [number, row[KEY], value if type(value := row[column]) is float else _plain(value)] for number, row in rows
    ]


def _plain(value: Any) -> Any:
    """As JSON carries it; a day, a time or a truth is no figure and is said as what it is."""
    if isinstance(value, str):
        return value[:_LONGEST]
    if isinstance(value, bool):
        return {"kind": "bool", "shown": "TRUE" if value else "FALSE"}
    if isinstance(value, dt.date | dt.time | dt.timedelta):
        return {"kind": "date", "shown": str(value)}
    return value
