"""Putting an activity right: correcting, withdrawing, answering as a partner."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhipcau.activities.actions import withdraw_activity
from nhipcau.activities.correcting import correct_activity
from nhipcau.activities.joint import answer_partnership
from nhipcau.activities.models import Activity
from nhipcau.activities.queries import get_activity_for, get_partner_for
from nhipcau.core.errors import InvalidInput, NotAllowed
from nhipcau.org.models import Unit
from nhipcau.web.activities.forms import ActivityForm, typed
from nhipcau.web.activities.partners import partners_of
from nhipcau.web.activities.views import WithdrawForm, show
from nhipcau.web.declare import FORM, POST, page
from nhipcau.web.picking import offered, ticked
from nhipcau.web.request import PageRequest
from nhipcau.web.stale import EditForm
from nhipcau.web.words import labelled


class CorrectionForm(EditForm, ActivityForm):
    """The form of one activity, with why it is changed and which papers are taken out."""

    anew = frozenset({"without", "reason"})

    without = forms.MultipleChoiceField(
        label=gettext_lazy("Bỏ giấy tờ"), required=False, widget=forms.CheckboxSelectMultiple
    )
    reason = forms.CharField(
        label=gettext_lazy("Lý do sửa"),
        max_length=250,
        help_text=gettext_lazy("Ví dụ: gõ nhầm số suất quà. Lý do đứng cạnh số cũ và số mới."),
        error_messages={"required": gettext_lazy("Hãy ghi lý do sửa.")},
    )
    edits = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, activity: Activity, *args: Any, **kwargs: Any) -> None:
        super().__init__(activity.type, *args, **kwargs)
        del self.fields["photos"]  # they have a page of their own, where they are looked at
        papers = [(str(one.pk), one.name) for one in activity.evidence.order_by("pk")]
        self.fields["without"].choices = papers  # type: ignore[attr-defined]
        if not papers:
            del self.fields["without"]


@page(methods=FORM)
def correct(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """The form as it was filled in; what is changed stands in the history afterwards."""
    activity = get_activity_for(request.scope, uid)
    if activity.unit_id != request.scope.unit.pk:
        raise NotAllowed("Chỉ đơn vị ghi hoạt động sửa được hoạt động ấy.")
    partners, lines = partners_of(activity, request.scope)
    first = typed(activity) | {"partner_bodies": "\n".join(lines), "edits": activity.edits}
    if request.method == "POST":
        form = CorrectionForm(activity, request.POST, request.FILES, initial=first)
        units = ticked(request)
        if "tim-don-vi" in request.POST:  # the search button of a browser without scripts
            form = CorrectionForm(activity, initial=request.POST.dict())
        elif form.is_valid() and _corrected(request, activity, form, units):
            messages.success(request, _("Đã sửa hoạt động. Báo cáo đã gửi không tự đổi theo."))
            return redirect("activities:detail", uid=uid)
    else:
        units, form = partners, CorrectionForm(activity, initial=first)
    context = {"activity": activity, "label": labelled(activity.type), "form": form, **offered(request, units)}
    return render(request, "web/activities/correct.html", context, status=422 if form.is_bound else 200)


def _corrected(request: PageRequest, activity: Activity, form: CorrectionForm, units: list[Unit]) -> bool:
    try:
        correct_activity(
            activity=activity,
            given=form.given(units),
            edits=form.cleaned_data["edits"],
            reason=form.cleaned_data["reason"],
            without=[int(one) for one in form.cleaned_data.get("without", ())],
            actor=request.scope.post,
            at=request.moment,
        )
    except InvalidInput as refusal:
        form.take(refusal)
        return False
    return True


@page(methods=POST)
def withdraw(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """Take back an activity recorded by mistake."""
    activity = get_activity_for(request.scope, uid)
    form = WithdrawForm(request.POST)
    if form.is_valid():
        try:
            withdraw_activity(
                activity=activity, reason=form.cleaned_data["reason"], actor=request.scope.post, at=request.moment
            )
        except InvalidInput as refusal:
            form.take(refusal)
        else:
            messages.success(request, _("Đã rút hoạt động; nó còn trong sổ nhưng không được tính nữa."))
            return redirect("activities:detail", uid=uid)
    return show(request, activity, form, status=422)


@page(methods=POST)
def answer(request: PageRequest, uid: uuid.UUID, number: int) -> HttpResponse:
    """Whether the partner took part: "co" or "khong"."""
    partner = get_partner_for(request.scope, uid, number)
    ours = request.POST.get("cung-lam") == "co"
    try:
        answer_partnership(
            partner=partner,
            ours=ours,
            note=request.POST.get("ghi-chu", ""),
            actor=request.scope.post,
            at=request.moment,
        )
    except InvalidInput as refusal:
        return show(request, partner.activity, WithdrawForm(), faults=refusal.faults, status=422)
    messages.success(request, _("Đã ghi: cùng làm.") if ours else _("Đã ghi: không cùng làm."))
    return redirect("activities:detail", uid=uid)
