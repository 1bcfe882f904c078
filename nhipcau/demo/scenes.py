"""The two moments the demonstration is looked at: after the restatement of 2018, and on the new tree of 2025."""

from __future__ import annotations

import datetime as dt

from nhipcau.core.clock import VN
from nhipcau.demo.dates import CLOCK

NEW_TREE = dt.date(2025, 7, 1)
AFTER = dt.datetime(2025, 7, 15, 9, 0, tzinfo=VN)
SCENES = (("7/2018", CLOCK), ("7/2025", AFTER))
