"""A workshop answers a quiz at once: every answer is counted, none twice."""

from __future__ import annotations

from functools import partial

import pytest

from nhipcau.campaigns.models import QuizEdition
from nhipcau.campaigns.tally import STEP, count_answers
from tests.campaigns.test_quizzes import edition, opened
from tests.cast import assemble
from tests.concurrency.crowd import WRITERS, together

pytestmark = pytest.mark.django_db(transaction=True)
EACH = 5  # 8 × 5 takers


def test_answers_that_come_at_once_are_all_counted() -> None:
    quiz = opened(assemble())
    wording = edition(quiz)

    def answer(number: int) -> None:
        for _ in range(EACH):
            count_answers(wording, (number % 3, number % 2))

    together(*(partial(answer, number) for number in range(WRITERS)))
    found = QuizEdition.objects.get()
    assert (found.takers + found.waiting, found.takers % STEP) == (WRITERS * EACH, 0)
    assert found.counts == [[15, 15, 10], [20, 20]]
