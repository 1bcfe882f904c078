"""Silence is met by reminder, repeat, then notice to the level above: one statement a rung, whatever the size."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.db.models import DateField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce, TruncDate

from nhipcau.audit.actions import record
from nhipcau.core.actors import System
from nhipcau.core.clock import VN, local_date
from nhipcau.documents.models import DocumentState
from nhipcau.documents.rights import LEADERS, require_own
from nhipcau.org.bulk import fill_from
from nhipcau.org.models import Post, Unit
from nhipcau.org.queries import working_days
from nhipcau.tasks.ladder import BY_HAND, STEPS, Cause, Measure, Step
from nhipcau.tasks.models import (
    CLOSED,
    Assignment,
    AssignmentRole,
    AssignmentState,
    Redirection,
    RedirectionState,
    Reminder,
    Task,
    last_day,
)

LADDER_ACTOR = System("tasks.remind")
_MEASURES = {
    Measure.ASSIGNED_ON: TruncDate("created_at", tzinfo=VN),
    Measure.DUE: Coalesce("own_due", "task__due"),
    Measure.LATE_AFTER: last_day(),
}
_GIVEN_BACK = Redirection.objects.filter(assignment=OuterRef("pk"), state=RedirectionState.ASKED)
_COLUMNS = ("assignment_id", "rung", "cause", "counted_from", "day", "sent_at", "sent_by_id", "past")


def remind(*, at: dt.datetime) -> int:
    """Climb the ladder for every open assignment as of `at`; returns how many reminders were sent.

    Safe to repeat: a rung is climbed once, however often this runs and whoever runs it at the same time.
    """
    day, working = local_date(at), working_days()
    with transaction.atomic():
        sent: dict[str, int] = {}
        for step in STEPS:
            count = _send(_standing(step, step.bound(day, working)), step, at)
            if count:
                sent[f"rung_{step.rung}_{step.cause}"] = count
        if sent:
            record(actor=LADDER_ACTOR, action="tasks.reminded", obj="tasks:ladder", at=at, data=sent)
    return sum(sent.values())


def remind_units(*, task: Task, actor: Post, at: dt.datetime, units: Collection[Unit] | None = None) -> int:
    """The issuer reminds by hand: the late ones, or those of `units` that are not done; once a day each.

    Returns how many were reminded now. Raises NotFound, NotAllowed.
    """
    scope = require_own(task.issued_by, *LEADERS, actor=actor, at=at)
    wanted = Q(last_day__lt=scope.day) if units is None else Q(unit__in=units)
    chosen = _open().alias(last_day=last_day()).filter(wanted, task=task)
    with transaction.atomic():
        Task.objects.select_for_update().get(pk=task.pk)
        today = Reminder.objects.filter(assignment=OuterRef("pk"), rung=BY_HAND, day=scope.day)
        count = _send(chosen.exclude(Exists(today)), None, at, actor)
        if count:
            record(actor=actor, action="tasks.reminded", obj=f"task:{task.uid}", at=at, data={"by_hand": count})
    return count


def _open() -> QuerySet[Assignment]:
    """What is still owed; a letter struck from its register asks nothing, and what was given back waits."""
    return (
        Assignment.objects.exclude(state__in=CLOSED)
        .exclude(role=AssignmentRole.INFORM)
        .exclude(task__obligation__document__state=DocumentState.VOID)
        .exclude(Exists(_GIVEN_BACK))
    )


def _standing(step: Step, bound: dt.date) -> QuerySet[Assignment]:
    """Open work on that rung that has climbed neither it nor a higher one."""
    climbed = Reminder.objects.filter(assignment=OuterRef("pk"), rung__gte=step.rung, past=False)
    rows = _open().filter(~Exists(climbed))
    if step.measure == Measure.ASSIGNED_ON:  # an instant: bound by one, so that no row's time zone is worked out
        rows = rows.filter(created_at__lt=dt.datetime.combine(bound + dt.timedelta(days=1), dt.time(), VN))
    else:
        rows = rows.alias(measured=_MEASURES[step.measure]).filter(measured__lte=bound)
    return rows.filter(state=AssignmentState.ASSIGNED) if step.silent_only else rows


def _send(chosen: QuerySet[Assignment], step: Step | None, at: dt.datetime, actor: Post | None = None) -> int:
    """One reminder for each; those that somebody else sends at this moment are not counted twice."""
    rows = chosen.annotate(
        made_rung=Value(step.rung if step else BY_HAND),
        made_cause=Value(str(step.cause if step else Cause.BY_HAND)),
        made_from=_MEASURES[step.measure] if step else Value(None, output_field=DateField()),
        made_day=Value(local_date(at)),
        made_at=Value(at),
        made_by=Value(actor.pk if actor else None, output_field=Reminder._meta.pk),
        made_past=Value(value=False),
    )
    names = ("pk", *(f"made_{name}" for name in ("rung", "cause", "from", "day", "at", "by", "past")))
    return fill_from(Reminder, rows.values_list(*names).order_by(), _COLUMNS)


def notices(unit: Unit) -> QuerySet[Reminder]:
    """Rung 3 as the issuer sees it: units below that are still not done three working days after the date."""
    rows = Reminder.objects.filter(rung=3, past=False, assignment__task__issued_by=unit)
    open_ = rows.exclude(assignment__state__in=CLOSED)
    return open_.select_related("assignment__task", "assignment__unit").order_by(F("sent_at").desc())
