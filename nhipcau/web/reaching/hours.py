"""When people are written to: on working days, from seven in the morning to eight in the evening."""

from __future__ import annotations

import datetime as dt

from nhipcau.core.clock import VN, local_date
from nhipcau.org.queries import working_days
from nhipcau.outbox.mail import configured, send_due

MORNING = dt.time(7, 0, tzinfo=VN)
EVENING = dt.time(20, 0, tzinfo=VN)


def is_quiet(at: dt.datetime) -> bool:
    """Whether everybody is left in peace: at night, and on days off."""
    now = at.astimezone(VN).timetz()
    return not MORNING <= now < EVENING or not working_days().is_working(local_date(at))


def send(*, at: dt.datetime) -> int:
    """Send what waits, a mail that was tried in vain before included; in quiet hours it waits for the morning."""
    return send_due(at=at) if configured() and not is_quiet(at) else 0
