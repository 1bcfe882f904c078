"""Changes to the organisation: the tree from a file, posts, persons, the calendar. See also `reorganising`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from nhipcau.audit.actions import record
from nhipcau.audit.screen import screen
from nhipcau.core.actors import Actor
from nhipcau.core.errors import Conflict, Fault, InvalidInput
from nhipcau.core.text import clean, fold, sort_key
from nhipcau.org.importing import UnitRow, refuse
from nhipcau.org.models import (
    Appointment,
    DayOverride,
    Person,
    Placement,
    Post,
    Role,
    Unit,
    UnitKind,
    UnitName,
)
from nhipcau.org.soundness import hold_tree, rebuild_closure

BATCH = 2000


@dataclass(frozen=True)
class Imported:
    """What an import did: new units, and rows that stood already just so."""

    created: int
    unchanged: int


def import_tree(*, rows: Sequence[UnitRow], actor: Actor, at: dt.datetime) -> Imported:
    """Add the units of a file with their names and places; all of it or, if any row is wrong, none of it.

    Safe to repeat: a row that stands already just so is left alone; one that differs is a fault.
    """
    texts = {f"dòng {row.line}": [row.name, row.symbol, row.place, row.code] for row in rows}
    screen(texts, "unit", actor=actor, at=at)
    with transaction.atomic():
        hold_tree()
        known = {name.code: name for name in UnitName.objects.filter(valid_to=None).select_related("unit__kind")}
        kinds = {kind.code: kind for kind in UnitKind.objects.all()}
        refuse(_faults(rows, known, kinds))
        fresh = [row for row in rows if row.code not in known]
        units = _create_units(fresh, kinds)
        by_code = {code: name.unit for code, name in known.items()} | units
        _place([row for row in rows if row.code in units], by_code)
        rebuild_closure({unit.pk: code for code, unit in by_code.items()})
        record(
            actor=actor,
            action="org.imported",
            obj="org:tree",
            at=at,
            data={"created": len(units), "unchanged": len(rows) - len(fresh)},
        )
    return Imported(created=len(units), unchanged=len(rows) - len(fresh))


def _differs(row: UnitRow, standing: UnitName, places: Mapping[tuple[int, str], str]) -> bool:
    stands = (standing.name, standing.unit.kind.code, standing.symbol, standing.place, standing.unit.members)
    given = (row.name, row.kind, row.symbol, row.place, row.members)
    return stands != given or places.get((standing.unit_id, row.axis)) != row.parent


def _places() -> dict[tuple[int, str], str]:
    """The code of the present superior ("" for a root) by unit and axis."""
    codes = dict(UnitName.objects.filter(valid_to=None).values_list("unit", "code"))
    links = Placement.objects.filter(valid_to=None).values_list("child", "axis", "parent")
    return {(child, axis): codes.get(parent, "") if parent else "" for child, axis, parent in links}


def _faults(rows: Sequence[UnitRow], known: Mapping[str, UnitName], kinds: Mapping[str, UnitKind]) -> list[Fault]:
    faults: list[Fault] = []
    places = _places()
    in_file = {row.code for row in rows}
    for row in rows:
        where = f"dòng {row.line}"
        if row.kind not in kinds:
            faults.append(Fault(where, f"loại đơn vị «{row.kind}» không có; các loại: {', '.join(sorted(kinds))}"))
        if row.parent and row.parent not in in_file and row.parent not in known:
            faults.append(Fault(where, f"cấp trên «{row.parent}» không có trong tệp và chưa có trong hệ thống"))
        standing = known.get(row.code)
        if standing and _differs(row, standing, places):
            faults.append(
                Fault(
                    where,
                    f"mã «{row.code}» đã là «{standing.name}» và khác dòng này; sửa qua sự kiện tổ chức",
                )
            )
    return faults


def _create_units(rows: Sequence[UnitRow], kinds: Mapping[str, UnitKind]) -> dict[str, Unit]:
    units = Unit.objects.bulk_create(
        [Unit(kind=kinds[row.kind], members=row.members) for row in rows], batch_size=BATCH
    )
    UnitName.objects.bulk_create(
        [
            UnitName(
                unit=unit,
                code=row.code,
                name=row.name,
                symbol=row.symbol,
                place=row.place,
                sort_key=sort_key(row.name),
                folded=fold(f"{row.name} {row.code}"),
                valid_from=row.start,
            )
            for unit, row in zip(units, rows, strict=True)
        ],
        batch_size=BATCH,
    )
    return {row.code: unit for unit, row in zip(units, rows, strict=True)}


def _place(rows: Sequence[UnitRow], by_code: Mapping[str, Unit]) -> None:
    Placement.objects.bulk_create(
        [
            Placement(
                child=by_code[row.code],
                parent=by_code[row.parent] if row.parent else None,
                axis=row.axis,
                valid_from=row.start,
            )
            for row in rows
        ],
        batch_size=BATCH,
    )


def create_post(
    *, unit: Unit, title: str, roles: Sequence[Role], start: dt.date, actor: Actor, at: dt.datetime
) -> Post:
    """A new seat in a unit."""
    title = clean(title)
    screen({"title": title}, "post", actor=actor, at=at)
    if not title:
        raise InvalidInput("Chức danh chưa có tên.", [Fault("title", "hãy ghi tên chức danh")])
    with transaction.atomic():
        post = Post.objects.create(unit=unit, title=title, roles=[role.value for role in roles], valid_from=start)
        record(actor=actor, action="org.post_created", obj=f"post:{post.uid}", at=at, data={"unit": str(unit.uid)})
    return post


def add_person(*, name: str, phone: str = "", actor: Actor, at: dt.datetime) -> Person:
    """An officer who may hold posts: a name and the office's telephone, nothing else."""
    name, phone = clean(name), clean(phone)
    screen({"name": name, "phone": phone}, "person", actor=actor, at=at)
    if not name:
        raise InvalidInput("Chưa ghi được cán bộ.", [Fault("name", "hãy ghi họ và tên")])
    with transaction.atomic():
        person = Person.objects.create(name=name, phone=phone)
        record(actor=actor, action="org.person_added", obj=f"person:{person.uid}", at=at)
    return person


def appoint(*, post: Post, person: Person, start: dt.date, actor: Actor, at: dt.datetime) -> Appointment:
    """Give the post to a person from that day. Raises Conflict while somebody else holds it."""
    with transaction.atomic():
        Post.objects.select_for_update().get(pk=post.pk)
        if Appointment.objects.at(start).filter(post=post).exists():
            raise Conflict(f"Chức danh «{post.title}» đang có người giữ vào ngày {start:%d/%m/%Y}.")
        appointment = Appointment.objects.create(post=post, person=person, valid_from=start)
        record(actor=actor, action="org.appointed", obj=f"post:{post.uid}", at=at, data={"person": str(person.uid)})
    return appointment


def end_appointment(*, appointment: Appointment, end: dt.date, actor: Actor, at: dt.datetime) -> None:
    """The person holds the post no longer from that day on; rights end with it."""
    with transaction.atomic():
        appointment.valid_to = end
        appointment.save(update_fields=["valid_to"])
        record(
            actor=actor,
            action="org.appointment_ended",
            obj=f"post:{appointment.post.uid}",
            at=at,
            data={"until": end.isoformat()},
        )


def set_day(*, day: dt.date, working: bool, note: str, actor: Actor, at: dt.datetime) -> DayOverride:
    """Declare a swap day: a working Saturday or an extra day off."""
    screen({"note": note}, "comment", actor=actor, at=at)
    with transaction.atomic():
        override, _ = DayOverride.objects.update_or_create(
            day=day, defaults={"working": working, "note": clean(note)}
        )
        record(
            actor=actor, action="org.holiday_set", obj=f"day:{day.isoformat()}", at=at, data={"working": working}
        )
    return override
