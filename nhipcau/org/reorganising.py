"""One reorganisation: units begin, end, move and take other names on one day, by one decision, all or nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from django.db import transaction
from django.db.models import Q

from nhipcau.audit.actions import record
from nhipcau.audit.screen import screen
from nhipcau.core.actors import Actor
from nhipcau.core.errors import Conflict, Fault, InvalidInput
from nhipcau.core.text import fold, sort_key
from nhipcau.org.event_checks import Standing, faults_of, hanging, standing_on
from nhipcau.org.events import Begin, End, Event, Move, Rename
from nhipcau.org.importing import MAX_FAULTS
from nhipcau.org.models import Appointment, Placement, Post, Reorganisation, Succession, Unit, UnitKind, UnitName
from nhipcau.org.soundness import BATCH, hold_tree, rebuild_closure

T = TypeVar("T")


@dataclass(frozen=True)
class Reorganised:
    """What stands in the database. `fresh` is false where the same file had been taken before.

    `names` are the names, by code, of the units that stood before the event and are named in the file.
    """

    event: Reorganisation
    fresh: bool
    names: Mapping[str, str]


def reorganise(*, event: Event, actor: Actor, at: dt.datetime) -> Reorganised:
    """Change the tree on the day of the decision; all of the file or, if anything is wrong, none of it.

    Safe to repeat: the same decision with the same rows changes nothing. Raises Conflict where the decision has
    been taken with other rows, InvalidInput with every fault by row.
    """
    _screen(event, actor, at)
    with transaction.atomic():
        return _apply(event, actor, at)


def rehearse(
    *, event: Event, actor: Actor, at: dt.datetime, look: Callable[[Reorganised], T]
) -> tuple[Reorganised, T]:
    """Do the same, let `look` read the tree as it would be, and leave nothing behind."""
    _screen(event, actor, at)
    with transaction.atomic():
        done = _apply(event, actor, at)
        seen = look(done)
        transaction.set_rollback(True)
    return done, seen


def _screen(event: Event, actor: Actor, at: dt.datetime) -> None:
    head = event.decision
    texts = {f"dòng {head.line}": [head.number, head.title]}
    texts |= {f"dòng {row.line}": [row.name, row.symbol, row.place, row.code] for row in event.begins}
    texts |= {f"dòng {row.line}": [row.name, row.symbol, row.place, row.new_code] for row in event.renames}
    screen(texts, "unit", actor=actor, at=at)


def _apply(event: Event, actor: Actor, at: dt.datetime) -> Reorganised:
    hold_tree()
    head = event.decision
    before = standing_on(head.day - dt.timedelta(days=1))
    taken = Reorganisation.objects.filter(decision=head.number, day=head.day).first()
    if taken is not None:
        if taken.digest != event.digest:
            raise Conflict(
                f"Quyết định {head.number} có hiệu lực ngày {head.day:%d/%m/%Y} đã được ghi với nội dung khác; "
                "chưa ghi gì thêm. Hãy dùng đúng tệp cũ, hoặc một quyết định khác."
            )
        return Reorganised(taken, fresh=False, names=_names(event, before))
    _refuse(faults_of(event, before))
    ended = _end(event, before)
    _rename(event, before)
    units = _begin(event)
    after = {code: name.unit for code, name in before.names.items()}
    after |= {row.new_code: after[row.code] for row in event.renames if row.new_code}
    after |= units
    _place(event, before, after)
    made = Reorganisation.objects.create(
        decision=head.number, title=head.title, day=head.day, digest=event.digest, at=at
    )
    Succession.objects.bulk_create(
        Succession(
            event=made,
            predecessor=before.names[row.code].unit,
            successor=after[row.successor],
            weight=row.weight,
        )
        for row in event.successions
    )
    rebuild_closure({unit.pk: code for code, unit in after.items()})
    _refuse(hanging(event))
    record(
        actor=actor,
        action="org.reorganised",
        obj=f"reorganisation:{made.uid}",
        at=at,
        data={
            "day": head.day.isoformat(),
            "begun": len(units),
            "ended": len(ended),
            "moved": len(event.moves),
            "renamed": len(event.renames),
            "successions": len(event.successions),
        },
    )
    return Reorganised(made, fresh=True, names=_names(event, before))


def _refuse(faults: list[Fault]) -> None:
    if faults:
        raise InvalidInput(f"Sự kiện có {len(faults)} lỗi; chưa ghi gì.", faults[:MAX_FAULTS])


def _names(event: Event, before: Standing) -> dict[str, str]:
    rows: tuple[End | Move | Rename, ...] = (*event.ends, *event.moves, *event.renames)
    return {row.code: before.names[row.code].name for row in rows if row.code in before.names}


def _end(event: Event, before: Standing) -> list[int]:
    """Names, places, posts and appointments of the ended units and of their departments end that day."""
    ended = [before.names[row.code].unit_id for row in event.ends]
    within = Placement.objects.at(event.day).filter(parent__in=ended, child__kind__internal=True)
    ended += within.values_list("child", flat=True)
    still = Q(valid_to=None) | Q(valid_to__gt=event.day)
    UnitName.objects.filter(still, unit__in=ended).update(valid_to=event.day)
    Placement.objects.filter(still, child__in=ended).update(valid_to=event.day)
    Appointment.objects.filter(still, post__unit__in=ended).update(valid_to=event.day)
    Post.objects.filter(still, unit__in=ended).update(valid_to=event.day)
    return ended


def _rename(event: Event, before: Standing) -> None:
    old = [before.names[row.code] for row in event.renames]
    UnitName.objects.filter(pk__in=[name.pk for name in old]).update(valid_to=event.day)
    UnitName.objects.bulk_create(
        _name(
            name.unit, row.new_code or name.code, row.name, row.symbol or name.symbol, row.place or name.place,
            event.day,
        )
        for name, row in zip(old, event.renames, strict=True)
    )  # fmt: skip


def _begin(event: Event) -> dict[str, Unit]:
    kinds = UnitKind.objects.in_bulk(field_name="code")
    units = Unit.objects.bulk_create(
        [Unit(kind=kinds[row.kind], members=row.members) for row in event.begins], batch_size=BATCH
    )
    pairs: list[tuple[Unit, Begin]] = list(zip(units, event.begins, strict=True))
    UnitName.objects.bulk_create(
        [_name(unit, row.code, row.name, row.symbol, row.place, event.day) for unit, row in pairs],
        batch_size=BATCH,
    )
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


def _place(event: Event, before: Standing, after: Mapping[str, Unit]) -> None:
    """New places of the units that begin, and of those that move; the old ones end that day."""
    rows: tuple[Begin | Move, ...] = (*event.begins, *event.moves)
    links = [(after[row.code], row.parent, row.axis) for row in rows]
    left = [before.places.get((after[row.code].pk, row.axis)) for row in event.moves]
    _close((place.pk for place in left if place is not None), event.day)
    Placement.objects.bulk_create(
        [
            Placement(child=child, parent=after[parent] if parent else None, axis=axis, valid_from=event.day)
            for child, parent, axis in links
        ],
        batch_size=BATCH,
    )


def _close(places: Iterable[int], day: dt.date) -> None:
    keys = list(places)
    for start in range(0, len(keys), BATCH):
        Placement.objects.filter(pk__in=keys[start : start + BATCH]).update(valid_to=day)
