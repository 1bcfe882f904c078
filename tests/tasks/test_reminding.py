"""Silence is met by reminder, repeat, then notice to the level above."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.audit.models import Entry
from nhipcau.core.errors import NotAllowed, NotFound
from nhipcau.core.workdays import WorkingDays
from nhipcau.outbox.jobs import run_due
from nhipcau.outbox.models import Job
from nhipcau.tasks import jobs
from nhipcau.tasks.actions import acknowledge, complete, remind, remind_units
from nhipcau.tasks.ladder import STEPS, Cause, explained
from nhipcau.tasks.models import Assignment, Reminder
from nhipcau.tasks.reminding import notices
from tests.cast import Cast, assemble
from tests.documents.threads import a_database_for_threads, at_once
from tests.tasks.work import handed_out, of, on, passed_on

WORKING = WorkingDays()


def _rungs(assignment: Assignment) -> list[int]:
    return list(assignment.reminders.values_list("rung", flat=True))


def test_two_working_days_of_silence_are_reminded(cast: Cast) -> None:
    task = handed_out(cast)  # Monday 16 March
    acknowledge(assignment=of(task, cast.commune), actor=cast.commune_officer, at=on(16))
    assert remind(at=on(17)) == 0
    assert remind(at=on(18)) == 1
    assert _rungs(of(task, cast.sibling_commune)) == [1]
    assert _rungs(of(task, cast.commune)) == []


def test_the_ladder_is_climbed_rung_by_rung_and_each_once(cast: Cast) -> None:
    task = handed_out(cast)  # due 9 May, late after Sunday 10 May
    assignment = of(task, cast.commune)
    acknowledge(assignment=assignment, actor=cast.commune_officer, at=on(16))
    complete(assignment=of(task, cast.sibling_commune), note="", actor=cast.stranger, at=on(16))
    sent = {day: remind(at=on(day, 5)) for day in range(4, 20)}
    assert {day for day, count in sent.items() if count} == {6, 11, 14}
    assert _rungs(assignment) == [1, 2, 3]
    assert [notice.assignment for notice in notices(cast.province)] == [assignment]
    assert remind(at=on(19, 5)) == 0


def test_done_work_is_not_reminded(cast: Cast) -> None:
    task = handed_out(cast)
    for unit, post in ((cast.commune, cast.commune_officer), (cast.sibling_commune, cast.stranger)):
        complete(assignment=of(task, unit), note="", actor=post, at=on(16))
    assert remind(at=on(30, 5)) == 0


def test_a_ladder_started_late_sends_only_the_highest_rung(cast: Cast) -> None:
    task = handed_out(cast)
    assert remind(at=on(30, 5)) == 2
    assert remind(at=on(31, 5)) == 0
    assert _rungs(of(task, cast.commune)) == [3]


def test_every_level_is_reminded_by_its_own_dates(cast: Cast) -> None:
    below = passed_on(cast, handed_out(cast))  # Tuesday 17 March
    assert remind(at=on(18)) == 1  # the sibling commune alone
    assert remind(at=on(19)) == 2
    assert _rungs(of(below, cast.local)) == [1]


def test_a_reminder_by_hand_goes_to_the_late_once_a_day(cast: Cast) -> None:
    task = handed_out(cast)
    complete(assignment=of(task, cast.sibling_commune), note="", actor=cast.stranger, at=on(16))
    assert remind_units(task=task, actor=cast.provincial_officer, at=on(10, 5)) == 0
    assert [remind_units(task=task, actor=cast.provincial_officer, at=on(11, 5, hour)) for hour in (8, 15)] == [
        1,
        0,
    ]
    assert remind_units(task=task, actor=cast.provincial_officer, at=on(12, 5)) == 1


def test_chosen_units_may_be_reminded_before_the_date(cast: Cast) -> None:
    task = handed_out(cast)
    assert remind_units(task=task, actor=cast.provincial_officer, at=on(20), units=[cast.commune]) == 1
    assert remind_units(task=task, actor=cast.provincial_officer, at=on(20), units=[cast.local]) == 0


def test_only_the_issuer_reminds_by_hand(cast: Cast) -> None:
    task = handed_out(cast)
    with pytest.raises(NotFound):
        remind_units(task=task, actor=cast.stranger, at=on(20))
    with pytest.raises(NotAllowed):
        remind_units(task=passed_on(cast, task), actor=cast.provincial_officer, at=on(20))


def test_the_job_runs_once_a_day_and_queues_the_next(cast: Cast) -> None:
    handed_out(cast)
    for _ in range(2):
        jobs.schedule(at=on(18, hour=6))
    assert run_due(at=on(18, hour=8)) == 1
    assert Reminder.objects.count() == 2
    assert list(Job.objects.filter(state="queued").values_list("run_at", flat=True)) == [on(19, hour=7)]
    assert Entry.objects.filter(action="tasks.reminded").count() == 1


DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31))


@given(DAYS, st.integers(0, 40))
def test_each_step_is_counted_in_working_days(measured: dt.date, later: int) -> None:
    """What each bound means, said the other way round: from the date of one piece of work."""
    day = measured + dt.timedelta(days=later)
    first = {
        Cause.SILENT: WORKING.add(measured, 2),
        Cause.NEARING: WORKING.add(measured, -3),
        Cause.OVERDUE: WORKING.add(measured, 1),
        Cause.ESCALATED: WORKING.add(WORKING.add(measured, 1), 3),
    }
    for step in STEPS:
        assert (measured <= step.bound(day, WORKING)) == (first[step.cause] <= day), step.cause


@given(DAYS, st.integers(0, 20))
def test_whoever_still_has_more_than_three_working_days_is_left_in_peace(due: dt.date, before: int) -> None:
    day = due - dt.timedelta(days=before)
    nearing = next(step for step in STEPS if step.cause == Cause.NEARING)
    assert (due <= nearing.bound(day, WORKING)) == (WORKING.add(due, -3) <= day)


def test_each_reminder_says_why_it_was_sent(cast: Cast) -> None:
    task = handed_out(cast)
    for day, month in ((18, 3), (11, 5), (14, 5)):
        remind(at=on(day, month))
    told = [(one.cause, one.counted_from) for one in of(task, cast.commune).reminders.all()]
    assigned, last = dt.date(2026, 3, 16), dt.date(2026, 5, 10)
    assert told == [("silent", assigned), ("overdue", last), ("escalated", last)]
    assert "sau 2 ngày làm việc" in explained(*told[0])
    assert "10/05/2026" in explained(*told[1]).en


def test_the_number_of_statements_does_not_grow(cast: Cast, django_assert_num_queries: Any) -> None:
    task = handed_out(cast)
    with django_assert_num_queries(8):
        remind(at=on(18))
    passed_on(cast, task)
    with django_assert_num_queries(8):
        assert remind(at=on(11, 5)) == 4


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_each_reminder_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    handed_out(assemble())
    sent: list[int] = []
    with a_database_for_threads(tmp_path, monkeypatch):
        at_once(lambda: sent.append(remind(at=on(18))), lambda: sent.append(remind(at=on(18, hour=10))))
    assert sum(sent) == 2


def test_the_log_counts_the_reminders_really_sent(cast: Cast) -> None:
    task = handed_out(cast)
    Reminder.objects.create(assignment=of(task, cast.commune), rung=1, day=on(18).date(), sent_at=on(18, hour=8))
    assert remind(at=on(18)) == 1
    assert '"rung_1_silent":1' in Entry.objects.get(action="tasks.reminded").data.replace(" ", "")
