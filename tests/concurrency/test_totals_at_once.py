"""Eight accept while others bring the totals up to date: nothing is lost, and whoever reads sees a whole."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from functools import partial
from pathlib import Path

import pytest
from django.db import connection

from nhipcau.org.models import Post
from nhipcau.reports.filling.workflow import accept
from nhipcau.reports.models import DirtyMark, TemplateVersion
from nhipcau.reports.totals.consolidation import consolidate, consolidate_every_node, from_records
from nhipcau.reports.totals.stored import bring_up_to_date, settle
from tests import quarterly
from tests.cast import Cast
from tests.concurrency.crowd import STRESS, a_crowd, together
from tests.quarterly import LATER, PERIOD

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def crowd() -> tuple[Cast, list[Post], TemplateVersion]:
    cast, posts = a_crowd()
    return cast, posts, quarterly.publish()


def proven(cast: Cast, version: TemplateVersion) -> None:
    every = from_records(version=version, period=PERIOD, unit=cast.province, at=LATER)
    for unit, node in ((cast.province, every[0]), (cast.commune, every[1])):
        kept = consolidate(version=version, period=PERIOD, unit=unit, at=LATER)
        assert (kept.unit_id, kept.cells, kept.coverage) == (node.unit_id, node.cells, node.coverage)


def test_reports_are_accepted_while_totals_are_brought_up_to_date_and_read(
    crowd: tuple[Cast, list[Post], TemplateVersion],
) -> None:
    """A reader's province is always its commune and the other one: both rows of one moment."""
    cast, posts, version = crowd
    done = threading.Event()

    def take(post: Post, gifts: int) -> None:
        report = quarterly.send(post, version, gifts=str(gifts))
        accept(submission=report, actor=cast.commune_officer, at=LATER)

    def settling() -> None:
        while not done.is_set():
            settle(at=LATER)

    def reading() -> None:
        read = partial(
            consolidate_every_node, version=version, period=PERIOD, unit=cast.province, at=LATER, depth=1
        )
        while not done.is_set():
            top, *children = read(depth=1, wait=False)
            below = [child.cells["gifts"].value for child in children]
            assert top.cells["gifts"].value == sum(below)
            assert top.coverage.accepted == sum(child.coverage.accepted for child in children)

    def work(mine: list[Post]) -> None:
        for turn in range(2 * STRESS):
            for place, post in enumerate(mine):
                take(post, turn + place + 1)

    def all_work() -> None:
        try:
            together(*[partial(work, posts[place::4]) for place in range(4)])
        finally:
            done.set()

    together(all_work, settling, settling, reading)
    settle(at=LATER)
    assert not DirtyMark.objects.exists()
    proven(cast, version)


def test_whoever_does_not_wait_reads_the_state_before(crowd: tuple[Cast, list[Post], TemplateVersion]) -> None:
    if connection.vendor != "postgresql":
        return  # SQLite knows no row locks: its one writer is waited for
    cast, posts, version = crowd
    accept(submission=quarterly.send(posts[0], version, gifts="3"), actor=cast.commune_officer, at=LATER)
    bring_up_to_date(version, PERIOD, at=LATER)
    accept(submission=quarterly.send(posts[1], version, gifts="4"), actor=cast.commune_officer, at=LATER)
    held, let_go = threading.Event(), threading.Event()

    def holding() -> None:
        from django.db import transaction

        from nhipcau.reports.models import Totals

        with transaction.atomic():
            list(Totals.objects.select_for_update())
            held.set()
            let_go.wait(20)

    def reading() -> int:
        held.wait(20)
        read = consolidate_every_node(
            version=version, period=PERIOD, unit=cast.commune, at=LATER, depth=0, wait=False
        )
        let_go.set()
        return read[0].cells["gifts"].value

    found = together(holding, reading)
    assert 3 in found.results
    proven(cast, version)


KILLED = """
import os, signal
import django
django.setup()
from django.db import connections
connections["default"].settings_dict["NAME"] = os.environ["TEST_NAME"]
from nhipcau.core.periods import parse_period
from nhipcau.reports.models import TemplateVersion
from nhipcau.reports.totals import stored
from tests.quarterly import LATER
kept = stored._store
def die(*given):
    kept(*given)
    os.kill(os.getpid(), signal.SIGKILL)
stored._store, stored.FEW = die, 0
stored.bring_up_to_date(TemplateVersion.objects.get(), parse_period("2026-Q1"), at=LATER)
"""


def test_a_process_killed_while_settling_leaves_totals_and_marks_as_they_were(
    crowd: tuple[Cast, list[Post], TemplateVersion],
) -> None:
    """It dies with the commune's total written and the province's not; nothing of it is seen, the next settles."""
    cast, posts, version = crowd
    accept(submission=quarterly.send(posts[0], version, gifts="3"), actor=cast.commune_officer, at=LATER)
    settle(at=LATER)
    accept(submission=quarterly.send(posts[1], version, gifts="4"), actor=cast.commune_officer, at=LATER)
    marks = DirtyMark.objects.count()
    name = str(connection.settings_dict["NAME"])
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "nhipcau.config.settings",
        "TEST_NAME": name,
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    ran = subprocess.run([sys.executable, "-c", KILLED], env=environment, check=False)
    assert ran.returncode == -signal.SIGKILL
    assert DirtyMark.objects.count() == marks
    before = consolidate_every_node(version=version, period=PERIOD, unit=cast.commune, at=LATER, depth=None)
    assert before[0].cells["gifts"].value == 7
    assert settle(at=LATER) == 1
    proven(cast, version)
