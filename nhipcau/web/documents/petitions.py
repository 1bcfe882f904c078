"""The register of complaints and denunciations: number, day and handler, and never what the paper says."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from nhipcau.core.errors import Conflict, InvalidInput
from nhipcau.documents import actions
from nhipcau.documents.models import RegisterEntry
from nhipcau.documents.registers.petitions import get_petition_for
from nhipcau.documents.rights import REGISTRARS
from nhipcau.web.declare import FORM, page
from nhipcau.web.documents.forms import VoidForm
from nhipcau.web.documents.lineforms import HandlerForm, PetitionForm
from nhipcau.web.request import PageRequest
from nhipcau.web.taking import note_restricted


@page(*REGISTRARS, methods=FORM)
def petition(request: PageRequest) -> HttpResponse:
    """Enter one that came in on paper."""
    started = {"received_on": request.scope.day, "ticket": uuid.uuid4().hex}
    form = PetitionForm(request.POST if request.method == "POST" else None, initial=started)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            entry = actions.register_petition(
                unit=request.scope.unit,
                received_on=given["received_on"],
                handler=given["handler"],
                client_key=given["ticket"],
                actor=request.scope.post,
                at=request.moment,
            )
        except InvalidInput as refusal:
            form.take(refusal)
        except Conflict as conflict:
            form.add_error(None, conflict.message)
        else:
            messages.success(request, _("Đã vào sổ tiếp nhận đơn với số %(n)s.") % {"n": entry.label})
            return redirect(_home(entry))
    context = {
        "form": form,
        "title": _("Ghi đơn khiếu nại, tố cáo"),
        "lead": _("Chỉ ghi số, ngày và người xử lý."),
        "text": _(
            "Hệ thống không đọc, không lưu và không tìm kiếm nội dung đơn, người gửi đơn hay tệp đơn. "
            "Đơn giấy chuyển thẳng cho người xử lý."
        ),
        "confirm": _("Vào sổ"),
        "back": reverse("documents:register") + "?so=don",
    }
    return render(request, "web/tasks/ask.html", context, status=422 if form.errors else 200)


@page(*REGISTRARS, methods=FORM)
def line(request: PageRequest, year: int, number: int) -> HttpResponse:
    """Another handler, or the day it was handed over."""
    entry = get_petition_for(request.scope, year, number)
    note_restricted(
        request, "documents.petitions_read", f"unit:{request.scope.unit.uid}", year=year, number=entry.label
    )
    shown = {"keeper": entry.keeper, "dispatched_on": entry.dispatched_on}
    form = HandlerForm(request.POST if request.method == "POST" else None, initial=shown)
    if form.is_bound and form.is_valid():
        try:
            actions.fill_line(entry=entry, actor=request.scope.post, at=request.moment, **form.cleaned_data)
        except InvalidInput as refusal:
            form.take(refusal)
        else:
            messages.success(request, _("Đã ghi vào dòng số %(n)s của sổ.") % {"n": entry.label})
            return redirect(_home(entry))
    context = {
        "form": form,
        "title": _("Người xử lý đơn số %(n)s") % {"n": entry.label},
        "lead": _("Chỉ ghi số, ngày và người xử lý."),
        "confirm": _("Ghi vào sổ"),
        "back": _home(entry),
    }
    return render(request, "web/tasks/ask.html", context, status=422 if form.errors else 200)


@page(*REGISTRARS, methods=FORM)
def void(request: PageRequest, year: int, number: int) -> HttpResponse:
    """Strike a number that was taken by mistake."""
    entry = get_petition_for(request.scope, year, number)
    form = VoidForm(request.POST if request.method == "POST" else None)
    if form.done(
        lambda: actions.void_entry(
            entry=entry, reason=form.cleaned_data["reason"], actor=request.scope.post, at=request.moment
        )
    ):
        messages.success(request, _("Đã hủy số %(n)s; số này không dùng lại.") % {"n": entry.label})
        return redirect(_home(entry))
    context = {
        "form": form,
        "title": _("Hủy số %(n)s") % {"n": entry.label},
        "lead": _("Sổ tiếp nhận đơn"),
        "text": _("Lý do chỉ nói vì sao hủy số, không ghi nội dung đơn hay người gửi đơn."),
        "confirm": _("Hủy số"),
        "look": "danger",
        "back": _home(entry),
    }
    return render(request, "web/tasks/ask.html", context, status=422 if form.errors else 200)


def _home(entry: RegisterEntry) -> str:
    return f"{reverse('documents:register')}?so=don&nam={entry.register.year}"
