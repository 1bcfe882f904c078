"""The worker's beat goes on, whatever one of its steps meets; the server's processes are looked after."""

from __future__ import annotations

import datetime as dt
import signal
import sys

import pytest
from django.db import OperationalError

from nhipcau.audit.actions import seal
from nhipcau.cli.beating import after_jobs, beat, steps
from nhipcau.cli.tending import WEB, WORKER, Tended
from nhipcau.outbox.jobs import run_due
from nhipcau.web.reaching import hours

pytestmark = pytest.mark.django_db
SLEEPS = [sys.executable, "-c", "import time; time.sleep(60)"]


def test_a_step_that_fails_keeps_none_of_the_others_from_their_work() -> None:
    done: list[str] = []

    def breaks(*, at: dt.datetime) -> None:
        raise OSError("no room")

    assert not beat([breaks, lambda at: done.append("sealed")])
    assert done == ["sealed"]
    assert beat([lambda at: done.append("again")])


def test_without_a_database_the_beat_ends_and_the_next_one_tries_again() -> None:
    done: list[str] = []

    def away(*, at: dt.datetime) -> None:
        raise OperationalError("the server closed the connection")

    assert not beat([away, lambda at: done.append("never")])
    assert done == []


def test_mail_and_the_log_do_not_wait_behind_a_job_that_takes_every_worker_down() -> None:
    first = after_jobs(steps())
    assert {hours.send, seal} <= {*first}
    assert run_due not in first


@pytest.mark.parametrize("name", [WEB, WORKER])
def test_a_process_that_was_killed_is_started_again(name: str) -> None:
    tended = Tended(name, lambda: SLEEPS)
    assert tended.look() is None
    first = tended.running
    assert first is not None
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert tended.look() is None
    assert tended.running is not None
    assert tended.running.pid != first.pid
    assert tended.end() == -signal.SIGTERM


def test_pages_that_cannot_be_served_are_not_tried_for_ever() -> None:
    tended = Tended(WEB, lambda: [sys.executable, "-c", "raise SystemExit(3)"])
    tended.look()
    assert tended.running is not None
    tended.running.wait()
    assert tended.look() == 3
