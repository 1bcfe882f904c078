"""Where the ladder reaches nobody, because nobody in the unit approves, the nearest level above that has somebody
is told, once."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from django.db import transaction
from django.db.models import QuerySet

from nhipcau.audit.actions import record
from nhipcau.core.actors import System
from nhipcau.core.clock import local_date
from nhipcau.core.said import Said
from nhipcau.org.models import Unit
from nhipcau.org.vacancies import nearest_reached
from nhipcau.tasks.models import CLOSED, Reminder, Unreached

ACTOR = System("tasks.remind")
_ESCALATED = 3
_BATCH = 1000


def tell_above(*, at: dt.datetime) -> int:
    """Note every unit that reminders sent so far do not reach, and end the notes of those that somebody reads again
    or that owe nothing more. How many were told of now. Safe to repeat."""
    day = local_date(at)
    with transaction.atomic():
        missed = {unit: told for unit, told in nearest_reached(_reminded(), day).items() if told is not None}
        standing = dict(Unreached.objects.filter(ended_on=None).values_list("unit", "told"))
        over = [unit for unit, told in standing.items() if missed.get(unit) != told]
        for start in range(0, len(over), _BATCH):
            gone = Unreached.objects.filter(unit__in=over[start : start + _BATCH], ended_on=None)
            gone.update(ended_on=day)
        fresh = {unit: told for unit, told in missed.items() if standing.get(unit) != told}
        rows = [Unreached(unit_id=unit, told_id=told, day=day) for unit, told in fresh.items()]
        Unreached.objects.bulk_create(rows, batch_size=_BATCH, ignore_conflicts=True)
        uids = dict(Unit.objects.filter(pk__in=set(fresh.values())).values_list("pk", "uid"))
        for told, count in Counter(fresh.values()).items():
            data = {"units": count}
            record(actor=ACTOR, action="tasks.unreached_told", obj=f"unit:{uids[told]}", at=at, data=data)
    return len(fresh)


def unreached_below(unit: Unit) -> QuerySet[Unreached]:
    """What the unit has been told of and still stands, the longest first."""
    return Unreached.objects.filter(told=unit, ended_on=None).select_related("unit").order_by("day", "pk")


def explained(one: Unreached) -> Said:
    """Why it was told."""
    day = f"{one.day:%d/%m/%Y}"
    return Said(
        f"từ {day} lời nhắc không đến ai: ở đó không ai giữ chức danh duyệt",
        f"since {day} reminders reach nobody: nobody there holds a post that approves",
    )


def _reminded() -> set[int]:
    """Units to which a reminder of open work was sent, and those that were to be told of work still not done."""
    sent = Reminder.objects.filter(rung__gt=0, past=False).exclude(assignment__state__in=CLOSED)
    units = set(sent.values_list("assignment__unit", flat=True).distinct())
    above = sent.filter(rung=_ESCALATED).values_list("assignment__task__issued_by", flat=True)
    return units | set(above.distinct())
