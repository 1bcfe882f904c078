"""The product's clock, as many seconds wrong as a file says at the moment: read where the product reads it, so that
PostgreSQL, the harness and whatever measures how long something lasts keep the right time."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path
from unittest.mock import patch

VARIABLE = "FAULTS_CLOCK"


def turn(file: Path) -> None:
    """From now on in this process."""
    from nhipcau.core.clock import SystemClock

    right = time.time

    def seconds() -> float:
        return right() + float(file.read_text() or "0")

    class Turned(dt.datetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:  # type: ignore[override]
            return dt.datetime.fromtimestamp(seconds(), tz)

    def now(_: SystemClock) -> dt.datetime:
        return Turned.now(dt.UTC)

    patch("time.time", seconds).start()
    patch("django.utils.timezone.datetime", Turned).start()
    patch.object(SystemClock, "now", now).start()
