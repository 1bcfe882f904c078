"""The registers, by direction and year; numbering a letter of our own."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from nhipcau.core.errors import Conflict, InvalidInput, MissingProgram
from nhipcau.documents import actions
from nhipcau.documents.models import Direction, DocumentState, RegisterEntry
from nhipcau.documents.queries import visible_documents
from nhipcau.documents.registers.books import SERIES, next_number, register_entries
from nhipcau.documents.registers.forms import SENT
from nhipcau.documents.rights import OFFICERS, REGISTRARS, reads_petitions
from nhipcau.documents.years import years
from nhipcau.web.declare import FORM, page
from nhipcau.web.documents.forms import OutgoingForm
from nhipcau.web.documents.shelf import shelf_of, tabs_of
from nhipcau.web.request import PageRequest
from nhipcau.web.saved.opening import opens_as_chosen
from nhipcau.web.taking import note_restricted

PER_PAGE = 50


@page(*OFFICERS)
@opens_as_chosen("so")
def register(request: PageRequest) -> HttpResponse:
    """One register on screen, newest first; `printing` shows it in order with every column."""
    shelf, scope, query = shelf_of(request), request.scope, request.GET.get("q", "").strip()
    if shelf.kind == SENT:
        return redirect(shelf.home)
    known = years(scope, shelf.direction)
    lines = register_entries(scope, scope.unit, shelf.direction, shelf.year, shelf.series)
    lines = _matching(request, lines, query).order_by("-number", "-suffix")
    waiting = visible_documents(scope, state=DocumentState.READ, direction=Direction.INCOMING, own_only=True)
    context = {
        "shelf": shelf,
        "incoming": shelf.incoming,
        "tabs": tabs_of(scope),
        "years": known if shelf.year in known else [shelf.year, *known],
        "query": query,
        "page_obj": Paginator(lines, PER_PAGE).get_page(request.GET.get("page", "1")),
        "waiting": waiting.count(),
        "may_register": scope.post.has_role(*REGISTRARS),
    }
    if shelf.direction == Direction.PETITION and reads_petitions(scope, scope.unit):
        note_restricted(request, "documents.petitions_read", f"unit:{scope.unit.uid}", year=shelf.year)
    fragment = request.htmx and request.htmx.target == "so-dang-ky"
    return render(request, f"web/documents/{'lines' if fragment else 'register'}.html", context)


def _matching(request: PageRequest, lines: QuerySet[RegisterEntry], query: str) -> QuerySet[RegisterEntry]:
    """Lines whose letter holds every word, diacritics ignored; a bare figure is a number, ours or the letter's."""
    if not query:
        return lines
    if query.isascii() and query.isdigit() and len(query) < 7:
        return lines.filter(Q(number=int(query)) | Q(document__number_key__startswith=f"{int(query)}/"))
    return lines.filter(document__in=visible_documents(request.scope, text=query, own_only=True).values("pk"))


@page(*REGISTRARS, methods=FORM)
def outgoing(request: PageRequest) -> HttpResponse:
    """Number a letter that was signed. The ticket makes a form sent twice take one number.

    `chen` puts it behind a number, `giu` under a reserved one, `quyen` names the series.
    """
    asked = request.GET
    started = {
        "dated": request.scope.day,
        "ticket": uuid.uuid4().hex,
        "series": asked.get("quyen", SERIES),
        "after": asked.get("chen"),
        "reserved": asked.get("giu"),
    }
    form = OutgoingForm(request.scope, request.POST or None, request.FILES or None, initial=started)
    if request.method == "POST" and form.is_valid():
        try:
            return _numbered(request, form)
        except InvalidInput as refusal:
            form.take(refusal)
        except Conflict as conflict:
            form.add_error(None, conflict.message)
        except MissingProgram as missing:
            form.add_error("file", missing.message)
    context = {
        "form": form,
        "next_number": next_number(request.scope, Direction.OUTGOING, request.scope.day.year),
        "crumbs": [(_("Văn bản"), reverse("documents:register") + "?so=di"), (_("Lấy số văn bản đi"), "")],
    }
    return render(request, "web/documents/outgoing.html", context, status=422 if form.errors else 200)


def _numbered(request: PageRequest, form: OutgoingForm) -> HttpResponse:
    letter = form.letter()
    document = actions.register_outgoing(
        unit=request.scope.unit,
        doc_type=letter.doc_type,
        subject=letter.subject,
        dated=letter.dated,
        addressees=letter.addressees,
        recipients=letter.recipients,
        signer=letter.signer,
        drafter=letter.drafter,
        data=letter.data,
        name=letter.name,
        client_key=form.cleaned_data["ticket"],
        slot=form.slot(),
        actor=request.scope.post,
        at=request.moment,
    )
    messages.success(request, _("Đã cấp số %(number)s.") % {"number": document.number})
    return redirect("documents:document", uid=document.uid)
