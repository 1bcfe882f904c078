"""What was answered, level by level, and who is missing."""

from __future__ import annotations

from typing import Any

import pytest

from nhipcau.tasks.actions import complete, save_draft, send_answers
from nhipcau.tasks.models import Task
from nhipcau.tasks.questions.tally import Tally, answer_rows, tally
from tests.cast import Cast
from tests.tasks.questions.asked import TYPED, asked
from tests.tasks.work import handed_out, of, on, passed_on


@pytest.fixture
def task(cast: Cast) -> Task:
    """Passed on by one commune; one of its local unions has answered, the other is still typing."""
    given = handed_out(cast)
    asked(cast, given.obligation)
    below = passed_on(cast, given)
    send_answers(assignment=of(below, cast.local), typed=TYPED, actor=cast.local_volunteer, at=on(18))
    return given


def seen(cast: Cast, task: Task) -> Tally:
    return tally(cast.scope(cast.provincial_officer, on(20)), task, cast.province)


def test_each_level_sees_counts_sums_and_who_is_missing(cast: Cast, task: Task) -> None:
    found = seen(cast, task)
    assert (found.expected, found.answered) == (3, 1), "the commune that passed it on need not answer itself"
    assert [(one.name, one.expected, one.answered, one.sums, one.passed_up) for one in found.branches] == [
        ("Công đoàn phường Bình Sơn", 1, 0, (0, 0), False),
        ("Công đoàn xã An Hải", 2, 1, (12, 72_000_000), False),
    ]
    assert found.missing == ("Công đoàn cơ sở Trường Tiểu học Hải Long", "Công đoàn phường Bình Sơn")
    summed = {one.question.position: one for one in found.questions}
    assert (summed[1].total, summed[2].total, summed[3].first) == (12, 72_000_000, "2026-03-15")
    assert (summed[4].shares, summed[5].shares) == (
        [("có", 1), ("không", 0)],
        [("Tập trung", 1), ("Tại tổ sản xuất", 0)],
    )


def test_it_says_what_a_level_in_between_has_passed_up(cast: Cast, task: Task) -> None:
    complete(assignment=of(task, cast.commune), note="", actor=cast.commune_officer, at=on(19))
    assert {one.name: one.passed_up for one in seen(cast, task).branches}["Công đoàn xã An Hải"]


def test_a_level_in_between_may_answer_besides(cast: Cast, task: Task) -> None:
    typed = TYPED | {"7": ["Chủ tịch công đoàn xã"]}
    send_answers(assignment=of(task, cast.commune), typed=typed, actor=cast.commune_officer, at=on(19))
    found = seen(cast, task)
    assert (found.expected, found.answered) == (4, 2)
    own = tally(cast.scope(cast.commune_officer, on(20)), task, cast.commune)
    assert [(one.unit is None, one.answered) for one in own.branches] == [(True, 1), (False, 1), (False, 0)]


def test_drafts_and_other_branches_are_not_seen(cast: Cast, task: Task) -> None:
    save_draft(assignment=of(task, cast.sibling_commune), typed={"1": ["7"]}, actor=cast.stranger, at=on(19))
    assert seen(cast, task).answered == 1
    stranger = tally(cast.scope(cast.stranger, on(20)), task, cast.sibling_commune)
    assert (stranger.expected, stranger.answered) == (1, 0)
    rows = list(answer_rows(cast.scope(cast.stranger, on(20)), task))
    assert [row.unit for row in rows] == ["Công đoàn phường Bình Sơn"]


def test_the_list_names_everybody_in_order_with_the_answers_there_are(cast: Cast, task: Task) -> None:
    rows = list(answer_rows(cast.scope(cast.provincial_officer, on(20)), task))
    assert [(row.unit, row.issuer, row.values.get("2")) for row in rows] == [
        ("Công đoàn cơ sở Công ty May Hải Âu", "Công đoàn xã An Hải", 72_000_000),
        ("Công đoàn cơ sở Trường Tiểu học Hải Long", "Công đoàn xã An Hải", None),
        ("Công đoàn phường Bình Sơn", "Liên đoàn Lao động tỉnh Đông Giang", None),
    ]


def test_the_number_of_queries_does_not_grow(cast: Cast, task: Task, django_assert_max_num_queries: Any) -> None:
    seen(cast, task)  # the tree is read once in a process
    with django_assert_max_num_queries(9):
        seen(cast, task)
