"""Tables that leave the page as files: .xlsx or CSV, in which no cell is ever a formula."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from tempfile import TemporaryFile
from typing import BinaryIO, Literal

from django.http import FileResponse
from django.http.response import HttpResponseBase

from nhipcau.core.csvs import write_rows
from nhipcau.core.errors import NotFound
from nhipcau.core.official import Column
from nhipcau.documents.storing import media
from nhipcau.org.queries import name_of
from nhipcau.org.scope import Scope
from nhipcau.press.register import RegisterSheet
from nhipcau.press.workbook import Cell, to_xlsx
from nhipcau.web.sending import download

MOST_IN_MEMORY = 1_000_000
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


def send(table: Table, kind: str, scope: Scope) -> HttpResponseBase:
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
    return send_file(lambda out: to_xlsx(sheet, table.rows, out), f"{table.name}.xlsx", media.XLSX)


def send_csv(rows: Iterable[Sequence[Cell]], name: str) -> HttpResponseBase:
    """Rows as a download for a spreadsheet, the heading among them."""

    def write(out: BinaryIO) -> None:
        text = io.TextIOWrapper(out, "utf-8-sig", newline="", write_through=True)
        write_rows(text, ([_text(cell) for cell in row] for row in rows))
        text.detach()  # what is beneath stays open

    return send_file(write, f"{name}.csv", "text/csv; charset=utf-8")


def send_file(write: Callable[[BinaryIO], object], name: str, media_type: str) -> HttpResponseBase:
    """What `write` writes, as a download. A long one goes to a file on its way: memory does not grow with it, and
    a fault in its last row is still told instead of ending the file in the middle."""
    out = TemporaryFile()  # noqa: SIM115 - closed by the response, or below
    write(out)
    size = out.seek(0, io.SEEK_END)
    out.seek(0)
    if size > MOST_IN_MEMORY:
        return FileResponse(out, as_attachment=True, filename=name, content_type=media_type)
    with out:
        return download(out.read(), name, media_type)


def _text(cell: Cell) -> str:
    if isinstance(cell, dt.date):
        return f"{cell:%d/%m/%Y}"
    return "" if cell is None else cell if isinstance(cell, str) else str(cell)
