"""One letter: its fields, text, citations, original and the work made of it."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from nhipcau.core.errors import Conflict
from nhipcau.documents import actions, queries
from nhipcau.documents.incoming.acknowledging import receipts
from nhipcau.documents.lineage.amending import amendments_of, has_ended
from nhipcau.documents.models import Direction, Document, DocumentState, RegisterEntry
from nhipcau.documents.outgoing.copy_papers import has_pages
from nhipcau.documents.registers.forms import BOOKS
from nhipcau.documents.rights import LEADERS, OFFICERS, REGISTRARS
from nhipcau.org.queries import name_of
from nhipcau.org.scope import Scope
from nhipcau.tasks.models import Task
from nhipcau.tasks.queries import get_letter_for, given_with, visible_tasks
from nhipcau.tasks.slips import visible_instructions
from nhipcau.web.declare import FORM, page
from nhipcau.web.documents.amending import proposed
from nhipcau.web.documents.findings import segments, signatures
from nhipcau.web.documents.forms import VoidForm
from nhipcau.web.documents.shelf import LABELS
from nhipcau.web.request import PageRequest
from nhipcau.web.sending import download
from nhipcau.web.sharing import invitation
from nhipcau.web.tasks.asked import asked_of
from nhipcau.web.templatetags.nhip import vi_date

_TONES = {
    DocumentState.READ: "warn",
    DocumentState.REGISTERED: "good",
    DocumentState.COPY: "neutral",
    DocumentState.VOID: "bad",
    DocumentState.DISCARDED: "neutral",
}
_DONE_WITH = (DocumentState.COPY, DocumentState.DISCARDED)


@page(*OFFICERS)
def document(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """A letter of one's own or below, or one that a task handed to the own unit came with."""
    scope = request.scope
    letter = get_letter_for(scope, uid)
    own = letter.unit_id == scope.unit.pk
    within = own or scope.sees(letter.unit)
    entry: RegisterEntry | None = getattr(letter, "entry", None)
    registrar = own and scope.post.has_role(*REGISTRARS)
    assignable = own and letter.state == DocumentState.REGISTERED and letter.direction == Direction.INCOMING
    ended = has_ended(letter)
    assignable = assignable and not ended
    context = {
        "document": letter,
        "entry": entry,
        "incoming": letter.direction == Direction.INCOMING,
        "tone": _TONES[DocumentState(letter.state)],
        "holder": None if own else name_of(letter.unit, scope.day).name,
        "segments": segments(letter.text, []),
        "signatures": signatures(letter),
        "within": within,
        "citations": queries.citations(letter),
        "cited_by": queries.cited_by(letter) if within else [],
        "copies": letter.copies.all() if within else [],
        **_copying(letter, own=own, registrar=registrar),
        **_amending(scope, letter, own=own),
        "receipts": receipts(letter, scope.day) if own and letter.direction == Direction.OUTGOING else [],
        "asked": asked_of(letter) if within else [],
        "tasks": _made_of(scope, letter) if within else [],
        "given": [] if within else given_with(scope, letter),
        "may_confirm": registrar and letter.state == DocumentState.READ,
        "may_assign": assignable and scope.post.has_role(*LEADERS),
        "noted": visible_instructions(scope).filter(document=letter).exists(),
        "may_edit": own and not ended and letter.state not in _DONE_WITH and scope.post.has_role(*LEADERS),
        "may_void": registrar and letter.state == DocumentState.REGISTERED,
        "may_fill": registrar and entry is not None,
        "crumbs": _crumbs(letter, within=within),
        "message": _message(letter),
    }
    return render(request, "web/documents/document.html", context)


def _message(letter: Document) -> str:
    """To paste into a chat group; nothing for what is not in a register, or serves what this system does not."""
    if letter.state != DocumentState.REGISTERED or letter.scope == "outside":
        return ""
    path = reverse("documents:document", kwargs={"uid": letter.uid})
    source = " ".join(filter(None, (letter.number, vi_date(letter.dated) if letter.dated else "")))
    return invitation(letter.subject or letter.original_name, path, source=source)


def _amending(scope: Scope, letter: Document, *, own: bool) -> dict[str, object]:
    """What was done to the letter, what it did to others, and what its words propose."""
    may = own and letter.state == DocumentState.REGISTERED and scope.post.has_role(*LEADERS)
    may = may and letter.direction in (Direction.INCOMING, Direction.OUTGOING)
    return {
        "amendments": amendments_of(letter),
        "amends": letter.amends.filter(target__unit=letter.unit).select_related("target") if own else [],
        "may_amend": may,
        "proposed": proposed(letter) if may else [],
    }


def _copying(letter: Document, *, own: bool, registrar: bool) -> dict[str, object]:
    """What the page says of copies: of what this one was made, which were made of it, whether to make one."""
    made = getattr(letter, "made", None) if own else None
    return {
        "made": made,
        "made_pages": made is not None and has_pages(made),
        "copies_made": letter.copies_made.select_related("document").order_by("pk") if own else [],
        "may_copy": registrar
        and letter.state == DocumentState.REGISTERED
        and letter.direction in (Direction.INCOMING, Direction.OUTGOING)
        and letter.scope != "outside",
    }


def _made_of(scope: Scope, letter: Document) -> QuerySet[Task]:
    """The tasks that the letter's unit made of it."""
    return visible_tasks(scope).filter(obligation__document=letter, parent=None)


def _crumbs(letter: Document, *, within: bool) -> list[tuple[str, str]]:
    if not within:
        return [(_("Việc cần xử lý"), reverse("home")), (letter.number or _("Văn bản chưa có số"), "")]
    incoming = letter.direction == Direction.INCOMING
    word = BOOKS[letter.direction].word
    home = reverse("documents:register") + ("" if incoming else f"?so={word}")
    return [(str(LABELS[word]), home), (letter.number or _("Văn bản chưa có số"), "")]


@page(*OFFICERS, takes="documents.original_taken", of="document")
def original(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """The file bit for bit, always as a download: nothing of it is run or shown inside the site."""
    data, name, media_type = queries.download_original(get_letter_for(request.scope, uid))
    return download(data, name, media_type)


@page(*OFFICERS, takes="documents.original_taken", of="document")
def searchable(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """The scanned pages with their recognised words, as a download."""
    data, name = queries.download_searchable(get_letter_for(request.scope, uid))
    return download(data, name, "application/pdf")


@page(*REGISTRARS, methods=FORM)
def void(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """Strike a number, with its reason; the line stays."""
    letter = queries.get_document_for(request.scope, uid)
    entry: RegisterEntry | None = getattr(letter, "entry", None)
    if entry is None:
        raise Conflict("Văn bản này chưa có số nên không có gì để hủy.")
    form = VoidForm(request.POST if request.method == "POST" else None)
    actor, at = request.scope.post, request.moment
    if form.done(lambda: actions.void_entry(entry=entry, **form.cleaned_data, actor=actor, at=at)):
        messages.success(request, _("Đã hủy số %(n)s; số này không dùng lại.") % {"n": entry.label})
        return redirect("documents:document", uid=letter.uid)
    context = {
        "form": form,
        "title": _("Hủy số %(n)s") % {"n": entry.label},
        "lead": str(letter),
        "text": _("Dòng trong sổ được giữ lại kèm lý do; việc đã giao theo văn bản này thôi nhắc."),
        "confirm": _("Hủy số"),
        "look": "danger",
        "back": reverse("documents:document", kwargs={"uid": letter.uid}),
    }
    return render(request, "web/tasks/ask.html", context, status=422 if form.errors else 200)
