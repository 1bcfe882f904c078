"""What is different from last period, figure by figure: what an approver looks at first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from nhipcau.core.numbers import MISSING, Cell, CellState, format_value
from nhipcau.reports.design.definition import Definition, Indicator
from nhipcau.web.reports import pieces
from nhipcau.web.words import labelled


@dataclass(frozen=True)
class Change:
    """One figure beside the one before. `percent` is None where there is nothing to compare with."""

    item: Indicator
    label: str
    before: str
    now: str
    difference: str
    percent: Decimal | None
    large: bool
    same: bool = False  # both are known, and equal


def changes(definition: Definition, cells: Mapping[str, Cell], earlier: Mapping[str, Cell] | None) -> list[Change]:
    """Every indicator in printed order; `earlier` is None if nothing was accepted then."""
    before = earlier or {}
    return [
        compare(item, cells.get(item.code, MISSING), before.get(item.code, MISSING))
        for item in definition.indicators()
    ]


def largest(rows: list[Change], count: int) -> list[Change]:
    """The largest changes, by how far they are from what was."""
    large = [row for row in rows if row.large]
    return sorted(large, key=lambda row: abs(row.percent or Decimal()), reverse=True)[:count]


def compare(item: Indicator, now: Cell, before: Cell) -> Change:
    """One figure beside the one before; nothing is said of a difference where one of them is hidden or missing."""
    both = now.state is CellState.VALUE and before.state is CellState.VALUE
    step = now.value - before.value if both else 0
    percent = Decimal(100 * step) / abs(before.value) if both and before.value else None
    sign = "+" if step > 0 else ""
    doubled = both and (max(now.value, before.value) >= 2 * max(min(now.value, before.value), 0)) and step != 0
    return Change(
        item=item,
        label=labelled(item),
        before=pieces.figure(before, item),
        now=pieces.figure(now, item),
        difference=f"{sign}{format_value(step, item.decimals)}" if both and step else "",
        percent=percent,
        large=doubled,
        same=both and not step,
    )
