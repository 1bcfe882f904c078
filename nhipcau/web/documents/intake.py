"""A letter comes in: take the file, show what was read, let a person confirm it."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from nhipcau.core.errors import Conflict, InvalidInput, MissingProgram
from nhipcau.core.said import Said, unpacked
from nhipcau.documents import actions
from nhipcau.documents.incoming.intake import find_first
from nhipcau.documents.models import Direction, Document, DocumentState, RegisterEntry, Scan
from nhipcau.documents.queries import (
    get_document_for,
    refused_scans,
    unread_scans,
    visible_documents,
    waiting_scans,
)
from nhipcau.documents.registers.books import next_number
from nhipcau.documents.rights import LEADERS, REGISTRARS
from nhipcau.documents.storing.evidence import Paper
from nhipcau.documents.storing.fingerprint import find_alike
from nhipcau.web.declare import FORM, page
from nhipcau.web.documents.amending import proposed
from nhipcau.web.documents.boxes import sheets_of
from nhipcau.web.documents.findings import default_day, field_marks, segments, signatures
from nhipcau.web.documents.forms import ConfirmForm, UploadForm
from nhipcau.web.documents.lineforms import DiscardForm
from nhipcau.web.request import PageRequest
from nhipcau.web.tasks.asked import asked_of

_A_DAY = dt.timedelta(days=1)


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
        except (Conflict, MissingProgram) as stop:
            form.add_error("file", stop.message)
    context = {
        "form": form,
        "existing": existing,
        "scans": waiting_scans(request.scope),
        "unread": unread_scans(request.scope),
        "refused": refused_scans(request.scope, request.moment - _A_DAY),
        "crumbs": _crumbs(_("Nhận văn bản đến")),
    }
    return render(request, "web/documents/upload.html", context, status=422 if form.errors else 200)


def _received(request: PageRequest, form: UploadForm) -> HttpResponse:
    papers: list[Paper] = form.cleaned_data["file"]
    here: dict[str, Any] = {
        "unit": request.scope.unit,
        "received_on": form.cleaned_data["received_on"],
        "actor": request.scope.post,
        "at": request.moment,
    }
    if len(papers) > 1:
        return _arrived(request, actions.receive_several(papers=papers, **here))
    letter = here | {"data": papers[0].data, "name": papers[0].name}
    arrivals = actions.receive_parcel(**letter)
    if arrivals is not None:
        return _arrived(request, arrivals, papers[0].name)
    document = actions.accept(**letter)
    if isinstance(document, Scan):
        return redirect("documents:scan", uid=document.uid)
    messages.success(request, _("Đã nhận văn bản. Hãy đối chiếu từng ô rồi vào sổ."))
    return redirect("documents:confirm", uid=document.uid)


def _arrived(request: PageRequest, arrivals: list[actions.Arrival], parcel: str = "") -> HttpResponse:
    """What became of each letter that came at once."""
    taken = any(arrival.document or arrival.scan for arrival in arrivals)
    context = {"arrivals": arrivals, "parcel": parcel, "crumbs": _crumbs(_("Các văn bản vừa nhận"))}
    return render(request, "web/documents/parcel.html", context, status=200 if taken else 422)


def _crumbs(here: str) -> list[tuple[str, str]]:
    return [(_("Văn bản"), "/van-ban/"), (here, "")]


@page(*REGISTRARS, methods=FORM)
def confirm(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """The text beside the fields; confirming enters the letter in the register."""
    document = get_document_for(request.scope, uid)
    if request.method != "POST" and (document.state != DocumentState.READ or document.unit != request.scope.unit):
        return redirect("documents:document", uid=document.uid)
    form = ConfirmForm(document, request.scope, request.POST if request.method == "POST" else None)
    twin = find_first(document) or find_alike(document)
    if twin is not None and twin.state == DocumentState.REGISTERED:
        form.ask()
    if form.is_bound and form.is_valid():
        try:
            return _registered(request, document, form)
        except actions.SameNumber as same:
            form.ask()
            form.add_error("copy", same.message)
        except InvalidInput as refusal:
            form.take(refusal)
        except Conflict as conflict:
            form.add_error(None, conflict.message)
    context = _confirm_context(request, document, form, twin)
    return render(request, "web/documents/confirm.html", context, status=422 if form.errors else 200)


def _registered(request: PageRequest, document: Document, form: ConfirmForm) -> HttpResponse:
    fields = form.confirmed()
    entry: RegisterEntry = actions.confirm(
        document=document,
        fields=fields,
        actor=request.scope.post,
        at=request.moment,
        slot=form.slot(),
        copy=form.is_copy(),
    )
    kept = entry.document or document
    if kept.pk != document.pk:
        messages.info(request, _("Văn bản này đã có số đến %(n)s; đã ghép vào.") % {"n": entry.label})
    else:
        messages.success(request, _entered(request, entry))
        if (acts := proposed(kept)) and request.scope.post.has_role(*LEADERS):
            return redirect(acts[0][2])
    return redirect("documents:document", uid=kept.uid)


def _entered(request: PageRequest, entry: RegisterEntry) -> str:
    """The number; and the way to the next letter, which is what a clerk with a pile goes to."""
    waiting = visible_documents(
        request.scope, state=DocumentState.READ, direction=Direction.INCOMING, own_only=True
    ).order_by("pk")
    told = _("Đã vào sổ với số đến %(n)s.") % {"n": entry.label}
    if (left := waiting.count()) == 0:
        return format_html('{} <a href="{}">{}</a>', told, reverse("documents:upload"), _("Nhận văn bản khác"))
    following = reverse("documents:confirm", kwargs={"uid": waiting.values_list("uid", flat=True)[0]})
    return format_html('{} <a href="{}">{}</a>', told, following, _("Văn bản tiếp theo (còn %(n)d)") % {"n": left})


def _confirm_context(
    request: PageRequest, document: Document, form: ConfirmForm, twin: Document | None
) -> dict[str, object]:
    asked = asked_of(document)
    marks = field_marks(document, list(form.fields)) + [
        (one.obligation.span_start, one.obligation.span_end, one.mark) for one in asked
    ]
    day = default_day(document, request.scope.day)
    return {
        "document": document,
        "form": form,
        "rows": [(field, field.name) for field in form.letter_fields()],
        "segments": segments(document.text, marks),
        "sheets": sheets_of(document, marks),
        "asked": asked,
        "next_number": next_number(request.scope, Direction.INCOMING, day.year),
        "twin": twin,
        "by_words": twin is not None and twin.number_key != document.number_key,
        "signatures": signatures(document),
        "proposed": proposed(document),
        "warnings": _warnings(document),
        "crumbs": _crumbs(_("Xác nhận văn bản đến")),
    }


def _warnings(document: Document) -> list[Said]:
    """What the reader warned of, and what is odd about the fields themselves."""
    told = map(unpacked, document.reading.get("warnings", []))
    return [*told, *actions.confirm_warnings(actions.proposed(document))]


@page(*REGISTRARS, methods=FORM)
def discard(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """Put aside a file that was read by mistake, with the reason."""
    document = get_document_for(request.scope, uid)
    form = DiscardForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.discard(
                document=document,
                reason=form.cleaned_data["reason"],
                actor=request.scope.post,
                at=request.moment,
            )
        except InvalidInput as refusal:
            form.take(refusal)
        else:
            messages.success(request, _("Đã bỏ văn bản; không số nào được lấy."))
            return redirect("documents:register")
    context = {
        "form": form,
        "title": _("Bỏ văn bản chưa vào sổ"),
        "lead": document.subject or document.original_name,
        "text": _(
            "Văn bản ra khỏi danh sách chờ và không lấy số; nội dung máy đã đọc bị xóa. Cần thì nhận lại tệp."
        ),
        "confirm": _("Bỏ văn bản"),
        "look": "danger",
        "back": reverse("documents:confirm", kwargs={"uid": document.uid}),
    }
    return render(request, "web/tasks/ask.html", context, status=422 if form.errors else 200)
