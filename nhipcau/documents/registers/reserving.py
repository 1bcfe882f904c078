"""Numbers kept for numbering by hand while the system cannot be reached, and what became of them.

Every reserved number has its line, and its entry in the log, from the start: what is neither used nor struck
is on view, and a register never has a gap.
"""

from __future__ import annotations

import datetime as dt
import uuid

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Q, QuerySet

from nhipcau.audit.actions import record
from nhipcau.core.errors import Fault, InvalidInput, NotFound
from nhipcau.core.said import Said
from nhipcau.documents.models import Direction, Register, RegisterEntry, ReservedBlock
from nhipcau.documents.registers.books import checked_reason, require_open, strike
from nhipcau.documents.registers.series import HIGHEST
from nhipcau.documents.rights import REGISTRARS, reads_contents, require_own
from nhipcau.org.models import Post
from nhipcau.org.scope import Scope

MOST = 100
_FREE = Q(document=None, petition_on=None, void_reason="")
_USED = Q(entries__void_reason="") & (Q(entries__document__isnull=False) | Q(entries__petition_on__isnull=False))


def reserve_block(
    *, register: Register, count: int, reason: str, actor: Post, at: dt.datetime, client_key: str = ""
) -> ReservedBlock:
    """Take the next `count` numbers (1 to 100) out of the series, to be given by hand on paper.

    A letter numbered so is entered later under its number (`registers.Slot`); `end_block` strikes the rest.
    The same `client_key` returns the block reserved before. Raises InvalidInput, Conflict (closed register).
    """
    unit = register.unit
    require_own(unit, *REGISTRARS, actor=actor, at=at)
    reason = checked_reason(reason, "Giữ số phải có lý do.", actor=actor, at=at)
    if register.direction == Direction.PETITION:
        raise InvalidInput("Sổ tiếp nhận đơn không giữ số trước; đơn nhận khi mất mạng thì vào sổ khi có mạng lại.")
    if not 1 <= count <= MOST or len(client_key) > 60:
        raise _miscounted(Said(f"giữ từ 1 đến {MOST} số mỗi lần", f"reserve 1 to {MOST} numbers at a time"))
    with transaction.atomic():
        register = Register.objects.select_for_update().get(pk=register.pk)
        standing = ReservedBlock.objects.filter(client_key=client_key, register=register).first()
        if client_key and standing is not None:
            return standing
        require_open(register)
        first, last = register.next_number, register.next_number + count - 1
        if last > HIGHEST:
            raise _miscounted(Said(f"sổ chỉ đánh số đến {HIGHEST}", f"the register numbers up to {HIGHEST} only"))
        block = ReservedBlock.objects.create(
            register=register,
            first=first,
            last=last,
            reason=reason,
            client_key=client_key or None,
            reserved_at=at,
            reserved_by=actor,
        )
        lines = [
            RegisterEntry(register=register, number=number, block=block, entered_at=at, entered_by=actor)
            for number in range(first, last + 1)
        ]
        RegisterEntry.objects.bulk_create(lines)
        register.next_number = last + 1
        register.save(update_fields=["next_number"])
        obj = f"unit:{unit.uid}"
        keys: dict[str, str | int] = {"register": register.pk, "block": str(block.uid)}
        record(
            actor=actor,
            action="documents.block_reserved",
            obj=obj,
            at=at,
            data={**keys, "first": first, "last": last},
        )
        for line in lines:
            record(
                actor=actor, action="documents.number_reserved", obj=obj, at=at, data={**keys, **line.log_keys()}
            )
    return block


def _miscounted(why: Said) -> InvalidInput:
    return InvalidInput("Chưa giữ được số.", [Fault("count", why)])


def end_block(*, block: ReservedBlock, actor: Post, at: dt.datetime) -> ReservedBlock:
    """Kết thúc đợt giữ số: strike every number that was not used, so that no gap is left. Safe to repeat."""
    require_own(block.register.unit, *REGISTRARS, actor=actor, at=at)
    with transaction.atomic():
        # The register first, as whoever enters a letter under a reserved number does.
        register = Register.objects.select_for_update().get(pk=block.register_id)
        block = ReservedBlock.objects.select_for_update().get(pk=block.pk)
        if block.ended_at is not None:
            return block
        left = list(block.entries.select_for_update().filter(_FREE).order_by("number"))
        for entry in left:
            strike(entry, f"Số giữ để ghi tay ({block}), không dùng đến.", actor=actor, at=at)
        block.ended_at = at
        block.save(update_fields=["ended_at"])
        record(
            actor=actor,
            action="documents.block_ended",
            obj=f"unit:{register.unit.uid}",
            at=at,
            data={"register": register.pk, "block": str(block.uid), "voided": len(left)},
        )
    return block


def blocks_of(register: Register) -> QuerySet[ReservedBlock]:
    """The register's blocks, newest first, each with how many numbers are `free`, `used` and `voided`."""
    return register.blocks.annotate(
        free=Count("entries", filter=Q(entries__document=None, entries__petition_on=None, entries__void_reason="")),
        used=Count("entries", filter=_USED),
        voided=Count("entries", filter=~Q(entries__void_reason="")),
    ).order_by("-first")


def get_block_for(scope: Scope, uid: uuid.UUID | str) -> ReservedBlock:
    """A block of the own unit; any other does not exist."""
    try:
        block = ReservedBlock.objects.select_related("register__unit").get(uid=uid)
    except (ReservedBlock.DoesNotExist, ValidationError, ValueError, TypeError) as error:
        raise NotFound("Không có đợt giữ số này.") from error
    if block.register.unit_id != scope.unit.pk or not reads_contents(scope):
        raise NotFound("Không có đợt giữ số này.")
    return block


def block_lines(block: ReservedBlock) -> QuerySet[RegisterEntry]:
    """The block's numbers in order, each with the letter that was entered under it, if any."""
    return block.entries.select_related("document", "register").order_by("number", "suffix")


def free_numbers(scope: Scope, direction: Direction) -> list[RegisterEntry]:
    """Reserved numbers of the own unit that wait for their letter, oldest first."""
    if not reads_contents(scope):
        return []
    rows = RegisterEntry.objects.filter(
        _FREE, register__unit=scope.unit, register__direction=direction, block__ended_at=None
    )
    return list(rows.select_related("register").order_by("register__year", "register__series", "number"))
