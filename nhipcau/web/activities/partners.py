"""Units that took part: offered to tick where they lie below, written by name where they do not."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from nhipcau.activities.models import Activity
from nhipcau.org.models import Unit
from nhipcau.org.queries import names_of
from nhipcau.org.scope import Scope
from nhipcau.web.declare import page
from nhipcau.web.picking import offered, ticked
from nhipcau.web.request import PageRequest


@page()
def find_partners(request: PageRequest) -> HttpResponse:
    """Units below whose name holds `tim`, as boxes to tick; ticked ones stay."""
    return render(request, "web/parts/pick_units.html", offered(request, ticked(request)))


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
