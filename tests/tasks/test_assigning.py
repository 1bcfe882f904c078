"""An obligation is handed to units."""

from __future__ import annotations

import datetime as dt

import pytest

from nhipcau.audit.models import Entry
from nhipcau.boundary import BoundaryRefused
from nhipcau.core.deadlines import DeadlineRule
from nhipcau.core.errors import Conflict, InvalidInput, NotFound
from nhipcau.documents.models import Document
from nhipcau.tasks.actions import Wording, add_obligation, assign, assign_all
from nhipcau.tasks.models import Assignment, AssignmentState, Obligation, Task
from nhipcau.tasks.queries import get_assignment_for, get_letter_for, get_task_for, worklist
from tests.cast import Cast
from tests.documents.letters import arrive, registered
from tests.tasks.work import INFORM, LEAD, REFUSED, SUPPORT, handed_out, of, on, training


def test_before_a_day_is_due_the_day_before_and_late_only_after_it(cast: Cast) -> None:
    task = handed_out(cast)
    assert (task.due, task.late_after) == (dt.date(2026, 5, 9), dt.date(2026, 5, 10))
    assert "trước ngày 10/5/2026" in task.due_reason


def test_a_relative_deadline_runs_from_the_receipt(cast: Cast) -> None:
    rule = DeadlineRule("relative", "P5BD after receipt", "sau 05 ngày làm việc kể từ ngày nhận")
    obligation = add_obligation(
        document=registered(cast.clerk),
        wording=Wording("Gửi kế hoạch tập huấn", "", rule),
        actor=cast.provincial_officer,
        at=on(16),
    )
    task = assign(obligation=obligation, units={cast.commune: LEAD}, actor=cast.provincial_officer, at=on(16))
    assert task.due == dt.date(2026, 3, 19)  # received Thursday 12 March, a weekend between
    assert "12/03/2026" in task.due_reason


def test_no_deadline_is_said_and_not_guessed(cast: Cast) -> None:
    obligation = add_obligation(
        document=registered(cast.clerk), wording=Wording("Tập huấn"), actor=cast.provincial_officer, at=on(16)
    )
    task = assign(obligation=obligation, units={cast.commune: LEAD}, actor=cast.provincial_officer, at=on(16))
    assert (task.due, task.late_after) == (None, None)
    assert "không nêu hạn" in task.due_reason


def test_a_date_set_by_hand_needs_a_reason_and_a_future(cast: Cast) -> None:
    obligation = training(cast)

    def with_due(day: dt.date, reason: str) -> Task:
        return assign(
            obligation=obligation,
            units={cast.commune: LEAD},
            actor=cast.provincial_officer,
            at=on(16),
            due=day,
            due_reason=reason,
        )

    for day, reason in ((dt.date(2026, 4, 1), ""), (dt.date(2026, 3, 1), "gấp")):
        with pytest.raises(InvalidInput):
            with_due(day, reason)
    with pytest.raises(BoundaryRefused):
        with_due(dt.date(2026, 4, 1), REFUSED)
    task = with_due(dt.date(2026, 4, 1), "tỉnh cần tổng hợp sớm")
    assert task.due == dt.date(2026, 4, 1)
    assert "tổng hợp sớm" in task.due_reason
    with pytest.raises(Conflict):
        with_due(dt.date(2026, 4, 2), "đổi ý")


def test_repeating_adds_only_the_units_it_lacks(cast: Cast) -> None:
    task = handed_out(cast)
    again = assign(
        obligation=task.obligation,
        units={cast.commune: LEAD, cast.local: SUPPORT},
        actor=cast.provincial_officer,
        at=on(17),
    )
    assert again == task
    assert task.assignments.count() == 3
    entries = Entry.objects.filter(action="tasks.assigned").order_by("pk")
    assert [entry.data for entry in entries] == ['{"units":2}', '{"units":1}']


def test_who_only_takes_note_is_acknowledged_at_once_and_owes_nothing(cast: Cast) -> None:
    task = assign(obligation=training(cast), units={cast.commune: INFORM}, actor=cast.provincial_officer, at=on(16))
    assert of(task, cast.commune).state == AssignmentState.ACKNOWLEDGED
    assert worklist(cast.scope(cast.commune_officer)) == []


def test_a_unit_may_keep_the_task_itself(cast: Cast) -> None:
    task = assign(obligation=training(cast), units={cast.province: LEAD}, actor=cast.clerk, at=on(16))
    assert [item.assignment for item in worklist(cast.scope(cast.clerk))] == [of(task, cast.province)]


def test_only_a_registered_letter_makes_tasks(cast: Cast) -> None:
    document = arrive(cast.clerk)
    with pytest.raises(Conflict, match="vào sổ"):
        assign_all(document=document, actor=cast.provincial_officer, at=on(16))
    assert not Task.objects.exists()


@pytest.mark.parametrize("scope", ["outside", "review"])
def test_what_is_outside_or_in_doubt_is_not_handed_out(cast: Cast, scope: str) -> None:
    obligation = training(cast)
    Obligation.objects.filter(pk=obligation.pk).update(scope=scope)
    with pytest.raises(Conflict):
        assign(obligation=obligation, units={cast.commune: LEAD}, actor=cast.provincial_officer, at=on(16))
    tasks = assign_all(document=obligation.document, actor=cast.provincial_officer, at=on(16))
    assert [task.obligation.position for task in tasks] == [2]


def test_a_letter_wholly_outside_gets_no_task_and_no_obligation_by_hand(cast: Cast) -> None:
    obligation = training(cast)
    Document.objects.filter(pk=obligation.document_id).update(scope="outside")
    with pytest.raises(Conflict):
        assign(obligation=obligation, units={cast.commune: LEAD}, actor=cast.provincial_officer, at=on(16))
    with pytest.raises(Conflict):
        add_obligation(
            document=obligation.document, wording=Wording("Tập huấn"), actor=cast.provincial_officer, at=on(16)
        )


def test_a_refused_text_is_refused_even_if_it_was_read_as_in_scope(cast: Cast) -> None:
    obligation = training(cast)
    Obligation.objects.filter(pk=obligation.pk).update(text=REFUSED)
    obligation.refresh_from_db()
    with pytest.raises(BoundaryRefused):
        assign(obligation=obligation, units={cast.commune: LEAD}, actor=cast.provincial_officer, at=on(16))
    assert not Assignment.objects.exists()


def test_all_obligations_go_to_all_children_in_one_act(cast: Cast) -> None:
    document = registered(cast.clerk)
    tasks = assign_all(document=document, actor=cast.provincial_officer, at=on(16))
    assert [task.assignments.count() for task in tasks] == [2, 2]
    assert assign_all(document=document, actor=cast.provincial_officer, at=on(16)) == tasks


def test_a_unit_out_of_sight_is_not_found_and_nobody_is_given_anything(cast: Cast) -> None:
    obligation = registered(cast.commune_officer).obligations.get(position=1)
    for units in (
        {cast.sibling_commune: LEAD},
        {cast.local: LEAD, cast.sibling_local: LEAD},
        {cast.province: LEAD},
    ):
        with pytest.raises(NotFound):
            assign(obligation=obligation, units=units, actor=cast.commune_officer, at=on(16))
    with pytest.raises(InvalidInput):
        assign(obligation=obligation, units={}, actor=cast.commune_officer, at=on(16))
    assert not Task.objects.exists()


def test_a_unit_given_a_task_may_read_its_letter_and_strangers_may_not(cast: Cast) -> None:
    task = assign(obligation=training(cast), units={cast.commune: LEAD}, actor=cast.provincial_officer, at=on(16))
    letter = task.obligation.document
    assert get_letter_for(cast.scope(cast.commune_officer), letter.uid) == letter
    for post in (cast.stranger, cast.local_volunteer):
        for find, uid in (
            (get_letter_for, letter.uid),
            (get_task_for, task.uid),
            (get_assignment_for, of(task, cast.commune).uid),
        ):
            with pytest.raises(NotFound):
                find(cast.scope(post), uid)


def test_siblings_share_a_task_and_do_not_see_each_other(cast: Cast) -> None:
    task = handed_out(cast)
    assert get_task_for(cast.scope(cast.stranger), task.uid) == task
    with pytest.raises(NotFound):
        get_assignment_for(cast.scope(cast.stranger), of(task, cast.commune).uid)
