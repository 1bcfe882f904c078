"""Reading the tree. The only place that walks it; everything else asks here."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from nhipcau.core.errors import NotFound
from nhipcau.core.text import fold
from nhipcau.core.workdays import WorkingDays
from nhipcau.org.models import (
    Appointment,
    Axis,
    Closure,
    DayOverride,
    Placement,
    Post,
    Role,
    Unit,
    UnitKind,
    UnitName,
)
from nhipcau.org.scope import Scope


def name_of(unit: Unit, day: dt.date) -> UnitName:
    """The unit's name on that day; before it began its first, after it ended its last."""
    names = list(UnitName.objects.filter(unit=unit).order_by("valid_from"))
    held = [name for name in names if name.valid_from <= day]
    return held[-1] if held else names[0]


def names_of(units: Iterable[int], day: dt.date) -> dict[int, UnitName]:
    """Names by unit id on that day, in one query; the last one that had begun, else the first."""
    chosen: dict[int, UnitName] = {}
    for name in UnitName.objects.filter(unit__in=list(units)).order_by("unit", "valid_from"):
        if name.unit_id not in chosen or name.valid_from <= day:
            chosen[name.unit_id] = name
    return chosen


def with_name(units: QuerySet[Unit], day: dt.date) -> QuerySet[Unit]:
    """Units annotated with `name`, `code`, `sort_key` of that day."""
    current = UnitName.objects.at(day).filter(unit=OuterRef("pk"))
    return units.annotate(
        name=Subquery(current.values("name")[:1]),
        code=Subquery(current.values("code")[:1]),
        sort_key=Subquery(current.values("sort_key")[:1]),
    )


def find_unit(reference: str, day: dt.date) -> Unit:
    """A unit by uid or by its code on that day; for the operator's command line, without a scope."""
    try:
        found = Unit.objects.filter(uid=uuid.UUID(reference)).first()
    except ValueError:
        named = UnitName.objects.at(day).filter(code=reference).select_related("unit").first()
        found = named.unit if named else None
    if found is None:
        raise NotFound(f"Không có đơn vị nào mang mã «{reference}» vào ngày {day:%d/%m/%Y}.")
    return found


def root(day: dt.date, axis: str = Axis.TERRITORY) -> Unit:
    """The unit without a superior on that axis and day."""
    link = Placement.objects.at(day).filter(parent=None, axis=axis).select_related("child").first()
    if link is None:
        raise NotFound(f"Chưa có cây tổ chức vào ngày {day:%d/%m/%Y}; hãy nhập bằng «nhipcau org import».")
    return link.child


def parent_of(unit: Unit, day: dt.date, axis: str = Axis.TERRITORY) -> Unit | None:
    """The unit directly above on that day, or None."""
    link = Placement.objects.at(day).filter(child=unit, axis=axis).select_related("parent").first()
    return link.parent if link else None


def superior_of(unit: Unit, day: dt.date, axis: str = Axis.TERRITORY) -> Unit | None:
    """The unit directly above that day; for one that has ended, the nearest of those last above it that stands."""
    standing = Placement.objects.at(day)
    if standing.filter(child=unit).exists():
        return parent_of(unit, day, axis)
    places = Placement.objects.filter(child=unit, axis=axis, valid_from__lte=day).select_related("parent__kind")
    last = places.order_by("-valid_from").first()
    if last is None or last.parent is None or standing.filter(child=last.parent, axis=axis).exists():
        return last.parent if last else None
    return superior_of(last.parent, day, axis)


def left_to(unit: Unit, day: dt.date, axis: str = Axis.TERRITORY) -> QuerySet[Closure, int]:
    """Ids of the units that have ended and whose `superior_of` is this one, as a subquery."""
    standing = Closure.objects.at(day).filter(axis=axis, depth=0)
    begun = Closure.objects.filter(descendant=OuterRef("descendant"), valid_from__lte=day)
    later = begun.filter(Q(valid_to=None) | Q(valid_to__gt=OuterRef("valid_to")), depth=0)
    nearer = begun.filter(valid_to=OuterRef("valid_to"), axis=axis, depth__gt=0, depth__lt=OuterRef("depth"))
    last = Closure.objects.filter(ancestor=unit, axis=axis, depth__gt=0, valid_to__lte=day).exclude(Exists(later))
    nearest = last.exclude(Exists(nearer.filter(ancestor__in=standing.values("descendant"))))
    return nearest.values_list("descendant", flat=True)


def is_root(unit: Unit, day: dt.date, axis: str = Axis.TERRITORY) -> bool:
    """Whether the unit stands on the axis that day with nobody above it."""
    return Placement.objects.at(day).filter(child=unit, parent=None, axis=axis).exists()


def children_of(unit: Unit, day: dt.date, axis: str = Axis.TERRITORY) -> QuerySet[Unit]:
    """The lower unions directly below, in Vietnamese order of their names; never the office's departments."""
    return _directly_below(unit, day, axis).filter(kind__internal=False)


def departments_of(unit: Unit, day: dt.date, axis: str = Axis.TERRITORY) -> QuerySet[Unit]:
    """The departments of the unit's own office (kinds marked `internal`), in Vietnamese order of their names."""
    return _directly_below(unit, day, axis).filter(kind__internal=True)


def _directly_below(unit: Unit, day: dt.date, axis: str) -> QuerySet[Unit]:
    below = Closure.objects.at(day).filter(ancestor=unit, axis=axis, depth=1).values("descendant")
    return (
        with_name(Unit.objects.filter(pk__in=below), day)
        .select_related("kind")
        .order_by("kind__rank", F("sort_key"))
    )


def above_local_units(among: QuerySet[Unit], day: dt.date, axis: str = Axis.TERRITORY) -> QuerySet[Unit]:
    """Those of `among` that stand directly above a unit of the lowest kind, in Vietnamese order of their names."""
    lowest = UnitKind.objects.filter(internal=False).order_by("-rank").values("rank")[:1]
    links = Closure.objects.at(day).filter(axis=axis, depth=1, descendant__kind__rank=Subquery(lowest))
    return with_name(among.filter(pk__in=links.values("ancestor")), day).order_by(F("sort_key"))


def containing(units: Iterable[Unit], among: Iterable[Unit], day: dt.date) -> set[int]:
    """Ids of those of `among` that are, or have in their branch, one of `units`."""
    reaches = Closure.objects.at(day).filter(descendant__in=list(units), ancestor__in=list(among))
    return set(reaches.values_list("ancestor", flat=True))


def branch_ids(unit: Unit, day: dt.date, axis: str = Axis.TERRITORY) -> QuerySet[Closure, int]:
    """Ids of the unit and everything below it, as a subquery."""
    return Closure.objects.at(day).filter(ancestor=unit, axis=axis).values_list("descendant", flat=True)


def ancestors_of(unit: Unit, day: dt.date, axis: str = Axis.TERRITORY) -> list[Unit]:
    """From the root down to the unit's parent."""
    above = Closure.objects.at(day).filter(descendant=unit, axis=axis, depth__gt=0).select_related("ancestor__kind")
    return [reach.ancestor for reach in above.order_by("-depth")]


def search_units(scope: Scope, text: str, limit: int = 20) -> QuerySet[Unit]:
    """Visible units whose name or code holds the text, diacritics ignored."""
    wanted = UnitName.objects.at(scope.day).filter(folded__contains=fold(text)).values("unit")
    return with_name(scope.units().filter(pk__in=wanted), scope.day).order_by(F("sort_key"))[:limit]


def posts_with_role(unit: Unit, role: Role, day: dt.date) -> list[Post]:
    """The unit's posts that hold the role on that day."""
    return [post for post in Post.objects.at(day).filter(unit=unit).order_by("pk") if post.has_role(role)]


def holder_of(post: Post, day: dt.date) -> Appointment | None:
    """Who holds the post on that day."""
    return Appointment.objects.at(day).filter(post=post).select_related("person").first()


def working_days() -> WorkingDays:
    """The national calendar with this federation's swap days."""
    return WorkingDays(dict(DayOverride.objects.values_list("day", "working")))
