"""When the story happens: its period, the moment it is served at, and moments of 2018 in between."""

from __future__ import annotations

import datetime as dt

from nhipcau.core.clock import VN
from nhipcau.core.periods import parse_period

TEMPLATE, PERIOD = "nua-nam", parse_period("2018-H1")
CLOCK = dt.datetime(2018, 7, 20, 9, 0, tzinfo=VN)


def moment(month: int, day: int, hour: int = 9) -> dt.datetime:
    """A moment of 2018, local time."""
    return dt.datetime(2018, month, day, hour, tzinfo=VN)
