"""How a branch stands: units against directives or weeks."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from nhipcau.tasks.actions import acknowledge, complete, fan_out
from nhipcau.tasks.fanning import run
from nhipcau.tasks.heat import HeatMap, by_directive, by_week, of_task
from nhipcau.tasks.models import Task
from nhipcau.tasks.status import Counts
from tests.cast import Cast
from tests.tasks.work import handed_out, of, on, passed_on, training


@pytest.fixture
def task(cast: Cast) -> Task:
    """Passed on by one commune, whose local union has done it."""
    given = handed_out(cast)
    below = passed_on(cast, given)
    complete(assignment=of(below, cast.local), note="", actor=cast.local_volunteer, at=on(18))
    return given


def cells(found: HeatMap) -> dict[str, list[Counts]]:
    return {line.name: list(line.cells) for line in found.lines}


def test_each_line_counts_a_unit_with_all_below_it(cast: Cast, task: Task) -> None:
    found = by_directive(cast.scope(cast.provincial_officer, on(11, 5)), cast.province)
    assert [heading.number for heading in found.headings] == ["56/KH-LĐLĐ"]
    assert cells(found) == {
        "Công đoàn phường Bình Sơn": [Counts(expected=1, late=1, silent=1)],
        "Công đoàn xã An Hải": [Counts(expected=3, acknowledged=2, done=1, late=2, silent=1)],
    }
    assert found.total.total == Counts(expected=4, acknowledged=2, done=1, late=3, silent=2)
    assert [line.opens for line in found.lines] == [True, True]


def test_a_branch_is_opened_and_shows_its_own_office_apart(cast: Cast, task: Task) -> None:
    found = by_directive(cast.scope(cast.provincial_officer, on(20)), cast.commune)
    first, *below = found.lines
    assert (first.unit, first.name, first.total.expected) == (None, "Công đoàn xã An Hải", 1)
    assert {line.name: line.total.done for line in below} == {
        "Công đoàn cơ sở Công ty May Hải Âu": 1,
        "Công đoàn cơ sở Trường Tiểu học Hải Long": 0,
    }


def test_a_unit_sees_its_own_branch_alone(cast: Cast, task: Task) -> None:
    stranger = cast.scope(cast.stranger, on(20))
    assert by_directive(stranger, cast.sibling_commune).total.total.expected == 1
    assert by_directive(stranger, cast.commune).total.total.expected == 0


def test_weeks_are_those_in_which_work_falls_due(cast: Cast, task: Task) -> None:
    found = by_week(cast.scope(cast.provincial_officer, on(11, 5)), cast.province)
    mondays = [heading.monday for heading in found.headings]
    assert (mondays[0], mondays[-1]) == (dt.date(2026, 4, 6), dt.date(2026, 5, 25))
    assert [cell.expected for cell in found.total.cells] == [0, 0, 0, 0, 4, 0, 0, 0], "due 9 May"


def test_the_number_of_queries_does_not_grow(cast: Cast, task: Task, django_assert_max_num_queries: Any) -> None:
    scope = cast.scope(cast.provincial_officer, on(20))
    by_directive(scope, cast.province)  # the tree is read once in a process
    with django_assert_max_num_queries(7):
        by_directive(scope, cast.province)


def test_a_duty_handed_straight_to_all_is_counted_by_branch(cast: Cast) -> None:
    duty = training(cast)
    fan = fan_out(obligation=duty, kinds=["local"], actor=cast.provincial_officer, at=on(16))
    run(fan.pk, at=on(16))
    acknowledge(assignment=of(fan.task, cast.local), actor=cast.local_volunteer, at=on(17))
    found = of_task(cast.scope(cast.provincial_officer, on(17)), cast.province, fan.task)
    assert {line.name: (line.total.expected, line.total.silent) for line in found.lines} == {
        "Công đoàn phường Bình Sơn": (1, 1),
        "Công đoàn xã An Hải": (2, 1),
    }


def test_nothing_given_is_an_empty_map(cast: Cast) -> None:
    found = by_directive(cast.scope(cast.provincial_officer), cast.province)
    assert (found.headings, found.total.total) == ((), Counts())
