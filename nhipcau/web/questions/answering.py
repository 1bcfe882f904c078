"""A unit answers on a phone: kept while it types, sent whole."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nhipcau.core.errors import Conflict, InvalidInput
from nhipcau.core.money import money_in_words, parse_money
from nhipcau.core.numbers import CellState
from nhipcau.core.said import Said
from nhipcau.documents.rights import OFFICERS
from nhipcau.tasks import actions
from nhipcau.tasks.models import Assignment, AssignmentRole, AssignmentState
from nhipcau.tasks.models.questions import AnswerSheet, Question
from nhipcau.tasks.queries import get_assignment_for
from nhipcau.tasks.questions.answering import changed, contested, options_of
from nhipcau.tasks.questions.kinds import KINDS, Kind, Value, labelled, shown
from nhipcau.tasks.required import questions_of, sheet_of
from nhipcau.web.declare import FORM, POST, page
from nhipcau.web.request import PageRequest
from nhipcau.web.stale import BASIS, Differing
from nhipcau.web.uploads import sent_papers
from nhipcau.web.words import spoken


@dataclass
class Field:
    """One question with what was typed so far."""

    question: Question
    typed: Sequence[str]
    options: Sequence[tuple[str, str]]
    errors: list[str] = field(default_factory=list)

    @property
    def kind(self) -> Kind:
        return KINDS[self.question.kind]

    @property
    def name(self) -> str:
        return f"cau-{self.question.position}"

    @property
    def value(self) -> str:
        return self.typed[0] if self.typed else ""


@page(*OFFICERS, methods=FORM)
def answer(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """The questions one after another; sending them reports the work done."""
    given = get_assignment_for(request.scope, uid)
    questions, sheet = questions_of(given), sheet_of(given)
    if not questions:
        return redirect("tasks:complete", uid=given.uid)
    if given.unit_id != request.scope.unit.pk or given.state == AssignmentState.DONE:
        if request.method == "POST":
            messages.warning(request, _("Đã gửi trả lời. Muốn sửa, hãy đề nghị đơn vị giao việc trả lại."))
        return redirect("tasks:assignment", uid=given.uid)
    standing = sheet.draft if sheet else {}
    fields = _fields(request, given, questions, request_typed(request, questions) or standing)
    on_top: list[str] = []
    began, differing = standing, list[Differing]()
    if request.method == "POST":
        began = _began(request)
        differing = _differing(fields, sheet, began, request)
        began = standing if differing else began
        on_top, sent = _sent(request, given, questions, fields)
        if sent:
            messages.success(request, _("Đã gửi câu trả lời. Cấp giao việc thấy ngay."))
            return redirect("tasks:assignment", uid=given.uid)
    context = {
        "assignment": given,
        "task": given.task,
        "fields": fields,
        "on_top": on_top,
        "wrong": [one for one in fields if one.errors],
        "saved_at": sheet.saved_at if sheet else None,
        "papers": given.evidence.all(),
        "began": json.dumps(began),
        "form": {"differing": differing},
        "informed": given.role == AssignmentRole.INFORM,
    }
    wrong = bool(on_top or context["wrong"])
    return render(request, "web/questions/answer.html", context, status=422 if wrong else 200)


@page(*OFFICERS, methods=POST)
def save(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """Autosave: what was typed so far, asked for by htmx."""
    given = get_assignment_for(request.scope, uid)
    post, began = request.scope.post, _began(request)
    typed = changed(request_typed(request, questions_of(given)), began)
    sheet = actions.save_draft(assignment=given, typed=typed, actor=post, at=request.moment, began=began)
    theirs = contested(sheet, typed, began, post)
    own = {key: texts for key, texts in typed.items() if key not in theirs}
    context = {"saved_at": sheet.saved_at, "began": json.dumps(began | own), "theirs": ", ".join(theirs)}
    return render(request, "web/questions/saved.html", context)


@page(*OFFICERS)
def read_amount(request: PageRequest) -> HttpResponse:
    """What the one sum of the query means, in words: the echo under the field."""
    typed = next((str(text) for name, text in request.GET.items() if name.startswith("cau-")), "").strip()
    text, good = "", True
    if typed:
        try:
            cell = parse_money(typed)
            good = cell.state is CellState.VALUE
            unread = _("«%(text)s» không phải là một số tiền.") % {"text": typed}
            text = money_in_words(cell.value) if good else unread
        except InvalidInput as error:
            text, good = spoken(error.message), False
    return render(request, "web/questions/echo.html", {"text": text, "good": good})


def _began(request: PageRequest) -> dict[str, list[str]]:
    """What the form was drawn with or has kept since, as it says itself."""
    try:
        said = json.loads(request.POST.get(BASIS, ""))
    except ValueError:
        return {}
    return {str(key): list(map(str, texts)) for key, texts in said.items()} if isinstance(said, dict) else {}


def request_typed(request: PageRequest, questions: Sequence[Question]) -> dict[str, list[str]]:
    """What the form brought, by the question's position."""
    names = {f"cau-{one.position}": str(one.position) for one in questions}
    return {key: request.POST.getlist(name) for name, key in names.items() if name in request.POST}


def _differing(
    fields: Sequence[Field], sheet: AnswerSheet | None, began: Mapping[str, Sequence[str]], request: PageRequest
) -> list[Differing]:
    """What a colleague typed since, beside what was typed here."""
    typed = {str(one.question.position): one.typed for one in fields if one.typed and not one.kind.filed}
    theirs = contested(sheet, typed, began, request.scope.post)
    draft = sheet.draft if sheet else {}
    by_key = {str(one.question.position): one.question for one in fields}
    return [
        Differing(by_key[key].label, *(_joined(by_key[key], texts) for texts in (typed[key], draft.get(key, ()))))
        for key in theirs
    ]


def _joined(question: Question, texts: Sequence[str]) -> str:
    return ", ".join(_label(question, text) for text in texts)


def answers_shown(assignment: Assignment, sheet: AnswerSheet | None) -> list[tuple[str, str]]:
    """Questions and answers of a unit that has sent them, as people read them."""
    if sheet is None or sheet.sent_at is None or assignment.state != AssignmentState.DONE:
        return []
    values: Mapping[str, Value] = sheet.values
    found = []
    for one in questions_of(assignment):
        value = values.get(str(one.position))
        text = "…" if value is None else _label(one, shown(one.kind, value))
        found.append((one.label, f"{text} {one.measure}".strip() if value is not None else text))
    return found


def _fields(
    request: PageRequest, given: Assignment, questions: Sequence[Question], typed: Mapping[str, Sequence[str]]
) -> list[Field]:
    fields = []
    for one in questions:
        listed = options_of(one, given.unit, request.scope.day) if KINDS[one.kind].chosen else []
        options = [(text, _label(one, text)) for text in listed]
        fields.append(Field(one, typed.get(str(one.position), ()), options))
    return fields


def _label(question: Question, text: str) -> str:
    """Yes and no in the visitor's language; any other answer as it was worded."""
    told = labelled(question.kind, text)
    return spoken(told) if isinstance(told, Said) else told


def _sent(
    request: PageRequest, given: Assignment, questions: Sequence[Question], fields: Sequence[Field]
) -> tuple[list[str], bool]:
    filed = [one for one in questions if KINDS[one.kind].filed]
    try:
        papers = [paper for one in filed for paper in sent_papers(request, f"cau-{one.position}")]
        actions.send_answers(
            assignment=given,
            typed=request_typed(request, questions),
            papers=[(paper.name, paper.data) for paper in papers],
            actor=request.scope.post,
            at=request.moment,
            began=_began(request),
        )
    except InvalidInput as refusal:
        by_name = {one.name: one for one in fields}
        on_top = []
        for fault in refusal.faults:
            told = spoken(fault.message)
            if fault.where in by_name:
                by_name[fault.where].errors.append(told)
            else:
                on_top.append(told)
        return on_top or ([] if refusal.faults else [spoken(refusal.message)]), False
    except Conflict as conflict:
        return [spoken(conflict.message)], False
    return [], True
