"""Adding, rewording and dropping what a letter asks."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nhipcau.documents.models import Document
from nhipcau.documents.queries import get_document_for
from nhipcau.documents.rights import LEADERS
from nhipcau.tasks import actions
from nhipcau.tasks.queries import get_obligation_for
from nhipcau.web.declare import FORM, page
from nhipcau.web.places import duties_of
from nhipcau.web.request import PageRequest
from nhipcau.web.tasks.forms import WordingForm


@page(*LEADERS, methods=FORM)
def add(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """An obligation that the reader did not find."""
    document = get_document_for(request.scope, uid)
    form = WordingForm(request.POST if request.method == "POST" else None)
    if form.done(
        lambda: actions.add_obligation(
            document=document, wording=form.wording(), actor=request.scope.post, at=request.moment
        )
    ):
        messages.success(request, _("Đã thêm yêu cầu."))
        return redirect(duties_of(document))
    return _ask(request, form, document, _("Thêm yêu cầu"), _("Thêm"))


@page(*LEADERS, methods=FORM)
def edit(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """Reword one; of a doubtful one the allowed part may be kept."""
    obligation = get_obligation_for(request.scope, uid)
    form = WordingForm(request.POST if request.method == "POST" else None, obligation=obligation)
    if form.done(
        lambda: actions.edit_obligation(
            obligation=obligation, wording=form.wording(), actor=request.scope.post, at=request.moment
        )
    ):
        messages.success(request, _("Đã sửa yêu cầu."))
        return redirect(duties_of(obligation.document))
    return _ask(request, form, obligation.document, _("Sửa yêu cầu"), _("Lưu"))


@page(*LEADERS, methods=FORM)
def drop(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """Asks first; the letter itself keeps the sentence."""
    obligation = get_obligation_for(request.scope, uid)
    document = obligation.document
    if request.method == "POST":
        actions.drop_obligation(obligation=obligation, actor=request.scope.post, at=request.moment)
        messages.success(request, _("Đã bỏ yêu cầu; câu ấy vẫn còn trong văn bản."))
        return redirect(duties_of(document))
    context = {
        "title": _("Bỏ yêu cầu này?"),
        "lead": obligation.text,
        "text": _("Câu ấy vẫn còn trong văn bản; cần thì thêm lại bằng tay."),
        "confirm": _("Bỏ yêu cầu"),
        "look": "danger",
        "back": duties_of(document),
    }
    return render(request, "web/tasks/ask.html", context)


def _ask(request: PageRequest, form: WordingForm, document: Document, title: str, confirm: str) -> HttpResponse:
    context = {"form": form, "title": title, "lead": str(document), "confirm": confirm, "back": duties_of(document)}
    return render(request, "web/tasks/ask.html", context, status=422 if form.errors else 200)
