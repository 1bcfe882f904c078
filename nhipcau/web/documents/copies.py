"""Making a copy of a letter (sao y, sao lục, trích sao), and its papers."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from nhipcau.core.errors import Conflict, InvalidInput, NotFound
from nhipcau.documents import actions, queries
from nhipcau.documents.lineage.amending import amendments_of
from nhipcau.documents.models import Direction
from nhipcau.documents.outgoing.copy_papers import electronic_copy, made_copy, printed_copy, sheet_docx
from nhipcau.documents.registers.books import next_number
from nhipcau.documents.rights import OFFICERS, REGISTRARS
from nhipcau.documents.storing import media
from nhipcau.web.declare import FORM, page
from nhipcau.web.documents.copyforms import CopyOrderForm
from nhipcau.web.request import PageRequest
from nhipcau.web.sending import download

# By the ending of its address: what makes the paper, its media type, its name.
_PAPERS = {
    "to-sao.docx": (sheet_docx, media.DOCX),
    "ban-sao.pdf": (printed_copy, media.PDF),
    "ban-sao-dien-tu.pdf": (electronic_copy, media.PDF),
}


@page(*REGISTRARS, methods=FORM)
def order(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """Number a copy of a letter of one's own."""
    source = queries.get_document_for(request.scope, uid)
    if source.unit_id != request.scope.unit.pk:
        raise NotFound(queries.ABSENT)
    started = {"dated": request.scope.day, "ticket": uuid.uuid4().hex}
    form = CopyOrderForm(source, request.POST if request.method == "POST" else None, initial=started)
    if form.is_bound and form.is_valid():
        try:
            copy = actions.make_copy(
                source=source,
                order=form.order(),
                actor=request.scope.post,
                at=request.moment,
                client_key=form.cleaned_data["ticket"],
            )
        except InvalidInput as refusal:
            form.take(refusal)
        except Conflict as conflict:
            form.add_error(None, conflict.message)
        else:
            messages.success(request, _("Đã cấp số bản sao %(number)s.") % {"number": copy.number})
            return redirect("documents:document", uid=copy.uid)
    context = {
        "form": form,
        "document": source,
        "amendments": amendments_of(source),
        "next_number": next_number(request.scope, Direction.COPY, request.scope.day.year),
        "crumbs": [
            (source.number or _("Văn bản"), reverse("documents:document", kwargs={"uid": source.uid})),
            (_("Sao văn bản"), ""),
        ],
    }
    return render(request, "web/documents/copy.html", context, status=422 if form.errors else 200)


@page(*OFFICERS, takes="documents.copy_taken", of="document")
def paper(request: PageRequest, uid: uuid.UUID, name: str) -> HttpResponse:
    """The sheet for Word, the copy to print, or the electronic copy."""
    if name not in _PAPERS:
        raise NotFound("Không có tệp này.")
    made = made_copy(request.scope, queries.get_document_for(request.scope, uid))
    make, media_type = _PAPERS[name]
    number = made.document.number.replace("/", "-")
    return download(make(made), f"{number}-{name}", media_type)
