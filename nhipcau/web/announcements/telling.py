"""Đăng thông báo: words first, then to whom."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nhipcau.core.errors import Conflict, InvalidInput
from nhipcau.documents.rights import LEADERS
from nhipcau.tasks.announcements.posting import announce
from nhipcau.web.announcements.forms import TellForm
from nhipcau.web.declare import FORM, page
from nhipcau.web.picking import offered, ticked
from nhipcau.web.request import PageRequest

SEARCHED = "tim-don-vi"  # the search button of a browser without scripts


@page(*LEADERS, methods=FORM)
def tell(request: PageRequest) -> HttpResponse:
    """The form, and the announcement once it is sound."""
    posted = request.method == "POST" and SEARCHED not in request.POST
    units = ticked(request)
    files = (request.POST, request.FILES) if posted else ()
    form = TellForm(request.scope.unit.kind, *files)
    if request.method == "POST" and not posted:
        form.initial = {**request.POST.dict(), **{name: request.POST.getlist(name) for name in ("kinds", "roles")}}
    if posted and form.is_valid():
        try:
            told = announce(given=form.given(units), actor=request.scope.post, at=request.moment)
        except InvalidInput as refusal:
            form.take(refusal)
        except Conflict as conflict:
            form.add_error(None, conflict.message)
        else:
            messages.success(request, _("Đã đăng thông báo; các đơn vị thấy ngay trong việc cần xử lý."))
            return redirect("announcements:announcement", uid=told.uid)
    context = {"form": form, **offered(request, units)}
    return render(request, "web/announcements/tell.html", context, status=422 if form.errors else 200)


@page(*LEADERS)
def find_units(request: PageRequest) -> HttpResponse:
    """Units below whose name holds `tim`, as boxes to tick; ticked ones stay."""
    return render(request, "web/parts/pick_units.html", offered(request, ticked(request)))
