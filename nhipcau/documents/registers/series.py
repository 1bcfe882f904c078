"""Several series in one unit, direction and year: opened at any number, chosen by name, closed for good.

Which series a body keeps is decided by its head (Decree 30/2020/NĐ-CP, Article 15.1c): decisions and others,
for example. A reorganisation closes the predecessors' series.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django.db import transaction

from nhipcau.audit.actions import record
from nhipcau.audit.screen import screen
from nhipcau.core.clock import local_date
from nhipcau.core.errors import Conflict, Fault, InvalidInput
from nhipcau.core.said import Said
from nhipcau.core.text import clean
from nhipcau.documents.models import Direction, Register
from nhipcau.documents.registers.books import SERIES
from nhipcau.documents.rights import REGISTRARS, reads_contents, require_own
from nhipcau.org.models import Post, Unit
from nhipcau.org.scope import Scope

HIGHEST = 99_999
_CODE = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,28}[a-z0-9])?")


def open_register(
    *,
    unit: Unit,
    direction: Direction,
    year: int,
    first_number: int,
    actor: Post,
    at: dt.datetime,
    series: str = SERIES,
    name: str = "",
) -> Register:
    """Begin a series at any number, to go on from a paper register. Safe to repeat; Conflict once it holds
    an entry and another number is asked for.

    `series` is a short code ("qd"), `name` what people choose by; only the common series needs none.
    """
    require_own(unit, *REGISTRARS, actor=actor, at=at)
    series, name = clean(series).lower(), clean(name)
    _check(series, name, year, first_number, local_date(at))
    screen({"name": name, "series": series}, "reason", actor=actor, at=at)
    with transaction.atomic():
        keys: dict[str, Any] = {"unit": unit, "direction": direction, "series": series, "year": year}
        _, opened = Register.objects.get_or_create(
            **keys, defaults={"name": name if series != SERIES else "", "next_number": first_number}
        )
        register = Register.objects.select_for_update().get(**keys)
        if not opened:
            if register.next_number == first_number:
                return register
            if register.entries.exists():
                raise Conflict(
                    Said(
                        f"Sổ năm {year} đã có văn bản; số tiếp theo là {register.next_number}, không đổi được.",
                        f"The register of {year} holds letters already; its next number is "
                        f"{register.next_number} and does not change.",
                    )
                )
            register.next_number = first_number
            register.save(update_fields=["next_number"])
        record(
            actor=actor,
            action="documents.register_opened",
            obj=f"unit:{unit.uid}",
            at=at,
            data={"register": register.pk, "direction": str(direction), "year": year, "first": first_number},
        )
    return register


def _check(series: str, name: str, year: int, first_number: int, today: dt.date) -> None:
    faults = []
    if not 1 <= first_number <= HIGHEST or abs(year - today.year) > 1:
        faults.append(
            Fault(
                "first_number",
                Said(
                    f"số đầu từ 1 đến {HIGHEST}, năm trước, năm nay hoặc năm sau",
                    f"the first number is 1 to {HIGHEST}, the year last, this or next",
                ),
            )
        )
    if not _CODE.fullmatch(series):
        faults.append(Fault("series", "ký hiệu sổ gồm chữ thường không dấu, chữ số, gạch nối; ví dụ qd"))
    if len(name) > 80 or (series != SERIES and not name):
        faults.append(Fault("name", "ghi tên sổ, không quá 80 chữ cái, ví dụ Sổ quyết định"))
    if faults:
        raise InvalidInput(
            Said(
                f"Không mở được sổ năm {year} từ số {first_number}.",
                f"The register of {year} cannot be opened from no. {first_number}.",
            ),
            faults,
        )


def close_register(*, register: Register, actor: Post, at: dt.datetime) -> Register:
    """No more numbers from this register, for good; its lines stay and print. Safe to repeat.

    Conflict while reserved numbers are neither used nor struck: the book would close with holes.
    """
    require_own(register.unit, *REGISTRARS, actor=actor, at=at)
    with transaction.atomic():
        register = Register.objects.select_for_update().select_related("unit").get(pk=register.pk)
        if register.closed_at is not None:
            return register
        free = register.entries.filter(document=None, petition_on=None, void_reason="").order_by("number")
        if free:
            kept = ", ".join(one.label for one in free[:10])
            raise Conflict(
                Said(
                    f"Sổ còn số giữ chưa dùng: {kept}. Hãy kết thúc đợt giữ số rồi đóng sổ.",
                    f"The register still holds reserved numbers: {kept}. End the block, then close the register.",
                )
            )
        register.closed_at = at
        register.save(update_fields=["closed_at"])
        record(
            actor=actor,
            action="documents.register_closed",
            obj=f"unit:{register.unit.uid}",
            at=at,
            data={"register": register.pk, "next": register.next_number},
        )
    return register


def series_of(scope: Scope, direction: Direction, year: int) -> list[Register]:
    """The own unit's registers of that direction and year, the common one first, then by name."""
    if not reads_contents(scope):
        return []
    rows = Register.objects.filter(unit=scope.unit, direction=direction, year=year)
    return sorted(rows, key=lambda one: (one.series != SERIES, one.name, one.series))


def was_opened(scope: Scope, direction: Direction, series: str) -> bool:
    """Whether the own unit kept such a series in any year."""
    return Register.objects.filter(unit=scope.unit, direction=direction, series=series).exists()
