"""A unit answers: kept as it types, sent whole, by each question's kind."""

from __future__ import annotations

from typing import Any

import pytest

from nhipcau.boundary import BoundaryRefused
from nhipcau.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from nhipcau.tasks.actions import complete, reopen, save_draft, send_answers
from nhipcau.tasks.models import Assignment, AssignmentState
from nhipcau.tasks.models.questions import AnswerSheet
from tests.cast import Cast
from tests.tasks.questions.asked import TYPED, asked
from tests.tasks.work import REFUSED, handed_out, of, on, passed_on

PDF = b"%PDF-1.7\n1 0 obj\n"


@pytest.fixture
def given(cast: Cast) -> Assignment:
    """What the local union was given, with the questions that the province asked."""
    task = handed_out(cast)
    asked(cast, task.obligation)
    return of(passed_on(cast, task), cast.local)


def send(cast: Cast, given: Assignment, *, day: int = 18, **changed: Any) -> AnswerSheet:
    typed = TYPED | dict(changed.pop("typed", {}))
    return send_answers(assignment=given, typed=typed, actor=cast.local_volunteer, at=on(day), **changed)


def faults(cast: Cast, given: Assignment, typed: dict[str, list[str]]) -> dict[str, str]:
    with pytest.raises(InvalidInput) as caught:
        send(cast, given, typed=typed)
    given.refresh_from_db()
    assert given.state != AssignmentState.DONE
    return {fault.where: str(fault.message) for fault in caught.value.faults}


def test_answers_are_kept_by_their_kind_and_the_work_is_done(cast: Cast, given: Assignment) -> None:
    sheet = send(cast, given, papers=[("Ke hoach.pdf", PDF)])
    assert sheet.values == {
        "1": 12, "2": 72_000_000, "3": "2026-03-15", "4": "có", "5": "Tập trung", "6": "Thiếu hội trường",
        "7": ["Chủ tịch công đoàn cơ sở"], "8": ["Ke hoach.pdf"],
    }  # fmt: skip
    given.refresh_from_db()
    assert (given.state, given.evidence.count()) == (AssignmentState.DONE, 1)


def test_the_same_sent_again_changes_nothing_and_other_answers_are_refused(cast: Cast, given: Assignment) -> None:
    sheet = send(cast, given)
    assert send(cast, given, day=19).sent_at == sheet.sent_at
    with pytest.raises(Conflict):
        send(cast, given, day=19, typed={"1": ["13"]})


def test_every_question_says_what_is_wrong_with_its_answer(cast: Cast, given: Assignment) -> None:
    wrong = {
        "1": ["mười hai"], "2": ["-5"], "3": ["31/2/2026"], "4": ["chắc là có"], "5": ["Buổi tối"],
        "6": ["Anh Nguyễn Văn An chưa nhận"], "7": ["Giám đốc"],
    }  # fmt: skip
    found = faults(cast, given, wrong)
    assert sorted(found) == [f"cau-{place}" for place in range(1, 8)]
    assert "Nguyễn Văn An" in found["cau-6"]


def test_what_is_required_is_asked_for_and_the_rest_may_stay_empty(cast: Cast, given: Assignment) -> None:
    assert faults(cast, given, {"1": [""], "6": [""]}) == {"cau-1": "hãy trả lời câu này"}
    assert "6" not in send(cast, given, typed={"6": [""]}).values


def test_what_is_typed_is_kept_and_shown_to_nobody_else(cast: Cast, given: Assignment) -> None:
    save_draft(assignment=given, typed={"1": ["mười hai"], "99": ["?"]}, actor=cast.local_volunteer, at=on(17))
    sheet = save_draft(assignment=given, typed={"2": ["72"]}, actor=cast.local_volunteer, at=on(17, hour=10))
    assert (sheet.draft, sheet.values, sheet.sent_at) == ({"1": ["mười hai"], "2": ["72"]}, {}, None)


def test_refused_words_are_not_even_kept(cast: Cast, given: Assignment) -> None:
    for text in (REFUSED, "CCCD 001 099 012 345"):
        with pytest.raises(BoundaryRefused):
            save_draft(assignment=given, typed={"6": [text]}, actor=cast.local_volunteer, at=on(17))
        with pytest.raises(BoundaryRefused):
            send(cast, given, typed={"6": [text]})
    assert not AnswerSheet.objects.exists()


def test_work_with_questions_is_not_done_without_answers(cast: Cast, given: Assignment) -> None:
    with pytest.raises(InvalidInput, match="trả lời biểu hỏi"):
        complete(assignment=given, note="Xong", actor=cast.local_volunteer, at=on(18))


def test_a_level_in_between_passes_up_what_its_units_answered(cast: Cast, given: Assignment) -> None:
    above = given.task.parent
    assert above is not None
    complete(assignment=above, note="Đã kiểm tra", actor=cast.commune_officer, at=on(19))
    above.refresh_from_db()
    assert above.state == AssignmentState.DONE


def test_sent_back_the_answers_are_typed_anew(cast: Cast, given: Assignment) -> None:
    send(cast, given)
    given.refresh_from_db()
    reopen(assignment=given, reason="Xem lại kinh phí", actor=cast.commune_officer, at=on(19))
    assert send(cast, given, day=20, typed={"2": ["7,2 triệu"]}).values["2"] == 7_200_000


def test_nobody_answers_for_another_unit(cast: Cast, given: Assignment) -> None:
    for actor, error in ((cast.stranger, NotFound), (cast.commune_officer, NotAllowed)):
        with pytest.raises(error):
            save_draft(assignment=given, typed={}, actor=actor, at=on(17))
        with pytest.raises(error):
            send_answers(assignment=given, typed=TYPED, actor=actor, at=on(17))
