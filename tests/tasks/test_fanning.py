"""One task straight to every unit of a branch: in batches that one can watch, stop, and go on with."""

from __future__ import annotations

import datetime as dt

import pytest

from nhipcau.audit.models import Entry
from nhipcau.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from nhipcau.org.models import Post
from nhipcau.outbox.jobs import run_due
from nhipcau.tasks import fanning
from nhipcau.tasks.actions import acknowledge, assign, cancel_fan_out, complete, fan_out
from nhipcau.tasks.models import Assignment, AssignmentRole, AssignmentState, FanOut, FanOutState, Obligation
from nhipcau.tasks.queries import worklist
from tests.cast import Cast
from tests.tasks.work import LEAD, on, training

LOCAL, ALL = ["local"], ["commune", "local"]


@pytest.fixture
def duty(cast: Cast) -> Obligation:
    return training(cast)


def begun(cast: Cast, duty: Obligation, kinds: list[str], role: AssignmentRole = LEAD) -> FanOut:
    return fan_out(obligation=duty, kinds=kinds, role=role, actor=cast.provincial_officer, at=on(16))


def holders(fan: FanOut) -> set[int]:
    return set(fan.task.assignments.exclude(state=AssignmentState.WITHDRAWN).values_list("unit", flat=True))


def finished(fan: FanOut) -> FanOut:
    assert run_due(at=on(16, hour=10)) == 1
    fan.refresh_from_db()
    return fan


def test_every_unit_of_the_chosen_kinds_has_it_and_nobody_else(cast: Cast, duty: Obligation) -> None:
    fan = begun(cast, duty, LOCAL)
    assert (fan.expected, holders(fan)) == (3, set())
    fan = finished(fan)
    assert (fan.given, fan.state) == (3, FanOutState.DONE)
    assert holders(fan) == {cast.local.pk, cast.other_local.pk, cast.sibling_local.pk}
    (item,) = worklist(cast.scope(cast.local_volunteer))
    assert item.due == dt.date(2026, 5, 9)


def test_batches_are_counted_as_they_are_given(
    cast: Cast, duty: Obligation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fanning, "BATCH", 2)
    fan = finished(begun(cast, duty, ALL))
    assert (fan.given, len(holders(fan))) == (5, 5)
    counted = [entry.data for entry in Entry.objects.filter(action="tasks.fanned_out")]
    assert ['"units":5' in data.replace(" ", "") for data in counted] == [True]


def test_a_unit_that_has_it_already_keeps_what_it_has(cast: Cast, duty: Obligation) -> None:
    task = assign(obligation=duty, units={cast.commune: LEAD}, actor=cast.provincial_officer, at=on(16))
    given = acknowledge(assignment=task.assignments.get(), actor=cast.commune_officer, at=on(16))
    fan = begun(cast, duty, ALL)
    assert fan.expected == 4
    assert len(holders(finished(fan))) == 5
    given.refresh_from_db()
    assert given.state == AssignmentState.ACKNOWLEDGED


def test_whoever_only_takes_note_owes_nothing(cast: Cast, duty: Obligation) -> None:
    fan = finished(begun(cast, duty, ALL, AssignmentRole.INFORM))
    assert set(fan.task.assignments.values_list("state", flat=True)) == {AssignmentState.ACKNOWLEDGED}
    assert worklist(cast.scope(cast.local_volunteer)) == []


def test_asking_again_while_it_runs_changes_nothing_and_another_choice_waits(cast: Cast, duty: Obligation) -> None:
    fan = begun(cast, duty, LOCAL)
    assert begun(cast, duty, LOCAL) == fan
    with pytest.raises(Conflict):
        begun(cast, duty, ALL)
    finished(fan)
    with pytest.raises(InvalidInput):
        begun(cast, duty, LOCAL)


def test_it_stops_at_the_next_batch_and_takes_back_what_nobody_has_finished(
    cast: Cast, duty: Obligation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fanning, "BATCH", 2)
    fan, give = begun(cast, duty, ALL), fanning._give
    seen: list[list[int]] = []

    def stopped_after_the_first(which: FanOut, units: list[int]) -> bool:
        if seen:
            cancel_fan_out(fan_out=which, actor=cast.provincial_officer, at=on(16, hour=10))
        seen.append(units)
        return give(which, units)

    monkeypatch.setattr(fanning, "_give", stopped_after_the_first)
    fan = finished(fan)
    assert (fan.state, fan.given, len(seen)) == (FanOutState.CANCELLED, 2, 2)
    assert holders(fan) == set()
    assert fan.task.assignments.count() == 2, "nothing is lost: what was taken back says so"


def test_finished_work_stays_and_the_others_are_given_it_anew(cast: Cast, duty: Obligation) -> None:
    fan = finished(begun(cast, duty, LOCAL))
    complete(assignment=fan.task.assignments.get(unit=cast.local), note="", actor=cast.local_volunteer, at=on(17))
    for _ in range(2):
        cancel_fan_out(fan_out=fan, actor=cast.provincial_officer, at=on(18))
    assert holders(fan) == {cast.local.pk}
    assert Entry.objects.filter(action="tasks.fan_out_cancelled").count() == 1
    again = fan_out(obligation=duty, kinds=LOCAL, actor=cast.provincial_officer, at=on(19))
    assert again.expected == 2
    assert run_due(at=on(19)) == 1
    rows = Assignment.objects.filter(task=fan.task)
    assert (rows.count(), rows.filter(state=AssignmentState.ASSIGNED, withdrawn_at=None).count()) == (3, 2)


def test_only_the_issuer_begins_and_stops(cast: Cast, duty: Obligation) -> None:
    with pytest.raises(NotFound):
        fan_out(obligation=duty, kinds=LOCAL, actor=cast.stranger, at=on(16))
    fan = begun(cast, duty, LOCAL)
    with pytest.raises(NotFound):
        cancel_fan_out(fan_out=fan, actor=cast.stranger, at=on(16))
    with pytest.raises(NotAllowed):
        cancel_fan_out(fan_out=fan, actor=_reader(cast), at=on(16))


def _reader(cast: Cast) -> Post:
    cast.provincial_officer.roles = ["reporter"]
    return cast.provincial_officer


def test_units_without_any_such_kind_are_asked_for(cast: Cast, duty: Obligation) -> None:
    with pytest.raises(InvalidInput):
        begun(cast, duty, [])
    with pytest.raises(InvalidInput):
        begun(cast, duty, ["district"])
