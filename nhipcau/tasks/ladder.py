"""The ladder of reminders as data: what each rung says and from which day it is due. Pure arithmetic."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from nhipcau.core.workdays import WorkingDays

BY_HAND = 0
BEFORE_DUE = dt.timedelta(days=3)
DAYS_TO_ACKNOWLEDGE = 2
DAYS_TO_ESCALATE = 3
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Facts:
    """What the ladder needs to know of an open assignment."""

    assigned_on: dt.date
    acknowledged: bool
    due: dt.date | None
    late_after: dt.date | None


@dataclass(frozen=True)
class Rung:
    """`since` gives the first day on which this rung is due, or None if it is not."""

    number: int
    label: str
    since: Callable[[Facts, WorkingDays], dt.date | None]


def _first(facts: Facts, working: WorkingDays) -> dt.date | None:
    """Three days before the due date, or two working days of silence, whichever comes first."""
    silent = None if facts.acknowledged else working.add(facts.assigned_on, DAYS_TO_ACKNOWLEDGE)
    nearing = facts.due - BEFORE_DUE if facts.due else None
    return min((day for day in (silent, nearing) if day), default=None)


def _second(facts: Facts, working: WorkingDays) -> dt.date | None:
    return facts.late_after + _DAY if facts.late_after else None


def _third(facts: Facts, working: WorkingDays) -> dt.date | None:
    late = _second(facts, working)
    return working.add(late, DAYS_TO_ESCALATE) if late else None


LADDER = (
    Rung(1, "nhắc trước hạn hoặc chưa tiếp nhận", _first),
    Rung(2, "nhắc vì đã quá hạn", _second),
    Rung(3, "báo đơn vị giao việc vì vẫn chưa xong", _third),
)
LABELS = {BY_HAND: "đơn vị giao việc nhắc"} | {rung.number: rung.label for rung in LADDER}


def rung_due(facts: Facts, day: dt.date, climbed: int, working: WorkingDays) -> int | None:
    """The highest rung due on that day above those climbed, or None. A missed lower rung is passed over."""
    for rung in reversed(LADDER):
        if rung.number <= climbed:
            return None
        since = rung.since(facts, working)
        if since is not None and since <= day:
            return rung.number
    return None
