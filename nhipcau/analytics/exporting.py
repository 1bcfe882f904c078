"""Figures as CSV, a workbook or Parquet: one a line, with who stands behind it; nothing is a formula."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any, Literal

import xlsxwriter

from nhipcau.analytics.needs import arrow
from nhipcau.analytics.tables import Entry, Sheet
from nhipcau.core.clock import VN
from nhipcau.core.csvs import write_rows
from nhipcau.core.errors import InvalidInput
from nhipcau.core.numbers import CellState
from nhipcau.core.said import Said

Kind = Literal["csv", "xlsx", "parquet"]
MOST_LINES = 500_000
EXACT = 10**15  # a workbook keeps fifteen digits of a number
_HEAD_VI = (
    "Đơn vị",
    "Chỉ tiêu",
    "Đơn vị tính",
    "Chia nhỏ",
    "Kỳ",
    "Số liệu",
    "Phải báo cáo",
    "Đã tiếp nhận",
    "Ngoài phạm vi",
)
_HEAD_EN = (
    "Unit",
    "Figure",
    "Measured in",
    "Part",
    "Period",
    "Value",
    "Reports due",
    "Accepted",
    "Outside the branch",
)
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}


def to_file(sheet: Sheet, kind: Kind) -> bytes:
    """The sheet in that format. Raises InvalidInput for more lines than anybody can open."""
    if len(sheet.entries) > MOST_LINES:
        raise InvalidInput(
            Said(
                f"Tệp sẽ có {len(sheet.entries)} dòng, quá {MOST_LINES}; hãy chọn ít kỳ, ít cấp hoặc ít "
                "chỉ tiêu hơn.",
                f"The file would have {len(sheet.entries)} lines, more than {MOST_LINES}; choose "
                "fewer periods, levels or figures.",
            )
        )
    return {"csv": _csv, "xlsx": _xlsx, "parquet": _parquet}[kind](sheet)


def _head(sheet: Sheet) -> tuple[str, ...]:
    return _HEAD_EN if sheet.english else _HEAD_VI


def _moment(sheet: Sheet) -> str:
    words = "Figures as at" if sheet.english else "Số liệu lúc"
    return f"{words} {sheet.at.astimezone(VN):%H:%M %d/%m/%Y}"


def _texts(entry: Entry) -> list[str]:
    return [entry.unit, entry.indicator, entry.measure, entry.items, entry.period]


def _behind(entry: Entry) -> list[int]:
    return [entry.covered.expected, entry.covered.accepted, entry.covered.elsewhere]


def _plain(entry: Entry) -> str:
    """ "1234,5": what a spreadsheet in Việt Nam reads as a number; "" missing, "x" not applicable."""
    if entry.cell.state is not CellState.VALUE:
        return "x" if entry.cell.state is CellState.NOT_APPLICABLE else ""
    return f"{_exact(entry):f}".replace(".", ",")


def _exact(entry: Entry) -> Decimal:
    return Decimal(entry.cell.value).scaleb(-entry.decimals)


def _csv(sheet: Sheet) -> bytes:
    text = io.StringIO()
    figures = ([*_texts(entry), _plain(entry), *map(str, _behind(entry))] for entry in sheet.entries)
    write_rows(text, [[sheet.title, _moment(sheet)], _head(sheet), *figures])
    return ("\ufeff" + text.getvalue()).encode()


def _xlsx(sheet: Sheet) -> bytes:
    out = io.BytesIO()
    book: Any = xlsxwriter.Workbook(out, _OPTIONS)
    book.set_properties({"title": sheet.title, "created": sheet.at.replace(tzinfo=None)})
    page = book.add_worksheet("Phan tich")
    bold = book.add_format({"bold": True, "quote_prefix": True})
    words = book.add_format({"quote_prefix": True})  # stays text when somebody edits the cell, too
    page.write_string(0, 0, sheet.title, bold)
    page.write_string(0, 1, _moment(sheet))
    for place, title in enumerate(_head(sheet)):
        page.write_string(1, place, title, bold)
    for row, entry in enumerate(sheet.entries, start=2):
        for place, text in enumerate(_texts(entry)):
            page.write_string(row, place, text, words)
        _write_value(page, row, len(_texts(entry)), entry)
        for place, count in enumerate(_behind(entry), start=len(_texts(entry)) + 1):
            page.write_number(row, place, count)
    page.set_column(0, 1, 40)
    page.freeze_panes(2, 0)
    book.close()
    return out.getvalue()


def _write_value(page: Any, row: int, place: int, entry: Entry) -> None:
    if entry.cell.state is CellState.VALUE and abs(entry.cell.value) < EXACT:
        page.write_number(row, place, float(_exact(entry)))
    else:
        page.write_string(row, place, _plain(entry))


def _parquet(sheet: Sheet) -> bytes:
    """Scaled integers with their decimals: no reader has to trust a floating number."""
    pa = arrow()
    entries = sheet.entries
    value = [entry.cell.value if entry.cell.state is CellState.VALUE else None for entry in entries]
    table = pa.table(
        {
            "unit": pa.array([entry.unit for entry in entries], pa.string()),
            "indicator": pa.array([entry.code for entry in entries], pa.string()),
            "label": pa.array([entry.indicator for entry in entries], pa.string()),
            "measure": pa.array([entry.measure for entry in entries], pa.string()),
            "items": pa.array([entry.items for entry in entries], pa.string()),
            "period": pa.array([entry.period_key or None for entry in entries], pa.string()),
            "scaled": pa.array(value, pa.int64()),
            "decimals": pa.array([entry.decimals for entry in entries], pa.int8()),
            "state": pa.array([entry.cell.state.name.lower() for entry in entries], pa.string()),
            "expected": pa.array([entry.covered.expected for entry in entries], pa.int64()),
            "accepted": pa.array([entry.covered.accepted for entry in entries], pa.int64()),
            "elsewhere": pa.array([entry.covered.elsewhere for entry in entries], pa.int64()),
        }
    ).replace_schema_metadata({"title": sheet.title, "at": sheet.at.isoformat()})
    out = io.BytesIO()
    pa.parquet.write_table(table, out, compression="zstd")
    return out.getvalue()
