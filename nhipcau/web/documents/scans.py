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

from nhipcau.core.errors import Conflict
from nhipcau.documents import actions
from nhipcau.documents.incoming.unread import KEPT
from nhipcau.documents.models import Scan, ScanState
from nhipcau.documents.queries import get_scan_for
from nhipcau.documents.rights import REGISTRARS
from nhipcau.web.declare import FORM, POST, page
from nhipcau.web.forms import PageForm
from nhipcau.web.request import PageRequest

_SOON = dt.timedelta(minutes=1)


@page(*REGISTRARS)
def scan(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """Progress, page by page; then on to the confirmation, or why the paper was not kept."""
    return _shown(request, get_scan_for(request.scope, uid))


def _shown(request: PageRequest, found: Scan, refused: str = "") -> HttpResponse:
    if found.document is not None:
        if found.document.text:
            messages.success(request, _("Đã nhận dạng xong. Hãy đối chiếu từng ô với bản quét rồi vào sổ."))
        else:
            messages.warning(request, _("Máy không đọc được chữ nào. Hãy xem bản quét rồi nhập các mục bằng tay."))
        done = reverse("documents:confirm", kwargs={"uid": found.document.uid})
        return HttpResponseClientRedirect(done) if request.htmx else redirect(done)
    waiting, failed = (found.state == state for state in (ScanState.WAITING, ScanState.FAILED))
    context = {
        "scan": found,
        "waiting": waiting,
        "failed": failed,
        "gone_on": found.failed_at + KEPT if found.failed_at else None,
        "late": _is_late(found, request.moment),
        "refused": refused,
        "crumbs": [(_("Văn bản"), reverse("documents:register")), (_("Nhận dạng bản quét"), "")],
    }
    status = HTMX_STOP_POLLING if request.htmx and not waiting else 409 if refused else 200
    return render(request, "web/documents/scan.html", context, status=status)


@page(*REGISTRARS, methods=POST)
def try_again(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """Once more, as if it had just been sent."""
    found = get_scan_for(request.scope, uid)
    try:
        actions.try_again(scan=found, actor=request.scope.post, at=request.moment)
    except Conflict as conflict:
        return _shown(request, get_scan_for(request.scope, uid), conflict.message)
    return redirect("documents:scan", uid=found.uid)


@page(*REGISTRARS, methods=FORM)
def drop(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """Erase what was sent and is no letter yet."""
    found = get_scan_for(request.scope, uid)
    form = PageForm(request.POST if request.method == "POST" else None)
    if form.done(lambda: actions.drop_scan(scan=found, actor=request.scope.post, at=request.moment)):
        messages.success(request, _("Đã bỏ bản quét; không còn lưu gì của tệp này."))
        return redirect("documents:upload")
    context = {
        "form": form,
        "title": _("Bỏ bản quét"),
        "lead": found.name or found.get_state_display(),
        "text": _("Tệp bị xóa hẳn khỏi máy chủ. Cần thì nhận lại tệp."),
        "confirm": _("Bỏ bản quét"),
        "look": "danger",
        "back": reverse("documents:scan", kwargs={"uid": found.uid}),
    }
    return render(request, "web/tasks/ask.html", context, status=409 if form.errors else 200)


def _is_late(found: Scan, at: dt.datetime) -> bool:
    """Nothing happened for a minute: perhaps no worker runs."""
    return found.pages_done == 0 and at - found.created_at > _SOON
