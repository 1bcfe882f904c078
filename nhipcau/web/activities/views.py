"""The register of activities: list, one activity, its papers."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhipcau.activities.models import Activity, ActivityEvidence, ActivityState
from nhipcau.activities.queries import get_activity_for, visible_activities
from nhipcau.campaigns.queries import visible_campaigns
from nhipcau.core.errors import Fault, NotFound
from nhipcau.documents.storing import files, media
from nhipcau.org.queries import names_of
from nhipcau.org.searching import search_units
from nhipcau.web.activities import shown
from nhipcau.web.activities.history import history
from nhipcau.web.activities.mapped import mapped
from nhipcau.web.declare import page
from nhipcau.web.fields import DayField
from nhipcau.web.forms import PageForm
from nhipcau.web.paging import leaf
from nhipcau.web.request import PageRequest
from nhipcau.web.saved.opening import opens_as_chosen
from nhipcau.web.words import labelled

ON_A_PAGE = 30
MOST_UNITS = 500


class Filter(PageForm):
    """What the list is narrowed by."""

    loai = forms.ChoiceField(label=gettext_lazy("Loại hoạt động"), required=False)
    tu = DayField(label=gettext_lazy("Từ ngày"), required=False)
    den = DayField(label=gettext_lazy("Đến ngày"), required=False)
    don_vi = forms.CharField(label=gettext_lazy("Tên đơn vị"), required=False, max_length=120)


class WithdrawForm(PageForm):
    """Why the activity is taken back."""

    reason = forms.CharField(
        label=gettext_lazy("Lý do rút"),
        max_length=250,
        error_messages={"required": gettext_lazy("Hãy ghi lý do rút hoạt động.")},
    )


@page()
@opens_as_chosen("hoat-dong")
def register(request: PageRequest) -> HttpResponse:
    """Activities of the unit and of those below, newest first."""
    form = Filter(request.GET)
    types = shown.types_by_use(request.scope.unit)
    form.fields["loai"].choices = [("", _("Mọi loại")), *((t.code, labelled(t)) for t in types)]  # type: ignore[attr-defined]
    form.is_valid()
    found = _narrowed(request, form)
    page_obj = leaf(found, ON_A_PAGE, request.GET.get("page"))
    context = {"form": form, "page_obj": page_obj, "rows": shown.shown(page_obj.object_list, request.scope)}
    return render(request, "web/activities/list.html", context | {"narrowed": any(request.GET.values())})


@page()
def detail(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """One activity with everything recorded about it."""
    activity = get_activity_for(request.scope, uid)
    return show(request, activity, WithdrawForm())


@page(takes="activities.paper_taken", of="activity")
def paper(request: PageRequest, uid: uuid.UUID, number: int) -> HttpResponse:
    """One paper of the activity, as it was handed in; a photograph opens in the page, as it was kept."""
    evidence = evidence_of(request, uid, number)
    response = HttpResponse(files.read(evidence.file), content_type=evidence.file.media_type)
    apart = not media.is_picture(evidence.file.media_type)
    named = content_disposition_header(as_attachment=apart, filename=evidence.name)
    response.headers["Content-Disposition"] = named or "attachment"
    return response


def evidence_of(request: PageRequest, uid: uuid.UUID, number: int) -> ActivityEvidence:
    """The paper or photograph of a visible activity with that key, or NotFound."""
    evidence = get_activity_for(request.scope, uid).evidence.select_related("file").filter(pk=number).first()
    if evidence is None:
        raise NotFound("Hoạt động này không có giấy tờ ấy.")
    return evidence


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


def show(
    request: PageRequest, activity: Activity, form: WithdrawForm, *, faults: Sequence[Fault] = (), status: int = 200
) -> HttpResponse:
    """The page of one activity; `form` and `faults` say what was refused."""
    partners = list(activity.partners.select_related("answered_by", "unit", "heir").order_by("pk"))
    named = {pk for one in partners for pk in (one.unit_id, one.heir_id) if pk}
    names = names_of([activity.unit_id, *named], request.scope.day)
    kept = list(activity.evidence.select_related("file").order_by("pk"))
    recorded = activity.state == ActivityState.RECORDED
    own = activity.unit_id == request.scope.unit.pk
    mine = request.scope.unit.pk
    asked = next((one for one in partners if one.unit_id and one.answering.pk == mine), None)
    context = {
        "activity": activity,
        "label": labelled(activity.type),
        "unit_name": names[activity.unit_id].name,
        "figures": shown.figures(activity),
        "answers": shown.answers(activity),
        "partners": [
            (
                one,
                names[one.unit_id].name if one.unit_id else one.outside,
                names[one.heir_id].name if one.heir_id else "",
            )
            for one in partners
        ],
        "papers": [one for one in kept if not media.is_picture(one.file.media_type)],
        "pictures": [one for one in kept if media.is_picture(one.file.media_type)],
        "waiting": activity.waiting_photos.count() if own else 0,
        "own": own,
        "below": request.scope.sees(activity.unit),
        "open": recorded and own,
        "asked": asked if recorded else None,
        "asked_for": names[asked.unit_id].name if asked and asked.heir_id and asked.unit_id else "",
        "history": history(activity, request.scope),
        **mapped(activity, request.scope),
        "campaign": visible_campaigns(request.scope).filter(sessions__activity=activity).first(),
        "form": form,
        "faults": faults,
    }
    return render(request, "web/activities/detail.html", context, status=status)
