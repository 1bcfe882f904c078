"""Keeping the closure in step with a change of the tree: only the rows that change are written.

Whoever stands under a unit that moved keeps the way up to it; above it, all is as it is for that unit. So the ways
up from the units whose places changed are derived again and compared with those that stand, and what was lost or
won from a day on is lost or won by all below: a few statements, however many they are. Changes of another shape
(something later is already recorded there) derive the whole closure.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from django.db import connection
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from nhipcau.org.closures import derive_all
from nhipcau.org.models import Closure, Placement
from nhipcau.org.tree import FOREVER, Link, Reach, closure

MANY = 2000  # changed units, from which on it is quicker to derive, or to look at, everything

Span = tuple[dt.date, dt.date]
Stand = tuple[str, int, int, int]  # axis, unit, somebody above it (or itself), how many steps

# Of all below a changed unit, those that have no other changed unit in between (`_NEAREST`, left out where none
# lies below another). "+ 0" keeps the database from going through all below somebody for each of them: of one unit
# only the few above are looked at.
_BELOW = (
    "FROM gone g CROSS JOIN org_closure r {more} WHERE r.ancestor_id = g.unit AND r.axis = g.axis "
    "AND r.valid_to IS NULL {nearest}"
)
_NEAREST = (
    "AND NOT EXISTS (SELECT 1 FROM org_closure n WHERE n.descendant_id = r.descendant_id "
    "AND n.axis = r.axis AND n.depth < r.depth AND n.valid_to IS NULL AND n.ancestor_id + 0 IN ({changed}))"
)
_ROW = (
    "a.descendant_id = r.descendant_id AND a.axis = r.axis AND a.ancestor_id + 0 = g.above "
    "AND a.depth = g.depth + r.depth"
)
_GONE = "WITH gone(axis, unit, above, depth) AS (VALUES {values}) "
# The statements are put together from constants and whole numbers.
_FOUND = f"id IN (SELECT a.id {_BELOW.replace('{more}', 'CROSS JOIN org_closure a')} AND {_ROW} AND "
_NEVER = f"{_GONE} DELETE FROM org_closure WHERE {_FOUND} a.valid_to IS NULL AND a.valid_from >= %s)"  # noqa: S608
_END = f"{_GONE} UPDATE org_closure SET valid_to = %s WHERE {_FOUND} a.valid_to IS NULL)"  # noqa: S608
_GO_ON = f"{_GONE} UPDATE org_closure SET valid_to = NULL WHERE {_FOUND} a.valid_to = %s)"  # noqa: S608
_BEGIN = (
    f"{_GONE} INSERT INTO org_closure (ancestor_id, descendant_id, axis, depth, valid_from) "
    f"SELECT g.above, r.descendant_id, r.axis, g.depth + r.depth, %s {_BELOW.replace('{more}', '')}"
)
_UNLESS_GOING_ON = f" AND NOT EXISTS (SELECT 1 FROM org_closure a WHERE {_ROW} AND a.valid_to IS NULL)"  # noqa: S608


def derive(changed: Collection[int] | None = None) -> None:
    """Bring the closure up to date; `changed` are the units whose places changed, None if that is to be found.

    CycleError names, in order, the units that lie under themselves.
    """
    if changed is None:
        changed = _changed() if Closure.objects.exists() else range(MANY + 1)
    if len(changed) > MANY:
        derive_all()
        return
    change = _change(set(changed))
    if change is None:
        derive_all()
    elif change.lost or change.won:
        change.write()


def _changed() -> set[int]:
    """Units with a place that no row of the closure holds, or with a row that begins or ends with none of theirs.

    One row may hold several places that follow each other.
    """
    ends, outer_ends = Coalesce("valid_to", FOREVER), Coalesce(OuterRef("valid_to"), FOREVER)
    axis = Q(axis=OuterRef("axis"))
    holding = Closure.objects.alias(ends=ends).filter(
        axis, valid_from__lte=OuterRef("valid_from"), ends__gte=outer_ends
    )
    below = holding.filter(descendant=OuterRef("child"), ancestor=OuterRef("parent"), depth=1)
    on_top = holding.filter(descendant=OuterRef("child"), ancestor=OuterRef("child"), depth=0)
    own = Placement.objects.alias(ends=ends).filter(axis, child=OuterRef("descendant"))
    begins, stops = own.filter(valid_from=OuterRef("valid_from")), own.filter(ends=outer_ends)
    found = (
        Placement.objects.exclude(parent=None).filter(~Exists(below)).values_list("child", flat=True),
        Placement.objects.filter(~Exists(on_top), parent=None).values_list("child", flat=True),
        Closure.objects.filter(~Exists(begins), depth=0).values_list("descendant", flat=True),
        Closure.objects.filter(~Exists(stops), depth=0).values_list("descendant", flat=True),
    )
    return {pk for units in found for pk in units}


@dataclass(frozen=True)
class _Change:
    """From `day` on, these stand no longer, or newly, above the units whose places changed."""

    day: dt.date
    lost: list[Stand]
    won: list[Stand]
    fresh: bool = True  # whether something that ends may have begun no earlier than that day
    again: bool = True  # whether something that ended on that day may go on
    nearest: str = ""

    def write(self) -> None:
        """What began on that day never was; what ended on it goes on, as when a change is taken back."""
        won = [stand for stand in self.won if stand[3] > 0]
        if self.fresh:
            self._run(_NEVER, self.lost)
        self._run(_END, self.lost)
        self._stand_themselves()
        if self.again:
            self._run(_GO_ON, won)
        self._run(_BEGIN + (_UNLESS_GOING_ON if self.again else ""), won)

    def _stand_themselves(self) -> None:
        own = {(axis, unit) for axis, unit, _, depth in self.won if depth == 0}
        if not own:
            return
        ended = Closure.objects.filter(depth=0, valid_to=self.day, descendant__in={unit for _, unit in own})
        again = {(row.axis, row.descendant_id): row.pk for row in ended if (row.axis, row.descendant_id) in own}
        Closure.objects.filter(pk__in=again.values()).update(valid_to=None)
        Closure.objects.bulk_create(
            Closure(ancestor_id=unit, descendant_id=unit, axis=axis, depth=0, valid_from=self.day)
            for axis, unit in sorted(own - set(again))
        )

    def _run(self, statement: str, stands: list[Stand]) -> None:
        """For all below the changed units of these."""
        if stands:
            with connection.cursor() as cursor:
                day = connection.ops.adapt_datefield_value(self.day)
                cursor.execute(statement.format(values=_values(stands), nearest=self.nearest), [day])


def _values(stands: Iterable[Stand]) -> str:
    return ", ".join(f"('{axis}', {int(unit)}, {int(above)}, {int(depth)})" for axis, unit, above, depth in stands)


def _change(changed: set[int]) -> _Change | None:
    """What the changed places mean; None if it cannot be said as one day from which on all is different."""
    stood, stands = _spans(_standing(changed)), _spans(_fresh(changed))
    days = [day for key in stood | stands if (day := _parting(stood.get(key, []), stands.get(key, [])))]
    if not days:
        return _Change(dt.date.min, [], [])
    day = min(days)
    known = {day for spans in (*stood.values(), *stands.values()) for span in spans for day in span}
    if max(known - {FOREVER}) > day:
        return None
    below = Closure.objects.filter(Q(valid_from__gte=day) | Q(valid_to__gt=day), ancestor__in=changed)
    recent = set(below.values_list("valid_from", "valid_to").distinct())
    if any(day < (until or since) for since, until in recent):
        return None
    was, now = ({key for key, spans in side.items() if spans[-1][1] == FOREVER} for side in (stood, stands))
    fresh = bool(recent) or any(spans[-1][0] == day for spans in stood.values())
    again = any(spans[-1][1] == day for spans in stood.values())
    nested = any(above in changed and depth for _, _, above, depth in stood | stands)
    nearest = _NEAREST.format(changed=", ".join(str(int(pk)) for pk in sorted(changed))) if nested else ""
    return _Change(day, sorted(was - now), sorted(now - was), fresh, again, nearest)


def _standing(changed: set[int]) -> Iterator[tuple[str, Reach]]:
    rows = Closure.objects.filter(descendant__in=changed)
    for axis, above, unit, depth, start, end in rows.values_list(
        "axis", "ancestor", "descendant", "depth", "valid_from", "valid_to"
    ):
        yield axis, Reach(above, unit, depth, start, end or FOREVER)


def _fresh(changed: set[int]) -> Iterator[tuple[str, Reach]]:
    """The ways up by the places themselves."""
    links: dict[str, list[Link]] = defaultdict(list)
    wanted, seen = set(changed), set[int]()
    while wanted:
        places = Placement.objects.filter(child__in=wanted)
        for axis, child, parent, start, end in places.values_list(
            "axis", "child", "parent", "valid_from", "valid_to"
        ):
            links[axis].append(Link(child, parent, start, end or FOREVER))
        seen |= wanted
        wanted = {link.parent for own in links.values() for link in own if link.parent is not None} - seen
    for axis, own in links.items():
        yield from ((axis, reach) for reach in closure(own, of=changed))


def _spans(reaches: Iterable[tuple[str, Reach]]) -> dict[Stand, list[Span]]:
    """On which days; those that follow each other without a break are one."""
    found: dict[Stand, list[Span]] = defaultdict(list)
    for axis, reach in sorted(reaches, key=lambda row: row[1].start):
        spans = found[axis, reach.descendant, reach.ancestor, reach.depth]
        if spans and spans[-1][1] == reach.start:
            spans[-1] = (spans[-1][0], reach.end)
        else:
            spans.append((reach.start, reach.end))
    return found


def _parting(one: list[Span], other: list[Span]) -> dt.date | None:
    """The first day on which only one of the two holds."""
    for (start, end), (since, until) in zip(one, other, strict=False):
        if start != since:
            return min(start, since)
        if end != until:
            return min(end, until)
    longer = max(one, other, key=len)
    return longer[min(len(one), len(other))][0] if len(one) != len(other) else None
