"""What runs in the background: the daily climb of the ladder, and handing a task to a whole branch."""

from __future__ import annotations

import datetime as dt

from nhipcau.core.clock import VN, local_date
from nhipcau.outbox.jobs import enqueue, job
from nhipcau.tasks import fanning
from nhipcau.tasks.announcements.reminding import remind_announcements
from nhipcau.tasks.recurring import renew
from nhipcau.tasks.reminding import remind
from nhipcau.tasks.unreached import tell_above

NAME = "tasks.remind"
HOUR = dt.time(7, 0, tzinfo=VN)


def schedule(*, at: dt.datetime) -> None:
    """Queue today's climb, once however often it is asked for; the worker calls this when it starts."""
    _enqueue(local_date(at))


@job(NAME)
def run(*, at: dt.datetime) -> None:
    """Send what is due and queue tomorrow's run."""
    renew(at=at)
    remind(at=at)
    tell_above(at=at)
    remind_announcements(at=at)
    _enqueue(local_date(at) + dt.timedelta(days=1))


def _enqueue(day: dt.date) -> None:
    enqueue(NAME, at=dt.datetime.combine(day, HOUR), key=f"{NAME}:{day.isoformat()}")


@job(fanning.JOB)
def fan_out(which: int, *, at: dt.datetime) -> None:
    """Hand the task on to every unit that waits for it."""
    fanning.run(which, at=at)
