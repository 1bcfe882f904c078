"""Hoạt động dự kiến: what a unit is going to do. It stands in the calendar and counts nowhere."""

from __future__ import annotations

import uuid

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhipcau.activities.planning import (
    LONGEST_PLACE,
    LONGEST_TITLE,
    PlanInput,
    drop_plan,
    get_planned_for,
    plan_activity,
)
from nhipcau.activities.queries import get_type
from nhipcau.core.errors import InvalidInput
from nhipcau.core.ids import new_uid
from nhipcau.org.queries import name_of
from nhipcau.web.activities import shown
from nhipcau.web.declare import FORM, page
from nhipcau.web.fields import DayField
from nhipcau.web.forms import PageForm
from nhipcau.web.request import PageRequest
from nhipcau.web.words import labelled


class PlanForm(PageForm):
    """When, what, where; figures come when it has been done."""

    day = DayField(label=gettext_lazy("Ngày dự kiến"))
    title = forms.CharField(label=gettext_lazy("Tên hoạt động"), required=False, max_length=LONGEST_TITLE)
    place = forms.CharField(label=gettext_lazy("Địa điểm"), required=False, max_length=LONGEST_PLACE)
    client_key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)


class DropForm(PageForm):
    """Why it falls through."""

    reason = forms.CharField(label=gettext_lazy("Lý do thôi"), max_length=300, required=False)


@page(methods=FORM)
def plan(request: PageRequest) -> HttpResponse:
    """Without `?loai=` the kinds to choose from; with it the form."""
    code, scope = request.GET.get("loai", ""), request.scope
    if not code:
        types = [(kind.code, labelled(kind)) for kind in shown.types_by_use(scope.unit)]
        return render(request, "web/activities/choose.html", {"types": types, "heading": _("Lên lịch hoạt động")})
    kind = get_type(code)
    form = PlanForm(request.POST if request.method == "POST" else None, initial={"client_key": str(new_uid())})
    if form.is_bound and form.is_valid():
        given = PlanInput(
            form.cleaned_data["day"],
            form.cleaned_data["title"],
            form.cleaned_data["place"],
            form.cleaned_data["client_key"] or None,
        )
        try:
            made = plan_activity(unit=scope.unit, kind=kind, given=given, actor=scope.post, at=request.moment)
        except InvalidInput as refusal:
            form.take(refusal)
        else:
            messages.success(request, _("Đã lên lịch. Số liệu chỉ được tính sau khi bạn nhập, khi đã làm xong."))
            return redirect(reverse("activities:calendar") + f"?thang={made.day:%Y-%m}")
    context = {
        "form": form,
        "title": _("Lên lịch hoạt động"),
        "lead": labelled(kind),
        "confirm": _("Lưu"),
        "back": reverse("activities:calendar"),
    }
    return render(request, "web/tasks/ask.html", context, status=422 if form.errors else 200)


@page(methods=FORM)
def planned(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """One of them: enter its figures, or say why it falls through."""
    found = get_planned_for(request.scope, uid)
    form = DropForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            drop_plan(plan=found, reason=form.cleaned_data["reason"], actor=request.scope.post, at=request.moment)
        except InvalidInput as refusal:
            form.add_error("reason", refusal.message)
        else:
            messages.success(request, _("Đã bỏ khỏi lịch."))
            return redirect("activities:calendar")
    context = {
        "plan": found,
        "label": labelled(found.type),
        "unit_name": name_of(found.unit, request.scope.day).name,
        "open": found.unit_id == request.scope.unit.pk and found.activity is None and not found.dropped_reason,
        "due": found.day <= request.scope.day,
        "form": form,
    }
    return render(request, "web/activities/planned.html", context, status=422 if form.errors else 200)
