"""What running the thing leaves for whoever looks after it."""

from __future__ import annotations

import datetime as dt

from nhipcau.ops.models import Beat

WORKER, VERIFY = "worker", "verify"


def note_beat(*, name: str, at: dt.datetime, fault: str = "") -> None:
    """That this work was done now; it is no change of anybody's data, so the log says nothing of it."""
    Beat.objects.update_or_create(name=name, defaults={"at": at, "fault": fault})
