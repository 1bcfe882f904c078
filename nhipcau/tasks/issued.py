"""What the own unit handed out, and where a task went on from: small reads for lists."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from nhipcau.documents.models import DocumentState
from nhipcau.org.scope import Scope
from nhipcau.tasks.models import Assignment, AssignmentRole, AssignmentState, Task
from nhipcau.tasks.queries import visible_tasks
from nhipcau.tasks.status import Counts


@dataclass(frozen=True)
class IssuedTask:
    """A task with the state of the units it was handed to directly."""

    task: Task
    counts: Counts


def issued(scope: Scope) -> QuerySet[Task]:
    """Tasks that the own unit handed out, newest first. Letters struck from the register are out."""
    rows = visible_tasks(scope).filter(issued_by=scope.unit)
    return rows.exclude(obligation__document__state=DocumentState.VOID)


def counted(tasks: Iterable[Task], day: dt.date) -> list[IssuedTask]:
    """The same tasks with the state of their units; one query, which groups nothing but keys."""
    chosen = list(tasks)
    done, silent = Q(state=AssignmentState.DONE), Q(state=AssignmentState.ASSIGNED)
    owed = _owed().filter(task__in=[one.pk for one in chosen]).order_by().values("task")
    rows = owed.annotate(
        expected=Count("pk"),
        finished=Count("pk", filter=done),
        silent=Count("pk", filter=silent),
        late=Count("pk", filter=~done & _past(day)),
    )
    found = {
        task: Counts(expected, expected - silent, done, late, silent)
        for task, expected, done, silent, late in rows.values_list("task", "expected", "finished", "silent", "late")
    }
    return [IssuedTask(one, found.get(one.pk, Counts(0, 0, 0, 0, 0))) for one in chosen]


def issued_late(scope: Scope) -> list[IssuedTask]:
    """Those of the tasks that some unit has not done in time."""
    due = Q(late_after__lt=scope.day) | Exists(
        Assignment.objects.filter(task=OuterRef("pk"), own_due__lt=scope.day)
    )
    return [one for one in counted(issued(scope).filter(due), scope.day) if one.counts.late]


def _owed() -> QuerySet[Assignment]:
    """What units were given to do, as it stands."""
    return Assignment.objects.exclude(role=AssignmentRole.INFORM).exclude(state=AssignmentState.WITHDRAWN)


def _past(day: dt.date) -> Q:
    return Q(own_due__lt=day) | Q(own_due=None, task__late_after__lt=day)


def went_on(scope: Scope, assignments: Iterable[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """For each of these assignments that was passed on: the task it was passed on as."""
    rows = visible_tasks(scope).filter(parent__uid__in=list(assignments)).order_by()
    return {parent: task for parent, task in rows.values_list("parent__uid", "uid") if parent}
