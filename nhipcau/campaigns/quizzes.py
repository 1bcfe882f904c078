"""Writing a quiz, opening it to members, closing it. It asks for knowledge; the boundary refuses opinion."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from nhipcau.audit.actions import record
from nhipcau.audit.screen import screen
from nhipcau.campaigns.actions import expect
from nhipcau.campaigns.models import Campaign, CampaignState, Quiz, QuizState
from nhipcau.campaigns.questions import MOST_QUESTIONS, Question, faults_of
from nhipcau.campaigns.tally import begin_edition, end_waiting
from nhipcau.core.errors import Conflict, Fault, InvalidInput
from nhipcau.core.said import Said
from nhipcau.core.text import clean
from nhipcau.documents.rights import OFFICERS, require_own
from nhipcau.org.models import Post

_TITLE = 200


def create_quiz(*, campaign: Campaign, title: str, actor: Post, at: dt.datetime) -> Quiz:
    """An empty quiz of a campaign."""
    require_own(campaign.unit, *OFFICERS, actor=actor, at=at)
    title = clean(title)
    if not 0 < len(title) <= _TITLE:
        said = Said(f"hãy ghi, không quá {_TITLE} chữ cái", f"fill this in, at most {_TITLE} characters")
        raise InvalidInput("Chưa lưu được bài trắc nghiệm.", [Fault("title", said)])
    screen({"title": title}, "quiz", actor=actor, at=at)
    with transaction.atomic():
        _require_going_on(campaign)
        quiz = Quiz.objects.create(campaign=campaign, number=campaign.quizzes.count() + 1, title=title)
        _record("campaigns.quiz_created", quiz, actor, at)
    return quiz


def put_question(*, quiz: Quiz, place: int | None, question: Question, actor: Post, at: dt.datetime) -> Quiz:
    """Write the question at a place, or after the last one (None). People answering go on with the open wording."""
    require_own(quiz.campaign.unit, *OFFICERS, actor=actor, at=at)
    faults = list(faults_of(question))
    if faults:
        raise InvalidInput("Chưa lưu được câu hỏi.", faults)
    screen({"text": question.text}, "quiz", actor=actor, at=at)
    answers = {f"choice_{place}": choice for place, choice in enumerate(question.choices, start=1)}
    screen(answers, "quiz_answer", actor=actor, at=at)
    screen({"explanation": question.explanation, "source": question.source}, "narrative", actor=actor, at=at)
    with transaction.atomic():
        quiz = _locked(quiz)
        if place is None:
            if len(quiz.questions) >= MOST_QUESTIONS:
                raise Conflict("Bài đã đủ số câu; hãy sửa hoặc bỏ một câu.")
            quiz.questions.append(question.as_json())
        else:
            _require_place(quiz, place)
            quiz.questions[place] = question.as_json()
        quiz.save(update_fields=["questions"])
        _record("campaigns.quiz_written", quiz, actor, at)
    return quiz


def drop_question(*, quiz: Quiz, place: int, actor: Post, at: dt.datetime) -> Quiz:
    """Leave a question out of the next wording."""
    require_own(quiz.campaign.unit, *OFFICERS, actor=actor, at=at)
    with transaction.atomic():
        quiz = _locked(quiz)
        _require_place(quiz, place)
        del quiz.questions[place]
        quiz.save(update_fields=["questions"])
        _record("campaigns.quiz_written", quiz, actor, at)
    return quiz


def open_quiz(*, quiz: Quiz, actor: Post, at: dt.datetime) -> Quiz:
    """Open what is written to whoever has the address. The same words again change nothing; other words begin a new
    wording, counted from nothing, and the odd takers of the former one are forgotten."""
    require_own(quiz.campaign.unit, *OFFICERS, actor=actor, at=at)
    with transaction.atomic():
        expect(Campaign.objects.select_for_update().get(pk=quiz.campaign_id), CampaignState.OPEN)
        quiz = _locked(quiz)
        if not quiz.questions:
            raise Conflict("Bài trắc nghiệm chưa có câu hỏi nào.")
        newest = quiz.editions.first()
        if newest is None or newest.questions != quiz.questions:
            begin_edition(quiz)
        elif quiz.state == QuizState.OPEN:
            return quiz
        quiz.state = QuizState.OPEN
        quiz.save(update_fields=["state"])
        _record("campaigns.quiz_opened", quiz, actor, at)
    return quiz


def close_quiz(*, quiz: Quiz, actor: Post, at: dt.datetime) -> Quiz:
    """Nobody answers any more; takers below a whole ten are forgotten."""
    require_own(quiz.campaign.unit, *OFFICERS, actor=actor, at=at)
    with transaction.atomic():
        quiz = _locked(quiz)
        if quiz.state == QuizState.OPEN:
            quiz.state = QuizState.CLOSED
            quiz.save(update_fields=["state"])
            end_waiting(quiz.editions.select_for_update())
            _record("campaigns.quiz_closed", quiz, actor, at)
    return quiz


def _locked(quiz: Quiz) -> Quiz:
    _require_going_on(quiz.campaign)
    return Quiz.objects.select_for_update(of=("self",)).select_related("campaign__unit").get(pk=quiz.pk)


def _require_going_on(campaign: Campaign) -> None:
    locked = Campaign.objects.select_for_update().get(pk=campaign.pk)
    expect(locked, CampaignState.DRAFT, CampaignState.OPEN)


def _require_place(quiz: Quiz, place: int) -> None:
    if not 0 <= place < len(quiz.questions):
        raise Conflict("Câu hỏi này không còn ở bài trắc nghiệm; hãy mở lại trang.")


def _record(action: str, quiz: Quiz, actor: Post, at: dt.datetime) -> None:
    data = {"quiz": quiz.number, "questions": len(quiz.questions)}
    record(actor=actor, action=action, obj=f"campaign:{quiz.campaign.uid}", at=at, data=data)
