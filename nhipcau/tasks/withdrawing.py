"""Taking work back: what is still open, and whatever was passed on from it, level by level."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from nhipcau.tasks.models import CLOSED, Assignment, AssignmentState


def take_back(given: QuerySet[Assignment], reason: str, *, at: dt.datetime) -> int:
    """Close the open ones of `given` and below, inside the caller's transaction; finished work stays.

    `given` must not ask about the state, which changes here. One statement a level. Returns how many were closed.
    """
    taken, level = 0, given.order_by()
    while level.exists():
        taken += level.exclude(state__in=CLOSED).update(
            state=AssignmentState.WITHDRAWN, withdrawn_at=at, withdrawn_reason=reason
        )
        level = Assignment.objects.filter(task__parent__in=level.values("pk"))
    return taken
