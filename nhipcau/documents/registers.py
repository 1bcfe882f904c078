"""Registers: series of numbers without gaps and without doubles (Decree 30/2020/NĐ-CP, Articles 15 and 22)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.db import transaction
from django.db.models import QuerySet

from nhipcau.audit.actions import record
from nhipcau.audit.screen import screen
from nhipcau.core.clock import local_date
from nhipcau.core.errors import Conflict, Fault, InvalidInput
from nhipcau.core.text import clean
from nhipcau.documents.models import Direction, Document, DocumentState, Register, RegisterEntry
from nhipcau.documents.rights import REGISTRARS, reads_contents, require_own
from nhipcau.org.models import Post, Unit
from nhipcau.org.scope import Scope

SERIES = "chung"

Hold = Callable[[Document], str | None]
_holds: list[Hold] = []


def holds(check: Hold) -> None:
    """Ask `check` before a number is struck; the sentence it returns stops that (apps above register here)."""
    if check not in _holds:
        _holds.append(check)


def take_number(
    *,
    unit: Unit,
    direction: Direction,
    year: int,
    document: Document,
    actor: Post,
    at: dt.datetime,
    series: str = SERIES,
) -> RegisterEntry:
    """Enter the document under the next number. Must run inside the transaction that saves the document.

    The register's row stays locked until that transaction ends: if it fails, the number is free again, so
    that no gap can open; two at once wait for each other, so that no double can arise.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("Số phải được lấy trong giao dịch lưu văn bản.")
    Register.objects.get_or_create(unit=unit, direction=direction, series=series, year=year)
    register = Register.objects.select_for_update().get(unit=unit, direction=direction, series=series, year=year)
    entry = RegisterEntry.objects.create(
        register=register, number=register.next_number, document=document, entered_at=at, entered_by=actor
    )
    register.next_number += 1
    register.save(update_fields=["next_number"])
    return entry


def open_register(
    *,
    unit: Unit,
    direction: Direction,
    year: int,
    first_number: int,
    actor: Post,
    at: dt.datetime,
    series: str = SERIES,
) -> Register:
    """Begin a series at any number, to go on from a paper register. Conflict once it holds an entry."""
    require_own(unit, *REGISTRARS, actor=actor, at=at)
    if not 1 <= first_number <= 99_999 or abs(year - local_date(at).year) > 1:
        raise InvalidInput(
            f"Không mở được sổ năm {year} từ số {first_number}.",
            [Fault("first_number", "số đầu từ 1 đến 99999, năm trước, năm nay hoặc năm sau")],
        )
    with transaction.atomic():
        Register.objects.get_or_create(unit=unit, direction=direction, series=series, year=year)
        register = Register.objects.select_for_update().get(
            unit=unit, direction=direction, series=series, year=year
        )
        if register.next_number == first_number:
            return register
        if register.entries.exists():
            raise Conflict(f"Sổ năm {year} đã có văn bản; số tiếp theo là {register.next_number}, không đổi được.")
        register.next_number = first_number
        register.save(update_fields=["next_number"])
        record(
            actor=actor,
            action="documents.register_opened",
            obj=f"unit:{unit.uid}",
            at=at,
            data={"direction": str(direction), "year": year, "first": first_number},
        )
    return register


def void_entry(*, entry: RegisterEntry, reason: str, actor: Post, at: dt.datetime) -> RegisterEntry:
    """Strike a line: the number stays used, with its reason. Repeating it with the same reason is safe.

    Raises Conflict for a line struck with another reason and for a letter that an app above holds (`holds`).
    """
    unit = entry.register.unit
    require_own(unit, *REGISTRARS, actor=actor, at=at)
    reason = clean(reason)
    screen({"reason": reason}, "reason", actor=actor, at=at)
    if not reason or len(reason) > 250:
        raise InvalidInput("Hủy số phải có lý do.", [Fault("reason", "ghi lý do, không quá 250 chữ cái")])
    with transaction.atomic():
        entry = RegisterEntry.objects.select_for_update().get(pk=entry.pk)
        if entry.void_reason:
            if entry.void_reason == reason:
                return entry
            raise Conflict(f"Số {entry.number} đã bị hủy trước đó: {entry.void_reason}")
        _require_unheld(entry)
        entry.void_reason = reason
        entry.save(update_fields=["void_reason"])
        Document.objects.filter(entry=entry).update(state=DocumentState.VOID)
        record(
            actor=actor,
            action="documents.number_voided",
            obj=f"unit:{unit.uid}",
            at=at,
            data={"register": entry.register_id, "number": entry.number},
        )
    return entry


def _require_unheld(entry: RegisterEntry) -> None:
    if entry.document is None:
        return
    for check in _holds:
        held = check(entry.document)
        if held:
            raise Conflict(held)


def register_entries(
    scope: Scope, unit: Unit, direction: Direction, year: int, series: str = SERIES
) -> QuerySet[RegisterEntry]:
    """The lines of one register in order, voids kept, each with its document. NotFound for a stranger's."""
    scope.get_unit(unit.uid)
    if not reads_contents(scope):
        return RegisterEntry.objects.none()
    lines = RegisterEntry.objects.filter(
        register__unit=unit, register__direction=direction, register__year=year, register__series=series
    )
    return lines.select_related("document", "register", "entered_by").order_by("number")


def next_number(scope: Scope, direction: Direction, year: int, series: str = SERIES) -> int:
    """The number that the scope's own unit would take next."""
    register = Register.objects.filter(unit=scope.unit, direction=direction, series=series, year=year).first()
    return register.next_number if register else 1
