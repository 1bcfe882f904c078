"""Work that came to the wrong unit: given back by the unit, handed on or insisted on by the one it came from."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhipcau.documents.rights import LEADERS, OFFICERS
from nhipcau.org.models import Unit
from nhipcau.org.queries import children_of, departments_of, name_of
from nhipcau.org.scope import Scope
from nhipcau.tasks import actions
from nhipcau.tasks.models import Redirection
from nhipcau.tasks.queries import get_assignment_for, get_redirection_for
from nhipcau.web.declare import FORM, page
from nhipcau.web.forms import PageForm
from nhipcau.web.request import PageRequest
from nhipcau.web.tasks.forms import GiveBackForm

HAND_ON, INSIST, LET_GO = "hand_on", "insist", "let_go"


class AnswerForm(PageForm):
    """Whose it is, or that it stays."""

    what = forms.ChoiceField(
        label=gettext_lazy("Trả lời"),
        widget=forms.RadioSelect,
        choices=[
            (HAND_ON, gettext_lazy("Chuyển cho đơn vị khác")),
            (INSIST, gettext_lazy("Vẫn là việc của đơn vị đã trả lại")),
            (LET_GO, gettext_lazy("Không đơn vị nào phải làm")),
        ],
        initial=HAND_ON,
    )
    to = forms.ChoiceField(label=gettext_lazy("Chuyển cho đơn vị nào"), required=False)
    answer = forms.CharField(
        label=gettext_lazy("Lời nhắn hoặc lý do"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, data: Any, units: dict[str, tuple[Unit, str]]) -> None:
        super().__init__(data)
        self.units = units
        self.fields["to"].choices = [("", "…"), *((uid, name) for uid, (_unit, name) in units.items())]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("what") == HAND_ON and not cleaned.get("to"):
            self.add_error("to", _("Hãy chọn đơn vị nhận việc."))
        return cleaned


@page(*OFFICERS, methods=FORM)
def give_back(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """The unit says that the work is not its own."""
    given = get_assignment_for(request.scope, uid)
    form = GiveBackForm(request.POST if request.method == "POST" else None)
    if form.done(
        lambda: actions.give_back(
            assignment=given, **form.cleaned_data, actor=request.scope.post, at=request.moment
        )
    ):
        messages.success(request, _("Đã trả lại. Đơn vị giao việc sẽ chuyển đúng nơi hoặc trả lời."))
        return redirect("tasks:assignment", uid=given.uid)
    told = _("Hãy trả lại ngay trong ngày. Việc vẫn còn ở đây cho đến khi đơn vị giao việc trả lời.")
    return _ask(request, form, _("Không phải việc của đơn vị mình"), given.task.title, told, given.uid)


@page(*LEADERS, methods=FORM)
def answer(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """Hand it on, insist, or let go."""
    back = get_redirection_for(request.scope, uid)
    form = AnswerForm(request.POST if request.method == "POST" else None, _units(request.scope, back))
    if form.done(lambda: _answered(request, form, back)):
        messages.success(request, _("Đã trả lời; các đơn vị thấy ngay."))
        return redirect("home")
    said = {"unit": name_of(back.assignment.unit, request.scope.day).name, "reason": back.reason}
    told = _("%(unit)s trả lại: %(reason)s") % said
    if back.belongs_to:
        told += " " + _("(việc của %(unit)s)") % {"unit": back.belongs_to}
    task = back.assignment.task
    return _ask(request, form, _("Trả lời việc trả lại"), task.title, told, back.assignment.uid)


def _answered(request: PageRequest, form: AnswerForm, back: Redirection) -> None:
    given, actor, at = form.cleaned_data, request.scope.post, request.moment
    if given["what"] == HAND_ON:
        to, _name = form.units[given["to"]]
        actions.hand_on(redirection=back, to=to, answer=given["answer"], actor=actor, at=at)
    elif given["what"] == INSIST:
        actions.insist(redirection=back, answer=given["answer"], actor=actor, at=at)
    else:
        actions.let_go(redirection=back, answer=given["answer"], actor=actor, at=at)


def _units(scope: Scope, back: Redirection) -> dict[str, tuple[Unit, str]]:
    """Who may be handed it: own departments, units directly below, the own unit; never the one it came from."""
    found = [(one, str(getattr(one, "name", ""))) for one in departments_of(scope.unit, scope.day)]
    found += [(one, str(getattr(one, "name", ""))) for one in children_of(scope.unit, scope.day)]
    own = _("%(name)s (đơn vị mình)") % {"name": name_of(scope.unit, scope.day).name}
    found.append((scope.unit, own))
    return {str(one.uid): (one, name) for one, name in found if one.pk != back.assignment.unit_id}


def _ask(request: PageRequest, form: PageForm, title: str, lead: str, text: str, back: uuid.UUID) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "lead": lead,
        "text": text,
        "confirm": _("Gửi"),
        "back": reverse("tasks:assignment", kwargs={"uid": back}),
    }
    return render(request, "web/tasks/ask.html", context, status=422 if form.errors else 200)
