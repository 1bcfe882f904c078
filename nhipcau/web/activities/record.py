"""Ghi hoạt động: choose a type, fill in, done within a minute."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nhipcau.activities.actions import log_activity
from nhipcau.activities.models import Activity, ActivityType
from nhipcau.activities.queries import get_type, last_of_type
from nhipcau.activities.types import measures_of
from nhipcau.core.errors import InvalidInput
from nhipcau.org.models import Unit
from nhipcau.org.queries import children_of, names_of
from nhipcau.org.searching import search_units
from nhipcau.web.activities import forms, shown
from nhipcau.web.declare import FORM, page
from nhipcau.web.request import PageRequest

FEW = 12  # so many units below are offered at once; beyond that one searches


@page(methods=FORM)
def record(request: PageRequest) -> HttpResponse:
    """Without `?loai=` the types to choose from; with it the form, filled from the last one by `&lap-lai=1`."""
    code = request.GET.get("loai", "")
    if not code:
        types = [(kind.code, shown.labelled(kind)) for kind in shown.types_by_use(request.scope.unit)]
        return render(request, "web/activities/choose.html", {"types": types})
    kind = get_type(code)
    if request.method == "POST":
        return _take(request, kind)
    last = last_of_type(request.scope, kind)
    repeated = last if request.GET.get("lap-lai") else None
    form = forms.ActivityForm(kind, initial=forms.initial(request.scope.day, repeated))
    chosen = [partner.unit for partner in repeated.partners.all() if partner.unit] if repeated else []
    return _form(request, kind, form, chosen, last)


@page()
def find_partners(request: PageRequest) -> HttpResponse:
    """Units below whose name holds `tim`, as boxes to tick; ticked ones stay."""
    units = _ticked(request, request.GET.getlist("don-vi"))
    return render(request, "web/activities/partners.html", _partners(request, units))


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
                text, good = error.message, False
    return render(request, "web/activities/echo.html", {"text": text, "good": good})


def _take(request: PageRequest, kind: ActivityType) -> HttpResponse:
    form = forms.ActivityForm(kind, request.POST, request.FILES)
    units = _ticked(request, request.POST.getlist("don-vi"))
    if "tim-don-vi" in request.POST:  # the search button of a browser without scripts
        form = forms.ActivityForm(kind, initial=request.POST.dict())
        return _form(request, kind, form, units, None)
    if form.is_valid():
        try:
            activity = log_activity(
                unit=request.scope.unit,
                kind=kind,
                given=form.given(units),
                actor=request.scope.post,
                at=request.moment,
            )
        except InvalidInput as refusal:
            form.take(refusal)
        else:
            messages.success(request, _("Đã ghi hoạt động. Số liệu sẽ có sẵn khi lập báo cáo."))
            return redirect("activities:detail", uid=activity.uid)
    return _form(request, kind, form, units, None, status=422)


def _form(
    request: PageRequest,
    kind: ActivityType,
    form: forms.ActivityForm,
    units: list[Unit],
    last: Activity | None,
    status: int = 200,
) -> HttpResponse:
    context = {"kind": kind, "label": shown.labelled(kind), "form": form, "last": last}
    return render(request, "web/activities/record.html", context | _partners(request, units), status=status)


def _ticked(request: PageRequest, uids: list[str]) -> list[Unit]:
    """The ticked units; one that is not visible does not exist."""
    return [request.scope.get_unit(uid) for uid in dict.fromkeys(uids)]


def _partners(request: PageRequest, ticked: list[Unit]) -> dict[str, object]:
    """`partners` as (uid, name, ticked) rows, and whether there is anything to search."""
    scope = request.scope
    below = children_of(scope.unit, scope.day)
    wanted = (request.GET.get("tim") or request.POST.get("tim") or "").strip()
    many = below.count() > FEW
    found = list(search_units(scope, wanted)) if wanted else [] if many else list(below)
    offered = {unit.pk: unit for unit in (*ticked, *found) if unit.pk != scope.unit.pk}
    names = names_of(offered, scope.day)
    marked = {unit.pk for unit in ticked}
    rows = [(str(unit.uid), names[pk].name, pk in marked) for pk, unit in offered.items()]
    return {"partners": rows, "wanted": wanted, "searchable": many, "none_found": bool(wanted) and not found}
