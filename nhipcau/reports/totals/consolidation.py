"""Live consolidation: `live(N) = own(N) + Σ live(children)`, for one node or for every node in one pass.

On the period's own tree the totals of inner nodes are stored (see `stored`) and one node is one row, whatever
stands below it. Every node at once, and figures on another day's tree, are added up from the records (`engine`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np

from nhipcau.core.periods import Period
from nhipcau.org.columns import NOWHERE
from nhipcau.org.models import Unit
from nhipcau.reports.design.templates import definition_of
from nhipcau.reports.models import TemplateVersion
from nhipcau.reports.totals import coverage as covering
from nhipcau.reports.totals.coverage import Coverage
from nhipcau.reports.totals.days import due_date_of, span_of, tree_day
from nhipcau.reports.totals.engine import Consolidated, EveryNode, coverage_of, figures_of, ground_of
from nhipcau.reports.totals.records import RECEIVED, entered_for_others, received, taken_over
from nhipcau.reports.totals.stored import nodes

__all__ = [
    "RECEIVED",
    "Consolidated",
    "Coverage",
    "EveryNode",
    "consolidate",
    "consolidate_every_node",
    "counted_units",
    "due_date_of",
    "entered_for_others",
    "from_records",
    "received",
    "span_of",
    "taken_over",
    "tree_day",
]


def consolidate(
    *, version: TemplateVersion, period: Period, unit: Unit, at: dt.datetime, day: dt.date | None = None
) -> Consolidated:
    """The figures of one node; for `day` see `consolidate_every_node`."""
    return consolidate_every_node(version=version, period=period, unit=unit, at=at, day=day, depth=0)[0]


def consolidate_every_node(
    *,
    version: TemplateVersion,
    period: Period,
    unit: Unit,
    at: dt.datetime,
    day: dt.date | None = None,
    depth: int | None = None,
    wait: bool = True,
) -> Sequence[Consolidated]:
    """The figures of the unit and of every node below it, in depth-first order, down to `depth` steps.

    Without `day` on the period's own tree; with it, the same reports on the tree of that day (see `views_of_tree`).
    One node and those directly below come from stored totals, brought up to date first; without `wait` they are
    shown as of their moment (`at` of each node) if somebody else is just bringing them up to date.
    """
    if day is None and depth in (0, 1):
        return nodes(version, period, unit, at, below=depth == 1, wait=wait)
    every = from_records(version=version, period=period, unit=unit, at=at, day=day)
    if depth is None:
        return every
    return [every[i] for i in np.flatnonzero(every.ground.tree.depth <= depth).tolist()]


def from_records(
    *, version: TemplateVersion, period: Period, unit: Unit, at: dt.datetime, day: dt.date | None = None
) -> EveryNode:
    """Every node of the branch added up from the reports, whatever is stored."""
    definition = definition_of(version)
    ground = ground_of(definition, period, unit, day, version.template.axis)
    sheet = figures_of(ground, definition, version, period)
    due = due_date_of(definition, period)
    covered = coverage_of(ground, definition, version, period, due)
    return EveryNode(ground, sheet, covered, definition, version.cells, at, covering.is_overdue(at, due))


def counted_units(
    *, version: TemplateVersion, period: Period, unit: Unit, day: dt.date | None = None
) -> dict[int, int]:
    """The units whose duty to report is counted in the branch, and the unit each is counted at."""
    ground = ground_of(definition_of(version), period, unit, day, version.template.axis)
    inside = ground.homes != NOWHERE
    return dict(zip(ground.units[inside].tolist(), ground.tree.ids[ground.homes[inside]].tolist(), strict=True))
