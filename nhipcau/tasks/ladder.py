"""The ladder of reminders as data: on a given day, up to which date work stands on which rung. Pure arithmetic.

Every step is counted in working days. It is a bound on a date, not a question put to each piece of work, so that
one statement climbs it for all work of a nation.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from nhipcau.core.said import UNSAID, Said
from nhipcau.core.workdays import WorkingDays

BY_HAND = 0
DAYS_BEFORE_DUE = 3
DAYS_TO_ACKNOWLEDGE = 2
DAYS_TO_ESCALATE = 3
_DAY = dt.timedelta(days=1)


class Cause(StrEnum):
    """Why a reminder was sent."""

    SILENT = "silent"
    NEARING = "nearing"
    OVERDUE = "overdue"
    ESCALATED = "escalated"
    BY_HAND = "by_hand"


class Measure(StrEnum):
    """The date of the work that a step is counted from."""

    ASSIGNED_ON = "assigned_on"
    DUE = "due"
    LATE_AFTER = "late_after"


@dataclass(frozen=True)
class Step:
    """Work whose `measure` lies on or before `bound(day)` stands on this rung that day.

    `silent_only`: only while the unit has not acknowledged.
    """

    rung: int
    cause: Cause
    measure: Measure
    bound: Callable[[dt.date, WorkingDays], dt.date]
    silent_only: bool = False


def passed(days: int) -> Callable[[dt.date, WorkingDays], dt.date]:
    """The last date after which that many working days have gone by, the day asked about being one of them."""
    return lambda day, working: working.add(day + _DAY, -days) - _DAY


def ahead(days: int) -> Callable[[dt.date, WorkingDays], dt.date]:
    """The last date before which fewer than that many working days are left."""
    return lambda day, working: working.add(day, days)


# From the highest: whoever starts the ladder late is sent one reminder, the one that says most.
STEPS = (
    Step(3, Cause.ESCALATED, Measure.LATE_AFTER, passed(1 + DAYS_TO_ESCALATE)),
    Step(2, Cause.OVERDUE, Measure.LATE_AFTER, passed(1)),
    Step(1, Cause.SILENT, Measure.ASSIGNED_ON, passed(DAYS_TO_ACKNOWLEDGE), silent_only=True),
    Step(1, Cause.NEARING, Measure.DUE, ahead(DAYS_BEFORE_DUE)),
)
LABELS = {
    BY_HAND: "đơn vị giao việc nhắc",
    1: "nhắc trước hạn hoặc chưa tiếp nhận",
    2: "nhắc vì đã quá hạn",
    3: "báo đơn vị giao việc vì vẫn chưa xong",
}


def explained(cause: str, counted_from: dt.date | None) -> Said:
    """Why a reminder was sent, in words; nothing where it was sent by hand."""
    if counted_from is None:
        return UNSAID
    day = f"{counted_from:%d/%m/%Y}"
    sentences = {
        Cause.SILENT: Said(
            f"Giao ngày {day}; sau {DAYS_TO_ACKNOWLEDGE} ngày làm việc đơn vị vẫn chưa tiếp nhận.",
            f"Handed out on {day}; not acknowledged after {DAYS_TO_ACKNOWLEDGE} working days.",
        ),
        Cause.NEARING: Said(
            f"Hạn {day}, còn không quá {DAYS_BEFORE_DUE} ngày làm việc.",
            f"Due {day}, at most {DAYS_BEFORE_DUE} working days ahead.",
        ),
        Cause.OVERDUE: Said(f"Đã qua ngày {day} mà chưa báo hoàn thành.", f"Not reported done after {day}."),
        Cause.ESCALATED: Said(
            f"Chưa báo hoàn thành sau {DAYS_TO_ESCALATE} ngày làm việc kể từ lần nhắc quá hạn (hạn {day}); "
            "đơn vị giao việc được báo.",
            f"Not reported done {DAYS_TO_ESCALATE} working days after the reminder that it was late (due {day}); "
            "the unit that handed it out is told.",
        ),
    }
    return sentences.get(Cause(cause), UNSAID)
