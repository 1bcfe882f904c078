"""Filling a form as a person does: open it, type into it, save it."""

from __future__ import annotations

import io
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from nhipcau.core.periods import Period
from nhipcau.exchange.xlsx.exporting import export_forms
from nhipcau.exchange.xlsx.places import ENTRY, EXPLANATION, FIGURES, KEY, WORDS, WORDS_ENTRY
from nhipcau.org.models import Unit
from nhipcau.reports.models import TemplateVersion
from tests.quarterly import PERIOD


def form(version: TemplateVersion, unit: Unit, period: Period = PERIOD, section: int = 0) -> bytes:
    """The unit's own form."""
    return next(export_forms(version=version, period=period, unit=unit, section=section)).data


def opened(data: bytes) -> Workbook:
    """The form as a spreadsheet program holds it."""
    return load_workbook(io.BytesIO(data))


def saved(book: Workbook) -> bytes:
    """The form as the spreadsheet program writes it."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def row_of(page: Worksheet, code: str) -> int:
    """The row of an indicator or a block, by the hidden key."""
    return next(row for row in range(1, page.max_row + 1) if page.cell(row, KEY + 1).value == code)


def fill(
    data: bytes, explain: dict[str, str] | None = None, words: dict[str, str] | None = None, **figures: Any
) -> bytes:
    """Figures by indicator, explanations by the indicator they stand at, words by block."""
    book = opened(data)
    page = book[FIGURES]
    for code, value in figures.items():
        page.cell(row_of(page, code), ENTRY + 1).value = value
    for code, text in (explain or {}).items():
        page.cell(row_of(page, code), EXPLANATION + 1).value = text
    for code, text in (words or {}).items():
        book[WORDS].cell(row_of(book[WORDS], code), WORDS_ENTRY + 1).value = text
    return saved(book)
