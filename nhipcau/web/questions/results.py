"""What was answered: counts and sums for a branch, who is missing, everything as one file."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator, Sequence

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from nhipcau.core.clock import local_date
from nhipcau.core.errors import NotFound
from nhipcau.documents.rights import OFFICERS
from nhipcau.press.workbook import Cell
from nhipcau.tasks.lateness import late
from nhipcau.tasks.models import Task
from nhipcau.tasks.models.questions import Question
from nhipcau.tasks.queries import get_task_for, own_assignment
from nhipcau.tasks.questions.kinds import Value, labelled, shown
from nhipcau.tasks.questions.tally import AnswerRow, answer_rows, questions_of_task, tally
from nhipcau.web.declare import page
from nhipcau.web.request import PageRequest
from nhipcau.web.tables import Table, send
from nhipcau.web.templatetags.nhip import vi_date
from nhipcau.web.words import spoken

_FIXED = 4  # columns before the answers


@page(*OFFICERS)
def results(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """One level; every branch with units below opens its own."""
    task = _asking(request, uid)
    scope = request.scope
    top = task.issued_by if scope.sees(task.issued_by) else scope.unit
    unit = scope.get_unit(request.GET["nhanh"]) if request.GET.get("nhanh") else top
    found = tally(scope, task, unit)
    mine = own_assignment(scope, task)
    context = {
        "task": task,
        "tally": found,
        "place": found.name if unit.pk != top.pk else "",
        "letter": task.letter or task.obligation.document,
        "pass_up": mine if mine is not None and mine.done_at is None else None,
    }
    return render(request, "web/questions/results.html", context)


@page(*OFFICERS, takes="tasks.answers_taken", of="task")
def results_file(request: PageRequest, uid: uuid.UUID, kind: str) -> HttpResponseBase:
    """Everybody in sight who is to answer, with the answers there are; the last line adds up."""
    task, scope = _asking(request, uid), request.scope
    questions = questions_of_task(task)
    columns = [(_("Đơn vị"), 60), (_("Đơn vị giao việc"), 50), (_("Tình trạng"), 25), (_("Ngày gửi"), 22)]
    columns += [(f"{one.label} ({one.measure})" if one.measure else one.label, 35) for one in questions]
    notes = [task.title, (task.letter or task.obligation.document).number, vi_date(scope.day)]
    rows = _rows(answer_rows(scope, task), questions, scope.day)
    name = f"tra-loi-{scope.day:%Y%m%d}"
    return send(Table(name, _("Câu trả lời"), columns, rows, [one for one in notes if one]), kind, scope)


def _asking(request: PageRequest, uid: uuid.UUID) -> Task:
    """The visible task, if its duty asks questions."""
    task = get_task_for(request.scope, uid)
    if not questions_of_task(task):
        raise NotFound("Việc này không có biểu hỏi.")
    return task


def _rows(rows: Iterator[AnswerRow], questions: Sequence[Question], day: dt.date) -> Iterator[tuple[Cell, ...]]:
    sums: dict[str, int] = {}
    for row in rows:
        given = row.assignment
        sent = bool(row.values) or getattr(given, "answered", False)
        state = _("đã trả lời") if sent else _("chưa trả lời, chậm") if late(given, day) else _("chưa trả lời")
        done = local_date(given.done_at) if sent and given.done_at else None
        cells = [_cell(one, row.values.get(str(one.position))) for one in questions]
        for one, cell in zip(questions, cells, strict=True):
            if isinstance(cell, int):
                sums[str(one.position)] = sums.get(str(one.position), 0) + cell
        yield (row.unit, row.issuer, state, done, *cells)
    if sums:
        yield (_("Cộng"), *[""] * (_FIXED - 1), *(sums.get(str(one.position), "") for one in questions))


def _cell(question: Question, value: Value | None) -> Cell:
    if value is None or isinstance(value, int):
        return value
    if question.kind == "date" and isinstance(value, str):
        return dt.date.fromisoformat(value)
    return spoken(labelled(question.kind, shown(question.kind, value)))
