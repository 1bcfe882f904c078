"""More time: asked once with a reason, answered once, and the date, the ladder and the level above know of it."""

from __future__ import annotations

import datetime as dt

import pytest

from nhipcau.boundary import BoundaryRefused
from nhipcau.core.errors import Conflict, InvalidInput, NotFound
from nhipcau.tasks.actions import answer_extension, ask_extension, complete, remind
from nhipcau.tasks.models import Assignment, Extension, ExtensionState, Reminder
from nhipcau.tasks.queries import extensions_to_answer
from tests.cast import Cast
from tests.tasks.work import handed_out, of, on, passed_on

pytestmark = [pytest.mark.django_db, pytest.mark.database]
DUE, LATER = dt.date(2026, 5, 9), dt.date(2026, 5, 20)
WHY = "Giảng viên bận đến giữa tháng"


@pytest.fixture
def given(cast: Cast) -> Assignment:
    return of(handed_out(cast), cast.commune)


def ask(cast: Cast, given: Assignment, until: dt.date = LATER, reason: str = WHY) -> Extension:
    return ask_extension(assignment=given, until=until, reason=reason, actor=cast.commune_officer, at=on(20))


def grant(cast: Cast, asked: Extension, granted: dt.date | None = LATER, answer: str = "") -> Extension:
    return answer_extension(
        extension=asked, granted=granted, answer=answer, actor=cast.provincial_officer, at=on(21)
    )


def test_the_issuer_sees_the_request_and_grants_it(cast: Cast, given: Assignment) -> None:
    assert given.due == DUE
    asked = ask(cast, given)
    assert list(extensions_to_answer(cast.scope(cast.provincial_officer))) == [asked]
    grant(cast, asked)
    given.refresh_from_db()
    assert (given.due, given.late_after) == (LATER, LATER)
    assert given.due_reason == "Được gia hạn đến 20/05/2026 (hạn trước: 09/05/2026)."
    assert not extensions_to_answer(cast.scope(cast.provincial_officer))


def test_only_the_unit_that_asked_gets_the_date(cast: Cast, given: Assignment) -> None:
    grant(cast, ask(cast, given))
    assert of(given.task, cast.sibling_commune).due == DUE


def test_asking_and_answering_again_the_same_changes_nothing(cast: Cast, given: Assignment) -> None:
    assert ask(cast, given) == ask(cast, given)
    asked = ask(cast, given)
    assert grant(cast, asked) == grant(cast, asked)
    assert Extension.objects.count() == 1


def test_another_request_waits_for_the_first_answer(cast: Cast, given: Assignment) -> None:
    ask(cast, given)
    with pytest.raises(Conflict, match="đang chờ trả lời"):
        ask(cast, given, dt.date(2026, 6, 1))


def test_a_refusal_needs_words_and_leaves_the_date(cast: Cast, given: Assignment) -> None:
    asked = ask(cast, given)
    with pytest.raises(InvalidInput, match="lý do"):
        grant(cast, asked, None)
    refused = grant(cast, asked, None, "Tỉnh phải báo cáo ngày 10/5.")
    given.refresh_from_db()
    assert (refused.state, given.due) == (ExtensionState.REFUSED, DUE)


def test_an_answer_is_given_once(cast: Cast, given: Assignment) -> None:
    asked = grant(cast, ask(cast, given))
    with pytest.raises(Conflict, match="đã được trả lời"):
        grant(cast, asked, None, "Không được")


@pytest.mark.parametrize("until", [DUE, dt.date(2026, 4, 1)])
def test_a_date_no_later_than_the_one_it_has_is_no_extension(cast: Cast, given: Assignment, until: dt.date) -> None:
    with pytest.raises(InvalidInput) as refusal:
        ask(cast, given, until)
    assert [fault.where for fault in refusal.value.faults] == ["until"]


def test_beyond_the_date_above_only_if_it_is_said(cast: Cast, given: Assignment) -> None:
    below = of(passed_on(cast, given.task), cast.local)
    asked = ask_extension(assignment=below, until=LATER, reason=WHY, actor=cast.local_volunteer, at=on(20))

    def by_commune(*, beyond: bool) -> Extension:
        return answer_extension(
            extension=asked, granted=LATER, beyond=beyond, actor=cast.commune_officer, at=on(21)
        )

    with pytest.raises(InvalidInput) as refusal:
        by_commune(beyond=False)
    assert [fault.where for fault in refusal.value.faults] == ["beyond"]
    assert by_commune(beyond=True).granted == LATER


def test_the_ladder_begins_anew_for_the_new_date(cast: Cast, given: Assignment) -> None:
    remind(at=on(8, month=5))
    sent = Reminder.objects.filter(assignment=given)
    assert sent.exists()
    asked = ask_extension(assignment=given, until=LATER, reason=WHY, actor=cast.commune_officer, at=on(8, month=5))
    answer_extension(extension=asked, granted=LATER, actor=cast.provincial_officer, at=on(8, month=5, hour=10))
    assert not sent.filter(past=False).exists()
    remind(at=on(11, month=5))
    assert not sent.filter(past=False).exists(), "the twentieth is far off"


def test_done_work_needs_no_more_time(cast: Cast, given: Assignment) -> None:
    complete(assignment=given, note="Xong", actor=cast.commune_officer, at=on(18))
    with pytest.raises(Conflict, match="không còn phải làm"):
        ask(cast, given)


def test_a_stranger_neither_asks_nor_answers(cast: Cast, given: Assignment) -> None:
    asked = ask(cast, given)
    with pytest.raises(NotFound):
        ask_extension(assignment=given, until=LATER, reason=WHY, actor=cast.stranger, at=on(20))
    with pytest.raises(NotFound):
        answer_extension(extension=asked, granted=LATER, actor=cast.stranger, at=on(20))


def test_the_boundary_reads_the_reason(cast: Cast, given: Assignment) -> None:
    with pytest.raises(BoundaryRefused):
        ask(cast, given, reason="Chờ lập xong danh sách công nhân tham gia đình công")
