"""Sealers and workers share their queues: nothing is skipped, nothing is done twice."""

from __future__ import annotations

import datetime as dt
import threading
from collections import Counter
from functools import partial

import pytest
from django.db import transaction

from nhipcau.audit import actions
from nhipcau.audit.actions import record, seal
from nhipcau.audit.models import Entry
from nhipcau.outbox import jobs
from nhipcau.outbox.models import Job, JobState
from tests.cast import NOW, SETUP
from tests.concurrency.crowd import STRESS, WRITERS, together
from tests.ops.tampering import sentences

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 8 * STRESS
ran: Counter[int] = Counter()
_counting = threading.Lock()


@jobs.job("tests.count")
def count(number: int, *, at: dt.datetime) -> None:
    with _counting:
        ran[number] += 1


def test_two_sealers_chain_what_eight_write(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "SEAL_BATCH", 7)  # many small batches, so that the two meet
    writing = threading.Event()
    left = threading.Semaphore(WRITERS - 1)

    def write(writer: int) -> int:
        for number in range(ROUNDS):
            with transaction.atomic():
                for _ in range(1 + number % 3):
                    record(actor=SETUP, action="org.imported", obj=f"writer:{writer}", at=NOW, data={"n": number})
        if not left.acquire(blocking=False):
            writing.set()  # the last one is done
        return 0

    def keep_sealing() -> int:
        total = 0
        while not writing.wait(0.01):
            total += seal(at=NOW)
        return total + seal(at=NOW)

    done = together(*[partial(write, writer) for writer in range(WRITERS)], keep_sealing, keep_sealing)
    seal(at=NOW)
    total = Entry.objects.count()
    assert total == WRITERS * sum(1 + number % 3 for number in range(ROUNDS))
    assert list(Entry.objects.order_by("seq").values_list("seq", flat=True)) == list(range(1, total + 1))
    assert sum(done.results) <= total
    assert sentences() == []


def test_four_workers_run_each_job_once() -> None:
    ran.clear()
    total = 40 * STRESS
    for number in range(total):
        jobs.enqueue("tests.count", number, at=NOW, key=f"job:{number}")
    done = together(*[lambda: jobs.run_due(at=NOW, limit=total)] * 4)
    assert sum(done.results) == total
    assert ran == Counter(range(total))
    assert set(Job.objects.values_list("state", "attempts")) == {(JobState.DONE, 1)}


def test_a_job_queued_by_all_under_one_key_is_one_job() -> None:
    ran.clear()
    together(*[lambda: jobs.enqueue("tests.count", 1, at=NOW, key="once")] * WRITERS)
    together(*[lambda: jobs.run_due(at=NOW)] * 4)
    assert ran == Counter([1])
