"""Changes to the organisation: the tree from a file, posts, persons. See also `reorganising`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db import transaction
from django.db.models import Max

from nhipcau.audit.actions import record
from nhipcau.audit.screen import screen
from nhipcau.core.actors import Actor
from nhipcau.core.errors import Conflict, Fault, InvalidInput
from nhipcau.core.ids import new_uid
from nhipcau.core.said import Said
from nhipcau.core.text import clean, fold, sort_key
from nhipcau.org.administering import require_administrator_left
from nhipcau.org.bulk import fill, recount
from nhipcau.org.importing import UnitRow, refuse
from nhipcau.org.models import (
    Appointment,
    Closure,
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
MANY = 1000  # units that come at once, from which on the database is to look at its tables anew


@dataclass(frozen=True)
class Imported:
    """What an import did: new units, and rows that stood already just so."""

    created: int
    unchanged: int


def import_tree(
    *, rows: Sequence[UnitRow], actor: Actor, at: dt.datetime, told: Callable[[str], None] = lambda _: None
) -> Imported:
    """Add the units of a file with their names and places; all of it or, if any row is wrong, none of it.

    Safe to repeat: a row that stands already just so is left alone; one that differs is a fault. `told` hears what
    is being done: a nation takes a while.
    """
    told(f"Đối chiếu {len(rows)} dòng với ranh giới …")
    texts = {f"dòng {row.line}": [row.name, row.symbol, row.place, row.code] for row in rows}
    screen(texts, "unit", actor=actor, at=at)
    del texts
    with transaction.atomic():
        hold_tree()
        told("Đối chiếu với cây đang có …")
        known = _standing()
        kinds = dict(UnitKind.objects.values_list("code", "pk"))
        refuse(_faults(rows, known, kinds))
        fresh = [row for row in rows if row.code not in known]
        told(f"Ghi {len(fresh)} đơn vị …")
        units = _create_units(fresh, kinds)
        by_code = {code: standing.unit for code, standing in known.items()} | units
        _place(fresh, by_code)
        told("Dựng cây …")
        rebuild_closure({unit: code for code, unit in by_code.items()})
        if len(fresh) >= MANY:
            recount(Unit, UnitName, Placement, Closure)
        record(
            actor=actor,
            action="org.imported",
            obj="org:tree",
            at=at,
            data={"created": len(units), "unchanged": len(rows) - len(fresh)},
        )
    return Imported(created=len(units), unchanged=len(rows) - len(fresh))


class _Standing(NamedTuple):
    """A unit as it stands now."""

    unit: int
    name: str
    kind: str
    symbol: str
    place: str
    members: int


def _standing() -> dict[str, _Standing]:
    """Every unit that stands, by its code."""
    names = UnitName.objects.filter(valid_to=None)
    columns = names.values_list("code", "unit", "name", "unit__kind__code", "symbol", "place", "unit__members")
    return {
        code: _Standing(unit, name, kind, symbol, place, members)
        for code, unit, name, kind, symbol, place, members in columns.iterator(BATCH)
    }


def _places(known: Mapping[str, _Standing]) -> dict[tuple[int, str], str]:
    """The code of the present superior ("" for a root) by unit and axis."""
    codes = {standing.unit: code for code, standing in known.items()}
    links = Placement.objects.filter(valid_to=None).values_list("child", "axis", "parent")
    return {(child, axis): codes.get(parent, "") if parent else "" for child, axis, parent in links.iterator(BATCH)}


def _differs(row: UnitRow, standing: _Standing, places: Mapping[tuple[int, str], str]) -> bool:
    given = (row.name, row.kind, row.symbol, row.place, row.members)
    return standing[1:] != given or places.get((standing.unit, row.axis)) != row.parent


def _faults(rows: Sequence[UnitRow], known: Mapping[str, _Standing], kinds: Mapping[str, int]) -> list[Fault]:
    faults: list[Fault] = []
    places = _places(known)
    in_file = {row.code for row in rows}
    for row in rows:
        where = f"dòng {row.line}"
        if row.kind not in kinds:
            faults.append(
                Fault(
                    where,
                    Said(
                        f"loại đơn vị «{row.kind}» không có; các loại: {', '.join(sorted(kinds))}",
                        f"there is no kind of unit «{row.kind}»; kinds: {', '.join(sorted(kinds))}",
                    ),
                )
            )
        if row.parent and row.parent not in in_file and row.parent not in known:
            faults.append(
                Fault(
                    where,
                    Said(
                        f"cấp trên «{row.parent}» không có trong tệp và chưa có trong hệ thống",
                        f"the parent «{row.parent}» is neither in the file nor in the system",
                    ),
                )
            )
        standing = known.get(row.code)
        if standing and _differs(row, standing, places):
            faults.append(
                Fault(
                    where,
                    Said(
                        f"mã «{row.code}» đã là «{standing.name}» và khác dòng này; sửa qua sự kiện tổ chức",
                        f"the code «{row.code}» is «{standing.name}» already, unlike this row; change it by a "
                        "reorganisation",
                    ),
                )
            )
    return faults


def _create_units(rows: Sequence[UnitRow], kinds: Mapping[str, int]) -> dict[str, int]:
    """The units with their names; their ids by code."""
    uids = [new_uid() for _ in rows]
    last = Unit.objects.aggregate(last=Max("pk"))["last"] or 0
    fill(
        Unit,
        {
            "uid": uids,
            "kind_id": [kinds[row.kind] for row in rows],
            "members": [row.members for row in rows],
        },
    )
    keys = dict(Unit.objects.filter(pk__gt=last).values_list("uid", "pk").iterator(BATCH))
    fill(
        UnitName,
        {
            "unit_id": [keys[uid] for uid in uids],
            "code": [row.code for row in rows],
            "name": [row.name for row in rows],
            "symbol": [row.symbol for row in rows],
            "place": [row.place for row in rows],
            "sort_key": [sort_key(row.name) for row in rows],
            "folded": [fold(f"{row.name} {row.code}") for row in rows],
            "valid_from": [row.start for row in rows],
        },
    )
    return {row.code: keys[uid] for uid, row in zip(uids, rows, strict=True)}


def _place(rows: Sequence[UnitRow], by_code: Mapping[str, int]) -> None:
    fill(
        Placement,
        {
            "child_id": [by_code[row.code] for row in rows],
            "parent_id": [by_code[row.parent] if row.parent else None for row in rows],
            "axis": [row.axis for row in rows],
            "valid_from": [row.start for row in rows],
        },
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
        post = Post.objects.create(
            unit=unit, title=title, folded=fold(title), roles=[role.value for role in roles], valid_from=start
        )
        record(actor=actor, action="org.post_created", obj=f"post:{post.uid}", at=at, data={"unit": str(unit.uid)})
    return post


def add_person(*, name: str, phone: str = "", actor: Actor, at: dt.datetime) -> Person:
    """An officer who may hold posts: a name and the office's telephone, nothing else."""
    name, phone = clean(name), clean(phone)
    screen({"name": name, "phone": phone}, "person", actor=actor, at=at)
    if not name:
        raise InvalidInput("Chưa ghi được cán bộ.", [Fault("name", "hãy ghi họ và tên")])
    with transaction.atomic():
        person = Person.objects.create(name=name, folded=fold(name), phone=phone)
        record(actor=actor, action="org.person_added", obj=f"person:{person.uid}", at=at)
    return person


def change_email(*, person: Person, email: str, actor: Actor, at: dt.datetime) -> None:
    """Where mail reaches an officer; empty: none is sent. The log says that it changed, never the address."""
    email = clean(email)
    if email == person.email:
        return
    with transaction.atomic():
        person.email = email
        person.save(update_fields=["email"])
        record(actor=actor, action="org.email_changed", obj=f"person:{person.uid}", at=at)


def appoint(*, post: Post, person: Person, start: dt.date, actor: Actor, at: dt.datetime) -> Appointment:
    """Give the post to a person from that day. Raises Conflict while somebody else holds it."""
    with transaction.atomic():
        Post.objects.select_for_update().get(pk=post.pk)
        if Appointment.objects.at(start).filter(post=post).exists():
            raise Conflict(
                Said(
                    f"Chức danh «{post.title}» đang có người giữ vào ngày {start:%d/%m/%Y}.",
                    f"Somebody holds the post «{post.title}» on {start:%d/%m/%Y}.",
                )
            )
        appointment = Appointment.objects.create(post=post, person=person, valid_from=start)
        record(actor=actor, action="org.appointed", obj=f"post:{post.uid}", at=at, data={"person": str(person.uid)})
    return appointment


def end_appointment(*, appointment: Appointment, end: dt.date, actor: Actor, at: dt.datetime) -> None:
    """The person holds the post no longer from that day on. Raises Conflict for the last administrator."""
    with transaction.atomic():
        require_administrator_left(appointment, end)
        appointment.valid_to = end
        appointment.save(update_fields=["valid_to"])
        record(
            actor=actor,
            action="org.appointment_ended",
            obj=f"post:{appointment.post.uid}",
            at=at,
            data={"until": end.isoformat()},
        )
