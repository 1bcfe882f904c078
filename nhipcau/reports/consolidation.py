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
from nhipcau.core.numbers import MISSING, NOT_APPLICABLE, Cell, CellState, unpack_many
from nhipcau.core.periods import Period
from nhipcau.org.branches import Branch, Ints, branch
from nhipcau.org.models import Unit
from nhipcau.org.queries import working_days
from nhipcau.reports.definition import Definition, load
from nhipcau.reports.figures import Cells, with_formulas
from nhipcau.reports.lumps import Lumped, lumped_units
from nhipcau.reports.models import Submission, SubmissionState, TemplateVersion

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
    """The figures of one node."""
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
    """The figures of the unit and of every node below it, in depth-first order, down to `depth` steps."""
    definition = load(version.definition)
    tree = branch(unit, day or tree_day(definition, period), version.template.axis)
    totals = _Totals(tree, version, period)
    covered = _node_coverage(tree, definition, version, period, at)
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

    def __init__(self, tree: Branch, version: TemplateVersion, period: Period) -> None:
        inside = set(tree.ids.tolist())
        accepted = Submission.objects.filter(
            version__template=version.template_id, period=period.key, state=SubmissionState.ACCEPTED
        ).values_list("unit", "payload", "version")
        mine = [row for row in accepted if row[0] in inside]
        if any(row[2] != version.pk for row in mine):
            raise InvalidInput("Trong kỳ này có báo cáo theo phiên bản biểu mẫu khác; chưa cộng chung được.")
        self._lay_out(tree, [(row[0], bytes(row[1])) for row in mine], len(version.cells))

    @classmethod
    def of(cls, tree: Branch, reports: list[tuple[int, bytes]], count: int) -> _Totals:
        """From (unit, payload) pairs of `count` cells, without a database."""
        made = cls.__new__(cls)
        made._lay_out(tree, reports, count)
        return made

    def _lay_out(self, tree: Branch, reports: list[tuple[int, bytes]], count: int) -> None:
        figures = np.zeros((len(tree.ids), count), np.int64)
        states = np.zeros((len(tree.ids), count), np.uint8)
        if reports:
            positions = tree.positions(np.array([unit for unit, _ in reports], np.int64))
            figures[positions], states[positions] = unpack_many([payload for _, payload in reports], count)
        _refuse_overflow(figures)
        reported = np.zeros(len(tree.ids), np.int64)
        reported[positions if reports else []] = 1
        self.sums = _running(figures)
        self.present = _running((states == CellState.VALUE).astype(np.int64))
        self.inapplicable = _running((states == CellState.NOT_APPLICABLE).astype(np.int64))
        self.reported = _running(reported)
        self.end = tree.end

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
    tree: Branch, definition: Definition, version: TemplateVersion, period: Period, at: dt.datetime
) -> list[Ints]:
    """The columns of `Coverage`, in its order, at every position."""
    index = {int(pk): position for position, pk in enumerate(tree.ids)}
    columns = np.zeros((len(tree.ids), 9), np.int64)
    members = np.zeros(len(tree.ids), np.int64)
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
    _add_lumps(columns, index, lumped_units(version, period), members, due)
    for pk in entered_for_others(version, period):
        if pk in index:
            columns[index[pk], 8] = 1
    missing = (columns[:, 0] == 1) & (columns[:, 1] == 0)
    columns[:, 4] = missing
    if local_date(at) > due:
        columns[missing, 3] = 1
    running = _running(columns)
    totals = running[tree.end] - running[:-1]
    return [totals[:, column] for column in range(columns.shape[1])]


def _add_lumps(
    columns: npt.NDArray[np.int64], index: dict[int, int], lumps: list[Lumped], members: Ints, due: dt.date
) -> None:
    """Units in a lump are in, at their own position; what stands for them counts where the lump stands."""
    for lump in lumps:
        if lump.unit_id not in index or not columns[index[lump.unit_id], 0]:
            continue
        row = columns[index[lump.unit_id]]
        row[1], row[2] = 1, max(row[2], lump.accepted)
        row[3] = local_date(lump.sent) > due
        row[6] = row[7] = 1
        if lump.owner_id in index:  # an ancestor: every branch that holds it holds the unit as well
            owner = columns[index[lump.owner_id]]
            owner[7] -= 1
            owner[5] += members[index[lump.unit_id]] if lump.accepted else 0


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
