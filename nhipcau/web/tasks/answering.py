"""A unit answers for what it was given; the level above may send the answer back."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from nhipcau.core.errors import Conflict, InvalidInput
from nhipcau.documents.rights import LEADERS, OFFICERS
from nhipcau.org.queries import children_of, names_of
from nhipcau.org.scope import Scope
from nhipcau.tasks import actions
from nhipcau.tasks.issued import counted, went_on
from nhipcau.tasks.lateness import late
from nhipcau.tasks.models import (
    CLOSED,
    Assignment,
    AssignmentRole,
    AssignmentState,
    ExtensionState,
    RedirectionState,
)
from nhipcau.tasks.queries import (
    amendments_of_task,
    download_evidence,
    evidence_of,
    get_assignment_for,
    get_task_for,
    handling_of,
)
from nhipcau.tasks.required import questions_of, sheet_of
from nhipcau.web.declare import FORM, POST, page
from nhipcau.web.questions.answering import answers_shown
from nhipcau.web.request import PageRequest
from nhipcau.web.sending import download
from nhipcau.web.tasks.forms import CompleteForm, ReopenForm
from nhipcau.web.tasks.labels import chip
from nhipcau.web.tasks.reports import report_part
from nhipcau.web.tasks.story import steps
from nhipcau.web.templatetags.nhip import vi_number


@page(*OFFICERS)
def assignment(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """What is asked of one unit, how far it is, and what it can do next."""
    scope = request.scope
    given = get_assignment_for(scope, uid)
    own = given.unit_id == scope.unit.pk
    owes = given.role != AssignmentRole.INFORM
    is_open = owes and given.state not in CLOSED
    slip = given.task.instructions.filter(units__unit=given.unit_id).exists()
    names = names_of([given.unit_id, given.task.issued_by_id], scope.day)
    onward = went_on(scope, [given.uid]).get(given.uid)
    overdue = late(given, scope.day)
    asks, report = bool(questions_of(given)), report_part(given, scope)
    back = given.redirections.filter(state=RedirectionState.ASKED).first()
    waiting = given.extensions.filter(state=ExtensionState.ASKED).first()
    context = {
        "assignment": given,
        "task": given.task,
        "amendments": amendments_of_task(given.task),
        "letter": given.task.letter or given.task.obligation.document,
        "sentence": given.task.obligation.text,
        "unit_name": names[given.unit_id].name,
        "issuer_name": names[given.task.issued_by_id].name,
        "own": own,
        "late": overdue,
        "chip": chip(given.state, late=overdue),
        "role": AssignmentRole(given.role).label,
        "informed": not owes,
        "may_acknowledge": own and is_open and given.state == AssignmentState.ASSIGNED and back is None,
        "may_complete": own
        and is_open
        and (not asks or onward is not None)
        and (report is None or report.sent or not report.owed),
        "report": report,
        "may_report": own and is_open and report is not None and report.may_open,
        "may_answer": own and is_open and asks,
        "asks": asks,
        "answers": answers_shown(given, sheet_of(given)) if asks else [],
        "back": back,
        "may_give_back": own and is_open and onward is None and not given.redirections.exists(),
        "may_answer_back": back is not None and is_open and _issues(request, given),
        "may_pass_on": own
        and is_open
        and scope.post.has_role(*LEADERS)
        and children_of(scope.unit, scope.day).exists(),
        "may_reopen": _may_reopen(request, given),
        "waiting": waiting,
        "may_ask_extension": own and is_open and given.due is not None and waiting is None,
        "may_answer_extension": waiting is not None and _issues(request, given),
        "has_slip": slip,
        "handling": handling_of(given) if slip else None,
        "may_handle": slip and own and is_open,
        "issued_here": given.task.issued_by_id == scope.unit.pk,
        "onward": onward,
        "papers": evidence_of(given),
        "steps": steps(given, passed_on=onward is not None),
    }
    return render(request, "web/tasks/assignment.html", context)


def _may_reopen(request: PageRequest, given: Assignment) -> bool:
    return _issues(request, given) and given.state == AssignmentState.DONE


def _issues(request: PageRequest, given: Assignment) -> bool:
    return given.task.issued_by_id == request.scope.unit.pk and request.scope.post.has_role(*LEADERS)


@page(*OFFICERS, methods=POST)
def acknowledge(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """One tap."""
    given = get_assignment_for(request.scope, uid)
    actions.acknowledge(assignment=given, actor=request.scope.post, at=request.moment)
    messages.success(request, _("Đã tiếp nhận. Cấp giao việc thấy ngay là đơn vị đã nhận."))
    return redirect("tasks:assignment", uid=given.uid)


@page(*OFFICERS, methods=POST)
def acknowledge_all(request: PageRequest) -> HttpResponse:
    """Everything that was given and not yet acknowledged, by one tap."""
    count = actions.acknowledge_all(actor=request.scope.post, at=request.moment)
    messages.success(request, _("Đã tiếp nhận %(n)s việc. Cấp giao việc thấy ngay.") % {"n": count})
    return redirect("home")


@page(*OFFICERS, methods=FORM)
def complete(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """Report the work done."""
    given = get_assignment_for(request.scope, uid)
    posted, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = CompleteForm(posted, files)
    if form.is_bound and form.is_valid():
        papers = [(paper.name, paper.data) for paper in form.cleaned_data["evidence"]]
        try:
            actions.complete(
                assignment=given,
                note=form.cleaned_data["note"],
                evidence=papers,
                actor=request.scope.post,
                at=request.moment,
            )
        except InvalidInput as refusal:
            form.take(refusal)
        except Conflict as conflict:
            form.add_error(None, conflict.message)
        else:
            messages.success(request, _("Đã báo hoàn thành."))
            return redirect("tasks:assignment", uid=given.uid)
    needs = _("Việc này cần ít nhất một giấy tờ kèm theo.") if given.task.needs_evidence else ""
    told = " ".join(filter(None, (_undone_below(request.scope, given), needs)))
    return _ask(request, form, given, _("Báo hoàn thành"), told)


def _undone_below(scope: Scope, given: Assignment) -> str:
    """What the units below still owe of the same work: nobody reports it done without having seen that."""
    onward = went_on(scope, [given.uid]).get(given.uid)
    if onward is None:
        return ""
    (below,) = counted([get_task_for(scope, onward)], scope.day)
    if below.counts.done == below.counts.expected:
        return ""
    told = _(
        "Việc đã giao xuống %(all)s đơn vị, mới có %(done)s đơn vị xong. Phần của mình đã xong thì vẫn báo được."
    )
    return told % {"all": vi_number(below.counts.expected), "done": vi_number(below.counts.done)}


@page(*LEADERS, methods=FORM)
def reopen(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """The unit that gave the work says what is missing."""
    given = get_assignment_for(request.scope, uid)
    form = ReopenForm(request.POST if request.method == "POST" else None)
    if form.done(
        lambda: actions.reopen(
            assignment=given, reason=form.cleaned_data["reason"], actor=request.scope.post, at=request.moment
        )
    ):
        messages.success(request, _("Đã trả lại kết quả; đơn vị thấy lý do ngay."))
        return redirect("tasks:assignment", uid=given.uid)
    told = _("Giấy tờ đơn vị đã gửi vẫn được giữ.")
    return _ask(request, form, given, _("Trả lại kết quả"), told, look="danger")


def _ask(
    request: PageRequest,
    form: CompleteForm | ReopenForm,
    given: Assignment,
    title: str,
    text: str,
    look: str = "primary",
) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "lead": given.task.title,
        "text": text,
        "confirm": title,
        "look": look,
        "back": reverse("tasks:assignment", kwargs={"uid": given.uid}),
    }
    return render(request, "web/tasks/ask.html", context, status=422 if form.errors else 200)


@page(*OFFICERS, takes="tasks.evidence_taken", of="assignment")
def evidence(request: PageRequest, uid: uuid.UUID, file: uuid.UUID) -> HttpResponse:
    """One paper, as a download."""
    return download(*download_evidence(request.scope, uid, file))
