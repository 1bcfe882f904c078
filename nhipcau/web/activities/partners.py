"""Units that took part: offered to tick where they lie below, written by name where they do not."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import render

from nhipcau.activities.models import Activity
from nhipcau.org.models import Unit
from nhipcau.org.queries import children_of, names_of
from nhipcau.org.scope import Scope
from nhipcau.org.searching import search_units
from nhipcau.web.declare import page
from nhipcau.web.request import PageRequest

FEW = 12  # so many units below are offered at once; beyond that one searches


@page()
def find_partners(request: PageRequest) -> HttpResponse:
    """Units below whose name holds `tim`, as boxes to tick; ticked ones stay."""
    units = ticked(request, request.GET.getlist("don-vi"))
    return render(request, "web/activities/partners.html", offered(request, units))


def ticked(request: PageRequest, uids: Sequence[str]) -> list[Unit]:
    """The ticked units; one that is not visible does not exist."""
    return [request.scope.get_unit(uid) for uid in dict.fromkeys(uids)]


def offered(request: PageRequest, ticked: Sequence[Unit]) -> dict[str, object]:
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


def partners_of(activity: Activity, scope: Scope) -> tuple[list[Unit], list[str]]:
    """The partners as the form takes them: units below to tick, all others by name, a line each."""
    partners = list(activity.partners.select_related("unit").order_by("pk"))
    ids = [partner.unit_id for partner in partners if partner.unit_id]
    below = set(scope.units_ever().filter(pk__in=ids).values_list("pk", flat=True))
    names = names_of(ids, scope.day)
    units = [partner.unit for partner in partners if partner.unit and partner.unit_id in below]
    lines = [
        names[partner.unit_id].name if partner.unit_id else partner.outside
        for partner in partners
        if partner.unit_id not in below
    ]
    return units, lines
