"""Who has done it: one row per unit and a roll-up per branch, in a constant number of queries."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass
from itertools import islice

from django.db.models import Count, Max, Q, QuerySet

from nhipcau.core.errors import NotFound
from nhipcau.org.models import Unit
from nhipcau.org.queries import branch_ids, called, names_of
from nhipcau.org.scope import Scope
from nhipcau.tasks.lateness import is_late, late
from nhipcau.tasks.models import Assignment, AssignmentRole, AssignmentState, Obligation, Reminder, Task, last_day
from nhipcau.tasks.queries import ABSENT, visible_assignments

MOST_LISTED = 300
_CHUNK = 2000


@dataclass(frozen=True)
class Counts:
    """Assignments that owe an answer, and how far they are. `silent`: not even acknowledged."""

    expected: int = 0
    acknowledged: int = 0
    done: int = 0
    late: int = 0
    silent: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.expected + other.expected,
            self.acknowledged + other.acknowledged,
            self.done + other.done,
            self.late + other.late,
            self.silent + other.silent,
        )

    def __mul__(self, many: int) -> Counts:
        """So many that stand alike."""
        return Counts(*(one * many for one in astuple(self)))


@dataclass(frozen=True)
class UnitStatus:
    """How one unit stands; `below` counts those it passed the task on to, at every level."""

    assignment: uuid.UUID
    task: uuid.UUID
    unit: uuid.UUID
    unit_id: int
    name: str
    role: AssignmentRole
    state: AssignmentState
    due: dt.date | None
    late: bool
    acknowledged_at: dt.datetime | None
    done_at: dt.datetime | None
    done_note: str
    reminders: int
    last_reminded_at: dt.datetime | None
    below: Counts


@dataclass(frozen=True)
class BranchStatus:
    """The rows of one level and the sum of all levels."""

    rows: tuple[UnitStatus, ...]
    total: Counts


@dataclass(frozen=True)
class Node:
    """One assignment as the roll-up sees it; `parent` is the assignment it was passed on from."""

    pk: int
    parent: int | None
    counts: Counts


def counts_of(state: str, role: str, late_after: dt.date | None, day: dt.date) -> Counts:
    """One assignment as counts; whoever only takes note, or is no longer asked, owes nothing."""
    if role == AssignmentRole.INFORM or state == AssignmentState.WITHDRAWN:
        return Counts()
    return Counts(
        expected=1,
        acknowledged=int(state != AssignmentState.ASSIGNED),
        done=int(state == AssignmentState.DONE),
        late=int(is_late(state, role, late_after, day)),
        silent=int(state == AssignmentState.ASSIGNED),
    )


def roll_up(nodes: Iterable[Node]) -> dict[int, Counts]:
    """For each node the sum over all nodes below it, itself not counted. Parents have smaller keys."""
    ordered = sorted(nodes, key=lambda node: node.pk, reverse=True)
    below = {node.pk: Counts() for node in ordered}
    for node in ordered:
        if node.parent in below:
            below[node.parent] = below[node.parent] + node.counts + below[node.pk]
    return below


def branch_status(scope: Scope, subject: Obligation | Task, within: Unit | None = None) -> BranchStatus:
    """How an obligation (its tasks at the first level in sight) or one task stands, as far as the scope sees.

    A unit that was given the task sees itself and its own branch, never its siblings. `within`: that branch alone.
    Raises NotFound if there is nothing to see. Four queries, whatever the size.
    """
    visible = visible_assignments(scope)
    if within is not None:
        visible = visible.filter(unit__in=branch_ids(within, scope.day))
    if isinstance(subject, Task):
        level = visible.filter(task=subject)
        obligation_id = subject.obligation_id
    else:
        # First level: tasks made from the letter itself, or the topmost that this scope may see.
        seen = visible.filter(task__obligation=subject)
        level = seen.filter(Q(task__parent=None) | ~Q(task__parent__in=seen.values("pk")))
        obligation_id = subject.pk
    members = list(level.select_related("task", "unit"))
    if not members:
        raise NotFound(ABSENT)
    nodes = _nodes(visible.filter(task__obligation=obligation_id), scope.day)
    below, own = roll_up(nodes), {node.pk: node.counts for node in nodes}
    total = sum((own[one.pk] + below[one.pk] for one in members), Counts())
    return BranchStatus(tuple(_rows(members, level, below, scope.day)), total)


def is_wide(scope: Scope, task: Task) -> bool:
    """Whether the task went to more units in sight than one page can list."""
    return visible_assignments(scope).filter(task=task)[: MOST_LISTED + 1].count() > MOST_LISTED


@dataclass(frozen=True)
class Listed:
    """One assignment of a list that is taken away as a file, with the names of its unit and of the one that gave
    it."""

    unit: str
    issuer: str
    state: AssignmentState
    due: dt.date | None
    late: bool
    acknowledged_at: dt.datetime | None
    done_at: dt.datetime | None
    done_note: str
    reminders: int


def listed(scope: Scope, task: Task) -> Iterator[Listed]:
    """Everyone in sight who was given the task's obligation, at every level, in the order it was given; read in
    chunks and without an object a row, so that a nation costs neither memory nor minutes."""
    same = {"task__obligation": task.obligation_id, "task__occurrence": task.occurrence}
    rows = visible_assignments(scope).filter(**same).annotate(times=Count("reminders")).order_by("pk")
    fields = rows.values_list(
        "unit", "task__issued_by", "state", "role", "own_due", "task__due", last_day(),
        "acknowledged_at", "done_at", "done_note", "times",
    ).iterator(chunk_size=_CHUNK)  # fmt: skip
    while chunk := list(islice(fields, _CHUNK)):
        names = called({row[0] for row in chunk} | {row[1] for row in chunk}, scope.day)
        for unit, issuer, state, role, own_due, due, late_after, acknowledged, done, note, times in chunk:
            yield Listed(
                names[unit],
                names[issuer],
                AssignmentState(state),
                own_due or due,
                is_late(state, role, late_after, scope.day),
                acknowledged,
                done,
                note,
                times,
            )


def _nodes(rows: QuerySet[Assignment], day: dt.date) -> list[Node]:
    fields = rows.values_list("pk", "task__parent_id", "state", "role", last_day())
    return [
        Node(pk, parent, counts_of(state, role, late_after, day)) for pk, parent, state, role, late_after in fields
    ]


def _rows(
    members: list[Assignment], level: QuerySet[Assignment], below: dict[int, Counts], day: dt.date
) -> list[UnitStatus]:
    """The level's rows in Vietnamese order of the units' names."""
    names = names_of([one.unit_id for one in members], day)
    sent = Reminder.objects.filter(assignment__in=level.values("pk")).order_by()
    reminded = {
        pk: (times, last)
        for pk, times, last in sent.values("assignment")
        .annotate(times=Count("pk"), last=Max("sent_at"))
        .values_list("assignment", "times", "last")
    }
    members = sorted(members, key=lambda one: (names[one.unit_id].sort_key, one.pk))
    return [
        _row(one, names[one.unit_id].name, below[one.pk], reminded.get(one.pk, (0, None)), day) for one in members
    ]


def _row(
    one: Assignment, name: str, below: Counts, reminded: tuple[int, dt.datetime | None], day: dt.date
) -> UnitStatus:
    return UnitStatus(
        assignment=one.uid,
        task=one.task.uid,
        unit=one.unit.uid,
        unit_id=one.unit_id,
        name=name,
        role=AssignmentRole(one.role),
        state=AssignmentState(one.state),
        due=one.due,
        late=late(one, day),
        acknowledged_at=one.acknowledged_at,
        done_at=one.done_at,
        done_note=one.done_note,
        reminders=reminded[0],
        last_reminded_at=reminded[1],
        below=below,
    )
