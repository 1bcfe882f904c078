"""What stood before each change of an activity, kept beside it and told to the log."""

from __future__ import annotations

import datetime as dt

from nhipcau.activities.models import Activity, ActivityChange
from nhipcau.activities.proof import Contents, digest
from nhipcau.audit.actions import record
from nhipcau.org.models import Post


def remember(
    activity: Activity,
    before: Contents,
    reason: str,
    actor: Post,
    at: dt.datetime,
    action: str = "activities.corrected",
) -> None:
    """Count the change and keep what stood before it, in the caller's transaction."""
    activity.edits += 1
    activity.save(update_fields=["edits"])
    ActivityChange.objects.create(
        activity=activity, number=activity.edits, before=before, reason=reason, by=actor, at=at
    )
    record(
        actor=actor,
        action=action,
        obj=f"activity:{activity.uid}",
        at=at,
        data={"number": activity.edits, "digest": digest(activity)},
    )
