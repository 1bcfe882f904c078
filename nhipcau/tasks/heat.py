"""How a branch stands: its units against directives or weeks, every branch counted whole, in one read of the work.

Only whether work was received and done in time is counted, never what was answered; units stand in the order of
their names, not of their results.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, fields
from typing import Any

import numpy as np
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, ExtractIsoYear, ExtractWeek

from nhipcau.documents.models import DocumentState
from nhipcau.documents.rights import reads_contents
from nhipcau.org.columns import UnitIds
from nhipcau.org.models import Unit
from nhipcau.org.queries import branch_ids, names_of
from nhipcau.org.scope import Scope
from nhipcau.tasks.below import Below
from nhipcau.tasks.models import Assignment, AssignmentRole, AssignmentState, Obligation, Task, last_day
from nhipcau.tasks.status import Counts, counts_of

COLUMNS = 8
WEEKS_BACK = 5
_WEEK = dt.timedelta(days=7)


@dataclass(frozen=True)
class Heading:
    """One column: a directive's duty with the number of its letter (`task`: the own unit's, if it issued one), or a
    week by its Monday."""

    key: int
    title: str = ""
    number: str = ""
    task: uuid.UUID | None = None
    monday: dt.date | None = None


@dataclass(frozen=True)
class Line:
    """One unit with all below it. `unit` None: the office at the top itself, and what lies beside the branch."""

    unit: uuid.UUID | None
    name: str
    cells: tuple[Counts, ...]
    opens: bool

    @property
    def total(self) -> Counts:
        return sum(self.cells, Counts())


@dataclass(frozen=True)
class HeatMap:
    """A branch: one line a unit directly below, and their sum."""

    unit: Unit
    name: str
    headings: tuple[Heading, ...]
    lines: tuple[Line, ...]

    @property
    def total(self) -> Line:
        sums = [sum(column, Counts()) for column in zip(*(line.cells for line in self.lines), strict=True)]
        return Line(None, "", tuple(sums) or (Counts(),) * len(self.headings), opens=False)


def by_directive(scope: Scope, unit: Unit, *, page: int = 1) -> HeatMap:
    """The newest duties that the branch was given, `COLUMNS` a page."""
    work = work_of(scope, unit)
    given = Obligation.objects.filter(Exists(work.filter(task__obligation=OuterRef("pk"))))
    chosen = list(given.select_related("document").order_by("-pk")[(page - 1) * COLUMNS : page * COLUMNS])
    own = Task.objects.filter(obligation__in=chosen, issued_by=scope.unit).order_by("-pk")
    tasks = dict(own.values_list("obligation", "uid"))
    headings = [Heading(one.pk, one.text, one.document.number, tasks.get(one.pk)) for one in chosen]
    return _drawn(scope, unit, work.filter(task__obligation__in=chosen), F("task__obligation"), headings)


def by_week(scope: Scope, unit: Unit) -> HeatMap:
    """The weeks in which work falls due: those just gone by, this one and the next two."""
    this = scope.day - dt.timedelta(days=scope.day.weekday())
    mondays = [this + (n - WEEKS_BACK) * _WEEK for n in range(COLUMNS)]
    due = Coalesce("own_due", "task__due")
    work = (
        work_of(scope, unit).alias(falls_due=due).filter(falls_due__range=(mondays[0], mondays[-1] + 6 * _WEEK / 7))
    )
    weeks = ExtractIsoYear(due) * Value(100) + ExtractWeek(due)
    headings = [Heading(_week(monday), monday=monday) for monday in mondays]
    return _drawn(scope, unit, work, weeks, headings)


def of_task(scope: Scope, unit: Unit, task: Task) -> HeatMap:
    """The duty of one task alone (one instance of it, if it recurs), for a branch too wide to be listed by unit."""
    work = work_of(scope, unit).filter(task__obligation=task.obligation_id, task__occurrence=task.occurrence)
    return _drawn(scope, unit, work, F("task__obligation"), [Heading(task.obligation_id, task.title)])


def work_of(scope: Scope, unit: Unit) -> QuerySet[Assignment]:
    """What the branch owes or owed, as far as the scope sees; letters struck from the register are out."""
    seen = scope.own_or_below("unit") if reads_contents(scope) else Q(pk__in=())
    rows = Assignment.objects.filter(seen)
    if unit.pk != scope.unit.pk:
        rows = rows.filter(unit__in=branch_ids(unit, scope.day))
    asked = rows.exclude(role=AssignmentRole.INFORM).exclude(state=AssignmentState.WITHDRAWN)
    return asked.exclude(task__obligation__document__state=DocumentState.VOID)


def _drawn(
    scope: Scope, unit: Unit, work: QuerySet[Assignment], key: Combinable, headings: Sequence[Heading]
) -> HeatMap:
    counts, sizes = _tally(scope, unit, work, key, [one.key for one in headings])
    uids = dict(Unit.objects.filter(pk__in=[pk for pk in counts if pk]).values_list("pk", "uid"))
    names = names_of([unit.pk, *uids], scope.day)
    lines = [
        Line(uids[pk], names[pk].name, counts[pk], sizes[pk] > 1)
        for pk in sorted(uids, key=lambda pk: (names[pk].sort_key, pk))
    ]
    if any(one.expected for one in counts[0]):
        lines.insert(0, Line(None, names[unit.pk].name, counts[0], opens=False))
    return HeatMap(unit, names[unit.pk].name, tuple(headings), tuple(lines))


def _tally(
    scope: Scope, unit: Unit, work: QuerySet[Assignment], key: Combinable, keys: Sequence[int]
) -> tuple[dict[int, tuple[Counts, ...]], dict[int, int]]:
    """By unit directly below (0: the top's own office): its counts in the order of `keys`, and its size."""
    below = Below(unit, scope.day)
    size = len(below.ids)
    table = np.zeros((size, len(keys), len(fields(Counts))), np.int64)
    for column, state, last, units in _gathered(work, key) if keys else ():
        if column in keys:
            many = np.bincount(below.place(UnitIds.read(units)), minlength=size)
            one = astuple(counts_of(state, AssignmentRole.LEAD, last, scope.day))
            table[:, keys.index(column)] += many[:, None] * np.array(one)
    counts = {pk: tuple(Counts(*cell) for cell in row.tolist()) for pk, row in zip(below.ids, table, strict=True)}
    return counts, dict(zip(below.ids, below.sizes, strict=True))


def _gathered(work: QuerySet[Assignment], key: Combinable) -> Iterable[tuple[int, str, dt.date | None, Any]]:
    """Of work that is owed: column, state, the last day before it is late, and the units that stand so."""
    alike = work.annotate(column=key, last_one=last_day()).order_by().values("column", "state", "last_one")
    return alike.annotate(units=UnitIds("unit_id")).values_list("column", "state", "last_one", "units")


def _week(day: dt.date) -> int:
    year, week, _ = day.isocalendar()
    return year * 100 + week
