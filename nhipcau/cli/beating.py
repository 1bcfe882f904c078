"""The worker's beat: what is due, step by step; one that fails is told and stops none of the others."""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections.abc import Callable

from nhipcau.cli.instance import now
from nhipcau.cli.output import say
from nhipcau.core.masking import told

BEAT_SECONDS, MOST_SECONDS = 1.0, 10.0
ALIVE_SECONDS = 30
RECOUNT_SECONDS = 24 * 3600
Step = Callable[..., object]
logger = logging.getLogger(__name__)


def steps() -> list[Step]:
    """In this order, each with `at=`."""
    from nhipcau.audit.actions import seal
    from nhipcau.ops import retention
    from nhipcau.ops.backup import schedule as backups
    from nhipcau.outbox.jobs import run_due
    from nhipcau.reports.sealing.staleness import settle
    from nhipcau.reports.totals.stored import settle as bring_totals
    from nhipcau.tasks.jobs import schedule
    from nhipcau.web.reaching import announced, digest, hours  # noqa: F401 - announced registers its job

    scheduled: list[Step] = [schedule, retention.schedule, backups.schedule, digest.schedule]
    return [*scheduled, run_due, hours.send, settle, bring_totals, seal]


def once() -> int:
    """Every step; the first error ends it. How many jobs ran."""
    from nhipcau.outbox.jobs import run_due

    moment, ran = now(), 0
    for step in steps():
        done = step(at=moment)
        ran = done if step is run_due and isinstance(done, int) else ran
    _note(at=now())
    return ran


def after_jobs(beats: list[Step]) -> list[Step]:
    """What a job that takes its worker down would keep from its turn: the next worker begins with that."""
    from nhipcau.outbox.jobs import run_due

    return beats[beats.index(run_due) + 1 :]


def keep_beating() -> None:
    """Until interrupted. While something fails, it beats more slowly, so that the log does not fill the disk."""
    beats, failed = steps(), 0
    beat(after_jobs(beats))
    recounted = alive = float("-inf")
    while True:
        well = beat(beats)
        if well and time.monotonic() > recounted + RECOUNT_SECONDS:
            recounted = time.monotonic() if beat([_recount]) else recounted
        if time.monotonic() > alive + ALIVE_SECONDS:
            alive = time.monotonic() if beat([_note]) else alive
        failed = 0 if well else failed + 1
        time.sleep(min(BEAT_SECONDS * 2**failed, MOST_SECONDS))


def beat(beats: list[Step]) -> bool:
    """Whether every step went well. Without a database none can; the next beat tries again."""
    from django.db import DatabaseError, InterfaceError, close_old_connections

    close_old_connections()  # one that the server dropped is not asked again
    well, moment = True, now()
    for step in beats:
        try:
            step(at=moment)
        except (DatabaseError, InterfaceError) as error:  # a busy or restarting database
            say(f"Việc nền tạm dừng một nhịp: {told(error)}")
            return False
        except Exception:  # told, and the other steps are not kept from their work
            logger.exception("Một bước của việc nền hỏng: %s", getattr(step, "__module__", step))
            well = False
    return well


def _recount(*, at: dt.datetime) -> None:
    """Counts that were to follow the tree, once a day."""
    from nhipcau.org.bulk import recount_all

    recount_all()


def _note(*, at: dt.datetime) -> None:
    """For `doctor`: the worker lives, though a step of it may fail."""
    from nhipcau.ops.actions import WORKER, note_beat

    note_beat(name=WORKER, at=at)
