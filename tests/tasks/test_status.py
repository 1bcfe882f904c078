"""Who has done it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.core.errors import NotFound
from nhipcau.tasks.actions import acknowledge, complete
from nhipcau.tasks.lateness import late
from nhipcau.tasks.queries import Step, worklist
from nhipcau.tasks.status import Counts, Node, branch_status, roll_up
from tests.cast import Cast
from tests.tasks.work import handed_out, of, on, passed_on


def test_the_issuer_sees_one_row_per_unit_and_a_sum_per_branch(cast: Cast) -> None:
    task = handed_out(cast)
    below = passed_on(cast, task)
    complete(assignment=of(below, cast.local), note="", actor=cast.local_volunteer, at=on(20))
    status = branch_status(cast.scope(cast.provincial_officer, on(20)), task.obligation)
    sibling, commune = status.rows  # phường comes before xã
    assert commune.name == "Công đoàn xã An Hải"
    assert commune.below == Counts(expected=2, acknowledged=1, done=1, late=0, silent=1)
    assert sibling.below == Counts()
    assert status.total == Counts(expected=4, acknowledged=2, done=1, late=0, silent=2)


def test_a_unit_sees_its_own_branch_and_never_its_siblings(cast: Cast) -> None:
    task = handed_out(cast)
    below = passed_on(cast, task)
    own = branch_status(cast.scope(cast.commune_officer), task)
    assert [row.unit for row in own.rows] == [cast.commune.uid]
    assert own.total.expected == 3
    local = branch_status(cast.scope(cast.local_volunteer), task.obligation)
    assert [row.unit for row in local.rows] == [cast.local.uid]
    with pytest.raises(NotFound):
        branch_status(cast.scope(cast.stranger), below)


def test_lateness_begins_after_the_printed_day(cast: Cast) -> None:
    assignment = of(handed_out(cast), cast.commune)
    days = [dt.date(2026, 5, day) for day in (9, 10, 11)]
    assert [late(assignment, day) for day in days] == [False, False, True]
    complete(assignment=assignment, note="", actor=cast.commune_officer, at=on(20))
    assignment.refresh_from_db()
    assert not late(assignment, days[-1])


def test_the_number_of_queries_does_not_grow(cast: Cast, django_assert_num_queries: Any) -> None:
    task = handed_out(cast)
    scope = cast.scope(cast.provincial_officer)
    with django_assert_num_queries(4):
        branch_status(scope, task.obligation)
    passed_on(cast, task)
    with django_assert_num_queries(4):
        branch_status(scope, task.obligation)


def test_the_worklist_says_when_why_and_what_next(cast: Cast) -> None:
    task = handed_out(cast)
    scope = cast.scope(cast.commune_officer)
    item = worklist(scope)[0]
    assert (item.due, item.next_step, item.late) == (dt.date(2026, 5, 9), Step.ACKNOWLEDGE, False)
    assert "10/5/2026" in item.due_reason
    assert item.letter == task.obligation.document
    acknowledge(assignment=item.assignment, actor=cast.commune_officer, at=on(16))
    assert worklist(scope)[0].next_step == Step.REISSUE
    below = passed_on(cast, task)
    assert worklist(scope)[0].next_step == Step.COMPLETE
    acknowledge(assignment=of(below, cast.local), actor=cast.local_volunteer, at=on(18))
    assert worklist(cast.scope(cast.local_volunteer))[0].next_step == Step.COMPLETE
    complete(assignment=item.assignment, note="", actor=cast.commune_officer, at=on(20))
    assert worklist(scope) == []


@given(st.lists(st.tuples(st.integers(0, 30), st.booleans()), max_size=30))
def test_a_roll_up_adds_every_descendant_once(links: list[tuple[int, bool]]) -> None:
    nodes = [
        Node(pk, parent if 0 < parent < pk else None, Counts(expected=1, done=int(done)))
        for pk, (parent, done) in enumerate(links, start=1)
    ]
    below = roll_up(nodes)
    parents = {node.pk: node.parent for node in nodes}

    def under(pk: int, top: int) -> bool:
        above = parents[pk]
        return above is not None and (above == top or under(above, top))

    for node in nodes:
        family = [one.counts for one in nodes if under(one.pk, node.pk)]
        assert below[node.pk] == sum(family, Counts())
