"""What the clerk writes into a line of the register afterwards: copies, keeper, day of transfer, remarks."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from nhipcau.audit.actions import record
from nhipcau.audit.screen import screen
from nhipcau.core.clock import local_date
from nhipcau.core.errors import Fault, InvalidInput
from nhipcau.core.said import Said
from nhipcau.core.text import clean
from nhipcau.documents.models import Direction, RegisterEntry
from nhipcau.documents.registers.petitions import handler_faults
from nhipcau.documents.rights import REGISTRARS, require_own
from nhipcau.org.models import Post

_MOST_COPIES = 100_000


def fill_line(
    *,
    entry: RegisterEntry,
    actor: Post,
    at: dt.datetime,
    copies: int | None = None,
    keeper: str = "",
    dispatched_on: dt.date | None = None,
    note: str = "",
) -> RegisterEntry:
    """Set the columns of a line that do not come from the letter itself; empty or None leaves a cell to the pen.

    Number, date and subject stay as they are: what was registered is struck, never rewritten. Raises
    InvalidInput, BoundaryRefused, NotFound, NotAllowed.
    """
    require_own(entry.register.unit, *REGISTRARS, actor=actor, at=at)
    keeper, note = clean(keeper), clean(note)
    _check(copies, keeper, dispatched_on, note, local_date(at))
    if entry.register.direction == Direction.PETITION:
        _require_bare(copies, keeper, note)
    screen({"keeper": keeper, "note": note}, "document", actor=actor, at=at)
    with transaction.atomic():
        entry = RegisterEntry.objects.select_for_update().select_related("register__unit").get(pk=entry.pk)
        entry.copies, entry.keeper, entry.dispatched_on, entry.note = copies, keeper, dispatched_on, note
        entry.save(update_fields=["copies", "keeper", "dispatched_on", "note"])
        record(
            actor=actor,
            action="documents.line_filled",
            obj=f"unit:{entry.register.unit.uid}",
            at=at,
            data=entry.log_keys(),
        )
    return entry


def _check(copies: int | None, keeper: str, dispatched_on: dt.date | None, note: str, today: dt.date) -> None:
    faults = []
    if copies is not None and not 1 <= copies <= _MOST_COPIES:
        faults.append(
            Fault(
                "copies",
                Said(
                    f"số lượng bản từ 1 đến {_MOST_COPIES}, hoặc để trống",
                    f"copies from 1 to {_MOST_COPIES}, or leave it empty",
                ),
            )
        )
    if len(keeper) > 120:
        faults.append(Fault("keeper", "dài quá 120 chữ cái"))
    if dispatched_on is not None and dispatched_on > today:
        faults.append(Fault("dispatched_on", "ngày chuyển phải là hôm nay hoặc trước đó"))
    if len(note) > 250:
        faults.append(Fault("note", "dài quá 250 chữ cái"))
    if faults:
        raise InvalidInput("Chưa ghi được vào sổ: có ô cần sửa.", faults)


def _require_bare(copies: int | None, keeper: str, note: str) -> None:
    """Of a complaint or denunciation nothing is kept but number, days and handler."""
    faults = handler_faults(keeper, "keeper")
    if note or copies is not None:
        faults.append(Fault("note", "sổ tiếp nhận đơn chỉ ghi số, ngày và người xử lý; hãy để trống ô này"))
    if faults:
        raise InvalidInput("Chưa ghi được vào sổ: có ô cần sửa.", faults)
