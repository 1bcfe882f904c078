"""Working days in Việt Nam: Monday to Friday, less public holidays, with the swap days announced each year.

The `holidays` package knows the holidays and the swaps of past years; the federation's own table of
overrides, passed in by the caller, has the last word.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Literal

import holidays

from nhipcau.core.errors import InvalidInput
from nhipcau.core.said import Said

# Forty years of working days: more than any term of the law, and a bound on every loop below.
_FURTHEST = 10_000
_DAY = dt.timedelta(days=1)
_OVERRIDE = Said("nghỉ theo bảng lịch nghỉ đã nhập", "off by the override table")
WEEKEND = (Said("thứ Bảy", "Saturday"), Said("Chủ nhật", "Sunday"))


class WorkingDays:
    """The calendar of working days; `overrides` maps a date to True (worked) or False (off)."""

    def __init__(self, overrides: Mapping[dt.date, bool] | None = None) -> None:
        self._overrides = dict(overrides or {})

    def is_working(self, d: dt.date) -> bool:
        """Whether people work on that day."""
        override = self._overrides.get(d)
        return bool(_public("vi").is_working_day(d)) if override is None else override

    def next_working(self, d: dt.date) -> dt.date:
        """The day itself if worked, else the first worked day after it."""
        return d if self.is_working(d) else self.add(d, 1)

    def add(self, d: dt.date, n: int) -> dt.date:
        """The n-th working day after `d`, not counting `d` (before it if n < 0; n = 0 is `d` itself).

        Raises `InvalidInput` if |n| is over 10,000.
        """
        if abs(n) > _FURTHEST:
            raise InvalidInput(
                Said(
                    f"Không đếm được {n} ngày làm việc: chỉ đếm tối đa {_FURTHEST} ngày.",
                    f"{n} working days cannot be counted: at most {_FURTHEST}.",
                )
            )
        step = _DAY if n > 0 else -_DAY
        left = abs(n)
        while left:
            d += step
            left -= self.is_working(d)
        return d

    def count(self, a: dt.date, b: dt.date) -> int:
        """Working days after `a` up to and including `b` (0 if b <= a); `count(a, add(a, n)) == n`."""
        return sum(1 for d in days_after(a, b) if self.is_working(d))

    def off_days(self, a: dt.date, b: dt.date) -> list[dt.date]:
        """The days off after `a` up to and including `b`."""
        return [d for d in days_after(a, b) if not self.is_working(d)]

    def why_off(self, d: dt.date) -> Said | None:
        """Why nobody works that day, in words ("Quốc khánh", "Chủ nhật"); None if it is a working day."""
        if self.is_working(d):
            return None
        holiday = _public("vi").get(d)
        if holiday:
            return Said(str(holiday), str(_public("en_US").get(d)))
        return WEEKEND[d.weekday() - 5] if d.weekday() >= 5 else _OVERRIDE


def days_after(a: dt.date, b: dt.date) -> Iterator[dt.date]:
    """Every day after `a` up to and including `b`."""
    return (a + dt.timedelta(days=i) for i in range(1, (b - a).days + 1))


@cache
def _public(language: Literal["vi", "en_US"]) -> Any:
    """The public holidays: filled in by the year when first asked for, so one calendar serves all."""
    return holidays.country_holidays("VN", language=language)
