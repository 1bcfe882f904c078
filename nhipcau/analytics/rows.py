"""The rows of a file of facts: every unit whose report counts in a period, where it counts, and what it reported.

A unit has one row, at the place where its duty to report counts: with the report if it is accepted, else with empty
cells. Where a unit was divided or ended, what others took of its report stands in further rows that count as no
unit: sums in their shares, while a figure that cannot be split goes whole to the unit's own row.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from nhipcau.core.errors import InvalidInput, NotFound
from nhipcau.core.numbers import States, Values, unpack_many
from nhipcau.core.periods import Period
from nhipcau.core.said import Said
from nhipcau.org.branches import Branch
from nhipcau.org.columns import Ints
from nhipcau.org.models import Placement, Unit
from nhipcau.reports.design.definition import Definition, load
from nhipcau.reports.design.rollup import SUM, Rollup
from nhipcau.reports.models import Submission, SubmissionState, TemplateVersion
from nhipcau.reports.totals.consolidation import span_of
from nhipcau.reports.totals.lumps import lumped_units
from nhipcau.reports.totals.owing import Owing
from nhipcau.reports.totals.succession import carry, indicators_of
from nhipcau.reports.totals.views_of_tree import View, view_of

LEVELS = 10  # of superiors that a row names; a federation has five
NOWHERE = -1
ALONE = -2  # in `Rows.shared`: in no lump
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Rows:
    """Aligned columns, in the order of the tree.

    `levels[:, d]` is the superior at depth d, the unit that the row stands at itself at its own, NOWHERE below.
    `own`: the row stands at the unit that reported. `expected`, `accepted`: what it adds to coverage. `shared`: of
    a unit in a lump, the depth of the lowest unit that holds both it and the lump (NOWHERE if none does), else
    ALONE. `values` and `states` hold the cells, then the hidden columns of means (see `Rollup`); what a row says of
    a cell counts only where it is `told` of it.
    """

    unit: Ints
    kind: Ints
    levels: Ints
    own: Flags
    expected: Flags
    accepted: Flags
    shared: Ints
    values: Values
    states: States
    told: Flags


def rows_of(version: TemplateVersion, period: Period, day: dt.date | None) -> Rows:
    """All rows of the period: on its own tree, or on that of `day`.

    Raises InvalidInput where a report of the period follows another version of the template, or the tree is deeper
    than `LEVELS`.
    """
    definition = load(version.definition)
    span, axis = span_of(definition, period), version.template.axis
    tops = Placement.objects.at(day or span.last).filter(parent=None, axis=axis, child__kind__internal=False)
    views = [view_of(place.child, span, day, axis) for place in tops.select_related("child").order_by("child")]
    if not views:
        raise NotFound(
            Said(
                f"Chưa có cây tổ chức vào ngày {day or span.last:%d/%m/%Y}.",
                f"There is no tree yet on {day or span.last:%d/%m/%Y}.",
            )
        )
    if any(view.tree.depth.max() >= LEVELS for view in views):
        raise InvalidInput(
            Said(
                f"Cây tổ chức sâu hơn {LEVELS} cấp; phân tích số liệu chưa làm được với cây này.",
                f"The tree is deeper than {LEVELS} levels; it cannot be analysed yet.",
            )
        )
    records = _Records(version, definition, period)
    parts = [_of_view(view, records) for view in views]
    return Rows(*(np.concatenate([getattr(part, column.name) for part in parts]) for column in fields(Rows)))


class _Records:
    """What the database says about the period, read once."""

    def __init__(self, version: TemplateVersion, definition: Definition, period: Period) -> None:
        rollup, cells = Rollup.of(definition), [str(key) for key in version.cells]
        accepted = Submission.objects.filter(
            version__template=version.template_id, period=period.key, state=SubmissionState.ACCEPTED
        )
        found = list(accepted.order_by("unit").values_list("unit", "payload", "version"))
        if any(row[2] != version.pk for row in found):
            raise InvalidInput("Trong kỳ này có báo cáo theo phiên bản biểu mẫu khác; chưa cộng chung được.")
        self.row = {unit: place for place, (unit, _, _) in enumerate(found)}
        self.values, self.states = rollup.widen(*unpack_many([bytes(row[1]) for row in found], len(cells)))
        self.summed = rollup.operators == SUM
        hidden = [cells[mean.column] for mean in rollup.means for _ in range(2)]
        self.names = indicators_of([*cells, *hidden])  # the hidden columns of a mean go where the mean goes
        self.kinds = dict(Unit.objects.values_list("pk", "kind"))
        self.owing = Owing.of(definition, version, period)
        self.owners = {lump.unit_id: lump.owner_id for lump in lumped_units(version, period) if lump.accepted}


@dataclass(frozen=True)
class _Line:
    """A row before it becomes part of columns. `report`: which of the records, or NOWHERE. `part`: what landed here
    of a divided report, None for a report as it is. `counts`: the row stands for the unit."""

    position: int
    unit: int
    report: int
    counts: bool = True
    part: list[int] | None = None


def _of_view(view: View, records: _Records) -> Rows:
    lines = sorted(_lines(view, records), key=lambda line: (line.position, line.unit, not line.counts))
    position, unit, report = (
        np.array([getattr(line, name) for line in lines], np.int64) for name in ("position", "unit", "report")
    )
    above = superiors(view.tree)
    kind = np.array([records.kinds[line.unit] for line in lines], np.int64)
    counts = np.array([line.counts for line in lines], bool)
    expected = counts & records.owing.among(unit)
    lumped = expected & np.isin(unit, list(records.owners))
    return Rows(
        unit,
        kind,
        above[position],
        unit == view.tree.ids[position],
        expected,
        expected & ((report != NOWHERE) | lumped),
        _shared(view, above, lines, lumped, records),
        *_figures(lines, report, records),
    )


def _lines(view: View, records: _Records) -> Iterator[_Line]:
    divided = {unit for unit in (*view.heirs.divisions, *view.heirs.above) if unit in view.heirs}
    for unit in view.counted:
        report = records.row.get(unit, NOWHERE)
        if unit in divided:
            yield from _divided(view, unit, report, records)
        elif unit in view.index:
            yield _Line(view.index[unit], unit, report)


def _divided(view: View, unit: int, report: int, records: _Records) -> Iterator[_Line]:
    """A unit whose figures do not all stay with it: the row where its duty counts, and one for every other heir."""
    home = view.home(unit)
    parts = {} if home is None else {home: [0] * len(records.summed)}
    if report != NOWHERE:
        landed = carry(unit, records.values[report].tolist(), view.heirs, records.names)
        parts |= {view.index[to]: part for to, part in landed.items() if to in view.index}
    for position, part in parts.items():
        yield _Line(position, unit, report, position == home, part if report != NOWHERE else None)


def _figures(lines: list[_Line], report: Ints, records: _Records) -> tuple[Values, States, Flags]:
    """The columns `values`, `states`, `told`."""
    shape, there = (len(lines), len(records.summed)), report != NOWHERE
    values, states, told = np.zeros(shape, np.int64), np.zeros(shape, np.uint8), np.zeros(shape, bool)
    values[there], states[there], told[there] = records.values[report[there]], records.states[report[there]], True
    for row, line in enumerate(lines):
        if line.part is not None:
            values[row, records.summed] = np.array(line.part, np.int64)[records.summed]
            told[row] = records.summed | line.counts
    return values, states, told


def superiors(tree: Branch) -> Ints:
    """int64[positions, LEVELS]: the unit above every position at each depth, itself at its own, NOWHERE below."""
    everywhere = np.arange(len(tree.ids))
    found = np.full((len(tree.ids), LEVELS), NOWHERE, np.int64)
    for depth in range(int(tree.depth.max(initial=0)) + 1):
        nodes = np.flatnonzero(tree.depth == depth)
        nearest = np.searchsorted(nodes, everywhere, "right") - 1
        inside = (nearest >= 0) & (everywhere < tree.end[nodes[nearest]])
        found[inside, depth] = tree.ids[nodes[nearest[inside]]]
    return found


def _shared(view: View, above: Ints, lines: list[_Line], lumped: Flags, records: _Records) -> Ints:
    """The column `shared`."""
    found = np.full(len(lines), ALONE, np.int64)
    for row in np.flatnonzero(lumped).tolist():
        owner = view.home(records.owners[lines[row].unit])
        if owner is None:
            found[row] = NOWHERE
            continue
        both = (above[lines[row].position] == above[owner]) & (above[owner] != NOWHERE)
        found[row] = np.flatnonzero(both).max(initial=NOWHERE)
    return found
