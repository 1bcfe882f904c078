"""The units that have not read an announcement are reminded once: by hand, or by the clock after three days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db import transaction

from nhipcau.audit.actions import record
from nhipcau.core.actors import Actor, System
from nhipcau.core.clock import local_date
from nhipcau.core.errors import Conflict
from nhipcau.core.workdays import WorkingDays
from nhipcau.documents.rights import LEADERS, require_own
from nhipcau.org.models import Post
from nhipcau.org.queries import working_days
from nhipcau.outbox.jobs import enqueue
from nhipcau.tasks.announcements.models import Announcement
from nhipcau.tasks.announcements.queries import in_force

MAIL = "mail.announcement"
SILENT_DAYS = 3
ACTOR = System("announcements.remind")


def remind_silent(*, announcement: Announcement, actor: Post, at: dt.datetime) -> bool:
    """The one reminder, now; whether it was still to be sent. Raises Conflict if it no longer holds."""
    scope = require_own(announcement.unit, *LEADERS, actor=actor, at=at)
    if not in_force(Announcement.objects.filter(pk=announcement.pk), scope.day).exists():
        raise Conflict("Thông báo này đã hết giá trị hoặc đã thu hồi nên không nhắc nữa.")
    return _remind(announcement, actor, at)


def remind_announcements(*, at: dt.datetime) -> int:
    """Every announcement in force that nobody reminded of for three working days, or that ends tomorrow; how many.
    Safe to repeat."""
    day, working = local_date(at), working_days()
    if not working.is_working(day):
        return 0
    waiting = in_force(Announcement.objects.filter(reminded_at=None, posted_at__lt=at), day)
    return sum(_remind(one, ACTOR, at) for one in waiting.iterator() if day >= min(_days(one, working)))


def _days(one: Announcement, working: WorkingDays) -> Iterator[dt.date]:
    posted = local_date(one.posted_at)
    yield working.add(posted, SILENT_DAYS)
    if one.valid_until is not None:
        yield max(one.valid_until - dt.timedelta(days=1), posted + dt.timedelta(days=1))


@transaction.atomic
def _remind(announcement: Announcement, actor: Actor, at: dt.datetime) -> bool:
    """Mark it before anything is queued, so that two at once send one."""
    changed = Announcement.objects.filter(pk=announcement.pk, reminded_at=None).update(reminded_at=at)
    if changed:
        enqueue(MAIL, str(announcement.uid), at=at)
        record(actor=actor, action="tasks.announcement_reminded", obj=f"announcement:{announcement.uid}", at=at)
    return bool(changed)
