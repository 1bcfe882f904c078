"""The daily climb of the ladder."""

from __future__ import annotations

import datetime as dt

from nhipcau.core.clock import VN, local_date
from nhipcau.outbox.jobs import enqueue, job
from nhipcau.tasks.reminding import remind

NAME = "tasks.remind"
HOUR = dt.time(7, 0, tzinfo=VN)


def schedule(*, at: dt.datetime) -> None:
    """Queue today's climb, once however often it is asked for; the worker calls this when it starts."""
    _enqueue(local_date(at))


@job(NAME)
def run(*, at: dt.datetime) -> None:
    """Send what is due and queue tomorrow's run."""
    remind(at=at)
    _enqueue(local_date(at) + dt.timedelta(days=1))


def _enqueue(day: dt.date) -> None:
    enqueue(NAME, at=dt.datetime.combine(day, HOUR), key=f"{NAME}:{day.isoformat()}")
