"""Time: instants are UTC, dates are those of Việt Nam.

`SystemClock` is the only place that reads the system's time. Edges (pages, commands, jobs) ask a clock and
hand the moment down; domain functions take it as an argument.
"""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from nhipcau.core.errors import InvalidInput
from nhipcau.core.said import Said

VN = ZoneInfo("Asia/Ho_Chi_Minh")


def local_date(instant: dt.datetime) -> dt.date:
    """The date in Việt Nam at that instant. Raises `InvalidInput` if the instant has no time zone."""
    return _aware(instant).astimezone(VN).date()


class SystemClock:
    """The machine's own clock."""

    def now(self) -> dt.datetime:
        """The present instant, in UTC."""
        return dt.datetime.now(dt.UTC)


def _aware(instant: dt.datetime) -> dt.datetime:
    if instant.utcoffset() is None:
        raise InvalidInput(
            Said(
                f"Thời điểm {instant.isoformat()} thiếu múi giờ. Hãy ghi kèm múi giờ, ví dụ +07:00.",
                f"The moment {instant.isoformat()} lacks its time zone. Add it, such as +07:00.",
            )
        )
    return instant
