"""A spreadsheet as the CSV that everything else reads: the first sheet, its rows on the same lines."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile

from python_calamine import CalamineError, CalamineWorkbook

from nhipcau.core.errors import UnreadableFile

_ZIP = b"PK\x03\x04"
MOST_BYTES = 100_000_000


def as_csv(data: bytes) -> bytes:
    """CSV as it came; an XLSX file as CSV in UTF-8. UnreadableFile if it is damaged or protected."""
    if not data.startswith(_ZIP):
        return data
    try:
        _require_small(data)
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError, IndexError) as error:
        raise UnreadableFile("Không đọc được tệp Excel; hãy mở ra, lưu lại dạng .xlsx rồi thử lại.") from error
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue().encode()


def _require_small(data: bytes) -> None:
    """A small archive may unpack to anything; no decision fills this much."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(part.file_size for part in archive.infolist()) > MOST_BYTES:
            raise UnreadableFile("Tệp Excel quá lớn; hãy bỏ hình ảnh, định dạng thừa hoặc lưu dạng CSV.")


def _cell(value: object) -> str:
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).split())
