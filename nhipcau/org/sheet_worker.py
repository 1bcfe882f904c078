"""The confined side of `sheets`: the cells of a workbook's first sheet."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from python_calamine import CalamineWorkbook

from nhipcau.core.workbooks import Refused, serve, unread_cells

_UNPACKED = 100_000_000  # bytes; no decision fills this much
_CELLS, _COLUMNS = 5_000_000, 500


def main() -> None:
    """Answer on standard output until every file is read."""
    serve(_read)


def _read(data: bytes) -> dict[str, Any]:
    unread_cells(data, unpacked=_UNPACKED)  # for its refusals
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        name = book.sheet_names[0]
        sheet = book.get_sheet_by_name(name)
        if sheet.total_width > _COLUMNS or sheet.total_height * sheet.total_width > _CELLS:
            raise Refused(
                "có trang tính lớn bất thường. Hãy chép số liệu sang một tệp mới.",
                "has a sheet that is far too large. Copy the figures over into a new file.",
            )
        rows = [[_plain(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    return {"rows": rows, "unread": unread_cells(data, name, unpacked=_UNPACKED)}


def _plain(cell: Any) -> str | float:
    if isinstance(cell, float):
        return cell
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    if isinstance(cell, dt.date):
        return cell.isoformat()
    return " ".join(str(cell).split())
