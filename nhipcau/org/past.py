"""What a day changed in the tree, and what one unit has been: its names, places, predecessors and heirs."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from nhipcau.org.models import Axis, Placement, Succession, Unit, UnitName
from nhipcau.org.queries import names_of
from nhipcau.org.scope import Scope

MOST = 200  # units of one sort of change that are named; the rest is counted
BEGUN, ENDED, MOVED, RENAMED = "begun", "ended", "moved", "renamed"

# A unit, the units that stand for it before the day (by their names of the eve) and after it.
Row = tuple[int, list[int], list[int]]


@dataclass(frozen=True)
class Changed:
    """A unit, and in words what it lay under or was called before that day and after; after its end, its heirs."""

    unit: Unit
    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Sort:
    """One sort of change: `total` units, of which `rows` names at most MOST."""

    code: str
    total: int
    rows: list[Changed]


def changes_on(scope: Scope, day: dt.date) -> list[Sort]:
    """The units in sight that began, ended, moved (on the territory's axis) or took another name on that day."""
    seen, places = scope.unit_ids(), Placement.objects.filter(axis=Axis.TERRITORY)
    parents_after = _pairs(places.filter(valid_from=day, child__in=seen).values_list("child", "parent"))
    parents_before = _pairs(places.filter(valid_to=day, child__in=seen).values_list("child", "parent"))
    called = UnitName.objects.filter(valid_from=day, unit__in=seen).values_list("unit", flat=True)
    again = called.filter(unit__in=UnitName.objects.filter(valid_to=day).values("unit"))
    ended = parents_before.keys() - parents_after.keys()
    heirs = _heirs(ended, day)
    found: dict[str, list[Row]] = {
        BEGUN: [(unit, [], parents) for unit, parents in parents_after.items() if unit not in parents_before],
        ENDED: [(unit, parents_before[unit], heirs[unit]) for unit in sorted(ended)],
        MOVED: [
            (unit, parents_before[unit], parents_after[unit])
            for unit in sorted(parents_before.keys() & parents_after.keys())
        ],
        RENAMED: [(unit, [unit], [unit]) for unit in again],
    }
    return [Sort(code, len(rows), _in_words(rows[:MOST], day)) for code, rows in found.items()]


def _pairs(rows: Iterable[tuple[int, int | None]]) -> dict[int, list[int]]:
    return {child: [parent] if parent else [] for child, parent in rows}


def _heirs(units: Iterable[int], day: dt.date) -> Mapping[int, list[int]]:
    heirs: defaultdict[int, list[int]] = defaultdict(list)
    successions = Succession.objects.filter(event__day=day, predecessor__in=list(units), indicator="")
    for gone, heir in successions.values_list("predecessor", "successor"):
        heirs[gone].append(heir)
    return heirs


def _in_words(rows: list[Row], day: dt.date) -> list[Changed]:
    units = Unit.objects.in_bulk([unit for unit, _, _ in rows])
    now = names_of({*units, *(one for _, _, after in rows for one in after)}, day)
    eve = max(day, dt.date.min + dt.timedelta(days=1)) - dt.timedelta(days=1)  # the calendar's first day has none
    then = names_of({one for _, before, _ in rows for one in before}, eve)
    return [
        Changed(units[unit], now[unit].name, _listed(before, then), _listed(after, now))
        for unit, before, after in rows
    ]


def _listed(units: Iterable[int], names: Mapping[int, UnitName]) -> str:
    return "; ".join(names[unit].name for unit in units)


@dataclass(frozen=True)
class Held:
    """What was so from a day up to, not including, another (None: still is)."""

    text: str
    first: dt.date
    end: dt.date | None
    axis: str = ""


@dataclass(frozen=True)
class Kin:
    """A unit before or after this one, and the decision that tied them."""

    name: str
    decision: str
    day: dt.date


@dataclass(frozen=True)
class Life:
    """A unit's names and places, the earliest first, and who came before and after it."""

    names: list[Held]
    places: list[Held]
    predecessors: list[Kin]
    heirs: list[Kin]


def life_of(unit: Unit) -> Life:
    """All that the dated rows say of one unit."""
    places = list(Placement.objects.filter(child=unit).order_by("axis", "valid_from"))
    return Life(
        [Held(one.name, one.valid_from, one.valid_to) for one in unit.names.order_by("valid_from")],
        [Held(_parent(one), one.valid_from, one.valid_to, one.axis) for one in places],
        _kin(
            unit.predecessors.exclude(predecessor=unit).values_list("predecessor", "event__decision", "event__day")
        ),
        _kin(unit.successors.exclude(successor=unit).values_list("successor", "event__decision", "event__day")),
    )


def _parent(place: Placement) -> str:
    if place.parent_id is None:
        return ""
    return names_of([place.parent_id], place.valid_from)[place.parent_id].name


def _kin(rows: Iterable[tuple[int, str, dt.date]]) -> list[Kin]:
    found = dict.fromkeys(rows)
    return [
        Kin(names_of([unit], day)[unit].name, decision, day)
        for unit, decision, day in sorted(found, key=lambda one: (one[2], one[0]))
    ]
