"""The columns of plans that a section prints beside its figures, in the unit's own report and in the issued one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from nhipcau.core.numbers import Cell, format_cell, format_rounded
from nhipcau.core.official import Column
from nhipcau.reports.design.definition import Indicator, Section
from nhipcau.reports.design.plans import Plan


def columns_beside(
    section: Section, plans: Mapping[str, Plan], figures: Mapping[str, Cell]
) -> Iterator[tuple[Column, list[str]]]:
    """Each column the section asks for with its texts, a row for each indicator; an empty one is left out."""
    for asked in section.beside:
        column, told = _COLUMNS[asked]
        given = ((plans.get(item.code), item) for item in section.indicators)
        texts = [told(plan, figures[item.code], item) if plan else "" for plan, item in given]
        if any(texts):
            yield column, texts


def plan_as_printed(plan: Plan, item: Indicator) -> str:
    """What was asked; of a plan for the whole year it says so."""
    asked = format_cell(plan.cell, item.decimals)
    return f"{asked} (cả năm)" if plan.yearly else asked


def _plan(plan: Plan, figure: Cell, item: Indicator) -> str:
    return plan_as_printed(plan, item)


def _percent(plan: Plan, figure: Cell, item: Indicator) -> str:
    reached = plan.reached_by(figure)
    return "" if reached is None else format_rounded(reached)


_COLUMNS: Mapping[str, tuple[Column, Callable[[Plan, Cell, Indicator], str]]] = {
    "plan": (Column("Kế hoạch", 1.6, "right"), _plan),
    "percent": (Column("% kế hoạch", 1.1, "right"), _percent),
}
