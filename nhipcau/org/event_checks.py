"""What can be wrong with a reorganisation: every fault named by its row before anything is written."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Q

from nhipcau.core.errors import Fault
from nhipcau.core.said import Said
from nhipcau.org.closure_changes import MANY
from nhipcau.org.events import Begin, End, Event, Keep, Move, Rename, Row
from nhipcau.org.models import Appointment, Placement, Post, UnitKind, UnitName
from nhipcau.org.queries import names_of
from nhipcau.org.scope import Scope
from nhipcau.org.soundness import orphans


@dataclass(frozen=True)
class Standing:
    """The federation on the eve as far as an event may ask: the units it names, those directly above and below
    them, and the tops. Names by code, places by unit and axis."""

    names: Mapping[str, UnitName]
    places: Mapping[tuple[int, str], Placement]


def standing_on(day: dt.date, event: Event) -> Standing:
    """What holds on that day, in three queries; of a file that names very many units, everything that holds."""
    names = UnitName.objects.at(day).select_related("unit__kind")
    places = Placement.objects.at(day).order_by("pk")
    codes = _named(event)
    if len(codes) > MANY:
        return _standing(names, places)
    named = list(names.filter(code__in=codes))
    units = {name.unit_id for name in named}
    near = list(places.filter(Q(child__in=units) | Q(parent__in=units) | Q(parent=None)))
    around = {pk for place in near for pk in (place.child_id, place.parent_id) if pk} - units
    return _standing([*named, *names.filter(unit__in=around)], near)


def _standing(names: Iterable[UnitName], places: Iterable[Placement]) -> Standing:
    return Standing({name.code: name for name in names}, {(p.child_id, p.axis): p for p in places})


def _named(event: Event) -> set[str]:
    """Every code the file writes."""
    rows: list[Row] = [*event.begins, *event.ends, *event.moves, *event.renames, *event.successions, *event.keeps]
    fields = ("code", "parent", "new_code", "successor")
    return {code for row in rows for field in fields if (code := getattr(row, field, ""))} | event.merged


def faults_of(event: Event, before: Standing) -> list[Fault]:
    """Every fault of the file against the federation it is to change."""
    after = _codes_after(event, before)
    faults = [*_unknown(event, before), *_kinds(event), *_taken_codes(event, before), *_later(event, before)]
    faults += _superiors(event, before, after)
    faults += _successions(event, before, after)
    faults += _roots(event, before)
    return faults


def hanging(event: Event, moved: Collection[int]) -> list[Fault]:
    """Units whose superior is gone: one set query once the places of the `moved` units are written."""
    left = list(orphans(moved))
    names = names_of({pk for row in left for pk in (row.child_id, row.parent_id or 0)}, event.day)
    return [
        Fault(
            names[row.child_id].code,
            Said(
                f"«{names[row.child_id].name}» vẫn trực thuộc «{names[row.parent_id or 0].name}» là đơn "
                "vị không còn "
                "trên cây; thêm dòng move hoặc end cho đơn vị này",
                f"«{names[row.child_id].name}» still lies below «{names[row.parent_id or 0].name}», "
                "which is no longer in the tree; add a row move or end for it",
            ),
        )
        for row in left
    ]


def _codes_after(event: Event, before: Standing) -> set[str]:
    """Codes that name a unit from the day of the event on."""
    gone = {row.code for row in event.ends} | {row.code for row in event.renames if row.new_code}
    new = {row.code for row in event.begins} | {row.new_code for row in event.renames if row.new_code}
    return (set(before.names) - gone) | new


def _existing(event: Event) -> Iterator[End | Move | Rename | Keep]:
    yield from event.ends
    yield from event.moves
    yield from event.renames
    yield from event.keeps


def _unknown(event: Event, before: Standing) -> Iterator[Fault]:
    eve = f"{event.day - dt.timedelta(days=1):%d/%m/%Y}"
    for row in _existing(event):
        if row.code not in before.names:
            yield Fault(
                f"dòng {row.line}",
                Said(
                    f"ngày {eve} không có đơn vị nào mang mã «{row.code}»",
                    f"on {eve} no unit has the code «{row.code}»",
                ),
            )


def _kinds(event: Event) -> Iterator[Fault]:
    kinds = set(UnitKind.objects.values_list("code", flat=True))
    for row in event.begins:
        if row.kind not in kinds:
            yield Fault(
                f"dòng {row.line}",
                Said(
                    f"loại đơn vị «{row.kind}» không có; các loại: {', '.join(sorted(kinds))}",
                    f"there is no kind of unit «{row.kind}»; kinds: {', '.join(sorted(kinds))}",
                ),
            )


def _taken_codes(event: Event, before: Standing) -> Iterator[Fault]:
    """A new code that somebody carries on that day or later."""
    wanted = [(row.code, row.line) for row in event.begins]
    wanted += [(row.new_code, row.line) for row in event.renames if row.new_code]
    freed = {row.code for row in event.ends} | {row.code for row in event.renames if row.new_code}
    still = Q(valid_to=None) | Q(valid_to__gt=event.day)
    held = UnitName.objects.filter(still, code__in=[code for code, _ in wanted])
    taken = {name.code: name.name for name in held if name.code not in freed}
    for code, line in wanted:
        if code in taken:
            yield Fault(
                f"dòng {line}",
                Said(f"mã «{code}» đang là của «{taken[code]}»", f"the code «{code}» belongs to «{taken[code]}»"),
            )


def _later(event: Event, before: Standing) -> Iterator[Fault]:
    """Events are taken in the order of their days: nothing named here may have changed since."""
    ending = {before.names[row.code].unit_id: row for row in event.ends if row.code in before.names}
    changes: dict[int, list[dt.date]] = defaultdict(list)
    for place in before.places.values():
        if place.valid_to:
            changes[place.child_id].append(place.valid_to)
    for row in _existing(event):
        name = before.names.get(row.code)
        if name is None:
            continue
        changed = min([*changes[name.unit_id], *([name.valid_to] if name.valid_to else [])], default=None)
        if changed:
            yield Fault(
                f"dòng {row.line}",
                Said(
                    f"«{row.code}» đã có thay đổi khác từ ngày {changed:%d/%m/%Y}; ghi sự kiện theo thứ tự ngày",
                    f"«{row.code}» changes again on {changed:%d/%m/%Y}; enter events in the order of their days",
                ),
            )
    for seat in Post.objects.filter(unit__in=ending, valid_from__gte=event.day):
        row_of = ending[seat.unit_id]
        yield Fault(
            f"dòng {row_of.line}",
            Said(
                f"chức danh «{seat.title}» chỉ bắt đầu từ {seat.valid_from:%d/%m/%Y}",
                f"the post «{seat.title}» begins only on {seat.valid_from:%d/%m/%Y}",
            ),
        )
    held_later = Appointment.objects.filter(post__unit__in=ending, valid_from__gte=event.day)
    for held in held_later.exclude(post__valid_from__gte=event.day).select_related("post"):
        row_of = ending[held.post.unit_id]
        since = f"{held.valid_from:%d/%m/%Y}"
        yield Fault(
            f"dòng {row_of.line}",
            Said(
                f"chức danh «{held.post.title}» đã phân công người từ {since}",
                f"the post «{held.post.title}» is held since {since}",
            ),
        )


def _superiors(event: Event, before: Standing, after: set[str]) -> Iterator[Fault]:
    codes = {name.unit_id: code for code, name in before.names.items()}
    placed: tuple[Begin | Move, ...] = (*event.begins, *event.moves)
    for row in placed:
        if row.parent and row.parent not in after:
            yield Fault(
                f"dòng {row.line}",
                Said(
                    f"cấp trên «{row.parent}» không có trong tệp và không còn từ ngày này",
                    f"the parent «{row.parent}» is not in the file and is gone from that day",
                ),
            )
    for row in event.moves:
        name = before.names.get(row.code)
        place = before.places.get((name.unit_id, row.axis)) if name else None
        if place and place.parent_id and codes.get(place.parent_id) == row.parent:
            yield Fault(
                f"dòng {row.line}",
                Said(
                    f"«{row.code}» vốn đã trực thuộc «{row.parent}»",
                    f"«{row.code}» lies below «{row.parent}» already",
                ),
            )


def _successions(event: Event, before: Standing, after: set[str]) -> Iterator[Fault]:
    giving = {row.code for row in event.ends} | {row.code for row in event.keeps}
    for row in event.successions:
        if row.code not in giving:
            yield Fault(
                f"dòng {row.line}",
                Said(
                    f"«{row.code}» không chấm dứt trong tệp này, không có gì để kế thừa",
                    f"«{row.code}» does not end in this file, so there is nothing to succeed to",
                ),
            )
        if row.successor not in after:
            yield Fault(
                f"dòng {row.line}",
                Said(
                    f"đơn vị kế thừa «{row.successor}» không còn từ ngày này",
                    f"the successor «{row.successor}» is gone from that day",
                ),
            )
        elif row.code == row.successor and row.code in before.names and not _begins(event, row.successor):
            yield Fault(
                f"dòng {row.line}",
                Said(f"«{row.code}» không thể tự kế thừa mình", f"«{row.code}» cannot succeed itself"),
            )


def _begins(event: Event, code: str) -> bool:
    return any(row.code == code for row in event.begins)


def out_of_reach(event: Event, before: Standing, scope: Scope) -> list[Fault]:
    """Rows that name a unit the scope does not see: for it there is none. The unit it acts for ends or moves only
    where nobody is above it."""
    known = {name.unit_id for name in before.names.values()}
    near = scope.units() if len(known) > MANY else scope.units().filter(pk__in=known)
    seen = set(near.values_list("pk", flat=True))
    own = {name.unit_id for name in before.names.values() if name.unit_id == scope.unit.pk}
    top = {unit for (unit, _), place in before.places.items() if place.parent_id is None}
    hidden = {code for code, name in before.names.items() if name.unit_id not in seen}
    fixed = {code for code, name in before.names.items() if name.unit_id in own - top}
    faults: list[Fault] = []
    rows: tuple[Row, ...] = (*event.begins, *event.ends, *event.moves, *event.renames, *event.keeps)
    given: tuple[Row, ...] = event.successions
    for row in (*rows, *given):
        named = [getattr(row, name, "") for name in ("code", "parent", "successor")]
        if isinstance(row, Begin):
            named = [row.parent]
        for code in dict.fromkeys(named):
            if code in hidden:
                faults.append(
                    Fault(
                        f"dòng {row.line}",
                        Said(
                            f"không có đơn vị nào mang mã «{code}» trong phạm vi của bạn",
                            f"no unit within your scope has the code «{code}»",
                        ),
                    )
                )
        if isinstance(row, End | Move) and row.code in fixed:
            faults.append(
                Fault(
                    f"dòng {row.line}",
                    Said(
                        f"«{row.code}» là đơn vị của bạn; việc này do cấp trên ghi",
                        f"«{row.code}» is your own unit; the level above enters this",
                    ),
                )
            )
    return faults


def _roots(event: Event, before: Standing) -> Iterator[Fault]:
    """A root ends only with a successor; a new one begins only where the old one ends."""
    ending = {row.code for row in event.ends}
    handed = {row.code for row in event.successions}
    codes = {name.unit_id: code for code, name in before.names.items()}
    roots = {axis: codes.get(unit, "") for (unit, axis), place in before.places.items() if place.parent_id is None}
    lines: Mapping[str, int] = {row.code: row.line for row in event.ends}
    for code in roots.values():
        if code in ending and code not in handed:
            yield Fault(
                f"dòng {lines[code]}",
                Said(
                    f"«{code}» đứng đầu cây; thêm dòng succeed cho đơn vị kế thừa",
                    f"«{code}» is the top of the tree; add a row succeed for its successor",
                ),
            )
    begun: Iterable[Begin] = (row for row in event.begins if not row.parent)
    for row in begun:
        if row.axis in roots and roots[row.axis] not in ending:
            yield Fault(
                f"dòng {row.line}",
                Said(
                    f"cột parent trống, mà cây đã có «{roots[row.axis]}» đứng đầu",
                    f"the column parent is empty, but «{roots[row.axis]}» is the top already",
                ),
            )
