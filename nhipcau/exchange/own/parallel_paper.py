"""The differences of a comparison as plain rows: for the screen, JSON and a workbook."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from nhipcau.core.clock import local_date
from nhipcau.core.numbers import Cell, CellState, format_cell, format_value
from nhipcau.core.official import Column
from nhipcau.core.said import Said
from nhipcau.exchange.own.parallel import Comparison, Line, Part, Why
from nhipcau.press.register import RegisterSheet
from nhipcau.press.workbook import to_xlsx

WHY: dict[Why, Said] = {
    "differs": Said("số của đơn vị khác nhau", "the unit's figures differ"),
    "missing": Said("đơn vị chưa có báo cáo trên hệ thống", "the unit's report is missing here"),
    "not_in_file": Said("đơn vị không có trong tệp", "the unit is not in the file"),
    "own_part": Said(
        "số riêng của cấp này: tổng trừ các dòng bên dưới", "this level's own: its total less the rows"
    ),
    "unknown": Said("hệ thống không có đơn vị nào tên này", "nobody here is called so"),
}
HEADINGS = ("Mã", "Chỉ tiêu", "Đơn vị tính", "Mã đơn vị", "Đơn vị", "Vì sao", "Số của tệp", "Số trên hệ thống",
            "Chênh lệch")  # fmt: skip
_NAMED = 10
_WIDTHS = (20, 55, 20, 20, 55, 45, 25, 25, 25)
HIDDEN_HERE = Said("số được che ô nhỏ, không so", "small counts are hidden, not compared")


def signed(amount: int, decimals: int) -> str:
    """ "+3", "-1,5"."""
    return f"{'+' if amount > 0 else ''}{format_value(amount, decimals)}"


def missing(done: Comparison) -> str:
    """How many units have no report here, the first of them by name."""
    named = "; ".join(name.name for name in done.missing[:_NAMED]) + ("; …" if len(done.missing) > _NAMED else "")
    return f"Chưa có báo cáo trên hệ thống: {len(done.missing)} đơn vị ({named})."


def rows_of(done: Comparison) -> Iterator[list[str]]:
    """A row for each figure that differs, then one for each unit that explains it."""
    for line in done.lines:
        if not line.differs and not line.hidden:
            continue
        item, digits = line.item, line.item.decimals
        told = [item.code, item.label, item.unit]
        sides = [format_cell(line.theirs, digits), format_cell(line.ours, digits)]
        yield [*told, "", "", HIDDEN_HERE if line.hidden else "", *sides,
               "" if line.hidden else signed(line.difference, digits)]  # fmt: skip
        for part in line.parts:
            sides = [format_cell(part.theirs, digits), format_cell(part.ours, digits)]
            yield [*told, part.code, part.name, WHY[part.why], *sides, signed(part.difference, digits)]


def as_json(done: Comparison) -> dict[str, Any]:
    """The whole as JSON: values scaled as `decimals` says, null where missing, "*" where hidden."""
    return {
        "at": done.at.isoformat(),
        "equal": not done.differing,
        "compared": len(done.lines),
        "rows": done.units,
        "missing": [{"unit": name.code, "name": name.name} for name in done.missing],
        "cells": [_line(line) for line in done.lines if line.differs or line.hidden],
    }


def _line(line: Line) -> dict[str, Any]:
    item = line.item
    sides = {"theirs": _plain(line.theirs), "ours": _plain(line.ours)}
    difference = None if line.hidden else line.difference
    parts = [_part(part) for part in line.parts]
    return {"indicator": item.code, "label": item.label, "decimals": item.decimals, **sides,
            "difference": difference, "units": parts}  # fmt: skip


def _part(part: Part) -> dict[str, Any]:
    return {"unit": part.code or None, "name": part.name, "why": part.why, "theirs": _plain(part.theirs),
            "ours": _plain(part.ours), "difference": part.difference}  # fmt: skip


def _plain(cell: Cell) -> int | str | None:
    if cell.state is CellState.VALUE:
        return cell.value
    return None if cell.state is CellState.MISSING else format_cell(cell, 0)


def as_xlsx(done: Comparison, *, issuer: str, title: str) -> bytes:
    """The table as a workbook."""
    notes = [f"Đã so {len(done.lines)} chỉ tiêu; {len(done.differing)} chỉ tiêu chênh lệch."]
    if done.missing:
        notes.append(missing(done))
    sheet = RegisterSheet(
        title=title, issuer=issuer, parent="", subtitle=notes,
        columns=[Column(heading, width) for heading, width in zip(HEADINGS, _WIDTHS, strict=True)],
        rows=(), printed_on=local_date(done.at),
    )  # fmt: skip
    out = io.BytesIO()
    to_xlsx(sheet, rows_of(done), out)
    return out.getvalue()
