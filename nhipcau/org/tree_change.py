"""What an event writes to the tree: names and places end, begin and follow; every row through the journal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from django.db.models import Q

from nhipcau.core.text import fold, sort_key
from nhipcau.org.event_checks import Standing
from nhipcau.org.events import Begin, Event, Keep, Move, Succeed
from nhipcau.org.journal import Journal
from nhipcau.org.models import Appointment, Placement, Post, Reorganisation, Succession, Unit, UnitKind, UnitName
from nhipcau.org.parts import Change, Moved

BATCH = 1000
TREE = "org"  # the part of an event that is the tree itself


def followed(event: Event, before: Standing) -> Event:
    """The event with the units below a merged one: they go to its successor unless a row says otherwise."""
    codes = {name.unit_id: (code, name) for code, name in before.names.items()}
    merged = {before.names[code].unit_id: code for code in event.merged if code in before.names}
    said = {(row.code, row.axis) for row in event.moves}
    ending = {row.code for row in event.ends}
    heirs = {row.code: row for row in reversed(event.successions)}
    moves: list[Move] = []
    for (child, axis), place in before.places.items():
        if place.parent_id not in merged or child not in codes:
            continue
        code, name = codes[child]
        heir = heirs[merged[place.parent_id]]
        if (
            (code, axis) not in said
            and code not in ending
            and not name.unit.kind.internal
            and code != heir.successor
        ):
            moves.append(Move(heir.line, code, heir.successor, axis))
    return replace(event, moves=(*event.moves, *moves)) if moves else event


def change_tree(event: Event, before: Standing, made: Reorganisation, journal: Journal) -> Change:
    """Write names, places and successions; returns what has changed, also kept in the journal."""
    ended = _end(event, before, journal)
    _rename(event, before, journal)
    units = _begin(event, journal)
    after = {code: name.unit for code, name in before.names.items()}
    after |= {row.new_code: after[row.code] for row in event.renames if row.new_code}
    after |= units
    moved = _place(event, before, after, journal)
    journal.make(_successions(event, before, after, made))
    change = Change(
        event=made,
        ended=ended,
        begun=[unit.pk for unit in units.values()],
        moved=moved,
        renamed=[before.names[row.code].unit_id for row in event.renames],
        divided=sorted({before.names[row.code].unit_id for row in event.keeps}),
    )
    journal.facts = {
        "ended": list(change.ended), "begun": list(change.begun), "renamed": list(change.renamed),
        "divided": list(change.divided), "moved": [[m.unit, m.axis, m.before, m.after] for m in moved],
    }  # fmt: skip
    return change


def change_of(made: Reorganisation, journal: Journal) -> Change:
    """The same, read back later."""
    facts = dict(journal.facts)
    return Change(event=made, **facts | {"moved": [Moved(*row) for row in facts["moved"]]})


def _end(event: Event, before: Standing, journal: Journal) -> list[int]:
    """Names, places, posts and appointments of the ended units and of their departments end that day."""
    ended = [before.names[row.code].unit_id for row in event.ends]
    gone = [*ended]
    still = Q(valid_to=None) | Q(valid_to__gt=event.day)
    for keys in _chunks(ended):
        within = Placement.objects.at(event.day).filter(parent__in=keys, child__kind__internal=True)
        gone += within.values_list("child", flat=True)
    for keys in _chunks(gone):
        for rows in (
            UnitName.objects.filter(still, unit__in=keys),
            Placement.objects.filter(still, child__in=keys),
            Appointment.objects.filter(still, post__unit__in=keys),
            Post.objects.filter(still, unit__in=keys),
        ):
            journal.change(rows, valid_to=event.day)
    return ended


def _rename(event: Event, before: Standing, journal: Journal) -> None:
    old = [before.names[row.code] for row in event.renames]
    for keys in _chunks([name.pk for name in old]):
        journal.change(UnitName.objects.filter(pk__in=keys), valid_to=event.day)
    journal.make(
        _name(
            name.unit, row.new_code or name.code, row.name, row.symbol or name.symbol, row.place or name.place,
            event.day,
        )
        for name, row in zip(old, event.renames, strict=True)
    )  # fmt: skip


def _begin(event: Event, journal: Journal) -> dict[str, Unit]:
    kinds = UnitKind.objects.in_bulk(field_name="code")
    units = journal.make(Unit(kind=kinds[row.kind], members=row.members) for row in event.begins)
    pairs: list[tuple[Unit, Begin]] = list(zip(units, event.begins, strict=True))
    journal.make(_name(unit, row.code, row.name, row.symbol, row.place, event.day) for unit, row in pairs)
    return {row.code: unit for unit, row in pairs}


def _name(unit: Unit, code: str, name: str, symbol: str, place: str, start: dt.date) -> UnitName:
    return UnitName(
        unit=unit,
        code=code,
        name=name,
        symbol=symbol,
        place=place,
        sort_key=sort_key(name),
        folded=fold(f"{name} {code}"),
        valid_from=start,
    )


def _place(event: Event, before: Standing, after: Mapping[str, Unit], journal: Journal) -> list[Moved]:
    """New places of the units that begin, and of those that move; the old ones end that day."""
    left = [before.places.get((after[row.code].pk, row.axis)) for row in event.moves]
    for keys in _chunks([place.pk for place in left if place is not None]):
        journal.change(Placement.objects.filter(pk__in=keys), valid_to=event.day)
    rows: tuple[Begin | Move, ...] = (*event.begins, *event.moves)
    links = [(after[row.code], after[row.parent] if row.parent else None, row.axis) for row in rows]
    journal.make(
        Placement(child=child, parent=parent, axis=axis, valid_from=event.day) for child, parent, axis in links
    )
    return [
        Moved(child.pk, axis, old.parent_id if old else None, parent.pk if parent else None)
        for (child, parent, axis), old in zip(links[len(event.begins) :], left, strict=True)
    ]


def _successions(
    event: Event, before: Standing, after: Mapping[str, Unit], made: Reorganisation
) -> Iterator[Succession]:
    """What a unit keeps stands before what it gives, so that of equal remainders it keeps the larger part."""
    rows: tuple[Keep | Succeed, ...] = (*event.keeps, *event.successions)
    for row in rows:
        unit = before.names[row.code].unit
        heir = after[row.successor] if isinstance(row, Succeed) else unit
        yield Succession(event=made, predecessor=unit, successor=heir, weight=row.weight, indicator=row.indicator)


def _chunks(keys: list[int]) -> Iterable[list[int]]:
    return (keys[start : start + BATCH] for start in range(0, len(keys), BATCH))
