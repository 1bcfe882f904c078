"""Totals of a branch, live, and where each figure comes from: the JSON of `consolidate` and `trace`."""

from __future__ import annotations

import uuid
from typing import Any, Literal

from ninja import Query

from nhipcau.api.auth import ApiRequest
from nhipcau.api.declare import Area
from nhipcau.api.paging import Listed, Paging, listed
from nhipcau.api.schemas.reports import Total, TraceOut
from nhipcau.core.numbers import Cell, CellState
from nhipcau.core.periods import parse_period
from nhipcau.reports.queries import asked_for, require_readable
from nhipcau.reports.told import Nodes, day_of_tree, leaves_told, nodes_of, nodes_told, plain
from nhipcau.reports.totals.lineage import trace

# No other day's tree: on one of them units may lie below that are out of sight, then and now.
Tree = Literal["as_then", "as_now"]
area = Area("totals", "/totals")


@area.get(
    "/{slug:code}/{str:period}", "reports:consolidated", "reports:consolidated_csv", "reports:over_time",
    answer=Listed[Total],
)  # fmt: skip
def consolidated(
    request: ApiRequest,
    paging: Query[Paging],
    code: str,
    period: str,
    unit: uuid.UUID | None = None,
    tree: Tree = "as_then",
) -> Any:
    """The unit's total (the own one's unless named), then those of the units directly below it."""
    scope = request.scope
    require_readable(scope, code)
    key, day = parse_period(period), day_of_tree(tree, scope.day)
    chosen = scope.get_unit(unit) if unit else scope.unit
    definition, nodes = nodes_of(code=code, period=key, unit=chosen, at=request.moment, day=day, depth=1)
    rows: Nodes = nodes
    return listed(request, rows, paging, lambda some: nodes_told(some, definition, key, day))


@area.get("/{slug:code}/{str:period}/trace/{str:indicator}", "reports:drill", "reports:drill_pdf", answer=TraceOut)
def traced(
    request: ApiRequest,
    paging: Query[Paging],
    code: str,
    period: str,
    indicator: str,
    unit: uuid.UUID | None = None,
    tree: Tree = "as_then",
) -> Any:
    """The reports behind one figure, over the whole branch, with the records behind each."""
    scope = request.scope
    asked, day = asked_for(scope, code, period, unit or scope.unit.uid), day_of_tree(tree, scope.day)
    found = trace(
        version=asked.version,
        indicator=indicator,
        period=asked.period,
        unit=asked.unit,
        at=request.moment,
        day=day,
    )
    page = listed(
        request, found.leaves, paging, lambda some: leaves_told(some, found, asked.definition, asked.period, day)
    )
    total = plain(Cell(CellState.VALUE, found.total), found.decimals)
    return {
        "total": total,
        "rollup": found.rollup,
        "leaves": page["items"],
        "count": page["total"],
        "next": page["next"],
    }
