"""Making the questions of a duty, each one screened; they go along wherever its work goes."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence

from django.db import transaction

from nhipcau.audit.actions import record
from nhipcau.audit.screen import screen
from nhipcau.core.errors import Conflict
from nhipcau.documents.rights import LEADERS, require_own
from nhipcau.org.models import Post
from nhipcau.tasks.models import Obligation
from nhipcau.tasks.models.questions import AnswerSheet, Question, Questionnaire
from nhipcau.tasks.obligations import allowed_today
from nhipcau.tasks.questions.sound import QuestionInput, cleaned, require_sound


def save_questions(
    *,
    obligation: Obligation,
    questions: Sequence[QuestionInput],
    actor: Post,
    at: dt.datetime,
    seen: str | None = None,
) -> Questionnaire:
    """The questions of a duty of the actor's own letter; they take the place of those it had. Safe to repeat.

    Raises InvalidInput (a fault at each question), BoundaryRefused (ReviewNeeded if doubtful), Conflict (outside
    the scope, answers are kept already, or `seen` is not the `mark_of` the questions that stand), NotFound,
    NotAllowed.
    """
    require_own(obligation.document.unit, *LEADERS, actor=actor, at=at)
    if not allowed_today(obligation):
        raise Conflict("Yêu cầu này ngoài phạm vi hệ thống hoặc chưa rõ mục đích nên không lập biểu hỏi.")
    asked = [cleaned(one) for one in questions]
    require_sound(asked)
    texts = {f"cau-{place}": [one.label, one.measure, *one.options] for place, one in enumerate(asked, start=1)}
    screen(texts, "template", actor=actor, at=at)
    with transaction.atomic():
        duty = Obligation.objects.select_for_update().get(pk=obligation.pk)
        standing = Questionnaire.objects.filter(obligation=duty).first()
        held = questions_held(duty)
        if standing is not None and held == asked:
            return standing
        if seen is not None and mark_of(held) != seen:
            raise Conflict("Trong lúc bạn sửa, nội dung này đã đổi. Chưa ghi gì; hãy chọn ở bảng dưới.")
        _require_unanswered(duty)
        if standing is not None:
            standing.delete()
        made = Questionnaire.objects.create(obligation=duty, made_by=actor, made_at=at)
        Question.objects.bulk_create(
            Question(
                questionnaire=made,
                position=place,
                kind=one.kind,
                label=one.label,
                measure=one.measure,
                options=list(one.options),
                required=one.required,
            )
            for place, one in enumerate(asked, start=1)
        )
        _record("tasks.questions_saved", duty, actor, at, questions=len(asked))
    return made


def questions_held(obligation: Obligation) -> list[QuestionInput]:
    """The questions of a duty fetched through a scope, in order; none if it asks none."""
    rows = Question.objects.filter(questionnaire__obligation=obligation).order_by("position")
    return [QuestionInput(one.kind, one.label, one.measure, tuple(one.options), one.required) for one in rows]


def mark_of(questions: Sequence[QuestionInput]) -> str:
    """Tells some questions from other ones."""
    return hashlib.sha256(repr(list(questions)).encode()).hexdigest()[:32]


def carry_over(old: Obligation, new: Obligation) -> None:
    """What units were asked, be it a report, is asked on where their work went, inside the caller's transaction;
    the old questions stay with the answers to them."""
    if old.report_code and not new.report_code:
        new.report_code, new.report_period = old.report_code, old.report_period
        new.save(update_fields=["report_code", "report_period"])
    standing = Questionnaire.objects.filter(obligation=old).first()
    if standing is None or Questionnaire.objects.filter(obligation=new).exists():
        return
    questions = list(standing.questions.order_by("position"))
    made = Questionnaire.objects.create(obligation=new, made_by=standing.made_by, made_at=standing.made_at)
    for one in questions:
        one.pk, one.questionnaire = None, made
    Question.objects.bulk_create(questions)


def drop_questions(*, obligation: Obligation, actor: Post, at: dt.datetime) -> None:
    """Ask no questions after all. Safe to repeat; errors as in `save_questions`."""
    require_own(obligation.document.unit, *LEADERS, actor=actor, at=at)
    with transaction.atomic():
        duty = Obligation.objects.select_for_update().get(pk=obligation.pk)
        standing = Questionnaire.objects.filter(obligation=duty).first()
        if standing is None:
            return
        _require_unanswered(duty)
        standing.delete()
        _record("tasks.questions_dropped", duty, actor, at, questions=0)


def _require_unanswered(duty: Obligation) -> None:
    if AnswerSheet.objects.filter(assignment__task__obligation=duty).exists():
        raise Conflict("Đã có đơn vị trả lời nên không sửa biểu hỏi được nữa.")


def _record(action: str, duty: Obligation, actor: Post, at: dt.datetime, questions: int) -> None:
    record(
        actor=actor,
        action=action,
        obj=f"obligation:{duty.uid}",
        at=at,
        data={"document": str(duty.document.uid), "questions": questions},
    )
