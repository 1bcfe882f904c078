"""Choosing units below by ticking: all of a few at once, else found by typing; ticked ones stay."""

from __future__ import annotations

from collections.abc import Iterable

from nhipcau.org.models import Unit
from nhipcau.org.queries import children_of, names_of
from nhipcau.org.scope import Scope
from nhipcau.org.searching import search_units
from nhipcau.web.request import AnyRequest, PageRequest

FEW = 12  # so many units below are offered at once; beyond that one searches
TICKED, WANTED = "don-vi", "tim"


def ticked(request: PageRequest) -> list[Unit]:
    """The units ticked in a form or query; one that is not visible does not exist."""
    return [request.scope.get_unit(uid) for uid in dict.fromkeys(_sent(request, TICKED))]


def offered(request: PageRequest, units: Iterable[Unit]) -> dict[str, object]:
    """For parts/pick_units.html: `offered` as (uid, name, ticked) rows, and whether there is anything to search."""
    scope, chosen = request.scope, list(units)
    wanted = next(iter(_sent(request, WANTED)), "").strip()
    below = children_of(scope.unit, scope.day)
    many = below.count() > FEW
    found = _found(scope, wanted) if wanted else [] if many else list(below)
    shown = {unit.pk: unit for unit in (*chosen, *found) if unit.pk != scope.unit.pk}
    names = names_of(shown, scope.day)
    marked = {unit.pk for unit in chosen}
    rows = [(str(unit.uid), names[pk].name, pk in marked) for pk, unit in shown.items()]
    return {"offered": rows, "wanted": wanted, "searchable": many, "none_found": bool(wanted) and not found}


def _found(scope: Scope, wanted: str) -> list[Unit]:
    return list(search_units(scope, wanted))


def _sent(request: AnyRequest, name: str) -> list[str]:
    return (request.POST if request.method == "POST" else request.GET).getlist(name)
