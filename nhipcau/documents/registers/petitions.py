"""Complaints and denunciations: number, day and handler in a register of their own, and nothing else.

The paper itself stays outside: it is never read, stored, indexed or searched here. Whoever sent it is protected by
the laws on complaints (2/2011/QH13) and on denunciations (25/2018/QH14).
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from nhipcau.audit.actions import record
from nhipcau.audit.screen import screen
from nhipcau.boundary.names import person_names
from nhipcau.core.clock import local_date
from nhipcau.core.errors import Fault, InvalidInput, NotFound
from nhipcau.core.said import Said
from nhipcau.core.text import clean
from nhipcau.documents.models import Direction, RegisterEntry
from nhipcau.documents.registers.books import SERIES, locked_register, register_entries
from nhipcau.documents.rights import REGISTRARS, require_own
from nhipcau.org.models import Post, Unit
from nhipcau.org.scope import Scope

_LONGEST = 120
_OLDEST = dt.timedelta(days=366)


def register_petition(
    *, unit: Unit, received_on: dt.date, handler: str, actor: Post, at: dt.datetime, client_key: str = ""
) -> RegisterEntry:
    """Give a complaint or denunciation the next number of its register. Its words are never asked for.

    `handler` is the title of the post that deals with it ("Trưởng ban Kiểm tra"), never a name. The same
    `client_key` (at most 60 characters) returns the line entered before. Raises InvalidInput, NotAllowed,
    NotFound, BoundaryRefused, Conflict (a closed register).
    """
    require_own(unit, *REGISTRARS, actor=actor, at=at)
    handler = clean(handler)
    screen({"handler": handler}, "post", actor=actor, at=at)
    today = local_date(at)
    faults = handler_faults(handler, "handler")
    if not today - _OLDEST <= received_on <= today:
        faults.append(Fault("received_on", "ngày nhận đơn là hôm nay hoặc trước đó, không quá một năm"))
    if faults or len(client_key) > 60:
        raise InvalidInput("Chưa vào sổ được: có ô cần sửa.", faults)
    with transaction.atomic():
        register = locked_register(unit, Direction.PETITION, SERIES, received_on.year)
        standing = RegisterEntry.objects.filter(register=register, client_key=client_key).first()
        if client_key and standing is not None:
            return standing
        entry = RegisterEntry.objects.create(
            register=register,
            number=register.next_number,
            petition_on=received_on,
            keeper=handler,
            client_key=client_key or None,
            entered_at=at,
            entered_by=actor,
        )
        register.next_number += 1
        register.save(update_fields=["next_number"])
        record(
            actor=actor,
            action="documents.petition_entered",
            obj=f"unit:{unit.uid}",
            at=at,
            data=entry.log_keys(),
        )
    return entry


def handler_faults(handler: str, field: str) -> list[Fault]:
    """What is wrong with the title of a post that handles a petition."""
    if not handler or len(handler) > _LONGEST:
        return [
            Fault(
                field,
                Said(
                    f"hãy ghi chức danh người xử lý, không quá {_LONGEST} chữ cái",
                    f"enter the handler's post, at most {_LONGEST} characters",
                ),
            )
        ]
    names = person_names(handler)
    return (
        [
            Fault(
                field,
                Said(
                    f"có vẻ là tên người ({', '.join(names)}); hãy ghi chức danh",
                    f"this seems to be a person's name ({', '.join(names)}); enter a post",
                ),
            )
        ]
        if names
        else []
    )


def get_petition_for(scope: Scope, year: int, number: int) -> RegisterEntry:
    """A line of the own unit's register of petitions; for anybody else there is none."""
    lines = register_entries(scope, scope.unit, Direction.PETITION, year)
    try:
        return lines.select_related("register__unit").get(number=number)
    except RegisterEntry.DoesNotExist as error:
        raise NotFound("Không có đơn mang số này trong sổ.") from error
