"""What goes on while `verify` runs is neither hindered nor taken for a fault."""

from __future__ import annotations

import threading

import pytest

from nhipcau.audit.actions import seal
from nhipcau.documents.actions import register_outgoing
from nhipcau.documents.models import RegisterEntry
from tests.cast import NOW, TODAY, assemble
from tests.concurrency.crowd import STRESS, together
from tests.ops.tampering import sentences

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 4 * STRESS
CLERKS = 4


def test_verifying_among_writers_and_a_sealer_finds_nothing_and_stops_nobody() -> None:
    office = assemble()
    at_work = threading.Semaphore(CLERKS - 1)
    done = threading.Event()

    def number() -> list[str]:
        for _ in range(ROUNDS):
            register_outgoing(
                unit=office.province, doc_type="kế hoạch", subject="Việc", dated=TODAY, actor=office.clerk, at=NOW
            )
        if not at_work.acquire(blocking=False):
            done.set()
        return []

    def keep_sealing() -> list[str]:
        while not done.wait(0.01):
            seal(at=NOW)
        return []

    def keep_verifying() -> list[str]:
        found = []
        while not done.is_set():
            found += sentences()
        return found + sentences()

    outcome = together(*[number] * CLERKS, keep_sealing, keep_verifying, keep_verifying)
    assert [said for each in outcome.results for said in each] == []
    assert RegisterEntry.objects.count() == CLERKS * ROUNDS
    assert sentences() == []
