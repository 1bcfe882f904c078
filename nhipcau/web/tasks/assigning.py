"""Giao việc: from a letter to the units below, and onwards from each of them to its own."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from nhipcau.core.errors import Conflict, InvalidInput, MissingProgram
from nhipcau.documents.queries import get_document_for
from nhipcau.documents.rights import LEADERS, REGISTRARS
from nhipcau.org.models import Unit
from nhipcau.org.queries import children_of, containing, name_of
from nhipcau.org.scope import Scope
from nhipcau.tasks import actions
from nhipcau.tasks.models import AssignmentRole, Task
from nhipcau.tasks.queries import get_assignment_for
from nhipcau.tasks.responsible import Resolved, resolve
from nhipcau.web.declare import FORM, page
from nhipcau.web.request import PageRequest
from nhipcau.web.tasks.asked import Asked, asked_of
from nhipcau.web.tasks.forms import NOBODY, AssignForm, PassOnForm

Given = dict[Unit, str]


@page(*LEADERS, methods=FORM)
def assign(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """Obligations × units: the units that a single duty names are chosen beforehand, else all children."""
    document = get_document_for(request.scope, uid)
    children = _children(request.scope)
    own = request.scope.unit
    names = {**children, own: _("%(name)s (đơn vị mình)") % {"name": name_of(own, request.scope.day).name}}
    asked = asked_of(document)
    leads, helps = _meant(request.scope, asked)
    given = _given(request.scope, children, leads, helps)
    form = AssignForm(request.POST if request.method == "POST" else None, names, given, asked)
    if form.is_bound and form.is_valid():
        try:
            tasks = _handed_out(request, form)
        except InvalidInput as refusal:
            form.take(refusal)
        except Conflict as conflict:
            form.add_error(None, conflict.message)
        else:
            return _told(request, tasks, len(form.roles()))
    context = {
        "document": document,
        "form": form,
        "roles": AssignmentRole.choices,
        "nobody": NOBODY,
        "whys": [meant.why for meant in (leads, helps) if meant],
        "back": reverse("documents:document", kwargs={"uid": document.uid}),
        "crumbs": [
            (_("Sổ văn bản đến"), reverse("documents:register")),
            (document.number or _("Văn bản chưa có số"), reverse("documents:document", args=[document.uid])),
            (_("Giao việc"), ""),
        ],
    }
    return render(request, "web/tasks/assign.html", context, status=422 if form.errors else 200)


def _meant(scope: Scope, asked: Iterable[Asked]) -> tuple[Resolved | None, Resolved | None]:
    """Whom the only open duty names to lead and to help; None where several are open or the letter names nobody."""
    duties = [one.obligation for one in asked if one.allowed and not one.assigned]
    if len(duties) != 1:
        return None, None
    printed = (duties[0].responsible, duties[0].helped_by)
    leads, helps = (resolve(names, scope) if names else None for names in printed)
    return leads, helps


def _given(scope: Scope, children: Mapping[Unit, str], leads: Resolved | None, helps: Resolved | None) -> Given:
    """The roles chosen beforehand: all children lead where nobody is named; who leads does not help as well."""
    own = scope.unit
    given: Given = dict.fromkeys(children, "lead") | {own: NOBODY if children else "lead"}
    if leads is not None:
        given = dict.fromkeys(given, NOBODY) | dict.fromkeys(_reached(scope, children, leads), "lead")
    if helps is not None:
        helping = _reached(scope, children, helps)
        given |= {unit: "support" for unit in helping if leads is None or given[unit] == NOBODY}
    return given


def _reached(scope: Scope, children: Mapping[Unit, str], meant: Resolved) -> list[Unit]:
    """The children through which the units are reached, and the own unit where it is meant itself."""
    named = containing(meant.units, children, scope.day)
    return [unit for unit in children if unit.pk in named] + ([scope.unit] if scope.unit in meant.units else [])


def _handed_out(request: PageRequest, form: AssignForm) -> list[Task]:
    chosen, roles, needs = form.obligations(), form.roles(), form.cleaned_data["needs_evidence"]
    if form.cleaned_data["due"]:
        task = actions.assign(
            obligation=chosen[0],
            units=roles,
            due=form.cleaned_data["due"],
            due_reason=form.cleaned_data["due_reason"],
            needs_evidence=needs,
            actor=request.scope.post,
            at=request.moment,
        )
        return [task]
    return actions.assign_all(
        document=chosen[0].document,
        units=roles,
        obligations=chosen,
        needs_evidence=needs,
        actor=request.scope.post,
        at=request.moment,
    )


def _told(request: PageRequest, tasks: list[Task], units: int) -> HttpResponse:
    told = _("Đã giao %(n)s việc cho %(units)s đơn vị.") % {"n": len(tasks), "units": units}
    messages.success(request, told)
    if len(tasks) == 1:
        return redirect("tasks:status", uid=tasks[0].uid)
    return redirect("documents:document", uid=tasks[0].obligation.document.uid)


@page(*LEADERS, methods=FORM)
def pass_on(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """What the unit was given goes on to its own children."""
    assignment = get_assignment_for(request.scope, uid)
    children = _children(request.scope)
    if not children:
        raise Conflict("Đơn vị không có cấp dưới để giao. Hãy tự thực hiện rồi báo hoàn thành.")
    start = {"dated": request.scope.day, "needs_evidence": assignment.task.needs_evidence, "doc_type": "công văn"}
    posted, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = PassOnForm(posted, children, dict.fromkeys(children, "lead"), files=files, initial=start)
    if form.is_bound and form.is_valid():
        try:
            task = actions.reissue(
                assignment=assignment,
                units=form.roles(),
                title=form.cleaned_data["title"],
                letter=form.letter(),
                due=form.cleaned_data["due"],
                due_reason=form.cleaned_data["due_reason"],
                beyond=form.cleaned_data["beyond"],
                needs_evidence=form.cleaned_data["needs_evidence"],
                actor=request.scope.post,
                at=request.moment,
            )
        except InvalidInput as refusal:
            form.take(refusal)
        except (Conflict, MissingProgram) as stop:
            form.add_error(None, stop.message)
        else:
            return _told(request, [task], len(form.roles()))
    context = {
        "assignment": assignment,
        "task": assignment.task,
        "form": form,
        "roles": AssignmentRole.choices,
        "nobody": NOBODY,
        "may_number": request.scope.post.has_role(*REGISTRARS),
        "back": reverse("tasks:assignment", kwargs={"uid": assignment.uid}),
    }
    return render(request, "web/tasks/pass_on.html", context, status=422 if form.errors else 200)


def _children(scope: Scope) -> dict[Unit, str]:
    """The units directly below with their names, in order."""
    return {unit: str(getattr(unit, "name", "")) for unit in children_of(scope.unit, scope.day)}
