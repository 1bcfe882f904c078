"""How answers are counted so that nobody's can be told: ten takers at a time, and only ever added up.

A taker's answers are added to what waits and forgotten. What waits is shown to nobody; with the tenth taker it
joins the figures in one step. So two looks at the figures differ by whole tens, whatever their distance; there is
one count for the whole campaign, so that no branch can be taken from another; and a new wording begins anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction

from nhipcau.campaigns.models import Campaign, CampaignState, Quiz, QuizEdition, QuizState
from nhipcau.campaigns.questions import questions_of
from nhipcau.core.errors import Conflict, InvalidInput, NotFound

STEP = 10
Counts = list[list[int]]


def open_edition(campaign: Campaign, number: int) -> QuizEdition:
    """The wording that can be answered now; NotFound if the quiz or its campaign is not open."""
    found = (
        QuizEdition.objects.filter(quiz__campaign=campaign, quiz__number=number, quiz__state=QuizState.OPEN)
        .filter(quiz__campaign__state=CampaignState.OPEN)
        .select_related("quiz")
        .first()
    )
    if found is None:
        raise NotFound("Bài trắc nghiệm này chưa mở hoặc đã đóng.")
    return found


def count_answers(edition: QuizEdition, answers: Sequence[int]) -> None:
    """Add one taker's answers, a choice for each question. Nothing else is written anywhere: no row of its own, no
    moment, no log entry. Raises InvalidInput for answers that do not fit, Conflict for a wording no longer open."""
    questions = questions_of(edition.questions)
    fits = len(answers) == len(questions) and all(
        0 <= chosen < len(question.choices) for chosen, question in zip(answers, questions, strict=True)
    )
    if not fits:
        raise InvalidInput("Hãy chọn một phương án cho mỗi câu rồi gửi.")
    with transaction.atomic():
        locked = QuizEdition.objects.select_for_update().get(pk=edition.pk)
        if open_edition(edition.quiz.campaign, edition.quiz.number).pk != locked.pk:
            raise Conflict("Bài trắc nghiệm vừa có bản mới; hãy mở lại trang.")
        for row, chosen in zip(locked.waiting_counts, answers, strict=True):
            row[chosen] += 1
        locked.waiting += 1
        if locked.waiting == STEP:
            locked.counts = _added(locked.counts, locked.waiting_counts)
            locked.takers += STEP
            _forget_waiting(locked)
        locked.save(update_fields=["takers", "counts", "waiting", "waiting_counts"])


def begin_edition(quiz: Quiz) -> QuizEdition:
    """Freeze what is written as a new wording with nobody in it, in the caller's transaction."""
    end_waiting(quiz.editions.all())
    empty = no_counts(quiz.questions)
    return QuizEdition.objects.create(
        quiz=quiz,
        number=quiz.editions.count() + 1,
        questions=quiz.questions,
        counts=empty,
        waiting_counts=empty,
    )


def end_waiting(editions: Iterable[QuizEdition]) -> None:
    """Forget the odd takers of wordings that are over: they will never be shown."""
    for edition in editions:
        if edition.waiting:
            _forget_waiting(edition)
            edition.save(update_fields=["waiting", "waiting_counts"])


def no_counts(questions: Sequence[dict[str, list[str]]]) -> Counts:
    """Zero for every choice of every question."""
    return [[0] * len(question["choices"]) for question in questions]


def _forget_waiting(edition: QuizEdition) -> None:
    edition.waiting, edition.waiting_counts = 0, no_counts(edition.questions)


def _added(one: Counts, other: Counts) -> Counts:
    return [[a + b for a, b in zip(*rows, strict=True)] for rows in zip(one, other, strict=True)]
