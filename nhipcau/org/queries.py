"""Reading the tree. The only place that walks it; everything else asks here."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery

from nhipcau.core.errors import NotFound
from nhipcau.core.once import once
from nhipcau.core.said import Said
from nhipcau.core.workdays import WorkingDays
from nhipcau.org.branches import Span, branch
from nhipcau.org.models import (
    Appointment,
    Axis,
    Closure,
    DayOverride,
    Placement,
    Post,
    Role,
    Succession,
    Unit,
    UnitKind,
    UnitName,
)
from nhipcau.org.soundness import tree_now
from nhipcau.org.unit_facts import unit_facts

ORDERED = 1000  # names of so many units are read to find the first of them


def name_of(unit: Unit, day: dt.date) -> UnitName:
    """The unit's name on that day; before it began its first, after it ended its last."""
    return names_of([unit.pk], day)[unit.pk]


def began(unit: Unit) -> dt.date:
    """The first day of the unit: that of its first name."""
    return _names_ever(frozenset([unit.pk]))[0].valid_from


def names_of(units: Iterable[int], day: dt.date) -> dict[int, UnitName]:
    """Names by unit id on that day, in one query; the last one that had begun, else the first."""
    chosen: dict[int, UnitName] = {}
    for name in _names_ever(frozenset(units)):
        if name.unit_id not in chosen or name.valid_from <= day:
            chosen[name.unit_id] = name
    return chosen


@once
def _names_ever(units: frozenset[int]) -> list[UnitName]:
    return list(UnitName.objects.filter(unit__in=units).order_by("unit", "valid_from"))


def first_named(units: Sequence[int], day: dt.date, most: int) -> list[UnitName]:
    """At most `most` of the units, by name in Vietnamese order. Of very many, the first ones given: a list that
    nobody reads to its end is not put in order for all of them."""
    chosen = units if len(units) <= ORDERED else units[:most]
    return sorted(names_of(chosen, day).values(), key=lambda name: name.sort_key)[:most]


def called(units: Iterable[int], day: dt.date) -> dict[int, str]:
    """The names of `names_of` as text alone: a list of a nation makes no object a unit."""
    chosen: dict[int, str] = {}
    rows = UnitName.objects.filter(unit__in=list(units)).order_by("unit", "valid_from")
    for unit, name, since in rows.values_list("unit", "name", "valid_from").iterator():
        if unit not in chosen or since <= day:
            chosen[unit] = name
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
        raise NotFound(
            Said(
                f"Không có đơn vị nào mang mã «{reference}» vào ngày {day:%d/%m/%Y}.",
                f"No unit has the code «{reference}» on {day:%d/%m/%Y}.",
            )
        )
    return found


def root(day: dt.date, axis: str = Axis.TERRITORY) -> Unit:
    """The unit without a superior on that axis and day."""
    link = Placement.objects.at(day).filter(parent=None, axis=axis).select_related("child").first()
    if link is None:
        raise NotFound(
            Said(
                f"Chưa có cây tổ chức vào ngày {day:%d/%m/%Y}; hãy nhập bằng «nhipcau org import».",
                f"There is no tree yet on {day:%d/%m/%Y}; import one by «nhipcau org import».",
            )
        )
    return link.child


def parent_of(unit: Unit, day: dt.date, axis: str = Axis.TERRITORY) -> Unit | None:
    """The unit directly above on that day, or None."""
    link = Placement.objects.at(day).filter(child=unit, axis=axis).select_related("parent").first()
    return link.parent if link else None


def superior_of(unit: Unit, day: dt.date, axis: str = Axis.TERRITORY) -> Unit | None:
    """The unit directly above that day; for one that has ended, the nearest of those last above it that stands."""
    standing = Placement.objects.at(day)
    link = standing.filter(child=unit, axis=axis).select_related("parent").first()
    if link is not None or standing.filter(child=unit).exists():
        return link.parent if link else None
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


@once
def left_below(unit: Unit, day: dt.date) -> dict[str, tuple[int, ...]]:
    """By axis the ids of the units `left_to` the unit, looked for once a version of the tree: above a nation stood
    all that ever ended."""
    tree = tree_now()
    return {axis: _left_to(unit.pk, day, axis, tree) for axis in Axis.values}


@once
def below_or_left(unit: Unit, day: dt.date) -> dict[str, list[int]]:
    """By axis the ids of the lower unions directly below, and of those `left_to` the unit."""
    found = {axis: [*units] for axis, units in left_below(unit, day).items()}
    for axis, child in _places_below(unit, day):
        found[axis].append(child)
    return found


@lru_cache(maxsize=256)
def _left_to(unit: int, day: dt.date, axis: str, version: int | None) -> tuple[int, ...]:
    return tuple(left_to(Unit(pk=unit), day, axis))


@dataclass(frozen=True)
class Ended:
    """A union's last place: until which day (exclusive), and who lay above it. Over one that had nobody above it
    counts whoever took most of what it had."""

    day: dt.date
    above: int | None


def ended_during(span: Span, axis: str = Axis.TERRITORY) -> dict[int, Ended]:
    """Every union that stood on a day of the span and stands no more on its last day."""
    first, last = span
    later = Q(valid_to=None) | Q(valid_to__gt=OuterRef("valid_to"))
    goes_on = Placement.objects.filter(later, child=OuterRef("child"), axis=axis, valid_from__lte=last)
    rows = Placement.objects.filter(axis=axis, valid_from__lte=last, valid_to__gt=first, valid_to__lte=last)
    rows = rows.exclude(child__kind__internal=True).filter(~Exists(goes_on)).order_by("valid_to", "pk")
    return {child: Ended(day, above or _main_heir(child, day)) for child, day, above in rows.values_list(
        "child", "valid_to", "parent") if day}  # fmt: skip


def _main_heir(unit: int, day: dt.date) -> int | None:
    took = Succession.objects.filter(predecessor=unit, event__day=day, indicator="").exclude(successor=unit)
    return took.order_by("-weight", "pk").values_list("successor", flat=True).first()


def ended_below(unit: Unit, span: Span, axis: str = Axis.TERRITORY) -> list[int]:
    """Ids of the units that ended within the span and lay below the unit, each at its own last place in it."""
    ended = ended_during(span, axis)
    if not ended:
        return []
    standing = {one.above for one in ended.values() if one.above not in ended}
    inside = set(branch_ids(unit, span.last, axis).filter(descendant__in=standing)) | {unit.pk}
    return [pk for pk in ended if pk != unit.pk and _reaches(pk, ended, inside)]


def _reaches(unit: int | None, ended: Mapping[int, Ended], inside: set[int]) -> bool:
    while unit is not None and unit not in inside and unit in ended:
        unit = ended[unit].above
    return unit in inside


def main_heirs(units: Collection[int], day: dt.date) -> dict[int, int]:
    """For each of these, which have ended: the unit that stands in its place, having taken most of what it had.
    Those that nobody follows are left out."""
    ends = (
        Placement.objects.filter(child__in=units, valid_to__lte=day).values("child").annotate(last=Max("valid_to"))
    )
    took = {unit: _main_heir(unit, last) for unit, last in ends.order_by().values_list("child", "last")}
    found = {unit: heir for unit, heir in took.items() if heir is not None}
    ended = [heir for heir in found.values() if not Placement.objects.at(day).filter(child=heir).exists()]
    further = main_heirs(ended, day) if ended else {}
    return {unit: further.get(heir, heir) for unit, heir in found.items() if heir not in ended or heir in further}


def lay_below(field: str, unit: Unit, span: Span, axis: str = Axis.TERRITORY) -> Q:
    """A filter for any model: its unit (`field`) lay below that unit at its own last place within the span."""
    standing = branch_ids(unit, span.last, axis).filter(depth__gt=0)
    ended = ended_below(unit, span, axis)
    below = Q(**{f"{field}__in": standing})
    return below | Q(**{f"{field}__in": ended}) if ended else below


def superiors_during(unit: Unit, span: Span, axis: str = Axis.TERRITORY) -> list[Unit]:
    """From the top down to the unit's superior, each at its own last place within the span."""
    above: list[int] = []
    here: int | None = unit.pk
    while here is not None:
        place = Placement.objects.during(*span).filter(axis=axis, child=here).order_by("-valid_from").first()
        here = place.parent_id if place else None
        if place and here is None and place.valid_to and place.valid_to <= span.last:
            here = _main_heir(place.child_id, place.valid_to)
        if here is not None:
            above.insert(0, here)
    units = Unit.objects.select_related("kind").in_bulk(above)
    return [units[pk] for pk in above]


@once
def is_root(unit: Unit, day: dt.date, axis: str = Axis.TERRITORY) -> bool:
    """Whether the unit stands on the axis that day with nobody above it."""
    return Placement.objects.at(day).filter(child=unit, parent=None, axis=axis).exists()


def unions_below(unit: Unit, day: dt.date) -> QuerySet[Placement]:
    """The places of the lower unions directly below, on both axes."""
    return Placement.objects.at(day).filter(parent=unit, child__kind__internal=False)


@once
def _places_below(unit: Unit, day: dt.date) -> list[tuple[str, int]]:
    return list(unions_below(unit, day).values_list("axis", "child"))


def has_below(unit: Unit, day: dt.date) -> bool:
    """Whether any lower union lies directly below that day, on the axis of the territory."""
    return bool(ids_below(unit, day))


def ids_below(unit: Unit, day: dt.date) -> set[int]:
    """The lower unions directly below that day, on the axis of the territory."""
    return {child for axis, child in _places_below(unit, day) if axis == Axis.TERRITORY}


def children_of(unit: Unit, day: dt.date, axis: str = Axis.TERRITORY) -> QuerySet[Unit]:
    """The lower unions directly below, in Vietnamese order of their names; never the office's departments."""
    return _directly_below(unit, day, axis).filter(kind__internal=False)


def departments_of(unit: Unit, day: dt.date, axis: str = Axis.TERRITORY) -> QuerySet[Unit]:
    """The departments of the unit's own office (kinds marked `internal`), in Vietnamese order of their names."""
    return _directly_below(unit, day, axis).filter(kind__internal=True)


def _directly_below(unit: Unit, day: dt.date, axis: str) -> QuerySet[Unit]:
    # From the places: of the closure a database expects to find half the nation below its top.
    below = Placement.objects.at(day).filter(parent=unit, axis=axis).values("child")
    return (
        with_name(Unit.objects.filter(pk__in=below), day)
        .select_related("kind")
        .order_by("kind__rank", F("sort_key"))
    )


def above_local_units(among: QuerySet[Unit], day: dt.date, axis: str = Axis.TERRITORY) -> QuerySet[Unit]:
    """Those of `among` that stand directly above a unit of the lowest kind, in Vietnamese order of their names."""
    lowest = UnitKind.objects.filter(internal=False).order_by("-rank").values("rank")[:1]
    links = Placement.objects.at(day).filter(axis=axis, child__kind__rank=Subquery(lowest))
    return with_name(among.filter(pk__in=links.values("parent")), day).order_by(F("sort_key"))


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


def units_above(unit: Unit, day: dt.date) -> QuerySet[Closure, int]:
    """Ids of all units above on that day, on both axes, as a subquery."""
    return Closure.objects.at(day).filter(descendant=unit, depth__gt=0).values_list("ancestor", flat=True)


def reached_from(units: Iterable[int] | QuerySet[Unit], day: dt.date) -> QuerySet[Closure, int]:
    """Ids of these units and of everything below any of them that day, on both axes, as a subquery."""
    return Closure.objects.at(day).filter(ancestor__in=units).values_list("descendant", flat=True)


def counts_below(unit: Unit, day: dt.date, among: Q, of_these: Q) -> dict[int, tuple[int, int]]:
    """For each unit directly below, how many of itself and all below it meet `among`, a filter on `descendant`, and
    how many of those `of_these` too; those with none are left out. One query, on both axes."""
    directly = Closure.objects.at(day).filter(ancestor=unit, axis__in=Axis.values, depth=1).values("descendant")
    reaches = Closure.objects.at(day).filter(among, ancestor__in=directly)
    counted = reaches.values("ancestor").annotate(
        n=Count("descendant", distinct=True), also=Count("descendant", distinct=True, filter=of_these)
    )
    return {pk: (n, also) for pk, n, also in counted.values_list("ancestor", "n", "also")}


def posts_with_role(unit: Unit, role: Role, day: dt.date) -> list[Post]:
    """The unit's posts that hold the role on that day."""
    return [post for post in Post.objects.at(day).filter(unit=unit).order_by("pk") if post.has_role(role)]


def below_of_kinds(unit: Unit, kinds: Collection[str], day: dt.date) -> QuerySet[Closure, int]:
    """Ids of the units of those kinds (codes) anywhere below, on either axis; never the unit itself."""
    below = Closure.objects.at(day).filter(ancestor=unit, depth__gt=0, descendant__kind__code__in=kinds)
    return below.values_list("descendant", flat=True).distinct()


def kinds_below(unit: Unit, day: dt.date) -> list[tuple[UnitKind, int]]:
    """The kinds of union that stand below, from the top down, and how many of each; on both axes."""
    facts = unit_facts()
    below = np.unique(np.concatenate([branch(unit, day, axis).ids[1:] for axis in Axis.values]))
    kinds, units = np.unique(facts.kind[facts.rows(below)], return_counts=True)
    found = dict(zip(kinds.tolist(), units.tolist(), strict=True))
    return [(kind, found[kind.pk]) for kind in UnitKind.objects.filter(pk__in=found).order_by("rank", "pk")]


def holder_of(post: Post, day: dt.date) -> Appointment | None:
    """Who holds the post on that day."""
    return Appointment.objects.at(day).filter(post=post).select_related("person").first()


@once
def working_days() -> WorkingDays:
    """The national calendar with this federation's swap days."""
    return WorkingDays(dict(DayOverride.objects.values_list("day", "working")))
