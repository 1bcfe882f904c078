"""Tables that leave the page as files: .xlsx or CSV, in which no cell is ever a formula."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from django.http import HttpResponse

from nhipcau.core.errors import NotFound
from nhipcau.core.official import Column
from nhipcau.core.text import spreadsheet_safe
from nhipcau.documents.storing import media
from nhipcau.org.queries import name_of
from nhipcau.org.scope import Scope
from nhipcau.press.register import RegisterSheet
from nhipcau.press.workbook import Cell, to_xlsx
from nhipcau.web.documents.letters import download

Side = Literal["left", "center", "right"]


@dataclass(frozen=True)
class Table:
    """`name`: of the file, without its ending. `columns`: heading, width in millimetres, and the side to which the
    cells are set if it is not the left. `issuer`: whose table it is, if not the own unit's."""

    name: str
    title: str
    columns: Sequence[tuple[str, float] | tuple[str, float, Side]]
    rows: Iterable[Sequence[Cell]]
    notes: Sequence[str] = ()
    issuer: str = ""


def send(table: Table, kind: str, scope: Scope) -> HttpResponse:
    """The table as a download of that kind; NotFound for another."""
    if kind == "csv":
        return send_csv(chain([[title for title, *_rest in table.columns]], table.rows), table.name)
    if kind != "xlsx":
        raise NotFound("Không có loại tệp này.")
    sheet = RegisterSheet(
        title=table.title,
        issuer=table.issuer or name_of(scope.unit, scope.day).name,
        parent="",
        subtitle=table.notes,
        columns=[Column(*column) for column in table.columns],
        rows=(),
        printed_on=scope.day,
    )
    out = io.BytesIO()
    to_xlsx(sheet, table.rows, out)
    return download(out.getvalue(), f"{table.name}.xlsx", media.XLSX)


def send_csv(rows: Iterable[Sequence[Cell]], name: str) -> HttpResponse:
    """Rows as a download for a spreadsheet, the heading among them."""
    text = io.StringIO()
    csv.writer(text).writerows([_text(cell) for cell in row] for row in rows)
    return download(("\ufeff" + text.getvalue()).encode(), f"{name}.csv", "text/csv; charset=utf-8")


def _text(cell: Cell) -> str:
    if isinstance(cell, dt.date):
        return f"{cell:%d/%m/%Y}"
    return spreadsheet_safe(cell) if isinstance(cell, str) else "" if cell is None else str(cell)
