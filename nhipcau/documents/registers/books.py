"""Registers: series of numbers without gaps and without doubles (Decree 30/2020/NĐ-CP, Articles 15 and 22)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.db.models import Prefetch, QuerySet

from nhipcau.audit.actions import record
from nhipcau.audit.screen import screen
from nhipcau.core.actors import Actor
from nhipcau.core.clock import local_date
from nhipcau.core.errors import Conflict, Fault, InvalidInput
from nhipcau.core.said import Said
from nhipcau.core.text import clean
from nhipcau.documents.models import Amendment, Direction, Document, DocumentState, Register, RegisterEntry
from nhipcau.documents.rights import REGISTRARS, reads_contents, reads_petitions, require_own
from nhipcau.org.models import Post, Unit
from nhipcau.org.scope import Scope

SERIES = "chung"
# The first letter of the alphabet is left to the number itself; marked letters would not sort.
SUFFIXES = "bcdeghiklmnopqrstuvxy"
_REASON = 250

Hold = Callable[[Document], str | None]
_holds: list[Hold] = []


def holds(check: Hold) -> None:
    """Ask `check` before a number is struck; the sentence it returns stops that (apps above register here)."""
    if check not in _holds:
        _holds.append(check)


@dataclass(frozen=True)
class Slot:
    """Where in the registers a letter is entered, if not under the next number of the common series.

    `number` alone is a number reserved for hand numbering. `after` puts the letter behind a number that
    stands already, with the next free letter ("06b"); that needs a `reason`.
    """

    series: str = SERIES
    number: int | None = None
    after: int | None = None
    reason: str = ""


NEXT = Slot()


def checked_slot(slot: Slot, *, actor: Post, at: dt.datetime) -> Slot:
    """The slot with its reason clean and screened. Call it before the transaction of the change opens."""
    if slot.number is not None and slot.after is not None:
        raise InvalidInput("Chọn một cách lấy số.", [Fault("after", "chọn số giữ sẵn hoặc số chen, không cả hai")])
    if slot.after is None:
        return replace(slot, reason="")
    return replace(slot, reason=checked_reason(slot.reason, "Số chen phải có lý do.", actor=actor, at=at))


def checked_reason(reason: str, message: str, *, actor: Post, at: dt.datetime) -> str:
    """A reason that will stand in the register: clean, screened, 1 to 250 characters; else InvalidInput."""
    reason = clean(reason)
    screen({"reason": reason}, "reason", actor=actor, at=at)
    if not reason or len(reason) > _REASON:
        raise InvalidInput(
            message,
            [
                Fault(
                    "reason",
                    Said(
                        f"ghi lý do, không quá {_REASON} chữ cái", f"enter the reason, at most {_REASON} characters"
                    ),
                )
            ],
        )
    return reason


def take_number(
    *,
    unit: Unit,
    direction: Direction,
    year: int,
    document: Document,
    actor: Post,
    at: dt.datetime,
    slot: Slot = NEXT,
) -> RegisterEntry:
    """Enter the document under the next number, or at a `slot` that was checked. Must run inside the
    transaction that saves the document.

    The register's row stays locked until that transaction ends: if it fails, the number is free again, so
    that no gap can open; two at once wait for each other, so that no double can arise. Raises InvalidInput
    (a series that is not open, a number that does not stand or is not reserved) and Conflict (a closed
    register, a reserved number that was used or struck).
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("Số phải được lấy trong giao dịch lưu văn bản.")
    register = locked_register(unit, direction, slot.series, year)
    if slot.number is not None:
        return _enter_reserved(register, slot.number, document, actor, at)
    entry = RegisterEntry(register=register, document=document, entered_at=at, entered_by=actor)
    if slot.after is not None:
        entry.number, entry.suffix = slot.after, _free_suffix(register, slot.after)
        entry.suffix_reason = slot.reason
        entry.save()
        return entry
    entry.number = register.next_number
    entry.save()
    register.next_number += 1
    register.save(update_fields=["next_number"])
    return entry


def locked_register(unit: Unit, direction: Direction, series: str, year: int) -> Register:
    """The open register, its row locked for the caller's transaction.

    The common series opens by itself, any other must be opened.
    """
    keys: dict[str, Any] = {"unit": unit, "direction": direction, "series": series, "year": year}
    if series == SERIES:
        Register.objects.get_or_create(**keys)
    register = Register.objects.select_for_update().filter(**keys).first()
    if register is None:
        raise InvalidInput(
            Said(f"Chưa mở sổ «{series}» năm {year}.", f"The register «{series}» of {year} was not opened."),
            [Fault("series", "mở sổ này trước, hoặc chọn sổ khác")],
        )
    require_open(register)
    return register


def require_open(register: Register) -> None:
    """Conflict for a closed register."""
    if register.closed_at is not None:
        raise Conflict(
            Said(
                f"Sổ «{register.name or register.series}» năm {register.year} đã đóng ngày "
                f"{local_date(register.closed_at):%d/%m/%Y} nên không cấp số nữa. Hãy chọn hoặc mở sổ khác.",
                f"The register «{register.name or register.series}» of {register.year} was closed on "
                f"{local_date(register.closed_at):%d/%m/%Y} and gives no more numbers. Choose or open "
                "another.",
            )
        )


def _enter_reserved(
    register: Register, number: int, document: Document, actor: Post, at: dt.datetime
) -> RegisterEntry:
    # Locked, though the register is: a line may be struck without its register.
    entry = RegisterEntry.objects.select_for_update().filter(register=register, number=number, suffix="").first()
    if entry is None or entry.block_id is None:
        raise InvalidInput(
            Said(
                f"Số {number} không phải số giữ sẵn của sổ năm {register.year}.",
                f"No. {number} is not reserved in the register of {register.year}.",
            ),
            [Fault("reserved", "chọn một số đã giữ để ghi tay")],
        )
    if not entry.is_free:
        used = entry.void_reason and f"đã hủy: {entry.void_reason}"
        raise Conflict(
            Said(
                f"Số giữ sẵn {number} {used or 'đã dùng cho một văn bản khác'}. Hãy chọn số khác.",
                f"The reserved no. {number} was used already. Choose another.",
            )
        )
    entry.document, entry.entered_at, entry.entered_by = document, at, actor
    entry.save(update_fields=["document", "entered_at", "entered_by"])
    return entry


def _free_suffix(register: Register, number: int) -> str:
    """The next letter behind a number that stands in the register."""
    standing = list(RegisterEntry.objects.filter(register=register, number=number))
    first = next((one for one in standing if not one.suffix), None)
    if first is None or first.is_free:
        raise InvalidInput(
            Said(
                f"Sổ năm {register.year} chưa có số {number}.",
                f"The register of {register.year} has no no. {number} yet.",
            ),
            [Fault("after", "chỉ chen được sau một số đã cấp trong sổ này")],
        )
    taken = {one.suffix for one in standing}
    letter = next((letter for letter in SUFFIXES if letter not in taken), None)
    if letter is None:
        raise Conflict(
            Said(
                f"Sau số {number} đã hết chữ cái để chen. Hãy lấy số tiếp theo.",
                f"There is no letter left to put in after no. {number}. Take the next number.",
            )
        )
    return letter


def void_entry(*, entry: RegisterEntry, reason: str, actor: Post, at: dt.datetime) -> RegisterEntry:
    """Strike a line: the number stays used, with its reason. Repeating it with the same reason is safe.

    Raises Conflict for a line struck with another reason and for a letter that an app above holds (`holds`).
    """
    unit = entry.register.unit
    require_own(unit, *REGISTRARS, actor=actor, at=at)
    reason = checked_reason(reason, "Hủy số phải có lý do.", actor=actor, at=at)
    with transaction.atomic():
        entry = RegisterEntry.objects.select_for_update().get(pk=entry.pk)
        if entry.void_reason:
            if entry.void_reason == reason:
                return entry
            raise Conflict(
                Said(
                    f"Số {entry.label} đã bị hủy trước đó: {entry.void_reason}",
                    f"No. {entry.label} was struck before: {entry.void_reason}",
                )
            )
        _require_unheld(entry)
        strike(entry, reason, actor=actor, at=at)
    return entry


def strike(entry: RegisterEntry, reason: str, *, actor: Actor, at: dt.datetime) -> None:
    """Void a locked line inside the caller's transaction, and log it."""
    entry.void_reason = reason
    entry.save(update_fields=["void_reason"])
    Document.objects.filter(entry=entry).update(state=DocumentState.VOID)
    record(
        actor=actor,
        action="documents.number_voided",
        obj=f"unit:{entry.register.unit.uid}",
        at=at,
        data=entry.log_keys(),
    )


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
    closed_to = direction == Direction.PETITION and not reads_petitions(scope, unit)
    if closed_to or not reads_contents(scope):
        return RegisterEntry.objects.none()
    lines = RegisterEntry.objects.filter(
        register__unit=unit, register__direction=direction, register__year=year, register__series=series
    )
    lines = lines.select_related("document", "register", "entered_by", "block").prefetch_related(amended())
    return lines.order_by("number", "suffix")


def amended() -> Prefetch[str]:
    """What was done to each letter, with the letter that did it."""
    acts = Amendment.objects.select_related("by").defer("by__text", "by__folded", "by__reading")
    return Prefetch("document__amendments", acts)


def next_number(scope: Scope, direction: Direction, year: int, series: str = SERIES) -> int:
    """The number that the scope's own unit would take next."""
    register = Register.objects.filter(unit=scope.unit, direction=direction, series=series, year=year).first()
    return register.next_number if register else 1
