"""Between a submission's packed payload and what people type and read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from nhipcau.core.errors import InvalidInput
from nhipcau.core.money import parse_money
from nhipcau.core.numbers import (
    MISSING,
    Cell,
    CellState,
    add_cells,
    check_int64,
    format_value,
    pack,
    parse_cell,
    scale,
    unpack,
)
from nhipcau.core.said import Said
from nhipcau.reports.design.definition import Definition, Indicator
from nhipcau.reports.models import Submission

Cells = dict[str, Cell]
_KEPT = 10**15  # beyond it a spreadsheet has changed digits already


def parse_figure(indicator: Indicator, text: str) -> Cell:
    """A cell from what was typed. Money may carry its scale ("72 triệu", "1,5 tỷ đồng"); the value is in đồng."""
    return _not_negative(_parsed(indicator, text))


def typed_figure(indicator: Indicator, value: str | float) -> str:
    """As a person would type what a spreadsheet holds: a text as it stands, a number at the 15 digits that Excel
    keeps. InvalidInput where it has more decimals than the indicator, or more digits than that."""
    if isinstance(value, str):
        return value
    if abs(value) >= _KEPT:
        raise InvalidInput(
            Said(
                f"số quá lớn để bảng tính giữ đúng từng chữ số: «{value:.15g}»; hãy kiểm tra lại",
                f"too large for a spreadsheet to keep every digit: «{value:.15g}»; check it",
            )
        )
    return format_value(scale(Decimal(format(value, ".15g")), indicator.decimals), indicator.decimals)


def _not_negative(cell: Cell) -> Cell:
    if cell.value < 0:
        raise InvalidInput("số liệu không được âm; nếu cần giảm, hãy sửa lại số của kỳ đã báo cáo.")
    return cell


def _parsed(indicator: Indicator, text: str) -> Cell:
    if not indicator.is_money:
        return parse_cell(text, indicator.decimals)
    return parse_money(text, indicator.decimals)


def cells_of(submission: Submission) -> Cells:
    """The cells of a submission by their key."""
    keys: Sequence[str] = submission.version.cells
    return dict(zip(keys, unpack(bytes(submission.payload), len(keys)), strict=True))


def payload(keys: Sequence[str], cells: Mapping[str, Cell]) -> bytes:
    """The packed payload; a key without a cell is missing."""
    return pack([cells.get(key, MISSING) for key in keys])


def exact_values(definition: Definition, cells: Mapping[str, Cell]) -> dict[str, Fraction | int | None]:
    """What expressions read: entered values, totals of cells, formulas; unscaled and exact; None where missing."""
    values: dict[str, Fraction | int | None] = {}
    for item in definition.indicators():
        if item.over_units != "formula":
            cell = figure_of(definition, cells, item)
            values[item.code] = Fraction(cell.value, 10**item.decimals) if cell.state is CellState.VALUE else None
    formulas = definition.formulas()
    while formulas:  # the importer has refused cycles, so every round resolves at least one
        ready = [code for code, formula in formulas.items() if not formula.names & formulas.keys()]
        for code in ready:
            result = formulas.pop(code).evaluate(values)
            values[code] = None if result is None else Fraction(result)
    return values


def figure_of(definition: Definition, cells: Mapping[str, Cell], item: Indicator) -> Cell:
    """The cell of a figure that is no formula: as entered, or the sum of the cells it is broken down into."""
    if not item.breakdowns:
        return cells.get(item.code, MISSING)
    return add_cells(cells.get(key, MISSING) for key in definition.parts_of(item.code))


def with_formulas(definition: Definition, cells: Mapping[str, Cell]) -> Cells:
    """All indicators' cells: those entered, totals of cells, and the formulas recomputed (rounded half up)."""
    values = exact_values(definition, cells) if definition.formulas() else {}
    complete: Cells = {}
    for item in definition.indicators():
        if item.over_units != "formula":
            complete[item.code] = figure_of(definition, cells, item)
            continue
        value = values[item.code]
        scaled = None if value is None else (Fraction(value) * 10**item.decimals + Fraction(1, 2)).__floor__()
        complete[item.code] = MISSING if scaled is None else Cell(CellState.VALUE, check_int64(scaled))
    return complete
