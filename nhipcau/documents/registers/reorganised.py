"""What a reorganisation means for registers: the books of a unit that ends are closed, and lie ready for print.

Decree 30/2020/NĐ-CP, Article 15 and 22: numbers are given by year and issuing body; a body that ends gives no more.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from django.db.models import Count, Q

from nhipcau.audit.actions import record
from nhipcau.core.actors import Actor
from nhipcau.core.said import Said
from nhipcau.documents.models import Direction, Register, RegisterEntry, ReservedBlock
from nhipcau.documents.registers.books import SERIES, strike
from nhipcau.org.journal import Journal
from nhipcau.org.parts import Balance, Change, Effect

BATCH = 1000
_FREE = Q(document=None, petition_on=None, void_reason="")


class RegisterPart:
    """Open registers close on the day; numbers reserved and never used are struck, so that no gap is left."""

    name = "registers"
    label: str = Said("Sổ đăng ký", "Registers")

    def preview(self, change: Change, at: dt.datetime) -> list[Effect]:
        """Every open register of a unit that ends, and who keeps it from then on."""
        effects = []
        for register, free in _open(change):
            keeper = change.takers[register.unit_id] or change.above[register.unit_id]
            struck = f", hủy {free} số giữ chưa dùng" if free else ""
            how = f"đóng ở số {register.next_number - 1}{struck}; in và lưu"
            what = f"{Direction(register.direction).label}, {_name(register)} năm {register.year}"
            effects.append(
                Effect(change.names[register.unit_id], what, change.names[keeper] if keeper else "", how)
            )
        return effects

    def apply(self, change: Change, journal: Journal, *, actor: Actor, at: dt.datetime) -> int:
        """Close them; the log names each, as when a clerk closes one."""
        count = 0
        units = _uids(change)
        for register, _free in _open(change):
            unused = RegisterEntry.objects.filter(_FREE, register=register)
            for entry in unused.select_related("register__unit").order_by("number"):
                strike(entry, _reason(change), actor=actor, at=at)
            journal.change(ReservedBlock.objects.filter(register=register, ended_at=None), ended_at=at)
            journal.change(Register.objects.filter(pk=register.pk), closed_at=at)
            record(
                actor=actor,
                action="documents.register_closed",
                obj=f"unit:{units[register.unit_id]}",
                at=at,
                data={"register": register.pk, "next": register.next_number},
            )
            count += 1
        return count

    def undo(self, change: Change, at: dt.datetime) -> list[str]:
        """A closed register takes no more lines, so nothing can have followed; but a struck number stays so."""
        struck = 0
        for keys in _chunks(list(change.ended)):
            struck += RegisterEntry.objects.filter(register__unit__in=keys, void_reason=_reason(change)).count()
        return [f"{struck} số giữ chưa dùng trong sổ của đơn vị kết thúc đã bị hủy"] if struck else []

    def conserve(self, change: Change, at: dt.datetime) -> list[Balance]:
        """Registers add up to nothing."""
        return []


def _reason(change: Change) -> str:
    return f"Số giữ chưa dùng khi đơn vị kết thúc theo {change.event.decision}."[:250]


def closed_books(change: Change) -> list[Register]:
    """The registers of the units that ended, to be printed: by unit, year and kind."""
    found: list[Register] = []
    for keys in _chunks(list(change.ended)):
        rows = Register.objects.filter(unit__in=keys).select_related("unit")
        found += rows.order_by("unit", "-year", "direction", "series")
    return found


def _open(change: Change) -> Iterator[tuple[Register, int]]:
    for keys in _chunks(list(change.ended)):
        rows = Register.objects.filter(unit__in=keys, closed_at=None)
        free = Count(
            "entries", filter=Q(entries__document=None, entries__petition_on=None, entries__void_reason="")
        )
        for register in rows.annotate(free=free).order_by("unit", "year", "direction", "series"):
            yield register, register.free


def _uids(change: Change) -> Mapping[int, str]:
    uids: dict[int, str] = {}
    for keys in _chunks(list(change.ended)):
        rows = Register.objects.filter(unit__in=keys).values_list("unit", "unit__uid")
        uids |= {unit: str(uid) for unit, uid in rows}
    return uids


def _name(register: Register) -> str:
    return register.name or ("sổ chung" if register.series == SERIES else f"sổ {register.series}")


def _chunks(keys: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(keys), BATCH):
        yield keys[start : start + BATCH]
