"""Ngày làm việc: the days on which the federation departs from the calendar of the law, for everybody alike.

Swap days are announced each year; until the calendar package knows them, the unit at the top enters them. Due
dates of reports are worked out anew; that of a task handed out stays as it was said.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from nhipcau.audit.actions import record
from nhipcau.audit.screen import screen
from nhipcau.core.errors import Fault, InvalidInput, NotAllowed
from nhipcau.core.said import Said
from nhipcau.core.text import clean
from nhipcau.core.workdays import WorkingDays, days_after
from nhipcau.org.models import DayOverride, Role
from nhipcau.org.queries import parent_of
from nhipcau.org.scope import Scope

SATURDAY = 5
SETS = (Role.ADMINISTRATOR, Role.BOARD)


def sets_days(scope: Scope) -> bool:
    """Whether the post keeps the calendar: an administrator's or the board's, of a unit with nobody above."""
    return scope.post.has_role(*SETS) and parent_of(scope.unit, scope.day) is None


def set_day(*, scope: Scope, day: dt.date, working: bool, note: str, at: dt.datetime) -> DayOverride:
    """Make a day worked or off, or change what was entered for it; refused where the calendar says so already."""
    _require(scope)
    screen({"note": note}, "comment", actor=scope.post, at=at)
    if WorkingDays().is_working(day) == working:
        raise InvalidInput(_already(working), [Fault("day", _already(working))])
    with transaction.atomic():
        override, _ = DayOverride.objects.update_or_create(
            day=day, defaults={"working": working, "note": clean(note)}
        )
        _log(scope, day, at, {"working": working})
    return override


def drop_day(*, scope: Scope, day: dt.date, at: dt.datetime) -> None:
    """Let the calendar of the law speak again for that day; doing it twice is no mistake."""
    _require(scope)
    with transaction.atomic():
        gone, _ = DayOverride.objects.filter(day=day).delete()
        if gone:
            _log(scope, day, at, {"working": None})


def entry_of(day: dt.date) -> DayOverride | None:
    """What was entered for that day."""
    return DayOverride.objects.filter(day=day).first()


@dataclass(frozen=True)
class DayOff:
    """A day that differs from an ordinary week: why, and whether this federation entered it itself."""

    day: dt.date
    working: bool
    why: str
    entered: bool


def days_of(year: int) -> list[DayOff]:
    """The year's holidays, swaps and entries in order; ordinary weekends are left out."""
    entered = {one.day: one for one in DayOverride.objects.filter(day__year=year)}
    calendar = WorkingDays()
    listed = []
    for day in days_after(dt.date(year - 1, 12, 31), dt.date(year, 12, 31)):
        if one := entered.get(day):
            listed.append(DayOff(day, one.working, one.note, entered=True))
        elif calendar.is_working(day) != (day.weekday() < SATURDAY):
            why = calendar.why_off(day) or Said("làm bù", "worked in exchange")
            listed.append(DayOff(day, calendar.is_working(day), why, entered=False))
    return listed


def _require(scope: Scope) -> None:
    if not sets_days(scope):
        raise NotAllowed(
            Said(
                "Chỉ Ban Thường vụ hoặc quản trị của cấp cao nhất được sửa lịch làm việc.",
                "Only the board or an administrator of the highest level may change the working days.",
            )
        )


def _already(working: bool) -> Said:
    if working:
        return Said("Theo lịch, ngày này vốn là ngày làm việc.", "By the calendar this is a working day already.")
    return Said("Theo lịch, ngày này vốn là ngày nghỉ.", "By the calendar this is a day off already.")


def _log(scope: Scope, day: dt.date, at: dt.datetime, data: dict[str, bool | None]) -> None:
    record(actor=scope.post, action="org.holiday_set", obj=f"day:{day.isoformat()}", at=at, data=data)
