"""What the own unit handed out, and where a task went on from: small reads for lists."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from nhipcau.documents.models import DocumentState
from nhipcau.org.scope import Scope
from nhipcau.tasks.models import AssignmentRole, AssignmentState, Task
from nhipcau.tasks.queries import visible_tasks
from nhipcau.tasks.status import Counts


@dataclass(frozen=True)
class IssuedTask:
    """A task with the state of the units it was handed to directly."""

    task: Task
    counts: Counts


def issued(scope: Scope, *, late_only: bool = False) -> list[IssuedTask]:
    """Tasks that the own unit handed out, newest first; one query. Letters struck from the register are out."""
    state = "assignments__state"
    asked = ~Q(assignments__role=AssignmentRole.INFORM) & ~Q(**{state: AssignmentState.WITHDRAWN})
    owed = Q(assignments__isnull=False) & asked
    open_ = owed & ~Q(**{state: AssignmentState.DONE})
    own_date = Q(assignments__own_due__lt=scope.day)
    past = own_date | Q(assignments__own_due=None, late_after__lt=scope.day)
    rows = (
        visible_tasks(scope)
        .filter(issued_by=scope.unit)
        .exclude(obligation__document__state=DocumentState.VOID)
        .annotate(
            expected=Count("assignments", filter=owed),
            done=Count("assignments", filter=owed & Q(**{state: AssignmentState.DONE})),
            silent=Count("assignments", filter=owed & Q(**{state: AssignmentState.ASSIGNED})),
            late=Count("assignments", filter=open_ & past),
        )
    )
    if late_only:
        rows = rows.filter(late__gt=0)
    return [
        IssuedTask(
            one,
            Counts(
                expected=one.expected,
                acknowledged=one.expected - one.silent,
                done=one.done,
                late=one.late,
                silent=one.silent,
            ),
        )
        for one in rows
    ]


def went_on(scope: Scope, assignments: Iterable[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """For each of these assignments that was passed on: the task it was passed on as."""
    rows = visible_tasks(scope).filter(parent__uid__in=list(assignments)).order_by()
    return {parent: task for parent, task in rows.values_list("parent__uid", "uid") if parent}
