"""A letter comes in: take the file, show what was read, let a person confirm it."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nhipcau.core.errors import Conflict, InvalidInput, MissingProgram
from nhipcau.documents import actions
from nhipcau.documents.files import sha256
from nhipcau.documents.intake import find_first
from nhipcau.documents.models import Direction, Document, DocumentState, RegisterEntry
from nhipcau.documents.queries import get_document_for
from nhipcau.documents.registers import next_number
from nhipcau.documents.rights import REGISTRARS
from nhipcau.web.declare import FORM, page
from nhipcau.web.documents.findings import default_day, field_marks, segments
from nhipcau.web.documents.forms import ConfirmForm, UploadForm
from nhipcau.web.request import PageRequest
from nhipcau.web.tasks.asked import asked_of


@page(*REGISTRARS, methods=FORM)
def upload(request: PageRequest) -> HttpResponse:
    """Take in one letter; what must not enter is refused on the form, and nothing of it is kept."""
    form = UploadForm(request.POST or None, request.FILES or None, initial={"received_on": request.scope.day})
    existing: Document | None = None
    if request.method == "POST" and form.is_valid():
        try:
            return _received(request, form)
        except actions.AlreadyReceived as stop:
            existing = stop.document
            form.add_error("file", stop.message)
        except InvalidInput as refusal:
            form.take(refusal)
        except MissingProgram as missing:
            form.add_error("file", missing.message)
    context = {"form": form, "existing": existing}
    return render(request, "web/documents/upload.html", context, status=422 if form.errors else 200)


def _received(request: PageRequest, form: UploadForm) -> HttpResponse:
    file = form.cleaned_data["file"]
    data: bytes = file.read()
    document = actions.receive(
        unit=request.scope.unit,
        data=data,
        name=file.name or "",
        received_on=form.cleaned_data["received_on"],
        actor=request.scope.post,
        at=request.moment,
    )
    if document.original is None or document.original.sha256 != sha256(data):
        messages.info(
            request, _("Đây là bản khác của văn bản dưới đây; đã ghép vào cùng số đến, không lấy số mới.")
        )
    else:
        messages.success(request, _("Đã nhận văn bản. Hãy đối chiếu từng ô rồi vào sổ."))
    return _open(document)


def _open(document: Document) -> HttpResponseRedirect:
    waiting = document.state == DocumentState.READ and document.direction == Direction.INCOMING
    return redirect("documents:confirm" if waiting else "documents:document", uid=document.uid)


@page(*REGISTRARS, methods=FORM)
def confirm(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """The text beside the fields; confirming enters the letter in the register."""
    document = get_document_for(request.scope, uid)
    if request.method != "POST" and (document.state != DocumentState.READ or document.unit != request.scope.unit):
        return redirect("documents:document", uid=document.uid)
    form = ConfirmForm(document, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            return _registered(request, document, form)
        except InvalidInput as refusal:
            form.take(refusal)
        except Conflict as conflict:
            form.add_error(None, conflict.message)
    context = _confirm_context(request, document, form)
    return render(request, "web/documents/confirm.html", context, status=422 if form.errors else 200)


def _registered(request: PageRequest, document: Document, form: ConfirmForm) -> HttpResponse:
    fields = form.confirmed()
    entry: RegisterEntry = actions.confirm(
        document=document, fields=fields, actor=request.scope.post, at=request.moment
    )
    kept = entry.document or document
    if kept.pk != document.pk:
        messages.info(request, _("Văn bản này đã có số đến %(n)s; đã ghép vào.") % {"n": entry.number})
    else:
        messages.success(request, _("Đã vào sổ với số đến %(n)s.") % {"n": entry.number})
    return redirect("documents:document", uid=kept.uid)


def _confirm_context(request: PageRequest, document: Document, form: ConfirmForm) -> dict[str, object]:
    asked = asked_of(document)
    marks = field_marks(document, list(form.fields)) + [
        (one.obligation.span_start, one.obligation.span_end, one.mark) for one in asked
    ]
    day = default_day(document, request.scope.day)
    twin = find_first(document)
    return {
        "document": document,
        "form": form,
        "rows": [(field, field.name) for field in form.visible_fields()],
        "segments": segments(document.text, marks),
        "asked": asked,
        "next_number": next_number(request.scope, Direction.INCOMING, day.year),
        "twin": twin,
        "warnings": [*document.reading.get("warnings", []), *actions.confirm_warnings(actions.proposed(document))],
        "crumbs": [(_("Văn bản"), "/van-ban/"), (_("Xác nhận văn bản đến"), "")],
    }
