"""Looking through the tree on any day: what stands below a unit, and on which days a branch changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache

from django.db.models import Count, QuerySet

from nhipcau.org.models import Axis, Closure, Placement, Unit, UnitName
from nhipcau.org.queries import ancestors_of, children_of, names_of
from nhipcau.org.scope import Scope
from nhipcau.org.soundness import tree_version


def stands(unit: Unit, day: dt.date, axis: str = Axis.TERRITORY) -> bool:
    """Whether the unit has a place on that axis that day."""
    return Placement.objects.at(day).filter(child=unit, axis=axis).exists()


def below(scope: Scope, unit: Unit, day: dt.date, axis: str = Axis.TERRITORY) -> QuerySet[Unit]:
    """The lower unions directly below on that day, with `name` and `code` of that day, as far as the scope sees
    them: one that was transferred since lies elsewhere and is left out."""
    found = children_of(unit, day, axis)
    return found if day == scope.day else found.filter(pk__in=scope.unit_ids())


def sizes(units: Iterable[int], day: dt.date, axis: str = Axis.TERRITORY) -> dict[int, int]:
    """How many lower unions lie directly below each; units with none are left out. One query."""
    links = Placement.objects.at(day).filter(parent__in=list(units), axis=axis, child__kind__internal=False)
    return dict(links.values_list("parent").annotate(n=Count("pk")))


def parents(units: Iterable[int], day: dt.date, axis: str = Axis.TERRITORY) -> dict[int, str]:
    """The name of what each unit lay directly under that day; the top is left out. Two queries."""
    links = Placement.objects.at(day).filter(child__in=list(units), axis=axis).exclude(parent=None)
    above = dict(links.values_list("child", "parent"))
    names = names_of({pk for pk in above.values() if pk}, day)
    return {child: names[parent].name for child, parent in above.items() if parent}


def way_down(scope: Scope, unit: Unit, day: dt.date) -> list[tuple[Unit, str]]:
    """The units from the scope's own down to the one directly above `unit`, with their names."""
    if unit.pk == scope.unit.pk:
        return []
    way = ancestors_of(unit, day)
    own = next((n for n, one in enumerate(way) if one.pk == scope.unit.pk), len(way))
    names = names_of([one.pk for one in way[own:]], day)
    return [(one, names[one.pk].name) for one in way[own:]]


def days_of_change(unit: Unit) -> list[dt.date]:
    """Every day on which a unit of the branch began, ended, moved or took another name, the earliest first.

    Read once a version of the tree: the branch of a nation is all its units.
    """
    return list(_days_of_change(unit.pk, tree_version()))


@lru_cache(maxsize=256)
def _days_of_change(unit: int, version: int | None) -> tuple[dt.date, ...]:
    branch = Closure.objects.filter(ancestor=unit).values("descendant")
    days: set[dt.date | None] = set()
    for rows in (Placement.objects.filter(child__in=branch), UnitName.objects.filter(unit__in=branch)):
        days |= {*rows.values_list("valid_from", flat=True).distinct().order_by()}
        days |= {*rows.values_list("valid_to", flat=True).distinct().order_by()}
    return tuple(sorted(day for day in days if day))
