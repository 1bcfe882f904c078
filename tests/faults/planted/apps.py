from __future__ import annotations

import datetime as dt
import os
import signal
import time
from pathlib import Path

from django.apps import AppConfig
from django.conf import settings

from tests.faults.planted.clock import VARIABLE, turn

RAISES, KILLS, HANGS, COUNTS = "faults.raises", "faults.kills", "faults.hangs", "faults.counts"


class PlantedConfig(AppConfig):
    """Mail goes at any hour; a second try waits half a second instead of half a minute."""

    name = "tests.faults.planted"
    label = "planted"

    def ready(self) -> None:
        from nhipcau.outbox import jobs, mail
        from nhipcau.web.reaching import hours

        jobs.job(RAISES)(raises)
        jobs.job(KILLS)(kills)
        jobs.job(HANGS, longest=2)(hangs)
        jobs.job(COUNTS)(counts)
        jobs.FIRST_WAIT = dt.timedelta(seconds=0.5)
        mail.WAITS = tuple(dt.timedelta(seconds=seconds) for seconds in (1, 2, 4, 8, 16, 32))
        hours.is_quiet = never
        if file := os.environ.get(VARIABLE):
            turn(Path(file))


def never(at: dt.datetime) -> bool:
    return False


def raises(*, at: dt.datetime) -> None:
    raise ValueError("a job that always fails")


def kills(*, at: dt.datetime) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def hangs(*, at: dt.datetime) -> None:
    while True:
        time.sleep(1)


def counts(number: int, *, at: dt.datetime) -> None:
    """Takes as long as another worker needs to look, and leaves one line each time it ran."""
    with (Path(settings.DATA_DIR) / "counted").open("a") as file:
        file.write(f"{number}\n")
    time.sleep(0.05)
