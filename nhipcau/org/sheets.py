"""A spreadsheet as the CSV that everything else reads: the first sheet, its rows on the same lines.

A workbook is opened in a process of its own; a cell that shows an error, or a formula nobody computed, is no blank.
"""

from __future__ import annotations

import csv
import io

from nhipcau.core import confined, csvs
from nhipcau.core.apart import HIDDEN, read_apart
from nhipcau.core.errors import Fault, UnreadableFile
from nhipcau.core.said import Said

_START = confined.starting("nhipcau.org.sheet_worker")
_MOST_FAULTS = 200


def _is_text(data: bytes) -> bool:
    """No workbook, old or new, and no web page."""
    return not data.lstrip().startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"<"))


def as_csv(data: bytes) -> bytes:
    """CSV as it came; an XLSX file as CSV in UTF-8. UnreadableFile if it is damaged or protected."""
    if _is_text(data):
        return data
    return csvs.as_text([_text(value) for value in row] for row in _first_sheet(data)).encode()


def rows_of(data: bytes) -> list[list[str | float]]:
    """The cells of a CSV file in UTF-8 (comma or semicolon) or of a workbook's first sheet, where numbers stay
    numbers. UnreadableFile if it is neither."""
    if not _is_text(data):
        return _first_sheet(data)
    try:
        text = data.decode("utf-8-sig")
        if "\0" in text:
            raise UnreadableFile(_NO_CSV)
        first = text.partition("\n")[0]
        delimiter = "," if first.count(",") >= first.count(";") else ";"
        rows = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
        return [[csvs.plain(cell) for cell in row] for row in rows]
    except (UnicodeDecodeError, csv.Error) as error:
        raise UnreadableFile(_NO_CSV) from error


_NO_CSV = Said(
    "Tệp không phải CSV hợp lệ ở bảng mã UTF-8; hãy lưu lại dạng «CSV UTF-8».",
    "The file is no valid CSV in UTF-8; save it as «CSV UTF-8».",
)


def _first_sheet(data: bytes) -> list[list[str | float]]:
    (raw,) = read_apart([data], _START)
    if "refused" in raw:
        raise UnreadableFile(Said(f"Tệp {raw['refused']['vi']}", f"The file {raw['refused']['en']}"))
    if raw["unread"]:
        faults = [Fault(at, HIDDEN[why]) for at, why in raw["unread"].items()]
        raise UnreadableFile(
            Said(
                f"Tệp có {len(faults)} ô không có kết quả; chưa nhận gì.",
                f"The file has {len(faults)} cells without a result; nothing was taken.",
            ),
            faults[:_MOST_FAULTS],
        )
    rows: list[list[str | float]] = raw["rows"]
    return rows


def _text(value: str | float) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
