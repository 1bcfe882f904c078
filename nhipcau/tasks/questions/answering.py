"""A unit answers: kept as it types, sent once everything asked is there. Sending reports the work done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import transaction

from nhipcau.audit.screen import screen
from nhipcau.core.errors import Conflict, Fault, InvalidInput
from nhipcau.core.said import Said
from nhipcau.documents.rights import OFFICERS, require_own
from nhipcau.org.models import Post, Unit
from nhipcau.tasks.cascade import complete, in_force
from nhipcau.tasks.models import Assignment, AssignmentRole, AssignmentState
from nhipcau.tasks.models.questions import AnswerSheet, Question
from nhipcau.tasks.questions.kinds import KINDS, LONGEST_TEXT, NO, YES, Value
from nhipcau.tasks.required import questions_of

Draft = Mapping[str, Sequence[str]]
_TYPED = 4 * LONGEST_TEXT  # what a field may hold while it is being typed


def options_of(question: Question, unit: Unit, day: dt.date) -> list[str]:
    """What may be chosen: as the question lists it, yes or no, or the unit's own posts."""
    if question.kind == "yes_no":
        return [YES, NO]
    if question.kind == "posts":
        return list(
            dict.fromkeys(Post.objects.at(day).filter(unit=unit).order_by("pk").values_list("title", flat=True))
        )
    return [str(one) for one in question.options]


def contested(sheet: AnswerSheet | None, typed: Draft, began: Draft, actor: Post) -> list[str]:
    """The answers that a colleague typed since the form was drawn with `began`, other than they stand in it."""
    if sheet is None:
        return []
    now = {key: _plain(sheet.draft.get(key, ())) for key in typed if sheet.typed_by.get(key) != actor.pk}
    return [key for key, texts in now.items() if texts not in (_plain(typed[key]), _plain(began.get(key, ())))]


def changed(typed: Draft, began: Draft) -> dict[str, list[str]]:
    """What was typed into a form that was drawn with `began`."""
    return {key: list(texts) for key, texts in typed.items() if _plain(texts) != _plain(began.get(key, ()))}


def _plain(texts: Sequence[str]) -> list[str]:
    return [text for text in texts if text.strip()]


def save_draft(
    *, assignment: Assignment, typed: Draft, actor: Post, at: dt.datetime, began: Draft | None = None
) -> AnswerSheet:
    """Keep what was typed so far; fields not in `typed` stay as they are. Nobody above sees it. Of a form drawn
    with `began` only what was `changed` in it counts, and nothing that is `contested`.

    Raises BoundaryRefused (nothing is kept), InvalidInput, Conflict (sent already, taken back), NotFound,
    NotAllowed.
    """
    require_own(assignment.unit, *OFFICERS, actor=actor, at=at)
    kept = _taken(questions_of(assignment), typed)
    screen({f"cau-{key}": texts for key, texts in kept.items()}, "comment", actor=actor, at=at)
    with transaction.atomic():
        assignment = in_force(assignment)
        _require_open(assignment)
        sheet = _sheet(assignment, at)
        if began is not None:
            theirs = contested(sheet, kept, began, actor)
            kept = {key: texts for key, texts in changed(kept, began).items() if key not in theirs}
        sheet.draft, sheet.saved_at = sheet.draft | kept, at
        sheet.typed_by |= dict.fromkeys(kept, actor.pk)
        sheet.save(update_fields=["draft", "saved_at", "typed_by"])
    return sheet


def send_answers(
    *,
    assignment: Assignment,
    typed: Draft,
    actor: Post,
    at: dt.datetime,
    note: str = "",
    papers: Sequence[tuple[str, bytes]] = (),
    began: Draft | None = None,
) -> AnswerSheet:
    """Send the answers: each is read by its kind, papers are kept as evidence, and the work is reported done.

    Safe to repeat with the same answers. Raises InvalidInput (a fault at each question), BoundaryRefused, Conflict
    (sent otherwise before, or something is `contested` in a form drawn with `began`), NotFound, NotAllowed.
    """
    scope = require_own(assignment.unit, *OFFICERS, actor=actor, at=at)
    questions = questions_of(assignment)
    kept = _taken(questions, typed)
    screen({f"cau-{key}": texts for key, texts in kept.items()}, "comment", actor=actor, at=at)
    held = list(assignment.evidence.values_list("name", flat=True))
    files = list(dict.fromkeys([*held, *(name for name, _ in papers)]))
    values = _read(questions, kept, files, assignment.unit, scope.day)
    with transaction.atomic():
        # The sheet first: whoever reports the work done must have answered (`required`).
        assignment = in_force(assignment)
        sheet = _sheet(assignment, at)
        if assignment.state == AssignmentState.DONE and sheet.values != values:
            raise Conflict("Đã gửi trả lời. Muốn sửa, hãy đề nghị đơn vị giao việc trả lại.")
        if assignment.state != AssignmentState.DONE:
            if began is not None and contested(sheet, kept, began, actor):
                raise Conflict("Trong lúc bạn sửa, nội dung này đã đổi. Chưa ghi gì; hãy chọn ở bảng dưới.")
            sheet.draft, sheet.values, sheet.sent_at, sheet.sent_by = kept, values, at, actor
            sheet.saved_at = at
            sheet.save()
        complete(assignment=assignment, note=note, evidence=papers, actor=actor, at=at)
    return sheet


def _read(
    questions: Sequence[Question], typed: Draft, files: Sequence[str], unit: Unit, day: dt.date
) -> dict[str, Value]:
    values: dict[str, Value] = {}
    faults = []
    for one in questions:
        key, kind = str(one.position), KINDS[one.kind]
        given = [text for text in (files if kind.filed else typed.get(key, ())) if text.strip()]
        if not given:
            if one.required:
                faults.append(Fault(f"cau-{key}", "hãy trả lời câu này"))
            continue
        try:
            values[key] = kind.read(given, options_of(one, unit, day))
        except InvalidInput as error:
            faults.append(Fault(f"cau-{key}", error.message))
    if faults:
        raise InvalidInput("Chưa gửi được: có câu cần xem lại.", faults)
    return values


def _taken(questions: Sequence[Question], typed: Draft) -> dict[str, list[str]]:
    """What was typed for the questions that there are; papers are kept apart."""
    known = {str(one.position) for one in questions if not KINDS[one.kind].filed}
    kept = {key: [str(text) for text in texts] for key, texts in typed.items() if key in known}
    long = [key for key, texts in kept.items() if sum(map(len, texts)) > _TYPED]
    if long:
        told = Said(f"không quá {LONGEST_TEXT} chữ cái", f"at most {LONGEST_TEXT} characters")
        raise InvalidInput("Câu trả lời quá dài.", [Fault(f"cau-{key}", told) for key in long])
    return kept


def _sheet(assignment: Assignment, at: dt.datetime) -> AnswerSheet:
    sheet, _ = AnswerSheet.objects.get_or_create(assignment=assignment, defaults={"saved_at": at})
    return sheet


def _require_open(assignment: Assignment) -> None:
    if assignment.role == AssignmentRole.INFORM:
        raise Conflict("Đơn vị chỉ nhận việc này để biết nên không phải trả lời.")
    if assignment.state == AssignmentState.DONE:
        raise Conflict("Đã gửi trả lời. Muốn sửa, hãy đề nghị đơn vị giao việc trả lại.")
