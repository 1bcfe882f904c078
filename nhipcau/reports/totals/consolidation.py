"""Live consolidation: `live(N) = own(N) + Σ live(children)`, for one node or for every node in one pass.

Own figures are the latest accepted revision of the unit itself; a middle unit's workflow never gates its
children. Sums are exact: int64 columns laid out in depth-first order, one cumulative sum, one subtraction a node.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass

import numpy as np
import numpy.typing as npt
from django.db.models import Count, Min, Q

from nhipcau.core.clock import VN, local_date
from nhipcau.core.errors import InvalidInput
from nhipcau.core.numbers import MISSING, NOT_APPLICABLE, Cell, CellState, States, Values, unpack_many
from nhipcau.core.periods import Period
from nhipcau.org.branches import Branch, Ints
from nhipcau.org.models import Unit
from nhipcau.org.queries import working_days
from nhipcau.reports.design.definition import Definition, load
from nhipcau.reports.design.figures import Cells, with_formulas
from nhipcau.reports.models import Submission, SubmissionState, TemplateVersion
from nhipcau.reports.totals.lumps import Lumped, lumped_units
from nhipcau.reports.totals.succession import Heirs, carry
from nhipcau.reports.totals.views_of_tree import View, view_of

RECEIVED = (SubmissionState.SUBMITTED, SubmissionState.ACCEPTED)
LIMIT = 2**62


@dataclass(frozen=True)
class Coverage:
    """Who stands behind a figure. `missing` = expected and not received; `late` = after the due date, or
    due and still missing; `members` = members of the units accepted.

    Received and accepted include units that stand in the lump (số gộp) of a unit above them: `lumped` of them, of
    which `elsewhere` stand in a lump outside this branch, so that their figures and members are not in this total.
    `entered`: accepted reports that the level above entered and the unit has not confirmed yet."""

    expected: int
    received: int
    accepted: int
    late: int
    missing: int
    members: int
    lumped: int = 0
    elsewhere: int = 0
    entered: int = 0

    @property
    def complete(self) -> bool:
        return self.missing == 0 and self.accepted == self.expected and self.elsewhere == 0


@dataclass(frozen=True)
class Consolidated:
    """One node's figures with its coverage, as at a moment."""

    unit_id: int
    depth: int
    cells: Cells
    coverage: Coverage
    at: dt.datetime

    def coverage_json(self) -> dict[str, int]:
        return asdict(self.coverage)


def tree_day(definition: Definition, period: Period) -> dt.date:
    """The day whose tree a period is counted on (`as_then`): its last day."""
    return period.last_day(definition.calendar)


def due_date_of(definition: Definition, period: Period) -> dt.date:
    """The last day on which a report for the period is in time."""
    return working_days().add(period.last_day(definition.calendar), definition.due_working_days)


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
) -> list[Consolidated]:
    """The figures of the unit and of every node below it, in depth-first order, down to `depth` steps.

    Without `day` on the period's own tree; with it, the same reports on the tree of that day (see `views_of_tree`).
    """
    definition = load(version.definition)
    view = view_of(unit, tree_day(definition, period), day, version.template.axis)
    tree, totals = view.tree, _Totals(view, version, period)
    covered = _node_coverage(view, definition, version, period, at)
    return [
        Consolidated(
            unit_id=int(tree.ids[i]),
            depth=int(tree.depth[i]),
            cells=with_formulas(definition, dict(zip(version.cells, totals(i), strict=True))),
            coverage=Coverage(*(int(column[i]) for column in covered)),
            at=at,
        )
        for i in range(len(tree.ids))
        if depth is None or tree.depth[i] <= depth
    ]


class _Totals:
    """Totals of every node, answered by position. A sum is over the cells present; all n/a gives n/a."""

    def __init__(self, view: View, version: TemplateVersion, period: Period) -> None:
        accepted = Submission.objects.filter(
            version__template=version.template_id, period=period.key, state=SubmissionState.ACCEPTED
        ).values_list("unit", "payload", "version")
        mine = [row for row in accepted if view.lands(row[0])]
        if any(row[2] != version.pk for row in mine):
            raise InvalidInput("Trong kỳ này có báo cáo theo phiên bản biểu mẫu khác; chưa cộng chung được.")
        self._lay_out(view, [(row[0], bytes(row[1])) for row in mine], len(version.cells))

    @classmethod
    def of(cls, tree: Branch, reports: list[tuple[int, bytes]], count: int, heirs: Heirs | None = None) -> _Totals:
        """From (unit, payload) pairs of `count` cells, without a database."""
        made = cls.__new__(cls)
        made._lay_out(View(tree, frozenset(unit for unit, _ in reports), heirs or {}), reports, count)
        return made

    def _lay_out(self, view: View, reports: list[tuple[int, bytes]], count: int) -> None:
        size = len(view.tree.ids)
        positions, values, states = _landed(view, reports, count)
        _refuse_overflow(values)
        figures, present, inapplicable = (np.zeros((size, count), np.int64) for _ in range(3))
        reported = np.zeros(size, np.int64)
        np.add.at(figures, positions, values)
        np.add.at(present, positions, states == CellState.VALUE)
        np.add.at(inapplicable, positions, states == CellState.NOT_APPLICABLE)
        np.add.at(reported, positions, 1)
        self.sums, self.present = _running(figures), _running(present)
        self.inapplicable, self.reported = _running(inapplicable), _running(reported)
        self.end = view.tree.end

    def __call__(self, position: int) -> list[Cell]:
        end = self.end[position]
        sums = (self.sums[end] - self.sums[position]).tolist()
        present = (self.present[end] - self.present[position]).tolist()
        inapplicable = (self.inapplicable[end] - self.inapplicable[position]).tolist()
        reports = int(self.reported[end] - self.reported[position])
        return [
            Cell(CellState.VALUE, value) if has else NOT_APPLICABLE if 0 < without == reports else MISSING
            for value, has, without in zip(sums, present, inapplicable, strict=True)
        ]


def _landed(view: View, reports: list[tuple[int, bytes]], count: int) -> tuple[Ints, Values, States]:
    """Position, values and states of every report, or of every part that an ended unit's report was split into."""
    values, states = unpack_many([payload for _, payload in reports], count)
    positions: list[int] = []
    rows: list[int] = []
    carried: list[list[int]] = []
    for row, (unit, _) in enumerate(reports):
        if unit not in view.heirs:
            positions.append(view.index[unit])
            rows.append(row)
    kept = len(rows)
    for row, (unit, _) in enumerate(reports):
        if unit in view.heirs:
            for to, part in carry(unit, values[row].tolist(), view.heirs).items():
                if to in view.index:
                    positions.append(view.index[to])
                    rows.append(row)
                    carried.append(part)
    parts = np.array(carried, np.int64).reshape(-1, count)
    return np.array(positions, np.int64), np.concatenate([values[rows[:kept]], parts]), states[rows]


def _running(rows: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Cumulative sums with a leading row of zeros, so that a range is one subtraction."""
    running = np.zeros((len(rows) + 1, *rows.shape[1:]), np.int64)
    np.cumsum(rows, axis=0, out=running[1:])
    return running


def _refuse_overflow(figures: npt.NDArray[np.int64]) -> None:
    """int64 wraps in silence; a float sum is inexact but far more than exact enough to see it coming."""
    if len(figures) and np.abs(figures.astype(np.float64)).sum(axis=0).max(initial=0.0) >= LIMIT:
        raise InvalidInput("Tổng vượt quá giới hạn tính toán; hãy kiểm tra những số liệu lớn bất thường.")


def _node_coverage(
    view: View, definition: Definition, version: TemplateVersion, period: Period, at: dt.datetime
) -> list[Ints]:
    """The columns of `Coverage`, in its order, at every position.

    A unit is counted whole, at one place: where it stood, or with the successor that took most of it.
    """
    units = list(view.counted)
    index = {pk: row for row, pk in enumerate(units)}
    homes = np.array([-1 if (home := view.home(pk)) is None else home for pk in units], np.int64)
    lumps = [lump for lump in lumped_units(version, period) if lump.unit_id in index]
    columns = _coverage_of_units(index, definition, version, period, lumps, at)
    placed = np.zeros((len(view.tree.ids), columns.shape[1]), np.int64)
    inside = homes >= 0
    np.add.at(placed, homes[inside], columns[inside])
    _settle_lumps(placed, view, lumps, columns, index)
    running = _running(placed)
    totals = running[view.tree.end] - running[:-1]
    return [totals[:, column] for column in range(columns.shape[1])]


def _coverage_of_units(
    index: dict[int, int],
    definition: Definition,
    version: TemplateVersion,
    period: Period,
    lumps: list[Lumped],
    at: dt.datetime,
) -> npt.NDArray[np.int64]:
    """A row of the columns of `Coverage` for every unit, whatever the tree."""
    columns = np.zeros((len(index), 9), np.int64)
    members = np.zeros(len(index), np.int64)
    for pk, kind, count in Unit.objects.values_list("pk", "kind__code", "members"):
        if pk in index:
            columns[index[pk], 0] = kind in definition.reporters
            members[index[pk]] = count
    due = due_date_of(definition, period)
    for pk, submitted_at, accepted in received(version, period):
        if pk in index and columns[index[pk], 0]:
            row = columns[index[pk]]
            row[1], row[2] = 1, max(row[2], accepted)
            row[3] = submitted_at.astimezone(VN).date() > due
    columns[:, 5] = np.where(columns[:, 2] == 1, members, 0)
    _add_lumps(columns, index, lumps, members, due)
    for pk in entered_for_others(version, period):
        if pk in index:
            columns[index[pk], 8] = 1
    missing = (columns[:, 0] == 1) & (columns[:, 1] == 0)
    columns[:, 4] = missing
    if local_date(at) > due:
        columns[missing, 3] = 1
    return columns


def _add_lumps(
    columns: npt.NDArray[np.int64], index: dict[int, int], lumps: list[Lumped], members: Ints, due: dt.date
) -> None:
    """Units in a lump are in, at their own position; their members count where the lump stands."""
    for lump in lumps:
        if not columns[index[lump.unit_id], 0]:
            continue
        row = columns[index[lump.unit_id]]
        row[1], row[2] = 1, max(row[2], lump.accepted)
        row[3] = local_date(lump.sent) > due
        row[6] = row[7] = 1
        if lump.owner_id in index and lump.accepted:
            columns[index[lump.owner_id], 5] += members[index[lump.unit_id]]


def _settle_lumps(
    placed: npt.NDArray[np.int64],
    view: View,
    lumps: list[Lumped],
    columns: npt.NDArray[np.int64],
    index: dict[int, int],
) -> None:
    """A unit's lump is elsewhere up to the first node that holds both: as then the owner, now perhaps above it."""
    above = _superiors(view) if lumps else []
    for lump in lumps:
        unit, owner = view.home(lump.unit_id), view.home(lump.owner_id)
        if unit is None or owner is None or not columns[index[lump.unit_id], 0]:
            continue
        node, last = min(unit, owner), max(unit, owner)
        while view.tree.end[node] <= last:
            node = above[node]
        placed[node, 7] -= 1


def _superiors(view: View) -> list[int]:
    """The position of the node directly above every position; -1 above the top."""
    above: list[int] = []
    path: list[int] = []  # the last position seen at each depth
    for position, depth in enumerate(view.tree.depth.tolist()):
        del path[depth:]
        above.append(path[-1] if path else -1)
        path.append(position)
    return above


def counted_units(
    *, version: TemplateVersion, period: Period, unit: Unit, day: dt.date | None = None
) -> dict[int, int]:
    """The units whose duty to report is counted in the branch, and the unit each is counted at."""
    view = view_of(unit, tree_day(load(version.definition), period), day, version.template.axis)
    homes = ((pk, view.home(pk)) for pk in view.counted)
    return {pk: int(view.tree.ids[home]) for pk, home in homes if home is not None}


def entered_for_others(version: TemplateVersion, period: Period) -> set[int]:
    """Units whose accepted report the level above entered, and that have not confirmed it."""
    entered = Submission.objects.filter(
        version__template=version.template_id,
        period=period.key,
        state=SubmissionState.ACCEPTED,
        entered_by_unit__isnull=False,
        confirmed_at__isnull=True,
    )
    return set(entered.values_list("unit", flat=True))


def received(version: TemplateVersion, period: Period) -> list[tuple[int, dt.datetime, bool]]:
    """(unit, when it first reported, accepted) of every unit whose report is in; a correction is not late."""
    rows = (
        Submission.objects.filter(version__template=version.template_id, period=period.key)
        .filter(state__in=(*RECEIVED, SubmissionState.SUPERSEDED), submitted_at__isnull=False)
        .values("unit")
        .annotate(
            first=Min("submitted_at"),
            standing=Count("pk", filter=Q(state__in=RECEIVED)),
            accepted=Count("pk", filter=Q(state=SubmissionState.ACCEPTED)),
        )
        .filter(standing__gt=0)
    )
    return [(row["unit"], row["first"], row["accepted"] > 0) for row in rows]
