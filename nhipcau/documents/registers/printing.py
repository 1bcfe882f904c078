"""A register as it is printed: every column of Decree 30/2020/NĐ-CP, Appendix IV, as plain data.

Page, PDF, CSV and workbook show the same lines; the words are those of the decree, whatever the page's language.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import BinaryIO

from django.core.paginator import Page, Paginator

from nhipcau.core.clock import local_date
from nhipcau.core.errors import InvalidInput, NotFound
from nhipcau.core.said import Said
from nhipcau.documents.models import Direction, Register, RegisterEntry
from nhipcau.documents.registers.books import SERIES
from nhipcau.documents.registers.forms import Cell
from nhipcau.documents.registers.lines import (
    WHOLE,
    Chosen,
    Range,
    Tally,
    cells_of,
    entries_of,
    rows_of,
    tally_of,
)
from nhipcau.org.models import Placement, Unit
from nhipcau.org.queries import name_of, superior_of
from nhipcau.org.scope import Scope
from nhipcau.press.register import RegisterSheet
from nhipcau.press.workbook import to_xlsx

__all__ = ["MOST_ON_PAPER", "WHOLE", "Range", "printed_register", "register_page", "write_workbook"]

# Typst sets a sheet as a whole, in memory.
MOST_ON_PAPER = 20_000
ON_SCREEN = 100  # lines of a page on screen


def printed_register(
    scope: Scope, kind: str, year: int, series: str = SERIES, limits: Range = WHOLE, unit: Unit | None = None
) -> RegisterSheet:
    """One of the own unit's registers with all its columns, in order, struck and reserved numbers kept; with
    `unit`, that of a unit that the scope sees and that has ended, NotFound for any other.

    `kind`: a Direction, or `SENT`. Cells that nobody has filled are "", to be written by hand. An
    unopened register has no rows. InvalidInput for more than `MOST_ON_PAPER` lines: choose a part of it.
    """
    if unit is not None and (Placement.objects.at(scope.day).filter(child=unit).exists() or not scope.sees(unit)):
        raise NotFound("Không có sổ này trong phạm vi của bạn.")
    chosen = Chosen(kind, year, series, limits, unit)
    if entries_of(scope, chosen).count() > MOST_ON_PAPER:
        raise InvalidInput(
            Said(
                f"Phần chọn có hơn {MOST_ON_PAPER} dòng, quá dài cho một bản in. Hãy chọn khoảng số hoặc "
                "khoảng ngày "
                "ngắn hơn, hoặc tải tệp .xlsx.",
                f"The chosen part has more than {MOST_ON_PAPER} lines, too many for paper. Choose "
                "fewer numbers or days, or take the .xlsx.",
            )
        )
    tally = Tally()
    return _sheet(scope, chosen, list(rows_of(scope, chosen, tally)), tally)


def register_page(
    scope: Scope, kind: str, year: int, series: str, limits: Range, number: str | None
) -> tuple[RegisterSheet, Page[RegisterEntry]]:
    """The sheet of `printed_register` for a screen: one page of its lines (`number`, else the first; the last for
    one beyond it), its heading and closing words for all of them."""
    chosen = Chosen(kind, year, series, limits)
    entries = entries_of(scope, chosen)
    shown = Paginator(entries, ON_SCREEN).get_page(number)
    return _sheet(scope, chosen, cells_of(chosen, list(shown.object_list)), tally_of(entries)), shown


def _sheet(scope: Scope, chosen: Chosen, rows: Sequence[tuple[Cell, ...]], tally: Tally) -> RegisterSheet:
    register = _register(scope, chosen)
    issuer, parent = _head(scope, chosen)
    return RegisterSheet(
        title=chosen.form.title,
        issuer=issuer,
        parent=parent,
        subtitle=(*_subtitle(register, chosen.year), *_extent(tally)),
        columns=chosen.form.columns,
        rows=tuple(tuple(map(said, row)) for row in rows),
        closing=_closing(register, tally, chosen),
        printed_on=scope.day,
    )


def write_workbook(
    scope: Scope, kind: str, year: int, out: BinaryIO, series: str = SERIES, limits: Range = WHOLE
) -> int:
    """The same lines as .xlsx into `out`, read and written a thousand at a time; returns how many there were."""
    chosen, tally = Chosen(kind, year, series, limits), Tally()
    register = _register(scope, chosen)
    issuer, parent = _head(scope, chosen)
    sheet = RegisterSheet(
        title=chosen.form.title,
        issuer=issuer,
        parent=parent,
        subtitle=(*_subtitle(register, year), *_asked(limits)),
        columns=chosen.form.columns,
        rows=(),
        printed_on=scope.day,
    )
    to_xlsx(sheet, rows_of(scope, chosen, tally), out, closing=lambda: _closing(register, tally, chosen))
    return tally.lines


def said(cell: Cell) -> str:
    """A cell as it is printed: days as 05/11/2026, nothing as nothing."""
    if isinstance(cell, dt.date):
        return f"{cell:%d/%m/%Y}"
    return "" if cell is None else str(cell)


def _register(scope: Scope, chosen: Chosen) -> Register | None:
    if len(chosen.form.directions) > 1:
        return None
    return Register.objects.filter(
        unit=chosen.unit or scope.unit, direction=chosen.kind, year=chosen.year, series=chosen.series
    ).first()


def _head(scope: Scope, chosen: Chosen) -> tuple[str, str]:
    day, unit = min(scope.day, dt.date(chosen.year, 12, 31)), chosen.unit or scope.unit
    above = superior_of(unit, day)
    return name_of(unit, day).name, name_of(above, day).name if above else ""


def _subtitle(register: Register | None, year: int) -> tuple[str, ...]:
    return (*([register.name] if register and register.name else []), f"Năm {year}")


def _extent(tally: Tally) -> tuple[str, ...]:
    if not tally.lines:
        return ()
    return (
        f"Từ ngày {said(tally.since)} đến ngày {said(tally.until)}",
        f"Từ số {tally.first} đến số {tally.last}",
    )


def _asked(limits: Range) -> tuple[str, ...]:
    """The part that was asked for, where the lines have not been seen yet."""
    ends = (
        ("từ số", limits.first),
        ("đến số", limits.last),
        ("từ ngày", limits.since),
        ("đến ngày", limits.until),
    )
    asked = ", ".join(f"{word} {said(end)}" for word, end in ends if end is not None)
    return (asked[:1].upper() + asked[1:],) if asked else ()


def _closing(register: Register | None, tally: Tally, chosen: Chosen) -> tuple[str, ...]:
    unit = "đơn" if chosen.kind == Direction.PETITION else "văn bản"
    parts = [f"{tally.lines - tally.void - tally.free} {unit}"]
    parts += [f"{tally.void} số hủy"] if tally.void else []
    parts += [f"{tally.free} số giữ chưa dùng"] if tally.free else []
    whole = "Sổ có" if chosen.limits == WHOLE else "Phần in có"
    told = [f"{whole} {tally.lines} số: {', '.join(parts)}."]
    if register is not None and register.closed_at is not None:
        told.append(f"Đã đóng sổ ngày {said(local_date(register.closed_at))}.")
    return tuple(told)
