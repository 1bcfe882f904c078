"""What arrived and is not yet registered or acknowledged: one click a letter, or one for all."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from nhipcau.documents import actions, queries
from nhipcau.documents.incoming.acknowledging import unanswered
from nhipcau.documents.rights import REGISTRARS
from nhipcau.web.declare import POST, page
from nhipcau.web.request import PageRequest

_SHOWN = 200


@page(*REGISTRARS)
def today(request: PageRequest) -> HttpResponse:
    """The list, the oldest arrival first."""
    letters = list(unanswered(request.scope)[:_SHOWN])
    context = {
        "letters": letters,
        "today": request.scope.day,
        "silent": sum(one.acknowledged_at is None for one in letters),
        "crumbs": [(_("Văn bản"), reverse("documents:register")), (_("Văn bản đến trong ngày"), "")],
    }
    return render(request, "web/documents/today.html", context)


@page(*REGISTRARS, methods=POST)
def acknowledge_all(request: PageRequest) -> HttpResponse:
    """Tell every sender at once."""
    scope = request.scope
    count = actions.acknowledge_waiting(unit=scope.unit, actor=scope.post, at=request.moment)
    messages.success(request, _("Đã báo nhận %(n)s văn bản.") % {"n": count})
    return redirect("documents:today")


@page(*REGISTRARS, methods=POST)
def acknowledge(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """Tell the sender of one letter."""
    letter = queries.get_document_for(request.scope, uid)
    actions.acknowledge_letter(document=letter, actor=request.scope.post, at=request.moment)
    messages.success(request, _("Đã báo nhận văn bản."))
    return redirect("documents:today")
