"""Silence is met by reminder, repeat, then notice to the level above."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection

from django.db import transaction
from django.db.models import F, Max, Q, QuerySet

from nhipcau.audit.actions import record
from nhipcau.core.actors import System
from nhipcau.core.clock import local_date
from nhipcau.documents.models import DocumentState
from nhipcau.documents.rights import LEADERS, require_own
from nhipcau.org.models import Post, Unit
from nhipcau.org.queries import working_days
from nhipcau.tasks.ladder import BY_HAND, Facts, rung_due
from nhipcau.tasks.models import (
    CLOSED,
    Assignment,
    AssignmentRole,
    AssignmentState,
    Reminder,
    Task,
    last_day,
)

LADDER_ACTOR = System("tasks.remind")
_BATCH = 1000


def remind(*, at: dt.datetime) -> int:
    """Climb the ladder for every open assignment as of `at`; returns how many reminders were sent.

    Safe to repeat: a rung is climbed once, however often this runs and whoever runs it at the same time.
    """
    day, working = local_date(at), working_days()
    due = []
    for one in _open().iterator(chunk_size=_BATCH):
        facts = Facts(
            assigned_on=local_date(one.created_at),
            acknowledged=one.state != AssignmentState.ASSIGNED,
            due=one.due,
            late_after=one.late_after,
        )
        rung = rung_due(facts, day, getattr(one, "climbed", None) or 0, working)
        if rung:
            due.append(Reminder(assignment=one, rung=rung, day=day, sent_at=at))
    return _send(due, at)


def remind_units(*, task: Task, actor: Post, at: dt.datetime, units: Collection[Unit] | None = None) -> int:
    """The issuer reminds by hand: the late ones, or those of `units` that are not done; once a day each.

    Returns how many were reminded now. Raises NotFound, NotAllowed.
    """
    scope = require_own(task.issued_by, *LEADERS, actor=actor, at=at)
    wanted = Q(last_day__lt=scope.day) if units is None else Q(unit__in=units)
    chosen = _open().alias(last_day=last_day()).filter(wanted, task=task)
    with transaction.atomic():
        Task.objects.select_for_update().get(pk=task.pk)
        today = Reminder.objects.filter(rung=BY_HAND, day=scope.day).values("assignment")
        fresh = chosen.exclude(pk__in=today)
        rows = [Reminder(assignment=one, rung=BY_HAND, day=scope.day, sent_at=at, sent_by=actor) for one in fresh]
        Reminder.objects.bulk_create(rows, batch_size=_BATCH)
        if rows:
            record(actor=actor, action="tasks.reminded", obj=f"task:{task.uid}", at=at, data={"by_hand": len(rows)})
    return len(rows)


def _open() -> QuerySet[Assignment]:
    """What is still owed, with the rung climbed so far; a letter struck from its register asks nothing."""
    return (
        Assignment.objects.exclude(state__in=CLOSED)
        .exclude(role=AssignmentRole.INFORM)
        .exclude(task__obligation__document__state=DocumentState.VOID)
        .select_related("task")
        .annotate(climbed=Max("reminders__rung", filter=Q(reminders__past=False)))
        .order_by("pk")
    )


@transaction.atomic
def _send(rows: list[Reminder], at: dt.datetime) -> int:
    before = _climbed(at)
    Reminder.objects.bulk_create(rows, batch_size=_BATCH, ignore_conflicts=True)
    # Counted in the table, not from `rows`: another worker may have climbed some of these rungs already.
    sent = _climbed(at) - before
    if sent:
        data = {f"rung_{rung}": count for rung, count in sorted(sent.items())}
        record(actor=LADDER_ACTOR, action="tasks.reminded", obj="tasks:ladder", at=at, data=data)
    return sent.total()


def _climbed(at: dt.datetime) -> Counter[int]:
    return Counter(Reminder.objects.filter(sent_at=at, rung__gt=BY_HAND).values_list("rung", flat=True))


def notices(unit: Unit) -> QuerySet[Reminder]:
    """Rung 3 as the issuer sees it: units below that are still not done three working days after the date."""
    rows = Reminder.objects.filter(rung=3, past=False, assignment__task__issued_by=unit)
    open_ = rows.exclude(assignment__state__in=CLOSED)
    return open_.select_related("assignment__task", "assignment__unit").order_by(F("sent_at").desc())
