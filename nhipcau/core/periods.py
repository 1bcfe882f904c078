"""Reporting periods with a nominal key, laid on the civil or the union calendar.

Key forms: month `2026-05`, quarter `2026-Q2`, half `2026-H1`, nine months `2026-9M`, year `2026`, term
`2023-2028`. The civil year is 1/1-31/12, the union year 1/12 of the year before to 30/11, so that
`2026-H1` is 1/1-30/6 or 1/12-31/5. A month is a calendar month in both. A term begins after the congress
year it is named for: `2023-2028` holds the five years 2024 to 2028 of the calendar.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from nhipcau.core.errors import InvalidInput
from nhipcau.core.said import Said
from nhipcau.core.text import canonical

PeriodKind = Literal["month", "quarter", "half", "nine", "year", "term"]
Calendar = Literal["civil", "union"]

_MONTHS_IN: dict[PeriodKind, int] = {"month": 1, "quarter": 3, "half": 6, "nine": 9, "year": 12}
_HOW_MANY: dict[PeriodKind, int] = {"month": 12, "quarter": 4, "half": 2, "nine": 1, "year": 1, "term": 1}
_TILES: dict[PeriodKind, tuple[PeriodKind, ...]] = {
    "month": (),
    "quarter": ("month",),
    "half": ("month", "quarter"),
    "nine": ("month", "quarter"),
    "year": ("month", "quarter", "half"),
    "term": ("month", "quarter", "half", "year"),
}
_NAME_VI: dict[PeriodKind, str] = {
    "month": "tháng",
    "quarter": "quý",
    "half": "6 tháng",
    "nine": "9 tháng",
    "year": "năm",
    "term": "nhiệm kỳ",
}
_ROMAN = ("I", "II", "III", "IV")
_FIRST_YEAR, _LAST_YEAR, _LONGEST_TERM = 1900, 2199, 10
_FORMS = (
    "tháng 2026-01 đến 2026-12, quý 2026-Q1 đến 2026-Q4, nửa năm 2026-H1 hoặc 2026-H2, "
    "chín tháng 2026-9M, năm 2026, nhiệm kỳ 2023-2028"
)


@dataclass(frozen=True)
class Period:
    """A nominal period: `number` counts within the year from 1; `until` is the last year (terms only).

    Raises `InvalidInput` if no such period exists.
    """

    kind: PeriodKind
    year: int
    number: int = 1
    until: int = 0

    def __post_init__(self) -> None:
        if self.kind != "term":
            object.__setattr__(self, "until", self.year)
        years_fit = _FIRST_YEAR <= self.year <= self.until <= _LAST_YEAR
        term_fits = self.kind != "term" or 1 <= self.until - self.year <= _LONGEST_TERM
        if not (years_fit and term_fits and 1 <= self.number <= _HOW_MANY[self.kind]):
            raise _no_such_period(f"{_NAME_VI[self.kind]} {self.number}, năm {self.year}")

    def __str__(self) -> str:
        return self.key

    @property
    def key(self) -> str:
        """The nominal key; `parse_period(p.key) == p`."""
        return {
            "month": f"{self.year}-{self.number:02d}",
            "quarter": f"{self.year}-Q{self.number}",
            "half": f"{self.year}-H{self.number}",
            "nine": f"{self.year}-9M",
            "year": f"{self.year}",
            "term": f"{self.year}-{self.until}",
        }[self.kind]

    @property
    def label_vi(self) -> str:
        """As printed in a sentence: "6 tháng đầu năm 2026"."""
        half = "đầu" if self.number == 1 else "cuối"
        return {
            "month": f"tháng {self.number} năm {self.year}",
            "quarter": f"quý {_ROMAN[min(self.number, 4) - 1]} năm {self.year}",
            "half": f"6 tháng {half} năm {self.year}",
            "nine": f"9 tháng đầu năm {self.year}",
            "year": f"năm {self.year}",
            "term": f"nhiệm kỳ {self.year} - {self.until}",
        }[self.kind]

    @property
    def label_en(self) -> str:
        """The same in English: "first half of 2026"."""
        half = "first" if self.number == 1 else "second"
        return {
            "month": f"{_MONTH_NAMES[self.number - 1]} {self.year}",
            "quarter": f"Q{self.number} {self.year}",
            "half": f"{half} half of {self.year}",
            "nine": f"first nine months of {self.year}",
            "year": f"{self.year}",
            "term": f"term {self.year}–{self.until}",
        }[self.kind]

    def first_day(self, calendar: Calendar = "civil") -> dt.date:
        """Its first day on the calendar."""
        return _first_of_month(self._months(calendar)[0])

    def last_day(self, calendar: Calendar = "civil") -> dt.date:
        """Its last day (inclusive) on the calendar."""
        return _first_of_month(self._months(calendar)[1]) - dt.timedelta(days=1)

    def contains(self, date: dt.date, calendar: Calendar = "civil") -> bool:
        """Whether the date falls within it, both ends included."""
        return self.first_day(calendar) <= date <= self.last_day(calendar)

    def previous(self) -> Period:
        """The period of its kind just before (nine months: those of the year before)."""
        return self._shifted(-1)

    def next(self) -> Period:
        """The period of its kind just after; undoes `previous`."""
        return self._shifted(1)

    def same_last_year(self) -> Period:
        """The same period one year before (cùng kỳ năm trước); for a term, the term before."""
        if self.kind == "term":
            return self.previous()
        return Period(self.kind, self.year - 1, self.number)

    def sub_periods(self, kind: PeriodKind, calendar: Calendar = "civil") -> tuple[Period, ...]:
        """The periods of a shorter kind that tile it exactly, in order (of its own kind: itself).

        The calendar matters for months alone: the union year 2026 begins with `2025-12`. Raises
        `InvalidInput` where the kind does not tile it (halves of nine months).
        """
        if kind == self.kind:
            return (self,)
        if kind not in _TILES[self.kind]:
            raise InvalidInput(
                f"Không chia được kỳ “{self.label_vi}” thành các kỳ “{_NAME_VI[kind]}”. "
                "Hãy chọn loại kỳ ngắn hơn và chia hết kỳ này."
            )
        start, end = self._months(calendar)
        return tuple(_tiles(kind, start, end, calendar))

    def _months(self, calendar: Calendar) -> tuple[int, int]:
        """Half-open range of months counted from year 0."""
        if self.kind == "term":
            start, length = (self.year + 1) * 12, (self.until - self.year) * 12
        else:
            length = _MONTHS_IN[self.kind]
            start = self.year * 12 + (self.number - 1) * length
        start -= _shift(self.kind, calendar)
        return start, start + length

    def _shifted(self, step: int) -> Period:
        if self.kind == "term":
            length = (self.until - self.year) * step
            return Period("term", self.year + length, 1, self.until + length)
        count = _HOW_MANY[self.kind]
        year, index = divmod(self.year * count + self.number - 1 + step, count)
        return Period(self.kind, year, index + 1)


_MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def period_of(date: dt.date, kind: PeriodKind, calendar: Calendar = "civil") -> Period:
    """The period of that kind the date falls in; not for terms, which only their names tell."""
    if kind == "term":
        raise InvalidInput("Không suy ra được nhiệm kỳ từ một ngày. Hãy ghi rõ nhiệm kỳ, ví dụ 2023-2028.")
    month = date.year * 12 + date.month - 1 + _shift(kind, calendar)
    year, offset = divmod(month, 12)
    period = Period(kind, year, offset // _MONTHS_IN[kind] + 1 if kind != "nine" else 1)
    if not period.contains(date, calendar):
        raise InvalidInput(
            Said(
                f"Ngày {date:%d/%m/%Y} không nằm trong 9 tháng đầu năm. Hãy chọn kỳ năm.",
                f"The day {date:%d/%m/%Y} is not in the first nine months. Choose the year.",
            )
        )
    return period


def _shift(kind: PeriodKind, calendar: Calendar) -> int:
    """By how many months the union calendar runs ahead; a month is a month on both."""
    return 1 if calendar == "union" and kind != "month" else 0


def _tiles(kind: PeriodKind, start: int, end: int, calendar: Calendar) -> Iterator[Period]:
    length = _MONTHS_IN[kind]
    for month in range(start, end, length):
        year, offset = divmod(month + _shift(kind, calendar), 12)
        yield Period(kind, year, offset // length + 1)


def _first_of_month(month: int) -> dt.date:
    year, offset = divmod(month, 12)
    return dt.date(year, offset + 1, 1)


# --- reading -----------------------------------------------------------------------------------------
_NUMBER_WORDS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "nhất": 1, "hai": 2, "ba": 3, "tư": 4, "đầu": 1, "cuối": 2}
_Y = r"(?P<year>\d{4})"
_OF_YEAR = rf"\s*(?:(?:[/-]|(?:,\s*)?năm)\s*)?{_Y}"
_READERS: tuple[tuple[PeriodKind, re.Pattern[str]], ...] = (
    ("month", re.compile(rf"{_Y}-(?P<n>\d\d)")),
    ("quarter", re.compile(rf"{_Y}-q(?P<n>\d)")),
    ("half", re.compile(rf"{_Y}-h(?P<n>\d)")),
    ("nine", re.compile(rf"{_Y}-9m")),
    ("year", re.compile(rf"(?:năm\s+)?{_Y}")),
    ("term", re.compile(rf"(?:nhiệm kỳ\s+)?{_Y}\s*-\s*(?P<until>\d{{4}})")),
    ("month", re.compile(rf"(?:tháng\s+)?(?P<n>\d\d?)\s*(?:[/-]|(?:,\s*)?năm)\s*{_Y}")),
    ("quarter", re.compile(rf"quý\s+(?P<n>iv|i{{1,3}}|\d|nhất|hai|ba|tư){_OF_YEAR}")),
    ("half", re.compile(rf"(?:6|06|sáu)\s+tháng\s+(?P<n>đầu|cuối){_OF_YEAR}")),
    ("nine", re.compile(rf"(?:9|09|chín)\s+tháng(?:\s+đầu)?{_OF_YEAR}")),
)


def parse_period(text: str) -> Period:
    """A period from its key or a common Vietnamese spelling ("quý II/2026", "6 tháng đầu năm 2018").

    Raises `InvalidInput` that names the forms if the text is none of them or no such period exists.
    """
    wanted = " ".join(canonical(text).lower().split())
    for kind, pattern in _READERS:
        found = pattern.fullmatch(wanted)
        if found:
            parts = found.groupdict()
            number = parts.get("n") or "1"
            try:
                return Period(
                    kind,
                    int(parts["year"]),
                    _NUMBER_WORDS.get(number) or int(number),
                    int(parts.get("until") or 0),
                )
            except InvalidInput as refusal:
                raise _no_such_period(text.strip()) from refusal
    raise _no_such_period(text.strip())


def _no_such_period(text: str) -> InvalidInput:
    return InvalidInput(
        Said(
            f"Không có kỳ báo cáo “{text}”. Các dạng hợp lệ: {_FORMS}.",
            f"There is no period “{text}”. Valid forms: {_FORMS}.",
        )
    )
