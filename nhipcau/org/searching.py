"""Finding a unit as one types, diacritics ignored, in a nation of units.

No index helps with a piece out of the middle of a name that half of all names hold. So there are two ways, each
bounded: in a small scope its own names are read; in a large one the database goes once through all names and keeps
the first few in Vietnamese order, of which those in sight are taken.
"""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import F, QuerySet

from nhipcau.core.text import fold
from nhipcau.org.models import Closure, Unit, UnitName
from nhipcau.org.queries import with_name
from nhipcau.org.scope import Scope

SMALL = 5000  # units in a scope whose names are read one by one
FIRST = 400  # names looked at in a large scope; eight times as many while too few of them are in sight


def search_units(scope: Scope, text: str, limit: int = 20) -> QuerySet[Unit]:
    """The first `limit` visible units, in Vietnamese order, whose name or code holds the text."""
    names = UnitName.objects.at(scope.day).filter(folded__contains=fold(text)).order_by("sort_key", "unit")
    units = _few(scope, names, limit) if _is_small(scope) else _many(scope, names, limit)
    return with_name(Unit.objects.filter(pk__in=units), scope.day).order_by(F("sort_key"))


def _is_small(scope: Scope) -> bool:
    standing = Closure.objects.at(scope.day).filter(ancestor=scope.post.unit_id)
    return not standing.values("pk")[SMALL : SMALL + 1].exists()


def _few(scope: Scope, names: QuerySet[UnitName], limit: int) -> list[int]:
    return list(names.filter(unit__in=scope.units().values("pk")).values_list("unit", flat=True)[:limit])


def _many(scope: Scope, names: QuerySet[UnitName], limit: int) -> list[int]:
    size = FIRST
    while True:
        first = list(names.values_list("unit", flat=True)[:size])
        seen = _visible(scope, first)
        found = [unit for unit in first if unit in seen][:limit]
        if len(found) == limit or len(first) < size:
            return found
        size *= 8


def _visible(scope: Scope, units: Collection[int]) -> set[int]:
    reaches = Closure.objects.at(scope.day).filter(ancestor=scope.post.unit_id, descendant__in=units)
    return set(reaches.values_list("descendant", flat=True))
