"""Jobs by name."""

from __future__ import annotations

import datetime as dt
import signal
import threading
import time

import pytest
from django.db import connection

from nhipcau.outbox import jobs
from nhipcau.outbox.holding import Hold, abandoned
from nhipcau.outbox.models import Job, JobState
from tests.cast import NOW

pytestmark = pytest.mark.django_db
seen: list[tuple[object, ...]] = []


@jobs.job("tests.note")
def note(*args: object, at: dt.datetime) -> None:
    seen.append(args)


@jobs.job("tests.break")
def fail(*, at: dt.datetime) -> None:
    raise RuntimeError("không tới được máy chủ thư")


@pytest.fixture(autouse=True)
def nothing_seen() -> None:
    seen.clear()


def test_a_due_job_runs_with_its_ids_and_is_done() -> None:
    jobs.enqueue("tests.note", 7, "x", at=NOW)
    assert jobs.run_due(at=NOW) == 1
    assert seen == [(7, "x")]
    assert Job.objects.get().state == JobState.DONE


def test_a_job_for_later_waits() -> None:
    jobs.enqueue("tests.note", at=NOW + dt.timedelta(hours=1))
    assert jobs.run_due(at=NOW) == 0


def test_a_key_enqueues_once_even_after_the_job_ran() -> None:
    for _ in range(2):
        jobs.enqueue("tests.note", at=NOW, key="once")
        jobs.run_due(at=NOW)
    assert seen == [()]


def test_a_failing_job_keeps_its_error_and_is_tried_again_later_then_given_up() -> None:
    jobs.enqueue("tests.break", at=NOW)
    moment = NOW
    for _ in range(jobs.MAX_ATTEMPTS):
        jobs.run_due(at=moment)
        moment += dt.timedelta(days=1)
    job = Job.objects.get()
    assert job.state == JobState.FAILED
    assert "máy chủ thư" in job.last_error
    assert job.attempts == jobs.MAX_ATTEMPTS


def left_running(name: str, *, attempts: int = 1) -> Job:
    """What a worker that died leaves behind."""
    jobs.enqueue(name, at=NOW)
    Job.objects.filter(name=name).update(state=JobState.RUNNING, attempts=attempts)
    return Job.objects.get(name=name)


def test_a_job_of_a_worker_that_died_is_taken_up_at_once() -> None:
    left_running("tests.note")
    assert jobs.run_due(at=NOW) == 1
    assert Job.objects.get().state == JobState.DONE


def test_a_job_that_never_ends_is_cut_off_and_the_next_one_has_its_own_time() -> None:
    @jobs.job("tests.hangs", longest=1)
    def hang(*, at: dt.datetime) -> None:
        time.sleep(60)

    def cut_off(_number: int, _frame: object) -> None:  # without it the process ends
        raise TimeoutError("cut off")

    before = signal.signal(signal.SIGALRM, cut_off)
    try:
        jobs.enqueue("tests.hangs", at=NOW)
        jobs.enqueue("tests.note", at=NOW)
        assert jobs.run_due(at=NOW) == 2
    finally:
        signal.signal(signal.SIGALRM, before)
    assert "cut off" in Job.objects.get(name="tests.hangs").last_error
    assert Job.objects.get(name="tests.note").state == JobState.DONE
    assert signal.alarm(0) == 0


def test_one_that_took_two_workers_down_lets_others_go_first() -> None:
    left_running("tests.note", attempts=2)
    jobs.enqueue("tests.note", 7, at=NOW)
    assert jobs.run_due(at=NOW) == 1
    assert seen == [(7,)]
    assert jobs.run_due(at=NOW + 4 * jobs.FIRST_WAIT) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("ahead", [dt.timedelta(), dt.timedelta(days=400), dt.timedelta(days=-400)])
def test_a_job_that_still_runs_is_left_to_its_worker_whatever_the_clock_says(ahead: dt.timedelta) -> None:
    job = left_running("tests.note")
    begun, ended = threading.Event(), threading.Event()

    def other_worker() -> None:
        hold = Hold("job", job.pk)
        assert hold.take()
        begun.set()
        ended.wait(60)
        hold.release()
        connection.close()

    other = threading.Thread(target=other_worker)
    other.start()
    assert begun.wait(60)
    try:
        assert jobs.run_due(at=NOW + ahead) == 0
    finally:
        ended.set()
        other.join()
    job.refresh_from_db()
    assert job.state == JobState.RUNNING
    assert jobs.run_due(at=NOW) == 1


def test_a_row_held_is_held_once_and_free_when_let_go() -> None:
    hold = Hold("job", 1)
    assert hold.take()
    hold.release()
    with abandoned("job", 1) as free:
        assert free


def test_whoever_asked_is_told_of_a_job_that_was_given_up() -> None:
    told: list[tuple[object, object]] = []

    @jobs.job("tests.lost")
    def lose(pk: int, *, at: dt.datetime) -> None:
        raise RuntimeError(f"mất {pk}")

    @jobs.when_abandoned("tests.lost")
    def tell(pk: int, *, error: Exception | None, at: dt.datetime) -> None:
        told.append((pk, str(error)))
        raise ValueError("the worker outlives this too")

    jobs.enqueue("tests.lost", 3, at=NOW)
    jobs.enqueue("tests.lost", 4, at=NOW)
    Job.objects.filter(args=[4]).update(
        state=JobState.RUNNING, attempts=jobs.MAX_ATTEMPTS, run_at=NOW - dt.timedelta(days=1)
    )
    for day in range(jobs.MAX_ATTEMPTS):
        assert (3, "mất 3") not in told
        jobs.run_due(at=NOW + dt.timedelta(days=day))
    assert told == [(4, "None"), (3, "mất 3")]
    assert set(Job.objects.values_list("state", flat=True)) == {JobState.FAILED}
