"""The confined side of `reading`: an XLSForm as rows of texts, checked by pyxform's own rules."""

from __future__ import annotations

import copy
import io
from typing import Any

from pyxform.errors import PyXFormError
from pyxform.xls2json_backends import xlsx_to_dict
from pyxform.xls2xform import convert

from nhipcau.core.workbooks import Refused, serve, unread_cells

_SHEETS = ("survey", "choices", "settings")
_ROWS, _TEXT, _TOLD = 2_000, 4_000, 300


def main() -> None:
    """Answer on standard output until every file is read."""
    serve(_read)


def _read(data: bytes) -> dict[str, Any]:
    unread_cells(data)  # for its refusals: no archive made to harm goes further
    try:
        book = xlsx_to_dict(io.BytesIO(data))
        if "survey" not in book or not any("type" in row for row in book["survey"]):
            raise Refused(
                "không phải XLSForm: cần trang «survey» có cột type và name.",
                "is no XLSForm: a sheet “survey” with columns type and name is needed.",
            )
        if any(len(book.get(sheet, ())) > _ROWS for sheet in _SHEETS):
            raise Refused(
                f"có hơn {_ROWS} dòng; hãy chia thành nhiều biểu mẫu.",
                f"has more than {_ROWS} rows; split it into several forms.",
            )
        convert(copy.deepcopy(book), validate=False, form_name="form")
    except PyXFormError as error:
        said = str(error)[:_TOLD]
        raise Refused(f"chưa đúng quy cách XLSForm: {said}", f"breaks the rules of XLSForm: {said}") from error
    return {sheet: [_texts(row) for row in book.get(sheet, ())] for sheet in _SHEETS}


def _texts(row: dict[str, Any]) -> dict[str, str]:
    return {str(key): str(value)[:_TEXT] for key, value in row.items()}
