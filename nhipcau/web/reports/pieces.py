"""What every report page says the same way: periods, states, lateness, figures, the way back."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from nhipcau.core.clock import VN, local_date
from nhipcau.core.numbers import MISSING_TEXT, Cell, CellState, format_cell
from nhipcau.core.periods import Period
from nhipcau.org import queries
from nhipcau.org.models import Role, Unit
from nhipcau.org.scope import Scope
from nhipcau.reports.design.definition import Definition, Indicator
from nhipcau.reports.design.plans import Plan
from nhipcau.reports.models import Submission, SubmissionState
from nhipcau.reports.planning.giving import GIVERS
from nhipcau.reports.totals.days import due_date_of, explained_due
from nhipcau.web.words import labelled, spoken

_NO_NAME = re.compile(r"[^A-Za-z0-9_-]+")
TONES = {
    SubmissionState.DRAFT: "neutral",
    SubmissionState.READY: "warn",
    SubmissionState.SUBMITTED: "info",
    SubmissionState.RETURNED: "bad",
    SubmissionState.ACCEPTED: "good",
    SubmissionState.SUPERSEDED: "neutral",
}


def tone(report: Submission) -> str:
    """The chip's tone of its state."""
    return TONES[SubmissionState(report.state)]


def figure(cell: Cell, item: Indicator) -> str:
    """The cell as printed."""
    return format_cell(cell, item.decimals)


def planned(plan: Plan | None, item: Indicator) -> str:
    """What was asked; of a plan for the whole year it says so."""
    if plan is None:
        return MISSING_TEXT
    return _("%(value)s (cả năm)") % {"value": figure(plan.cell, item)} if plan.yearly else figure(plan.cell, item)


def of_plan(cell: Cell, plan: Plan | None) -> Decimal | None:
    """How much of the plan a figure is, in per cent; None where that cannot be said."""
    return plan.reached_by(cell) if plan else None


def broken_down(definition: Definition, item: Indicator) -> dict[str, Any]:
    """How a grid names a figure and its cells: a cell by its items alone, under the figure it is a part of."""
    label = labelled(item)
    whole = definition.indicator(item.part_of) if item.part_of else None
    of = labelled(whole) if whole else ""
    sum_of = definition.parts_of(item.code) if item.breakdowns else ()
    return {"label": label.removeprefix(f"{of}: "), "of": of, "sum_of": sum_of}


def place(*names: object) -> str:
    """An id on the page made of codes, which may hold brackets: a selector must be able to name it."""
    return "-".join(["nguon", *(_NO_NAME.sub("-", str(name)).strip("-") for name in names)])


def typed(cell: Cell, item: Indicator) -> str:
    """The cell as it stands in an input: a missing one is empty."""
    return "" if cell.state is CellState.MISSING else format_cell(cell, item.decimals)


def sent_late(report: Submission, definition: Definition, period: Period) -> bool:
    """Whether it was sent after its due date."""
    sent = report.submitted_at
    return sent is not None and local_date(sent) > due_date_of(definition, period)


@dataclass(frozen=True)
class Due:
    """When a report is due, why then, and whether that day has passed."""

    day: dt.date
    reason: str
    passed: bool


def due(definition: Definition, period: Period, today: dt.date) -> Due:
    """The due date as every page shows it."""
    found = explained_due(definition, period)
    return Due(found.day, spoken(found.why), today > found.day)


def clock(moment: dt.datetime) -> str:
    """09:05, Vietnamese time."""
    return f"{moment.astimezone(VN):%H:%M}"


def stamp(moment: dt.datetime) -> str:
    """09:05 05/11/2026, Vietnamese time."""
    return f"{moment.astimezone(VN):%H:%M %d/%m/%Y}"


def due_reason(definition: Definition, period: Period) -> str:
    """Why it is due on that day."""
    return spoken(explained_due(definition, period).why)


def tabs(scope: Scope, current: str) -> list[tuple[str, str, bool]]:
    """(label, url, current) of the pages of this area; a unit with nobody below sees its own reports only."""
    below = has_below(scope.unit, scope)
    shown = [(_("Của đơn vị"), "reports:mine")]
    if below and scope.post.has_role(Role.APPROVER):
        shown.append((_("Chờ tiếp nhận"), "reports:queue"))
    if below:
        shown.append((_("Toàn cảnh"), "reports:overview_start"))
        shown.append((_("Tổng hợp"), "reports:consolidated_start"))
    if (below or scope.post.has_role(Role.DESIGNER)) and scope.post.has_role(*GIVERS):
        shown.append((_("Kế hoạch giao"), "plans:start"))
    if scope.post.has_role(Role.REPORTER, Role.APPROVER):
        shown.append((_("Biểu mẫu Excel"), "reports:excel"))
    return [(label, reverse(name), name == current) for label, name in shown] if len(shown) > 1 else []


def has_below(unit: Unit, scope: Scope) -> bool:
    """Whether any unit lies directly below today."""
    return queries.has_below(unit, scope.day)
