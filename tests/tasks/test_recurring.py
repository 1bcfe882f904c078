"""A duty that recurs: one instance a period for the same units at every level, until its letter ends."""

from __future__ import annotations

import datetime as dt

import pytest

from nhipcau.audit.models import Entry
from nhipcau.core.deadlines import DeadlineRule
from nhipcau.core.errors import Conflict, NotFound
from nhipcau.core.recurrence import in_words, is_periodic
from nhipcau.documents.lineage.amending import amend
from nhipcau.documents.models import AmendmentKind
from nhipcau.tasks.actions import (
    Wording,
    add_obligation,
    assign,
    complete,
    reissue,
    renew,
    stop_recurring,
)
from nhipcau.tasks.models import Assignment, AssignmentState, Obligation, Task
from nhipcau.tasks.queries import worklist
from nhipcau.tasks.recurring import instances
from tests.cast import Cast, unit
from tests.documents.letters import plan, registered
from tests.reorganisations import AFTER, SPLIT, happen
from tests.tasks.work import INFORM, LEAD, of, on, passed_on

QUARTERLY = DeadlineRule("recurring", "FREQ=QUARTERLY", "định kỳ hằng quý")


@pytest.fixture
def duty(cast: Cast) -> Obligation:
    wording = Wording("Công đoàn xã đối thoại với người sử dụng lao động", deadline=QUARTERLY)
    return add_obligation(document=registered(cast.clerk), wording=wording, actor=cast.clerk, at=on(12))


@pytest.fixture
def task(cast: Cast, duty: Obligation) -> Task:
    """For both communes, due 31 March."""
    units = {cast.commune: LEAD, cast.sibling_commune: LEAD}
    return assign(obligation=duty, units=units, actor=cast.provincial_officer, at=on(16))


def latest(task: Task) -> Task:
    return instances(task)[0]


def test_the_first_instance_says_where_it_comes_from_and_how_often(task: Task) -> None:
    assert (task.due, task.occurrence) == (dt.date(2026, 3, 31), dt.date(2026, 3, 31))
    assert "Việc định kỳ từ văn bản 56/KH-LĐLĐ, mỗi quý." in task.due_reason
    assert "every quarter" in task.due_reason.en  # type: ignore[attr-defined]


def test_the_next_instance_comes_once_the_day_has_passed_and_only_once(cast: Cast, task: Task) -> None:
    assert renew(at=on(31)) == 0
    assert [renew(at=on(1, 4)), renew(at=on(1, 4)), renew(at=on(2, 4))] == [1, 0, 0]
    fresh = latest(task)
    assert (fresh.due, fresh.title) == (dt.date(2026, 6, 30), task.title)
    assert "mỗi quý" in fresh.due_reason
    assert set(fresh.assignments.values_list("unit", "state")) == {
        (cast.commune.pk, AssignmentState.ASSIGNED),
        (cast.sibling_commune.pk, AssignmentState.ASSIGNED),
    }
    assert [item.due for item in worklist(cast.scope(cast.commune_officer, on(1, 4)))] == [task.due, fresh.due]
    assert Entry.objects.filter(action="tasks.recurred").count() == 1


def test_finished_or_not_the_next_period_is_asked_again(cast: Cast, task: Task) -> None:
    complete(assignment=of(task, cast.commune), note="", actor=cast.commune_officer, at=on(20))
    renew(at=on(1, 4))
    assert of(latest(task), cast.commune).state == AssignmentState.ASSIGNED


def test_what_a_level_passed_on_is_passed_on_again_by_dates_as_far_apart(cast: Cast, task: Task) -> None:
    reissue(
        assignment=of(task, cast.commune),
        units={cast.local: LEAD, cast.other_local: INFORM},
        due=dt.date(2026, 3, 26),
        due_reason="xã tổng hợp",
        actor=cast.commune_officer,
        at=on(17),
    )
    renew(at=on(1, 4))
    again = Task.objects.get(parent=of(latest(task), cast.commune))
    assert (again.due, again.occurrence) == (dt.date(2026, 6, 25), dt.date(2026, 6, 30))
    assert of(again, cast.local).state == AssignmentState.ASSIGNED
    assert of(again, cast.other_local).acknowledged_at == on(1, 4)


def test_periods_in_which_nothing_ran_are_passed_over(task: Task) -> None:
    assert renew(at=on(5, 11)) == 1
    assert latest(task).occurrence == dt.date(2026, 12, 31)
    assert len(instances(task)) == 2


def test_a_unit_taken_off_is_not_asked_again(cast: Cast, task: Task) -> None:
    Assignment.objects.filter(pk=of(task, cast.commune).pk).update(state=AssignmentState.WITHDRAWN)
    renew(at=on(1, 4))
    assert list(latest(task).assignments.values_list("unit", flat=True)) == [cast.sibling_commune.pk]


def test_what_a_unit_that_ended_had_done_is_asked_of_its_heir(cast: Cast, task: Task) -> None:
    complete(assignment=of(task, cast.commune), note="", actor=cast.commune_officer, at=on(20))
    happen(SPLIT, AFTER)
    renew(at=AFTER)
    assert set(latest(task).assignments.values_list("unit", flat=True)) == {unit("XC").pk, cast.sibling_commune.pk}


def test_units_added_later_join_the_present_instance(cast: Cast, task: Task, duty: Obligation) -> None:
    renew(at=on(1, 4))
    units = {cast.local: LEAD}
    assert assign(obligation=duty, units=units, actor=cast.provincial_officer, at=on(2, 4)) == latest(task)


@pytest.mark.parametrize("kind", [AmendmentKind.RECALL, AmendmentKind.REPLACE])
def test_it_ends_with_its_letter(cast: Cast, task: Task, kind: AmendmentKind) -> None:
    by = registered(cast.clerk, plan("60/KH-LĐLĐ", "Kế hoạch khác", "11"))
    amend(by=by, target=task.obligation.document, kind=kind, actor=cast.clerk, at=on(20))
    assert renew(at=on(1, 4)) == 0


def test_it_goes_on_by_the_letter_that_took_its_place_and_asks_the_same(cast: Cast, task: Task) -> None:
    by = registered(cast.clerk, plan("60/KH-LĐLĐ", "Kế hoạch khác", "11"))
    monthly = DeadlineRule("recurring", "FREQ=MONTHLY", "hằng tháng")
    add_obligation(document=by, wording=Wording(task.title, deadline=monthly), actor=cast.clerk, at=on(16))
    amend(by=by, target=task.obligation.document, kind=AmendmentKind.REPLACE, actor=cast.clerk, at=on(20))
    assert renew(at=on(1, 4)) == 1
    task.refresh_from_db()
    fresh = latest(task)
    assert fresh.occurrence == dt.date(2026, 4, 30)
    assert "60/KH-LĐLĐ, mỗi tháng" in fresh.due_reason


def test_it_ends_where_the_issuer_stops_it(cast: Cast, task: Task) -> None:
    with pytest.raises(NotFound):
        stop_recurring(task=task, actor=cast.stranger, at=on(20))
    for _ in range(2):
        stop_recurring(task=task, actor=cast.provincial_officer, at=on(20))
    assert renew(at=on(1, 4)) == 0
    assert Entry.objects.filter(action="tasks.recurrence_stopped").count() == 1


def test_what_does_not_recur_cannot_be_stopped(cast: Cast, task: Task) -> None:
    below = passed_on(cast, task)
    with pytest.raises(Conflict):
        stop_recurring(task=below, actor=cast.commune_officer, at=on(20))


@pytest.mark.parametrize(
    ("rule", "words", "periodic"),
    [
        ("FREQ=MONTHLY;BYMONTHDAY=25", "mỗi tháng", True),
        ("FREQ=MONTHLY;INTERVAL=6", "sáu tháng một lần", True),
        ("FREQ=YEARLY", "mỗi năm", True),
        ("FREQ=WEEKLY;INTERVAL=2", "2 tuần một lần", True),
        ("FREQ=DAILY", "mỗi ngày", False),
        ("hằng quý", "", False),
    ],
)
def test_how_often_is_said_as_people_say_it(rule: str, words: str, periodic: bool) -> None:
    assert (in_words(rule), is_periodic(rule)) == (words, periodic)
