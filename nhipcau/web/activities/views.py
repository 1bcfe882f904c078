"""The register of activities: list, one activity, withdrawing, its papers."""

from __future__ import annotations

import uuid

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhipcau.activities.actions import withdraw_activity
from nhipcau.activities.models import Activity, ActivityState
from nhipcau.activities.queries import get_activity_for, visible_activities
from nhipcau.core.errors import InvalidInput, NotFound
from nhipcau.documents.storing import files
from nhipcau.org.queries import names_of
from nhipcau.org.searching import search_units
from nhipcau.web.activities import shown
from nhipcau.web.declare import POST, page
from nhipcau.web.forms import PageForm
from nhipcau.web.request import PageRequest

ON_A_PAGE = 30
MOST_UNITS = 500
DAY = {"placeholder": "05/11/2026", "inputmode": "numeric", "autocomplete": "off"}


class Filter(PageForm):
    """What the list is narrowed by."""

    loai = forms.ChoiceField(label=gettext_lazy("Loại hoạt động"), required=False)
    tu = forms.DateField(label=gettext_lazy("Từ ngày"), required=False, widget=forms.DateInput(attrs=DAY))
    den = forms.DateField(label=gettext_lazy("Đến ngày"), required=False, widget=forms.DateInput(attrs=DAY))
    don_vi = forms.CharField(label=gettext_lazy("Tên đơn vị"), required=False, max_length=120)


class WithdrawForm(PageForm):
    """Why the activity is taken back."""

    reason = forms.CharField(
        label=gettext_lazy("Lý do rút"),
        max_length=500,
        error_messages={"required": gettext_lazy("Hãy ghi lý do rút hoạt động.")},
    )


@page()
def register(request: PageRequest) -> HttpResponse:
    """Activities of the unit and of those below, newest first."""
    form = Filter(request.GET)
    types = shown.types_by_use(request.scope.unit)
    form.fields["loai"].choices = [("", _("Mọi loại")), *((t.code, shown.labelled(t)) for t in types)]  # type: ignore[attr-defined]
    form.is_valid()
    found = _narrowed(request, form)
    page_obj = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page_obj": page_obj, "rows": shown.shown(page_obj.object_list, request.scope)}
    return render(request, "web/activities/list.html", context | {"narrowed": any(request.GET.values())})


@page()
def detail(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """One activity with everything recorded about it."""
    activity = get_activity_for(request.scope, uid)
    return _detail(request, activity, WithdrawForm())


@page(methods=POST)
def withdraw(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """Take back an activity recorded by mistake."""
    activity = get_activity_for(request.scope, uid)
    form = WithdrawForm(request.POST)
    if form.is_valid():
        try:
            withdraw_activity(
                activity=activity,
                reason=form.cleaned_data["reason"],
                actor=request.scope.post,
                at=request.moment,
            )
        except InvalidInput as refusal:
            form.take(refusal)
        else:
            messages.success(request, _("Đã rút hoạt động; nó còn trong sổ nhưng không được tính nữa."))
            return redirect("activities:detail", uid=uid)
    return _detail(request, activity, form, status=422)


@page()
def paper(request: PageRequest, uid: uuid.UUID, number: int) -> HttpResponse:
    """One paper of the activity, as it was handed in."""
    evidence = get_activity_for(request.scope, uid).evidence.select_related("file").filter(pk=number).first()
    if evidence is None:
        raise NotFound("Hoạt động này không có giấy tờ ấy.")
    response = HttpResponse(files.read(evidence.file), content_type=evidence.file.media_type)
    response.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=evidence.name) or "attachment"
    )
    return response


def _narrowed(request: PageRequest, form: Filter) -> QuerySet[Activity]:
    found = visible_activities(request.scope)
    asked = form.cleaned_data
    if asked.get("loai"):
        found = found.filter(type__code=asked["loai"])
    if asked.get("tu"):
        found = found.filter(held_on__gte=asked["tu"])
    if asked.get("den"):
        found = found.filter(held_on__lte=asked["den"])
    if asked.get("don_vi"):
        units = search_units(request.scope, asked["don_vi"], MOST_UNITS).values_list("pk", flat=True)
        found = found.filter(unit__in=list(units))
    return found


def _detail(request: PageRequest, activity: Activity, form: WithdrawForm, status: int = 200) -> HttpResponse:
    partners = list(activity.partners.all())
    ids = [partner.unit_id for partner in partners if partner.unit_id]
    names = names_of([activity.unit_id, *ids], request.scope.day)
    recorded = activity.state == ActivityState.RECORDED
    context = {
        "activity": activity,
        "label": shown.labelled(activity.type),
        "unit_name": names[activity.unit_id].name,
        "figures": shown.figures(activity),
        "answers": shown.answers(activity),
        "partners": [names[p.unit_id].name if p.unit_id else p.outside for p in partners],
        "papers": list(activity.evidence.order_by("pk")),
        "may_withdraw": recorded and activity.unit_id == request.scope.unit.pk,
        "form": form,
    }
    return render(request, "web/activities/detail.html", context, status=status)
