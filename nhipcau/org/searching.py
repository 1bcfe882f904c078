"""Finding a unit as one types, diacritics ignored, in a nation of units.

No index helps with a piece out of the middle of a name that half of all names hold. So there are two ways, each
bounded: in a small scope its own names are read; in a large one the database goes once through all names and keeps
the first few in Vietnamese order, of which those in sight are taken.
"""

from __future__ import annotations

import datetime as dt

from django.db.models import F, QuerySet

from nhipcau.core.text import canonical, clean, fold
from nhipcau.org.models import Closure, Unit, UnitName
from nhipcau.org.queries import children_of, superior_of, with_name
from nhipcau.org.scope import Scope

SMALL = 5000  # units in a scope whose names are read one by one
FIRST = 400  # names looked at in a large scope; eight times as many while too few of them are in sight


def search_units(scope: Scope, text: str, limit: int = 20, day: dt.date | None = None) -> QuerySet[Unit]:
    """The first `limit` visible units, in Vietnamese order, whose name or code of that day (today, unless told)
    holds the text; on another day also those that have ended since."""
    day = day or scope.day
    names = UnitName.objects.at(day).filter(folded__contains=fold(text)).order_by("sort_key", "unit")
    seen = scope.unit_ids() if day != scope.day else _standing(scope)
    units = _few(names, seen, limit) if _is_small(scope) else _many(names, seen, limit)
    return with_name(Unit.objects.filter(pk__in=units), day).order_by(F("sort_key"))


def named_in_full(name: str, beside: Unit, day: dt.date) -> list[Unit]:
    """The units that stand on that day under exactly this name or code, capitals aside.

    No scope: whoever writes a unit's whole name knows of it, and nothing but it is found. Of several with one name
    those beside or above the unit `beside` go first: where there is one such, it alone.
    """
    wanted = _exact(name)
    if not wanted:
        return []
    rows = UnitName.objects.at(day).filter(unit__kind__internal=False).select_related("unit")
    alike = rows.filter(folded__startswith=fold(clean(name))) | rows.filter(code=clean(name))
    found = [row.unit for row in alike.order_by("unit") if wanted in (_exact(row.name), _exact(row.code))]
    above = superior_of(beside, day)
    if len(found) > 1 and above is not None:
        near = set(children_of(above, day).values_list("pk", flat=True)) | {above.pk}
        nearest = [unit for unit in found if unit.pk in near]
        return nearest if len(nearest) == 1 else found
    return found


def _exact(name: str) -> str:
    return canonical(clean(name)).casefold()


def _standing(scope: Scope) -> QuerySet[Closure, int]:
    return Closure.objects.at(scope.day).filter(ancestor=scope.unit).values_list("descendant", flat=True)


def _is_small(scope: Scope) -> bool:
    return not _standing(scope)[SMALL : SMALL + 1].exists()


def _few(names: QuerySet[UnitName], seen: QuerySet[Closure, int], limit: int) -> list[int]:
    return list(names.filter(unit__in=seen).values_list("unit", flat=True)[:limit])


def _many(names: QuerySet[UnitName], seen: QuerySet[Closure, int], limit: int) -> list[int]:
    size = FIRST
    while True:
        first = list(names.values_list("unit", flat=True)[:size])
        visible = set(seen.filter(descendant__in=first))
        found = [unit for unit in first if unit in visible][:limit]
        if len(found) == limit or len(first) < size:
            return found
        size *= 8
