"""The tree as it is, or as it was on a day; always the post's own branch."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from ninja import Query

from nhipcau.api.auth import ApiRequest
from nhipcau.api.declare import Area
from nhipcau.api.paging import Listed, Paging, listed
from nhipcau.api.schemas.base import Words
from nhipcau.api.schemas.units import UnitDetail, UnitInTree, UnitOut
from nhipcau.core.text import clean
from nhipcau.org import browsing
from nhipcau.org.models import Axis, Unit, UnitKind
from nhipcau.org.queries import name_of, names_of
from nhipcau.org.searching import search_units

MOST_FOUND = 50
area = Area("units", "/units")


@area.get("", "org:tree", "everywhere", answer=Listed[UnitOut])
def search(request: ApiRequest, paging: Query[Paging], q: Words = "", at: dt.date | None = None) -> Any:
    """Units of the branch by a piece of the name or code, at most 50; without `q` the own unit."""
    day, text = at or request.scope.day, clean(q)[:120]
    found = list(search_units(request.scope, text, MOST_FOUND, day)) if text else [request.scope.unit]
    return listed(request, found, paging, lambda units: named(units, day))


@area.get("/{uuid:unit}", "org:unit", answer=UnitDetail)
def unit(request: ApiRequest, unit: uuid.UUID, at: dt.date | None = None) -> Any:
    """One unit, and the way down to it from the own one."""
    scope = request.scope
    found, day = scope.get_unit(unit), at or scope.day
    name, shown = name_of(found, day), named([found], day)[0]
    above = [one for one, _name in browsing.way_down(scope, found, day)]
    return UnitDetail(
        **shown.dict(),
        symbol=name.symbol,
        place=name.place,
        members=found.members,
        standing=any(browsing.stands(found, day, axis) for axis in Axis),
        path=named(above, day),
    )


@area.get("/{uuid:unit}/children", "org:branch", answer=Listed[UnitInTree])
def children(
    request: ApiRequest,
    paging: Query[Paging],
    unit: uuid.UUID,
    at: dt.date | None = None,
    axis: Axis = Axis.TERRITORY,
) -> Any:
    """The unions directly below, in Vietnamese order of their names, as the tree was `at` that day."""
    scope, day = request.scope, at or request.scope.day
    rows = browsing.below(scope, scope.get_unit(unit), day, axis)
    return listed(request, rows, paging, lambda units: _sized(units, day, axis))


def _sized(units: Sequence[Unit], day: dt.date, axis: str) -> list[UnitInTree]:
    sizes = browsing.sizes([one.pk for one in units], day, axis)
    shown = zip(units, named(units, day), strict=True)
    return [UnitInTree(**out.dict(), size=sizes.get(one.pk, 0)) for one, out in shown]


def named(units: Sequence[Unit], day: dt.date) -> list[UnitOut]:
    """The units with their names and codes of that day, in the order given. Two queries."""
    names = names_of([one.pk for one in units], day)
    kinds = dict(UnitKind.objects.values_list("pk", "code"))
    return [
        UnitOut(uid=one.uid, code=names[one.pk].code, name=names[one.pk].name, kind=kinds[one.kind_id])
        for one in units
    ]
