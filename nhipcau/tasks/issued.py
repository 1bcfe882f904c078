"""What the own unit handed out, and where a task went on from: small reads for lists."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from nhipcau.documents.models import DocumentState
from nhipcau.documents.rights import reads_contents
from nhipcau.org.scope import Scope
from nhipcau.tasks.models import Assignment, AssignmentRole, AssignmentState, Task
from nhipcau.tasks.queries import visible_tasks
from nhipcau.tasks.status import Counts, counts_of


class Standing(StrEnum):
    """How the units stand that a task was handed to: one of them is late, one has it to do, all have done it."""

    LATE = "late"
    OPEN = "open"
    DONE = "done"


@dataclass(frozen=True)
class IssuedTask:
    """A task with the state of the units it was handed to directly."""

    task: Task
    counts: Counts


def issued(scope: Scope) -> QuerySet[Task]:
    """Tasks that the own unit handed out, newest first. Letters struck from the register are out."""
    if not reads_contents(scope):
        return Task.objects.none()
    rows = Task.objects.filter(issued_by=scope.unit).exclude(obligation__document__state=DocumentState.VOID)
    return rows.select_related("issued_by", "letter", "obligation__document").order_by("-created_at", "-pk")


def issued_standing(scope: Scope, standing: Standing) -> QuerySet[Task]:
    """Those of the tasks whose units stand so."""
    own = Assignment.objects.filter(task=OuterRef("pk")).exclude(role=AssignmentRole.INFORM)
    owed = own.exclude(state=AssignmentState.WITHDRAWN)
    past = Q(own_due__lt=scope.day) | Q(own_due=None, task__late_after__lt=scope.day)
    undone = owed.exclude(state=AssignmentState.DONE)
    wanted = {
        Standing.LATE: Exists(undone.filter(past)),
        Standing.OPEN: Exists(undone),
        Standing.DONE: Exists(owed) & ~Exists(undone),
    }
    return issued(scope).filter(wanted[standing])


def counted(tasks: Iterable[Task], day: dt.date) -> list[IssuedTask]:
    """The same tasks with the state of their units; one query, answered from an index alone."""
    chosen = {one.pk: one for one in tasks}
    owed = Assignment.objects.filter(task__in=chosen).exclude(state=AssignmentState.WITHDRAWN)
    alike = owed.order_by().values_list("task", "state", "role", "own_due").annotate(many=Count("*"))
    found = dict.fromkeys(chosen, Counts())
    for task, state, role, own_due, many in alike:
        found[task] += counts_of(state, role, own_due or chosen[task].late_after, day) * many
    return [IssuedTask(one, found[one.pk]) for one in chosen.values()]


def issued_due(scope: Scope) -> QuerySet[Task]:
    """Those of the tasks that some unit was to have done by now."""
    due = Q(late_after__lt=scope.day) | Exists(
        Assignment.objects.filter(task=OuterRef("pk"), own_due__lt=scope.day)
    )
    return issued(scope).filter(due)


def issued_late(scope: Scope) -> list[IssuedTask]:
    """Those of the tasks that some unit has not done in time."""
    return [one for one in counted(issued_due(scope), scope.day) if one.counts.late]


def went_on(scope: Scope, assignments: Iterable[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """For each of these assignments that was passed on: the task it was passed on as."""
    rows = visible_tasks(scope).filter(parent__uid__in=list(assignments)).order_by()
    return {parent: task for parent, task in rows.values_list("parent__uid", "uid") if parent}
