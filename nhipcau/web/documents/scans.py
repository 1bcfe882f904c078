"""A scan that is being recognised: how far it is, and what became of it."""

from __future__ import annotations

import datetime as dt
import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import HTMX_STOP_POLLING, HttpResponseClientRedirect

from nhipcau.documents.models import Scan, ScanState
from nhipcau.documents.queries import get_scan_for
from nhipcau.documents.rights import REGISTRARS
from nhipcau.web.declare import page
from nhipcau.web.request import PageRequest

_SOON = dt.timedelta(minutes=1)


@page(*REGISTRARS)
def scan(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """Progress, page by page; then on to the confirmation, or why the paper was not kept."""
    found = get_scan_for(request.scope, uid)
    if found.document is not None:
        messages.success(request, _("Đã nhận dạng xong. Hãy đối chiếu từng ô với bản quét rồi vào sổ."))
        done = reverse("documents:confirm", kwargs={"uid": found.document.uid})
        return HttpResponseClientRedirect(done) if request.htmx else redirect(done)
    waiting = found.state == ScanState.WAITING
    context = {
        "scan": found,
        "waiting": waiting,
        "late": _is_late(found, request.moment),
        "crumbs": [(_("Văn bản"), reverse("documents:register")), (_("Nhận dạng bản quét"), "")],
    }
    return render(
        request,
        "web/documents/scan.html",
        context,
        status=200 if waiting or not request.htmx else HTMX_STOP_POLLING,
    )


def _is_late(found: Scan, at: dt.datetime) -> bool:
    """Nothing happened for a minute: perhaps no worker runs."""
    return found.pages_done == 0 and at - found.created_at > _SOON
