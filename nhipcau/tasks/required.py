"""What a unit has to answer before its work is done."""

from __future__ import annotations

from collections.abc import Callable

from nhipcau.core.errors import Fault, InvalidInput
from nhipcau.tasks.models import Assignment
from nhipcau.tasks.models.questions import AnswerSheet, Question

Demand = Callable[[Assignment], None]
_demands: list[Demand] = []


def demand(check: Demand) -> None:
    """Apps above whose records are an answer register here; `check` raises InvalidInput while it lacks."""
    if check not in _demands:
        _demands.append(check)


def questions_of(assignment: Assignment) -> list[Question]:
    """What a unit has to answer, in order; empty where nothing is asked."""
    rows = Question.objects.filter(questionnaire__obligation__tasks=assignment.task_id)
    return list(rows.order_by("position"))


def require_answered(assignment: Assignment) -> None:
    """Whoever was asked questions and passed the work on to nobody answers them before it is done; so it is with
    what other apps ask."""
    for check in _demands:
        check(assignment)
    if assignment.passed_on.exists() or not questions_of(assignment):
        return
    if not AnswerSheet.objects.filter(assignment=assignment, sent_at__isnull=False).exists():
        raise InvalidInput(
            "Việc này cần trả lời biểu hỏi.", [Fault("note", "hãy mở «Trả lời biểu hỏi» rồi gửi câu trả lời")]
        )


def sheet_of(assignment: Assignment) -> AnswerSheet | None:
    """The answers of an assignment fetched through a scope: typed or sent."""
    return AnswerSheet.objects.filter(assignment=assignment).first()
