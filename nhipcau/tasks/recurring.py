"""Duties that recur: a new instance once the present one's day has passed, for the same units at every level.

It ends when the letter is recalled, replaced or struck, or when the unit that issued it stops it. Periods that went
by while nothing ran are passed over: nobody can be asked for a period of which nobody was told.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from nhipcau.audit.actions import record
from nhipcau.core.actors import System
from nhipcau.core.clock import local_date
from nhipcau.core.errors import Conflict
from nhipcau.core.ids import new_uid
from nhipcau.core.said import Said
from nhipcau.core.workdays import WorkingDays
from nhipcau.documents.lineage.amending import ended_among, has_ended
from nhipcau.documents.models import DocumentState
from nhipcau.documents.rights import LEADERS, require_own
from nhipcau.org.bulk import fill
from nhipcau.org.models import Closure, Post
from nhipcau.org.queries import main_heirs, working_days
from nhipcau.tasks.due import Due, next_of, recurs
from nhipcau.tasks.models import Assignment, AssignmentRole, AssignmentState, Task

ACTOR = System("tasks.recur")
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class _Given:
    """Work to be given again: its key, the task it was part of, whose it was, whether that unit still stands."""

    pk: int
    task: int
    unit: int
    role: str
    stands: bool


def renew(*, at: dt.datetime) -> int:
    """Make the instances whose time has come; how many. Safe to repeat, whoever runs it at the same time."""
    day, working, made = local_date(at), working_days(), 0
    for pk in list(_elapsed(day).values_list("pk", flat=True)):
        made += _renewed(pk, day, working, at)
    return made


def stop_recurring(*, task: Task, actor: Post, at: dt.datetime) -> Task:
    """No further instance is made; the present one stands. Safe to repeat.

    Raises Conflict, NotFound, NotAllowed.
    """
    require_own(task.issued_by, *LEADERS, actor=actor, at=at)
    with transaction.atomic():
        task = Task.objects.select_for_update().get(pk=task.pk)
        if task.occurrence is None or task.parent_id is not None:
            raise Conflict("Việc này không phải việc định kỳ do đơn vị giao nên không có gì để dừng.")
        latest = _instances(task).order_by("-occurrence").select_for_update()[0]
        if latest.stopped_at is None:
            latest.stopped_at = at
            latest.save(update_fields=["stopped_at"])
            record(actor=actor, action="tasks.recurrence_stopped", obj=f"task:{latest.uid}", at=at)
    return latest


def instances(task: Task) -> list[Task]:
    """The instances of a duty that recurs as that unit issued it, the newest first; empty for any other."""
    return [] if task.occurrence is None else list(_instances(task).order_by("-occurrence"))


def _instances(task: Task) -> QuerySet[Task]:
    return Task.objects.filter(
        obligation=task.obligation_id, issued_by=task.issued_by_id, occurrence__isnull=False, parent=None
    )


def _elapsed(day: dt.date) -> QuerySet[Task]:
    """The latest instance of each duty, once its day has passed."""
    later = Task.objects.filter(
        obligation=OuterRef("obligation"),
        issued_by=OuterRef("issued_by"),
        parent=None,
        occurrence__gt=OuterRef("occurrence"),
    )
    due = Task.objects.filter(parent=None, occurrence__lt=day, stopped_at=None).exclude(Exists(later))
    return due.filter(obligation__document__state=DocumentState.REGISTERED).order_by("pk")


@transaction.atomic
def _renewed(pk: int, day: dt.date, working: WorkingDays, at: dt.datetime) -> bool:
    """One duty: its next instance, unless somebody else has just made it or its letter has ended."""
    last = Task.objects.select_for_update(of=("self",)).select_related("obligation__document").get(pk=pk)
    if not _elapsed(day).filter(pk=pk).exists() or last.occurrence is None:
        return False
    duty = last.obligation
    if not recurs(duty) or has_ended(duty.document):
        return False
    when = next_of(duty, max(last.occurrence, day - _DAY), working)
    if when.late_after is None:
        return False
    fresh = _copy(last, None, when, when.late_after, at)
    fresh.save()
    tasks, units = {last.pk: int(fresh.pk)}, 0
    while tasks:
        given = _give(tasks, day, at)
        units += len(given)
        tasks = _pass_on(tasks, given, day, when.late_after, at)
    data: dict[str, str | int] = {
        "after": last.occurrence.isoformat(),
        "occurrence": when.late_after.isoformat(),
        "units": units,
    }
    record(actor=ACTOR, action="tasks.recurred", obj=f"task:{fresh.uid}", at=at, data=data)
    return True


def _copy(last: Task, parent: int | None, when: Due, occurrence: dt.date, at: dt.datetime) -> Task:
    return Task(
        obligation_id=last.obligation_id,
        issued_by_id=last.issued_by_id,
        parent_id=parent,
        letter_id=last.letter_id,
        title=last.title,
        due=when.due,
        late_after=when.late_after,
        due_reason=when.reason,
        needs_evidence=last.needs_evidence,
        occurrence=occurrence,
        created_at=at,
    )


def _give(tasks: dict[int, int], day: dt.date, at: dt.datetime) -> dict[int, int]:
    """Each new task (by the old one) to the units of the old; {the old assignment: the new one}.

    What a unit had that stands no more goes to its heir; what nobody follows ends with it.
    """
    stands = Closure.objects.at(day).filter(depth=0, descendant=OuterRef("unit"))
    rows = Assignment.objects.filter(task__in=tasks).exclude(state=AssignmentState.WITHDRAWN).order_by("pk")
    held = [_Given(*row) for row in rows.values_list("pk", "task", "unit", "role", Exists(stands))]
    heirs = main_heirs({one.unit for one in held if not one.stands}, day)
    wanted: dict[tuple[int, int], _Given] = {}
    for one in held:
        unit = one.unit if one.stands else heirs.get(one.unit)
        if unit is not None:
            wanted.setdefault((tasks[one.task], unit), one)
    told = [one.role == AssignmentRole.INFORM for one in wanted.values()]
    states = {True: str(AssignmentState.ACKNOWLEDGED), False: str(AssignmentState.ASSIGNED)}
    columns: dict[str, list[Any]] = {
        "uid": [new_uid() for _ in wanted],
        "task_id": [task for task, _ in wanted],
        "unit_id": [unit for _, unit in wanted],
        "role": [one.role for one in wanted.values()],
        "state": [states[one] for one in told],
        "acknowledged_at": [at if one else None for one in told],
    }
    fill(Assignment, columns, {"created_at": at})
    new = Assignment.objects.filter(task__in=tasks.values()).values_list("task", "unit", "pk")
    return {wanted[task, unit].pk: pk for task, unit, pk in new}


def _pass_on(
    tasks: dict[int, int], given: dict[int, int], day: dt.date, occurrence: dt.date, at: dt.datetime
) -> dict[int, int]:
    """What units of these tasks had passed on, made again: {the old task: the new one}."""
    passed = Task.objects.filter(parent__task__in=tasks).select_related("parent__task").order_by("pk")
    ongoing = [one for one in passed if one.parent_id in given]
    over = ended_among({one.letter_id for one in ongoing if one.letter_id})
    above = Assignment.objects.select_related("task").in_bulk([given[int(one.parent_id or 0)] for one in ongoing])
    fresh = {}
    for one in ongoing:
        parent = above[given[int(one.parent_id or 0)]]
        # An heir hands out on its own; and a letter that has ended carries nothing down any more.
        if parent.unit_id == one.issued_by_id and one.letter_id not in over:
            fresh[one.pk] = _copy(one, parent.pk, _as_far(one, parent, day), occurrence, at)
    Task.objects.bulk_create(fresh.values(), batch_size=500)
    return {old: int(task.pk) for old, task in fresh.items()}


def _as_far(last: Task, parent: Assignment, day: dt.date) -> Due:
    """The date above, less (or plus) the days that lay between them before; never one that has gone by."""
    held = last.parent
    if held is None or held.due is None or last.due is None or parent.due is None or last.due == held.due:
        return Due(parent.due, parent.late_after, parent.due_reason)
    due = max(parent.due + (last.due - held.due), day)
    told = Said(
        f"Như kỳ trước: hạn cấp trên {parent.due:%d/%m/%Y}, hạn của đơn vị {due:%d/%m/%Y}. {parent.due_reason}",
        f"As before: the level above {parent.due:%d/%m/%Y}, the unit {due:%d/%m/%Y}.",
    )
    return Due(due, due, told)
