"""Decisions that change the tree: entered or uploaded, looked at with everything they touch, recorded, undone."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from nhipcau.core.errors import Conflict, Fault, InvalidInput, NotFound, UnreadableFile
from nhipcau.documents.registers.printing import printed_register
from nhipcau.documents.registers.reorganised import closed_books
from nhipcau.documents.rights import OFFICERS, REGISTRARS
from nhipcau.org.decisions import change_by, get_event_for, visible_events
from nhipcau.org.event_file import read_event
from nhipcau.org.models import Role
from nhipcau.org.parts import parts
from nhipcau.org.reorganising import Reorganised, objections, preview, reorganise, undo
from nhipcau.press.register import to_pdf
from nhipcau.web.declare import FORM, POST, always, page, when
from nhipcau.web.org.forms import (
    ASKED,
    FIRST_LINE,
    HeadForm,
    RowForm,
    Rows,
    VerbForm,
    as_file,
    head_row,
    rows_of,
    split_head,
    told,
)
from nhipcau.web.request import PageRequest
from nhipcau.web.sending import download
from nhipcau.web.uploads import sent_file

MOST_SHOWN = 100
MOST_BYTES = 5_000_000


@page(Role.ADMINISTRATOR, *REGISTRARS)
def index(request: PageRequest) -> HttpResponse:
    """Decisions on record, the latest first."""
    admin = request.scope.post.has_role(Role.ADMINISTRATOR)
    return render(request, "web/org/events.html", {"events": visible_events(request.scope), "admin": admin})


@dataclass
class _Desk:
    """A decision under way: everything on the page, carried from one step to the next by the page itself."""

    head: HeadForm
    rows: Rows
    row_form: RowForm | None = None
    verb: str = ""
    faults: list[Fault] = field(default_factory=list)
    refusal: str = ""
    seen: Reorganised | None = None

    @property
    def wrong(self) -> bool:
        return bool(self.faults or self.refusal or (self.row_form and self.row_form.errors) or self.head.errors)


@page(Role.ADMINISTRATOR, methods=FORM, fresh=when("viec", "ghi"))
def enter(request: PageRequest) -> HttpResponse:
    """`viec`: tai (take a file), chon (a kind of row), them (add it), xem (preview), ghi (record); `bo`: drop."""
    if request.method != "POST":
        return _shown(request, _Desk(HeadForm(), []))
    try:
        desk = _taken(request)
    except (UnreadableFile, InvalidInput) as error:
        return _shown(request, _Desk(HeadForm(request.POST), _carried(request), refusal=error.message))
    step = request.POST.get("viec", "")
    if step in ("xem", "ghi", "tai") and desk.head.is_valid():
        made = _judged(request, desk, record=step == "ghi")
        if made is not None:
            return made
    return _shown(request, desk)


def _taken(request: PageRequest) -> _Desk:
    """What the page sent, with the step applied that only changes the page."""
    step = request.POST.get("viec", "")
    if step == "tai":
        missing = _("Hãy chọn một tệp CSV hoặc XLSX, không quá 5 MB.")
        file = sent_file(request, "tep", missing=missing, most=MOST_BYTES)
        decision, rows = split_head(rows_of(file.read()))
        return _Desk(HeadForm(decision), rows)
    asked = {name: request.POST.get(name, "") for name in HeadForm.base_fields}
    # Only who looks or records is told what is missing.
    head = HeadForm(request.POST) if step in ("xem", "ghi") else HeadForm(initial=asked)
    desk = _Desk(head, _carried(request))
    dropped = request.POST.get("bo", "")
    if dropped.isdecimal() and int(dropped) < len(desk.rows):
        del desk.rows[int(dropped)]
    verb = request.POST.get("loai", "")
    if step == "chon" and verb in ASKED:
        desk.verb, desk.row_form = verb, RowForm(verb, prefix="dong")
    if step == "them" and (verb := request.POST.get("verb", "")) in ASKED:
        form = RowForm(verb, request.POST, prefix="dong")
        if form.is_valid():
            cells = {name: str(value) for name, value in form.cleaned_data.items() if value}
            desk.rows.append({"action": verb} | cells)
        else:
            desk.verb, desk.row_form = verb, form
    return desk


def _carried(request: PageRequest) -> Rows:
    text = request.POST.get("rows", "")
    return rows_of(text.encode()) if text else []


def _judged(request: PageRequest, desk: _Desk, *, record: bool) -> HttpResponse | None:
    """Look at the event, or record it; where that is refused the page says why."""
    do = reorganise if record else preview
    try:
        event = read_event(as_file([head_row(desk.head.cleaned_data), *desk.rows]).encode())
        done = do(event=event, actor=request.scope.post, at=request.moment, scope=request.scope)
    except InvalidInput as refusal:
        desk.faults, desk.refusal = list(refusal.faults), refusal.message
        return None
    except Conflict as conflict:
        desk.refusal = conflict.message
        return None
    if record:
        messages.success(request, _("Đã ghi quyết định %(number)s.") % {"number": done.event.decision})
        return redirect("org:event", uid=done.event.uid)
    desk.seen = done
    return None


def _shown(request: PageRequest, desk: _Desk) -> HttpResponse:
    seen = desk.seen
    context = {
        "desk": desk,
        "verbs": VerbForm(),
        "rows": [(FIRST_LINE + place, place, row) for place, row in enumerate(told(desk.rows))],
        "carried": as_file(desk.rows),
        "touched": [(one.label, one.effects[:MOST_SHOWN], len(one.effects)) for one in seen.touched]
        if seen
        else [],
        "balances": seen.balances if seen else [],
        "conserved": seen is not None and not any(one.differences for one in seen.balances),
        "most": MOST_SHOWN,
        "crumbs": [(_("Tổ chức"), reverse("org:events")), (_("Ghi quyết định"), "")],
    }
    return render(request, "web/org/enter.html", context, status=422 if desk.wrong else 200)


@page(Role.ADMINISTRATOR, *REGISTRARS)
def event(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """One decision: its rows, what has been carried out, the books it closed, and whether it can be undone."""
    return _event(request, uid)


@page(Role.ADMINISTRATOR, *REGISTRARS, methods=POST, fresh=always)
def undo_event(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """Put everything back as it was, or say what stands in the way. For administrators, of what they may see."""
    found = get_event_for(request.scope, uid)
    request.scope.require_role(Role.ADMINISTRATOR)
    try:
        undo(event=found, actor=request.scope.post, at=request.moment, scope=request.scope)
    except Conflict as conflict:
        return _event(request, uid, refusal=conflict.message)
    messages.success(request, _("Đã hoàn tác quyết định %(number)s.") % {"number": found.decision})
    return redirect("org:events")


@page(*OFFICERS, takes="documents.register_taken", of="reorganisation")
def book(
    request: PageRequest, uid: uuid.UUID, unit: uuid.UUID, kind: str, year: int, series: str
) -> HttpResponseBase:
    """A register that the decision closed, as it goes into the archive."""
    found = get_event_for(request.scope, uid)
    books = closed_books(change_by(found))
    key = (unit, kind, year, series)
    one = next((b for b in books if (b.unit.uid, b.direction, b.year, b.series) == key), None)
    if one is None:
        raise NotFound(_("Không có sổ này trong phạm vi của bạn."))
    sheet = printed_register(request.scope, one.direction, year, series, unit=one.unit)
    return download(to_pdf(sheet), f"so-{one.direction}-{year}-{series}.pdf", "application/pdf")


def _event(request: PageRequest, uid: uuid.UUID, refusal: str = "") -> HttpResponse:
    found = get_event_for(request.scope, uid)
    change, post = change_by(found), request.scope.post
    labels = {part.name: part.label for part in parts()}
    done = [(labels[work.part], work.done_at) for work in found.work.all() if work.part in labels]
    books = closed_books(change) if found.day <= request.scope.day and post.has_role(*OFFICERS) else []
    context = {
        "event": found,
        "rows": told(found.rows),
        "done": done,
        "coming": found.day > request.scope.day,
        "books": [(change.names[one.unit_id], one, one.get_direction_display()) for one in books],
        "admin": post.has_role(Role.ADMINISTRATOR),
        "objections": objections(found, request.moment) if post.has_role(Role.ADMINISTRATOR) else [],
        "refusal": refusal,
        "crumbs": [(_("Tổ chức"), reverse("org:events")), (found.decision, "")],
    }
    return render(request, "web/org/event.html", context, status=409 if refusal else 200)
