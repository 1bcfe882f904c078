"""The registers, by direction and year; numbering a letter of our own."""

from __future__ import annotations

import uuid
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from nhipcau.core.errors import InvalidInput, MissingProgram, NotFound
from nhipcau.documents import actions
from nhipcau.documents.models import Direction, DocumentState, RegisterEntry
from nhipcau.documents.queries import visible_documents
from nhipcau.documents.registers import next_number, register_entries
from nhipcau.documents.rights import OFFICERS, REGISTRARS
from nhipcau.documents.years import years
from nhipcau.web.declare import FORM, page
from nhipcau.web.documents.forms import OutgoingForm
from nhipcau.web.request import PageRequest

PER_PAGE = 50
_WORDS = {"den": Direction.INCOMING, "di": Direction.OUTGOING}


@page(*OFFICERS)
def register(request: PageRequest) -> HttpResponse:
    """One register: newest first on screen, in order and complete for print (`in=1`)."""
    word = request.GET.get("so", "den")
    direction = _WORDS.get(word)
    if direction is None:
        raise NotFound("Không có sổ này; chỉ có sổ văn bản đến và sổ văn bản đi.")
    scope, query = request.scope, request.GET.get("q", "").strip()
    known = years(scope, direction)
    year = _year(request.GET.get("nam", ""), scope.day.year)
    lines = _matching(request, register_entries(scope, scope.unit, direction, year), query)
    in_print = "in" in request.GET
    ordered = lines if in_print else lines.order_by("-number")
    number = request.GET.get("page", "1")
    page_obj = Paginator(ordered, max(ordered.count(), 1) if in_print else PER_PAGE).get_page(number)
    waiting = visible_documents(scope, state=DocumentState.READ, direction=Direction.INCOMING, own_only=True)
    context = {
        "word": word,
        "incoming": direction == Direction.INCOMING,
        "year": year,
        "years": known if year in known else [year, *known],
        "query": query,
        "page_obj": page_obj,
        "in_print": in_print,
        "kept": f"?{urlencode({'so': word, 'nam': year, 'q': query})}",
        "waiting": waiting.count(),
        "may_register": scope.post.has_role(*REGISTRARS),
    }
    fragment = request.htmx and request.htmx.target == "so-dang-ky"
    return render(request, f"web/documents/{'lines' if fragment else 'register'}.html", context)


def _year(text: str, today: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and 1945 <= int(text[:5]) <= today + 1 else today


def _matching(request: PageRequest, lines: QuerySet[RegisterEntry], query: str) -> QuerySet[RegisterEntry]:
    """Lines whose letter holds every word, diacritics ignored; a bare figure is a number, ours or the letter's."""
    if not query:
        return lines
    if query.isascii() and query.isdigit() and len(query) < 7:
        return lines.filter(Q(number=int(query)) | Q(document__number_key__startswith=f"{int(query)}/"))
    return lines.filter(document__in=visible_documents(request.scope, text=query, own_only=True).values("pk"))


@page(*REGISTRARS, methods=FORM)
def outgoing(request: PageRequest) -> HttpResponse:
    """Number a letter that was signed. The ticket makes a form sent twice take one number."""
    day = request.scope.day
    started = {"dated": day, "ticket": uuid.uuid4().hex}
    form = OutgoingForm(request.POST or None, request.FILES or None, initial=started)
    if request.method == "POST" and form.is_valid():
        try:
            return _numbered(request, form)
        except InvalidInput as refusal:
            form.take(refusal)
        except MissingProgram as missing:
            form.add_error("file", missing.message)
    context = {
        "form": form,
        "next_number": next_number(request.scope, Direction.OUTGOING, day.year),
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
        actor=request.scope.post,
        at=request.moment,
    )
    messages.success(request, _("Đã cấp số %(number)s.") % {"number": document.number})
    return redirect("documents:document", uid=document.uid)
