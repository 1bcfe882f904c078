"""More time: asked by the unit, answered by the one that handed the work out."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from nhipcau.documents.rights import LEADERS, OFFICERS
from nhipcau.org.queries import name_of
from nhipcau.tasks import actions
from nhipcau.tasks.queries import get_assignment_for, get_extension_for
from nhipcau.web.declare import FORM, page
from nhipcau.web.forms import PageForm
from nhipcau.web.request import PageRequest
from nhipcau.web.tasks.forms import AnswerExtensionForm, AskExtensionForm
from nhipcau.web.templatetags.nhip import vi_date


@page(*OFFICERS, methods=FORM)
def ask(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """The unit says until when, and why."""
    given = get_assignment_for(request.scope, uid)
    form = AskExtensionForm(request.POST if request.method == "POST" else None)
    if form.done(
        lambda: actions.ask_extension(
            assignment=given, **form.cleaned_data, actor=request.scope.post, at=request.moment
        ),
    ):
        messages.success(request, _("Đã gửi yêu cầu gia hạn cho đơn vị giao việc."))
        return redirect("tasks:assignment", uid=given.uid)
    held = _("Hạn đang có: %(day)s.") % {"day": vi_date(given.due)} if given.due else ""
    return _asked(request, form, _("Xin gia hạn"), given.task.title, held, given.uid)


@page(*LEADERS, methods=FORM)
def answer(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """Grant a date, or none."""
    extension = get_extension_for(request.scope, uid)
    given = extension.assignment
    posted = request.POST if request.method == "POST" else None
    form = AnswerExtensionForm(posted, initial={"granted": extension.until})
    if given.task.parent is None:
        del form.fields["beyond"]
    if form.done(
        lambda: actions.answer_extension(
            extension=extension, **form.cleaned_data, actor=request.scope.post, at=request.moment
        ),
    ):
        messages.success(request, _("Đã trả lời; đơn vị thấy ngay trên trang việc."))
        return redirect("home")
    told = _("%(unit)s xin gia hạn từ %(held)s đến %(until)s: %(reason)s") % {
        "unit": name_of(given.unit, request.scope.day).name,
        "held": vi_date(given.due),
        "until": vi_date(extension.until),
        "reason": extension.reason,
    }
    return _asked(request, form, _("Trả lời xin gia hạn"), given.task.title, told, given.uid)


def _asked(request: PageRequest, form: PageForm, title: str, lead: str, text: str, back: uuid.UUID) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "lead": lead,
        "text": text,
        "confirm": _("Gửi"),
        "back": reverse("tasks:assignment", kwargs={"uid": back}),
    }
    return render(request, "web/tasks/ask.html", context, status=422 if form.errors else 200)
