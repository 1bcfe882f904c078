"""What a workbook says, read from its XML: no second library for a test."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from dataclasses import dataclass
from xml.etree import ElementTree as ET

_NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_EPOCH = dt.date(1899, 12, 30)


@dataclass(frozen=True)
class Found:
    """One cell: its kind ("text", "number", "blank", "formula"), its value, and the id of its style."""

    kind: str
    value: str
    style: int


def sheet_xml(data: bytes, part: str = "xl/worksheets/sheet1.xml") -> str:
    """One part of the package."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(part).decode()


def cells(data: bytes) -> dict[str, Found]:
    """Every cell by its name ("B7")."""
    found: dict[str, Found] = {}
    for cell in ET.fromstring(sheet_xml(data)).iter(f"{_NS}c"):
        text = "".join(one.text or "" for one in cell.iter(f"{_NS}t"))
        value = cell.findtext(f"{_NS}v") or ""
        kind = "text" if cell.get("t") == "inlineStr" else "number" if value else "blank"
        if cell.find(f"{_NS}f") is not None:
            kind = "formula"
        found[cell.get("r", "")] = Found(kind, text or value, int(cell.get("s", "0")))
    return found


def rows(data: bytes) -> list[list[str]]:
    """The cells row by row, empty rows left out."""
    by_row: dict[int, list[str]] = {}
    for name, cell in cells(data).items():
        by_row.setdefault(int(re.sub(r"\D", "", name)), []).append(cell.value)
    return [by_row[number] for number in sorted(by_row)]


def day(value: str) -> dt.date:
    """The day that a spreadsheet's number stands for."""
    return _EPOCH + dt.timedelta(days=int(float(value)))
