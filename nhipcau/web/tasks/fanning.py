"""Giao thẳng cho cả nhánh: which kinds of unit, how far it is, and stopping it."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext, gettext_lazy
from django.utils.translation import gettext as _
from django_htmx.http import HTMX_STOP_POLLING

from nhipcau.core.errors import Conflict, InvalidInput
from nhipcau.documents.queries import get_document_for
from nhipcau.documents.rights import LEADERS
from nhipcau.org.models import UnitKind
from nhipcau.org.queries import kinds_below
from nhipcau.tasks import actions
from nhipcau.tasks.models import FanOut, FanOutState, Obligation
from nhipcau.tasks.queries import get_fan_out_for
from nhipcau.web.declare import FORM, POST, page
from nhipcau.web.fields import DayField
from nhipcau.web.forms import PageForm
from nhipcau.web.request import PageRequest
from nhipcau.web.tasks.asked import asked_of
from nhipcau.web.templatetags.nhip import vi_number

_SOON = dt.timedelta(minutes=1)


class FanOutForm(PageForm):
    """One duty of the letter, the kinds of unit, and a date of one's own where the letter's does not fit."""

    obligation = forms.ChoiceField(
        label=gettext_lazy("Giao yêu cầu nào"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Hãy chọn một yêu cầu.")},
    )
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Giao cho mọi đơn vị loại nào trong nhánh"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Đơn vị đã được giao yêu cầu này thì giữ nguyên."),
        error_messages={"required": gettext_lazy("Hãy chọn ít nhất một loại đơn vị.")},
    )
    due = DayField(
        label=gettext_lazy("Hạn riêng"),
        required=False,
        help_text=gettext_lazy("Bỏ trống để theo hạn của văn bản hoặc của cấp trên."),
    )
    due_reason = forms.CharField(label=gettext_lazy("Vì sao đặt hạn riêng"), required=False, max_length=250)
    needs_evidence = forms.BooleanField(
        label=gettext_lazy("Khi báo hoàn thành phải gửi kèm giấy tờ"), required=False
    )

    def __init__(self, data: Any, duties: list[Obligation], kinds: list[tuple[UnitKind, int]]) -> None:
        super().__init__(data)
        self.duties = {str(one.uid): one for one in duties}
        english = (get_language() or "").startswith("en")
        offered = {
            one.code: f"{(english and one.label_en) or one.label} ({vi_number(units)})" for one, units in kinds
        }
        self.fields["obligation"].choices = [(uid, one.text) for uid, one in self.duties.items()]  # type: ignore[attr-defined]
        self.fields["kinds"].choices = list(offered.items())  # type: ignore[attr-defined]
        if len(self.duties) == 1:
            self.fields["obligation"].initial = next(iter(self.duties))

    def duty(self) -> Obligation:
        """The one chosen; call it on a valid form."""
        return self.duties[self.cleaned_data["obligation"]]


@page(*LEADERS, methods=FORM)
def begin(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """Straight to every unit of some kinds, however many."""
    document = get_document_for(request.scope, uid)
    duties = [one.obligation for one in asked_of(document) if one.allowed]
    kinds = kinds_below(request.scope.unit, request.scope.day)
    form = FanOutForm(request.POST if request.method == "POST" else None, duties, kinds)
    if form.is_bound and form.is_valid():
        try:
            begun = actions.fan_out(
                obligation=form.duty(),
                kinds=form.cleaned_data["kinds"],
                due=form.cleaned_data["due"],
                due_reason=form.cleaned_data["due_reason"],
                needs_evidence=form.cleaned_data["needs_evidence"],
                actor=request.scope.post,
                at=request.moment,
            )
        except InvalidInput as refusal:
            form.take(refusal)
        except Conflict as conflict:
            form.add_error(None, conflict.message)
        else:
            return redirect("tasks:fan_out_progress", uid=begun.uid)
    context = {
        "form": form,
        "title": _("Giao thẳng cho cả nhánh"),
        "lead": str(document),
        "text": "" if duties and kinds else _nobody(duties),
        "confirm": _("Giao việc") if duties and kinds else "",
        "back": reverse("tasks:assign", kwargs={"uid": document.uid}),
    }
    return render(request, "web/tasks/ask.html", context, status=422 if form.errors else 200)


def _nobody(duties: list[Obligation]) -> str:
    if not duties:
        return gettext("Văn bản chưa có yêu cầu nào giao được. Hãy ghi thêm yêu cầu ở trang văn bản.")
    return gettext("Đơn vị không có cấp dưới để giao.")


@page(*LEADERS)
def progress(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """How many have it; asks again every two seconds while it runs."""
    found = get_fan_out_for(request.scope, uid)
    running = found.state == FanOutState.RUNNING
    context = {
        "fan_out": found,
        "task": found.task,
        "running": running,
        "late": running and not found.given and request.moment - found.asked_at > _SOON,
        "may_cancel": found.state != FanOutState.CANCELLED and found.task.issued_by_id == request.scope.unit.pk,
        "taken_back": found.state == FanOutState.CANCELLED,
    }
    status = 200 if running or not request.htmx else HTMX_STOP_POLLING
    return render(request, "web/tasks/fan_out.html", context, status=status)


@page(*LEADERS, methods=POST)
def cancel(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """Stop, and take back what nobody has finished."""
    found: FanOut = get_fan_out_for(request.scope, uid)
    actions.cancel_fan_out(fan_out=found, actor=request.scope.post, at=request.moment)
    messages.success(request, _("Đã dừng. Đơn vị nào chưa làm xong thì không phải làm nữa."))
    return redirect("tasks:fan_out_progress", uid=found.uid)
