"""When a unit is late. One answer for the worklist, the status page and the reminders."""

from __future__ import annotations

import datetime as dt

from nhipcau.tasks.models import CLOSED, Assignment, AssignmentRole


def late(assignment: Assignment, day: dt.date) -> bool:
    """Whether the unit still owes the work on a day after the last one before it counts as late."""
    return is_late(assignment.state, assignment.role, assignment.late_after, day)


def is_late(state: str, role: str, late_after: dt.date | None, day: dt.date) -> bool:
    """As `late`, from the bare values."""
    if state in CLOSED or role == AssignmentRole.INFORM:
        return False
    return late_after is not None and day > late_after
