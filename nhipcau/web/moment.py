"""The pages' clock: the one place where they ask what time it is."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from nhipcau.core.clock import VN, SystemClock


def fixed() -> dt.datetime | None:
    """The instant a demonstration is held at (NHIPCAU_CLOCK, ISO 8601; local time where no offset is given)."""
    text: str = settings.DEMO_CLOCK
    if not text:
        return None
    try:
        instant = dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise ImproperlyConfigured(
            f"NHIPCAU_CLOCK={text!r}: cần một thời điểm ISO, ví dụ 2026-05-20T09:00."
        ) from error
    return instant if instant.tzinfo else instant.replace(tzinfo=VN)


def now() -> dt.datetime:
    """The moment of this request: the demonstration's, else the real one (aware)."""
    return fixed() or SystemClock().now()
