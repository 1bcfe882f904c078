"""Ghi hoạt động: choose a type, fill in, done within a minute."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from nhipcau.activities.actions import log_activity
from nhipcau.activities.checking import ActivityInput
from nhipcau.activities.models import Activity, ActivityType, PlannedActivity
from nhipcau.activities.planning import get_planned_for, record_planned
from nhipcau.activities.queries import get_activity_for, get_type, last_of_type
from nhipcau.activities.types import measures_of
from nhipcau.campaigns.models import Campaign
from nhipcau.campaigns.queries import campaigns_for
from nhipcau.campaigns.sessions import record_session
from nhipcau.core.errors import InvalidInput, MissingProgram, NotFound
from nhipcau.org.models import Unit
from nhipcau.org.scope import fetch
from nhipcau.web.activities import forms, shown
from nhipcau.web.activities.partners import partners_of
from nhipcau.web.declare import FORM, page
from nhipcau.web.offline.keeping import kept
from nhipcau.web.offline.replaying import PHOTOS
from nhipcau.web.picking import offered, ticked
from nhipcau.web.request import PageRequest
from nhipcau.web.words import labelled, spoken


@page(methods=FORM)
def record(request: PageRequest) -> HttpResponse:
    """Without `?loai=` the types to choose from; with it the form, filled from the last one by `&lap-lai=1`."""
    code = request.GET.get("loai", "")
    if not code:
        types = [(kind.code, labelled(kind)) for kind in shown.types_by_use(request.scope.unit)]
        return kept(request, render(request, "web/activities/choose.html", {"types": types}))
    kind = get_type(code)
    if request.method == "POST":
        return _take(request, kind)
    last = last_of_type(request.scope, kind)
    copied = _copied(request, kind, last)
    figures = "so-lieu" in request.GET
    first = forms.initial(request.scope.day, copied, figures=figures) | _as_planned(_plan(request, kind), request)
    units, lines = partners_of(copied, request.scope) if copied else ([], [])
    form = forms.ActivityForm(kind, initial=first | {"partner_bodies": "\n".join(lines)}, last=copied)
    shown_form = _form(request, kind, form, units, {"last": last, "copied": copied, "figures": figures})
    return shown_form if copied else kept(request, shown_form)


def _plan(request: PageRequest, kind: ActivityType) -> PlannedActivity | None:
    """What the unit had planned and now records: named by the form or the address."""
    wanted = request.POST.get("du-kien", request.GET.get("du-kien", ""))
    found = get_planned_for(request.scope, wanted) if wanted else None
    if found is not None and (found.unit_id, found.type_id) != (request.scope.unit.pk, kind.pk):
        raise NotFound("Chỉ nhập số liệu cho hoạt động dự kiến của chính đơn vị.")
    return found


def _as_planned(plan: PlannedActivity | None, request: PageRequest) -> dict[str, object]:
    if plan is None:
        return {}
    return {"held_on": min(plan.day, request.scope.day), "title": plan.title, "place": plan.place}


def _copied(request: PageRequest, kind: ActivityType, last: Activity | None) -> Activity | None:
    """What `lap-lai` asks to be repeated: "1" the last of its type, else the activity with that uid."""
    asked = request.GET.get("lap-lai", "")
    if asked in ("", "1"):
        return last if asked else None
    found = get_activity_for(request.scope, asked)
    if (found.unit_id, found.type_id) != (request.scope.unit.pk, kind.pk):
        raise NotFound("Chỉ lặp lại được hoạt động cùng loại của chính đơn vị.")
    return found


@page()
def read_amount(request: PageRequest) -> HttpResponse:
    """What the one figure of the query means, as a sentence: the echo under the field."""
    kind = get_type(request.GET.get("loai", ""))
    text, good = "", True
    for measure in measures_of(kind.measures):
        typed = request.GET.get(forms.MEASURE + measure.code, "").strip()
        if typed:
            try:
                text = forms.echo(measure, typed)
            except InvalidInput as error:
                text, good = spoken(error.message), False
    return render(request, "web/activities/echo.html", {"text": text, "good": good})


def _take(request: PageRequest, kind: ActivityType) -> HttpResponse:
    form, campaign = forms.ActivityForm(kind, request.POST, request.FILES), _campaign(request, kind)
    units = ticked(request)
    if "tim-don-vi" in request.POST:  # the search button of a browser without scripts
        form = forms.ActivityForm(kind, initial=request.POST.dict())
        return _form(request, kind, form, units, {})
    if form.is_valid():
        given = form.given(units)
        try:
            activity = _keep(request, kind, given, campaign)
        except InvalidInput as refusal:
            form.take(refusal)
        except MissingProgram as missing:
            form.add_error("photos", missing.message)
        else:
            messages.success(request, _("Đã ghi hoạt động. Số liệu sẽ có sẵn khi lập báo cáo."))
            return _recorded(activity, campaign, with_photos=bool(given.photos))
    return _form(request, kind, form, units, {}, status=422)


def _recorded(activity: Activity, campaign: Campaign | None, *, with_photos: bool) -> HttpResponse:
    """On to the photographs, the campaign or the activity; a device that kept photographs learns where they go."""
    if campaign is not None and not with_photos:
        answer = redirect("campaigns:campaign", uid=campaign.uid)
    else:
        answer = redirect("activities:photos" if with_photos else "activities:detail", uid=activity.uid)
    answer[PHOTOS] = reverse("activities:photos", args=[activity.uid])
    return answer


def _keep(request: PageRequest, kind: ActivityType, given: ActivityInput, campaign: Campaign | None) -> Activity:
    """Recorded, as what was planned or counted in the campaign if one was chosen."""
    scope, planned = request.scope, _plan(request, kind)
    if planned is not None:
        return record_planned(plan=planned, given=given, actor=scope.post, at=request.moment)
    if campaign is None:
        return log_activity(unit=scope.unit, kind=kind, given=given, actor=scope.post, at=request.moment)
    return record_session(
        campaign=campaign, unit=scope.unit, kind=kind, given=given, actor=scope.post, at=request.moment
    )


def _campaign(request: PageRequest, kind: ActivityType) -> Campaign | None:
    """The campaign named by the form or the address; one in which that kind does not count does not exist."""
    wanted = request.POST.get("chien-dich", request.GET.get("chien-dich", ""))
    if not wanted:
        return None
    running = campaigns_for(request.scope, kind)
    return fetch(running, wanted, "Không có chiến dịch đang mở nào tính loại hoạt động này.")


def _form(
    request: PageRequest,
    kind: ActivityType,
    form: forms.ActivityForm,
    units: Sequence[Unit],
    more: Mapping[str, object],
    status: int = 200,
) -> HttpResponse:
    chosen, planned = _campaign(request, kind), _plan(request, kind)
    running = [] if planned else campaigns_for(request.scope, kind)  # counted afterwards, on the campaign's page
    context = {
        "kind": kind,
        "label": labelled(kind),
        "form": form,
        "campaigns": [(str(one.uid), one.name, one == chosen) for one in running],
        "planned": planned,
        **more,
    }
    return render(request, "web/activities/record.html", context | offered(request, units), status=status)
