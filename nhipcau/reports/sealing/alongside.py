"""What a report sets beside its figures, sealed with them: plans, and figures of earlier periods its text names.

Whoever reads the sealed report later reads these, whatever was corrected or planned since.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from nhipcau.core.errors import InvalidInput, NotFound
from nhipcau.core.numbers import HIDDEN, HIDDEN_TEXT, MISSING, NOT_APPLICABLE, NOT_APPLICABLE_TEXT, Cell, CellState
from nhipcau.core.periods import Period, parse_period
from nhipcau.org.models import Unit
from nhipcau.reports.design.definition import Definition
from nhipcau.reports.design.fields import FRAMES, Figures, fields_in
from nhipcau.reports.design.figures import Cells, cells_of, with_formulas
from nhipcau.reports.design.plans import Plan, plans_of
from nhipcau.reports.design.templates import definition_of, version_for
from nhipcau.reports.models import Submission, SubmissionState, TemplateVersion
from nhipcau.reports.totals.published import published
from nhipcau.reports.totals.suppression import touched, veil_all

Codes = Mapping[str, Collection[str]]


@dataclass(frozen=True)
class Earlier:
    """Figures of an earlier period, those that are named alone. Of a branch, how many of the units that had to
    report stand behind them."""

    period: str
    cells: Cells
    accepted: int | None = None
    expected: int | None = None


@dataclass(frozen=True)
class Alongside:
    """Plans by code, earlier figures by frame ("previous", "last_year")."""

    plans: Mapping[str, Plan] = field(default_factory=dict)
    earlier: Mapping[str, Earlier] = field(default_factory=dict)

    def figures(self, now: Mapping[str, Cell]) -> Figures:
        """What a text can say, with the figures of the report itself as they are shown."""
        return Figures(now, {name: one.cells for name, one in self.earlier.items()}, self.plans)

    def veiled(self, definition: Definition) -> Alongside:
        """As others than the unit itself may see it."""
        hidden = {name: replace(one, cells=veil_all(definition, one.cells)) for name, one in self.earlier.items()}
        return Alongside(self.plans, hidden)


# --- gathering -----------------------------------------------------------------------------------------
def of_unit(report: Submission, also: Iterable[str] = ()) -> Alongside:
    """Beside the unit's own figures: its own of earlier periods, as accepted; those that its words name, and what
    `also` might be put into them."""
    definition, period = definition_of(report.version), parse_period(report.period)
    asked = _asked(definition, [*report.narrative.values(), *also])
    wanted = {name: key.key for name, key in _periods(period).items() if asked[name]}
    accepted = Submission.objects.filter(
        unit=report.unit_id, version__template=report.version.template_id, period__in=wanted.values(),
        state=SubmissionState.ACCEPTED,
    )  # fmt: skip
    found = {one.period: one for one in accepted.select_related("version")} if wanted else {}
    earlier = {
        name: Earlier(key, _same(definition, *_whole(found.get(key)), asked[name])) for name, key in wanted.items()
    }
    return Alongside(_plans(report.version, definition, period, report.unit_id, asked), earlier)


def of_branch(
    version: TemplateVersion, period: Period, unit: Unit, texts: Iterable[str], at: dt.datetime
) -> Alongside:
    """Beside the figures of the unit's branch: the branch's of earlier periods, as others may see them."""
    definition = definition_of(version)
    asked = _asked(definition, texts)
    earlier = {
        name: _of_branch(version, one, unit, asked[name], at)
        for name, one in _periods(period).items()
        if asked[name]
    }
    return Alongside(_plans(version, definition, period, unit.pk, asked), earlier)


def _of_branch(
    version: TemplateVersion, period: Period, unit: Unit, codes: Collection[str], at: dt.datetime
) -> Earlier:
    definition = definition_of(version)
    try:
        serving = version_for(version.template.code, period)
    except (InvalidInput, NotFound):  # before the template's first period
        return Earlier(period.key, _same(definition, None, {}, codes))
    node = published(version=serving, period=period, unit=unit, at=at)[0]
    cells = _same(definition, definition_of(serving), node.cells, codes)
    return Earlier(period.key, cells, node.coverage.accepted, node.coverage.expected)


def kept_hidden(definition: Definition, now: Alongside, papers: Iterable[Mapping[str, Cells]]) -> Alongside:
    """Without earlier figures of people's counts that a paper already issued printed otherwise: the two together
    would tell the difference, which may be one unit's. A paper's figures by frame."""
    secret, found = touched(definition), now
    for paper in papers:
        earlier = {
            name: replace(one, cells=_hiding(one.cells, paper.get(name, {}), secret))
            for name, one in found.earlier.items()
        }
        found = Alongside(found.plans, earlier)
    return found


def _hiding(cells: Cells, printed: Cells, secret: Collection[str]) -> Cells:
    return {
        code: HIDDEN if code in secret and printed.get(code, cell) != cell else cell for code, cell in cells.items()
    }


def _asked(definition: Definition, texts: Iterable[str]) -> dict[str, set[str]]:
    """By what they read besides the figure itself, the codes the fields name; and those with a printed plan."""
    found: dict[str, set[str]] = defaultdict(set)
    for one in fields_in(definition, texts):
        found[one.kind.reads].add(one.item.code)
    found["plan"] |= {item.code for section in definition.sections if section.beside for item in section.indicators}
    return found


def _periods(period: Period) -> dict[str, Period]:
    return dict(zip(FRAMES, (period.previous(), period.same_last_year()), strict=True))


def _plans(
    version: TemplateVersion, definition: Definition, period: Period, unit: int, asked: Codes
) -> dict[str, Plan]:
    given = plans_of(version, definition, period, [unit]) if asked["plan"] else {}
    return {code: plan for code, plan in given.get(unit, {}).items() if code in asked["plan"]}


def _whole(report: Submission | None) -> tuple[Definition | None, Cells]:
    if report is None:
        return None, {}
    definition = definition_of(report.version)
    return definition, with_formulas(definition, cells_of(report))


def _same(
    definition: Definition, theirs: Definition | None, cells: Mapping[str, Cell], codes: Collection[str]
) -> Cells:
    """The cells of those codes that were the same figure then: of one unit of measure, to as many decimals."""
    found: Cells = {}
    for code in codes:
        now, then = definition.indicator(code), theirs.indicator(code) if theirs else None
        alike = now and then and (now.unit, now.decimals) == (then.unit, then.decimals)
        found[code] = cells.get(code, MISSING) if alike else MISSING
    return found


# --- as it is sealed -------------------------------------------------------------------------------------
def as_sealed(alongside: Alongside) -> dict[str, Any]:
    """As JSON; nothing where there is nothing. `from_sealed` reads it back."""
    plans = {code: [plan.cell.value, plan.yearly] for code, plan in alongside.plans.items()}
    earlier = {
        name: {
            "period": one.period,
            "cells": {code: _plain(cell) for code, cell in one.cells.items()},
            **({"coverage": [one.accepted, one.expected]} if one.expected is not None else {}),
        }
        for name, one in alongside.earlier.items()
    }
    return {key: value for key, value in (("plans", plans), ("earlier", earlier)) if value}


def from_sealed(printed: Mapping[str, Any]) -> Alongside:
    """What was sealed, whatever changed since."""
    plans = {
        code: Plan(Cell(CellState.VALUE, value), yearly)
        for code, (value, yearly) in printed.get("plans", {}).items()
    }
    earlier = {
        name: Earlier(
            one["period"],
            {code: _cell(value) for code, value in one["cells"].items()},
            *one.get("coverage", (None, None)),
        )
        for name, one in printed.get("earlier", {}).items()
    }
    return Alongside(plans, earlier)


_MARKS: Mapping[str, Cell] = {NOT_APPLICABLE_TEXT: NOT_APPLICABLE, HIDDEN_TEXT: HIDDEN}


def _plain(cell: Cell) -> int | str | None:
    if cell.state is CellState.VALUE:
        return cell.value
    return next((mark for mark, marked in _MARKS.items() if marked == cell), None)


def _cell(value: int | str | None) -> Cell:
    if value is None:
        return MISSING
    return _MARKS[value] if isinstance(value, str) else Cell(CellState.VALUE, value)
