"""When people are written to: on working days, from seven in the morning to eight in the evening."""

from __future__ import annotations

import datetime as dt
from functools import partial

from nhipcau.access.models import Account
from nhipcau.access.queries import seats_of
from nhipcau.core.clock import VN, local_date
from nhipcau.org.queries import working_days
from nhipcau.outbox.mail import configured, send_due
from nhipcau.outbox.models import Mail

MORNING = dt.time(7, 0, tzinfo=VN)
EVENING = dt.time(20, 0, tzinfo=VN)


def is_quiet(at: dt.datetime) -> bool:
    """Whether everybody is left in peace: at night, and on days off."""
    now = at.astimezone(VN).timetz()
    return not MORNING <= now < EVENING or not working_days().is_working(local_date(at))


def send(*, at: dt.datetime) -> int:
    """Send what waits, a mail that was tried in vain before included; in quiet hours it waits for the morning.

    Whoever lost a post meanwhile gets nothing of it: rights end with the post, in the queue too.
    """
    return send_due(at=at, holds=partial(_holds, at=at)) if configured() and not is_quiet(at) else 0


def _holds(mail: Mail, *, at: dt.datetime) -> bool:
    """Whether the receiver still acts for every post that the mail speaks to."""
    if not mail.about:
        return True
    account, *posts = mail.about
    found = Account.objects.filter(uid=account.partition(":")[2], is_active=True).first()
    return found is not None and set(posts) <= {post.audit_id for post in seats_of(found, at)}
