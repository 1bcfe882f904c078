"""Figures and their sources as plain data, the same from the command line and over the API."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from nhipcau.core.clock import local_date
from nhipcau.core.errors import InvalidInput
from nhipcau.core.numbers import Cell, CellState, format_cell, format_value
from nhipcau.core.periods import Period
from nhipcau.core.said import Said
from nhipcau.org.models import Unit
from nhipcau.org.queries import names_of
from nhipcau.reports.design.definition import Definition, load
from nhipcau.reports.design.templates import version_for, versions_of
from nhipcau.reports.models import SubmissionSource
from nhipcau.reports.totals.consolidation import Consolidated, tree_day
from nhipcau.reports.totals.lineage import Leaf, Trace
from nhipcau.reports.totals.over_time import OverTime, consolidate_over_time, sub_periods
from nhipcau.reports.totals.published import published

NAMES_AT_ONCE = 500
Nodes = Sequence[Consolidated | OverTime]


def plain(cell: Cell, decimals: int) -> int | str | None:
    """A cell in JSON: an integer (a string with decimals), null where missing, "x" where not applicable, "*" where
    hidden."""
    if cell.state is not CellState.VALUE:
        return None if cell.state is CellState.MISSING else format_cell(cell, decimals)
    return cell.value if decimals == 0 else format_value(cell.value, decimals).replace(".", "").replace(",", ".")


def day_of_tree(tree: str, today: dt.date) -> dt.date | None:
    """The day whose tree is asked for ("as_now", "at:2018-06-30"), or None for the period's own ("as_then")."""
    if tree == "as_then":
        return None
    if tree == "as_now":
        return today
    if tree.startswith("at:"):
        try:
            return dt.date.fromisoformat(tree[3:])
        except ValueError as error:
            wrong = Said(f"«{tree}»: ngày phải viết at:2018-06-30.", f"«{tree}»: write the day as at:2018-06-30.")
            raise InvalidInput(wrong) from error
    raise InvalidInput(
        Said(
            f"Không có cây «{tree}»; dùng as_then, as_now hoặc at:NGÀY.",
            f"There is no tree «{tree}»; use as_then, as_now or at:DAY.",
        )
    )


def nodes_of(
    *, code: str, period: Period, unit: Unit, at: dt.datetime, day: dt.date | None = None, depth: int | None = 0
) -> tuple[Definition, Nodes]:
    """The live totals of a period of the template's own kind, or of a longer one that it is added up to."""
    if period.kind == versions_of(code)[0].definition["period_kind"]:
        version = version_for(code, period)
        nodes = published(version=version, period=period, unit=unit, at=at, day=day, depth=depth)
        return load(version.definition), nodes
    reported = sub_periods(code, period, local_date(at))
    over = consolidate_over_time(reported=reported, unit=unit, at=at, day=day, depth=depth)
    return reported[-1].definition, over


def nodes_told(
    nodes: Nodes, definition: Definition, period: Period, day: dt.date | None = None
) -> Iterator[dict[str, Any]]:
    """Node after node, with the names of a few hundred at a time: a nation is never held as text."""
    decimals = {item.code: item.decimals for item in definition.indicators()}
    named_on = day or period.last_day(definition.calendar)
    for start in range(0, len(nodes), NAMES_AT_ONCE):
        some = nodes[start : start + NAMES_AT_ONCE]
        names = names_of([node.unit_id for node in some], named_on)
        for node in some:
            name = names[node.unit_id]
            yield {
                "unit": name.code,
                "name": name.name,
                "period": period.key,
                "at": node.at.isoformat(),
                "values": {code: plain(cell, decimals[code]) for code, cell in node.cells.items()},
                "coverage": asdict(node.coverage),
            }


def leaves_told(
    leaves: Sequence[Leaf], found: Trace, definition: Definition, period: Period, day: dt.date | None = None
) -> list[dict[str, Any]]:
    """Some leaves of a trace: whose figure, in which report, from which records."""
    then = tree_day(definition, period)
    names = names_of([leaf.unit.pk for leaf in leaves], then)
    holders = names_of([leaf.counted_at for leaf in leaves], day or then)
    return [
        {
            "unit": names[leaf.unit.pk].code,
            "name": names[leaf.unit.pk].name,
            "kind": leaf.unit.kind.code,
            "submission": str(leaf.submission.uid),
            "revision": leaf.submission.revision,
            "value": plain(Cell(CellState.VALUE, leaf.value), found.decimals),
            "by_hand": leaf.by_hand,
            "counted_at": holders[leaf.counted_at].code,
            "whole": plain(Cell(CellState.VALUE, leaf.whole), found.decimals),
            "covers": leaf.covers,
            "history": leaf.submission.is_history,
            "weight": leaf.weight,
            "activities": [source_told(source) for source in leaf.sources],
        }
        for leaf in leaves
    ]


def source_told(source: SubmissionSource) -> dict[str, Any]:
    """One record behind a figure: an activity, a line of an old file, or a letter."""
    if source.activity is not None:
        activity = source.activity
        return {
            "uid": str(activity.uid),
            "type": activity.type.code,
            "date": activity.held_on.isoformat(),
            "title": activity.title,
            "value": source.value,
        }
    if source.file is not None:
        file = source.file
        return {
            "uid": str(file.uid),
            "type": "history",
            "date": local_date(file.imported_at).isoformat(),
            "title": file.name,
            "sha256": file.sha256,
            "place": source.place,
            "value": source.value,
        }
    letter = source.document
    if letter is None:
        raise ValueError(f"Nguồn {source.pk} không chỉ tới đâu.")
    return {
        "uid": str(letter.uid),
        "type": "document",
        "number": letter.number,
        "date": letter.dated.isoformat() if letter.dated else None,
        "title": letter.subject,
        "value": source.value,
    }
