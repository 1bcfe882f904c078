"""Short quizzes: knowledge with right answers, and nothing kept of anybody who takes one."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from django.apps import apps

from nhipcau.audit.models import Entry
from nhipcau.boundary import BoundaryRefused
from nhipcau.campaigns.actions import close
from nhipcau.campaigns.models import Campaign, Quiz, QuizEdition
from nhipcau.campaigns.questions import Question
from nhipcau.campaigns.quizzes import close_quiz, create_quiz, drop_question, open_quiz, put_question
from nhipcau.campaigns.tally import STEP, count_answers, open_edition
from nhipcau.campaigns.verifying import QuizProof
from nhipcau.core.errors import Conflict, InvalidInput, NotFound
from tests.campaigns import scenes
from tests.cast import NOW, Cast
from tests.refusals import by_field

FIRE = Question(
    text="Khi có cháy trong xưởng, việc đầu tiên phải làm là gì?",
    choices=("Báo động cho mọi người", "Thu dọn đồ cá nhân", "Quay phim lại"),
    right=0,
    explanation="Báo động trước tiên để mọi người kịp thoát ra.",
)
GLOVES = dataclasses.replace(FIRE, text="Găng tay rách có được dùng tiếp không?", choices=("Không", "Có"))


def written(cast: Cast, campaign: Campaign) -> Quiz:
    quiz = create_quiz(campaign=campaign, title="An toàn xưởng", actor=cast.provincial_officer, at=NOW)
    for question in (FIRE, GLOVES):
        put_question(quiz=quiz, place=None, question=question, actor=cast.provincial_officer, at=NOW)
    quiz.refresh_from_db()
    return quiz


def opened(cast: Cast) -> Quiz:
    return open_quiz(quiz=written(cast, scenes.opened(cast)), actor=cast.provincial_officer, at=NOW)


def edition(quiz: Quiz) -> QuizEdition:
    return open_edition(quiz.campaign, quiz.number)


def taken(quiz: Quiz, times: int, *answers: int) -> None:
    for _ in range(times):
        count_answers(edition(quiz), answers)


def test_below_ten_nothing_is_shown_and_the_tenth_brings_all(cast: Cast) -> None:
    quiz = opened(cast)
    taken(quiz, STEP - 1, 0, 0)
    assert (edition(quiz).takers, edition(quiz).counts) == (0, [[0, 0, 0], [0, 0]])
    taken(quiz, 1, 2, 1)
    assert (edition(quiz).takers, edition(quiz).counts) == (10, [[9, 0, 1], [9, 1]])


def test_the_eleventh_changes_nothing_that_is_shown(cast: Cast) -> None:
    quiz = opened(cast)
    taken(quiz, STEP, 0, 0)
    before = edition(quiz).counts
    taken(quiz, STEP - 1, 1, 1)
    assert (edition(quiz).counts, edition(quiz).takers) == (before, STEP)


def test_the_figures_move_in_whole_tens_whatever_comes(cast: Cast) -> None:
    quiz = opened(cast)
    for number in range(1, 3 * STEP):
        taken(quiz, 1, number % 3, number % 2)
        shown = edition(quiz)
        assert shown.takers == number // STEP * STEP
        assert {sum(row) for row in shown.counts} == {shown.takers}


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table of ours."""
    tables = [model for model in apps.get_models() if model.__module__.startswith(("nhipcau.", "django."))]
    return {model._meta.label: list(model._default_manager.order_by("pk").values()) for model in tables}


def test_a_taker_leaves_nothing_but_four_numbers_of_the_wording(cast: Cast) -> None:
    quiz = opened(cast)
    taken(quiz, STEP - 1, 0, 0)
    before = everything()
    taken(quiz, 1, 1, 1)
    after = everything()
    assert {label for label in after if after[label] != before[label]} == {"campaigns.QuizEdition"}
    (was,), (now,) = before["campaigns.QuizEdition"], after["campaigns.QuizEdition"]
    assert {name for name in now if now[name] != was[name]} == {"takers", "counts", "waiting", "waiting_counts"}


def test_what_was_changed_is_counted_from_nothing_and_the_odd_takers_are_forgotten(cast: Cast) -> None:
    quiz = opened(cast)
    taken(quiz, 7, 0, 0)
    put_question(quiz=quiz, place=1, question=GLOVES, actor=cast.provincial_officer, at=NOW)
    assert open_quiz(quiz=quiz, actor=cast.provincial_officer, at=NOW).editions.count() == 1
    drop_question(quiz=quiz, place=1, actor=cast.provincial_officer, at=NOW)
    old = edition(quiz)
    open_quiz(quiz=quiz, actor=cast.provincial_officer, at=NOW)
    taken(quiz, 5, 0)
    assert (edition(quiz).number, edition(quiz).takers) == (2, 0)
    old.refresh_from_db()
    assert (old.waiting, old.waiting_counts) == (0, [[0, 0, 0], [0, 0]])
    with pytest.raises(Conflict):
        count_answers(old, (0, 0))


@pytest.mark.parametrize("how", ["quiz", "campaign"])
def test_at_the_close_the_odd_takers_are_forgotten(cast: Cast, how: str) -> None:
    quiz = opened(cast)
    taken(quiz, STEP + 4, 0, 0)
    if how == "quiz":
        close_quiz(quiz=quiz, actor=cast.provincial_officer, at=NOW)
    else:
        close(campaign=quiz.campaign, actor=cast.provincial_officer, at=NOW)
    left = quiz.editions.get()
    assert (left.takers, left.waiting, left.waiting_counts) == (STEP, 0, [[0, 0, 0], [0, 0]])
    with pytest.raises(NotFound):
        edition(quiz)


@pytest.mark.parametrize("answers", [(), (0,), (0, 0, 0), (3, 0), (0, -1)])
def test_answers_that_do_not_fit_are_refused(cast: Cast, answers: tuple[int, ...]) -> None:
    with pytest.raises(InvalidInput):
        taken(opened(cast), 1, *answers)


@pytest.mark.parametrize(
    "text",
    [
        "Bạn nghĩ gì về lãnh đạo công ty?",
        "Theo bạn, lãnh đạo tỉnh có quan tâm đến công nhân không?",
        "Bạn có tin tưởng vào Đảng không?",
        "Bạn theo tôn giáo nào?",
        "Anh chị có hài lòng với công đoàn cơ sở không?",
        "Bạn có ủng hộ chính sách mới của nhà nước không?",
        "Bạn thấy chủ trương sáp nhập tỉnh đúng hay sai?",
        "Bạn có dự định nghỉ việc đòi tăng lương không?",
        "Bạn sẽ bầu cho ai?",
        "Thái độ của bạn với việc đình công là gì?",
        "Do you trust the government?",
        "Which leader do you like best?",
    ],
)
def test_questions_of_opinion_are_refused(cast: Cast, text: str) -> None:
    quiz = written(cast, scenes.drafted(cast))
    question = dataclasses.replace(FIRE, text=text, choices=("Có", "Không"))
    with pytest.raises(BoundaryRefused):
        put_question(quiz=quiz, place=None, question=question, actor=cast.provincial_officer, at=NOW)
    assert Entry.objects.filter(action="boundary.refused").exists()


@pytest.mark.parametrize(
    "changed",
    [
        {"text": scenes.REFUSED},
        {"choices": (scenes.REFUSED, "Không")},
        {"choices": ("Rất hài lòng", "Bình thường")},
        {"explanation": scenes.REFUSED},
        {"source": scenes.REFUSED},
    ],
)
def test_refused_words_are_refused_in_every_field(cast: Cast, changed: dict[str, Any]) -> None:
    quiz = written(cast, scenes.drafted(cast))
    question = dataclasses.replace(FIRE, **changed)
    with pytest.raises(BoundaryRefused):
        put_question(quiz=quiz, place=None, question=question, actor=cast.provincial_officer, at=NOW)


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"explanation": ""}, "explanation"),
        ({"choices": ("Một",)}, "choice_1"),
        ({"choices": ("Một", "một")}, "choice_1"),
        ({"right": 3}, "right"),
    ],
)
def test_a_question_without_a_right_answer_and_its_reason_is_none(
    cast: Cast, changed: dict[str, Any], where: str
) -> None:
    quiz = written(cast, scenes.drafted(cast))
    with pytest.raises(InvalidInput) as refusal:
        put_question(
            quiz=quiz,
            place=None,
            question=dataclasses.replace(FIRE, **changed),
            actor=cast.provincial_officer,
            at=NOW,
        )
    assert where in by_field(refusal.value)


def test_a_quiz_of_a_draft_cannot_be_opened_and_an_empty_one_neither(cast: Cast) -> None:
    with pytest.raises(Conflict):
        open_quiz(quiz=written(cast, scenes.drafted(cast)), actor=cast.provincial_officer, at=NOW)
    bare = create_quiz(campaign=scenes.opened(cast), title="Trống", actor=cast.provincial_officer, at=NOW)
    with pytest.raises(Conflict, match="chưa có câu hỏi"):
        open_quiz(quiz=bare, actor=cast.provincial_officer, at=NOW)


def test_only_the_holder_writes(cast: Cast) -> None:
    with pytest.raises(NotFound):
        create_quiz(campaign=scenes.opened(cast), title="Bài", actor=cast.local_volunteer, at=NOW)


def test_verify_finds_counts_that_were_tampered_with(cast: Cast) -> None:
    quiz = opened(cast)
    taken(quiz, STEP, 0, 0)
    assert list(QuizProof().findings(lambda n: None)) == []
    QuizEdition.objects.update(counts=[[9, 0, 0], [10, 0]])
    assert len(list(QuizProof().findings(lambda n: None))) == 1
