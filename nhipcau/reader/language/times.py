"""What a recognised time expression means: a day, a period, a recurrence or a count from an event."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from nhipcau.core.deadlines import resolve_year
from nhipcau.core.errors import InvalidInput
from nhipcau.core.said import Said

DeadlineKind = Literal["date", "period", "recurring", "relative"]


@dataclass(frozen=True)
class Found:
    """The normalised form; `exclusive` if the words say "trước"."""

    kind: DeadlineKind
    normalised: str
    why: Said
    exclusive: bool = False


@dataclass(frozen=True)
class Calendar:
    """The day the document was written, from which a missing year is the next occurrence."""

    anchor: dt.date | None

    def day(self, match: re.Match[str], tag: str = "", *, near: dt.date | None = None) -> dt.date | None:
        """The date of the groups d, m, y; None if it does not exist or its year cannot be known."""
        day, month, year = int(match[f"d{tag}"]), int(match[f"m{tag}"]), match[f"y{tag}"]
        if match[f"next{tag}"]:
            return make(self.anchor.year + 1, month, day) if self.anchor else None
        if year or near:
            return make(full_year(year) if year else near.year, month, day)  # type: ignore[union-attr]
        if self.anchor is None:
            return None
        try:
            return resolve_year(day, month, after=self.anchor)
        except InvalidInput:
            return None  # 31/2: a slip of the pen is shown by the text, not guessed at

    def month(self, month: int, year: str | None) -> tuple[int, int] | None:
        """(year, month), or None if it does not exist or cannot be known."""
        if not 1 <= month <= 12:
            return None
        if year:
            return (int(year), month) if int(year) in YEARS else None
        if self.anchor is None:
            return None
        return self.anchor.year + (month < self.anchor.month), month

    def year(self, printed: str | None) -> int | None:
        """The year printed, else the document's."""
        if printed:
            return int(printed) if int(printed) in YEARS else None
        return self.anchor.year if self.anchor else None

    def past(self, last_day: dt.date) -> bool:
        """Before the document was written: narrative, not a deadline."""
        return self.anchor is not None and last_day < self.anchor


YEARS = range(1945, 2101)  # what a letter can mean; anything else is a slip or another number

Handler = Callable[[re.Match[str], Calendar], Found | None]


def make(year: int, month: int, day: int) -> dt.date | None:
    """The date, or None if there is none."""
    try:
        return dt.date(year, month, day) if year in YEARS else None
    except ValueError:
        return None


def full_year(printed: str) -> int:
    """ "2021", or "21" as people shorten it."""
    return int(printed) + (2000 if len(printed) == 2 else 0)


def last_of(year: int, month: int) -> dt.date:
    """The month's last day."""
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def before(match: re.Match[str]) -> bool:
    return re.search(r"\btr(?:uo|u|o)?c\b", match[0]) is not None


# --- dates and periods -------------------------------------------------------------------------------
def on_date(match: re.Match[str], when: Calendar) -> Found | None:
    """ "trước ngày 10/11/2021", "chậm nhất ngày 5 tháng 6"."""
    day = when.day(match)
    if day is None or when.past(day):
        return None
    why = (
        Said("Hạn có ngày in rõ", "The day is printed in full")
        if match["y"]
        else Said("Hạn không in năm: lấy lần tới gần nhất", "No year is printed: the next such day is meant")
    )
    return Found("date", day.isoformat(), why, before(match))


def date_range(match: re.Match[str], when: Calendar) -> Found | None:
    """ "từ ngày 26/4 đến ngày 15/5/2021"; the first date may lack month and year."""
    end = when.day(match, "2")
    if end is None or when.past(end):
        return None
    if match.groupdict().get("m1"):
        start = when.day(match, "1", near=end)
        if start is not None and start > end and not match["y1"]:
            start = make(start.year - 1, start.month, start.day)
    else:
        start = make(end.year, end.month, int(match["d1"]))
    if start is None or start > end:
        return None
    return Found(
        "period",
        f"{start.isoformat()}/{end.isoformat()}",
        Said("Khoảng thời gian từ … đến …", "A span from … to …"),
    )


def month_range(match: re.Match[str], when: Calendar) -> Found | None:
    """ "từ tháng 4 đến tháng 12 năm 2020"."""
    first, end = int(match["m1"]), when.month(int(match["m2"]), match["y2"])
    if end is None or when.past(last_of(*end)) or not 1 <= first <= 12:
        return None
    year = int(match["y1"]) if match["y1"] else end[0] - (first > end[1])
    if (year, first) > end or year not in YEARS:
        return None
    return Found(
        "period",
        f"{year}-{first:02d}/{end[0]}-{end[1]:02d}",
        Said("Từ tháng … đến tháng …", "From month … to month …"),
    )


def in_month(match: re.Match[str], when: Calendar) -> Found | None:
    """ "trong tháng 10/2021": the month, due on its last day."""
    month = when.month(int(match["m"]), match["y"])
    if month is None or when.past(last_of(*month)):
        return None
    return Found(
        "period",
        f"{month[0]}-{month[1]:02d}",
        Said("Hạn là tháng: tính đến ngày cuối", "A month: its last day counts"),
        before(match),
    )


_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}


def in_quarter(match: re.Match[str], when: Calendar) -> Found | None:
    """ "hoàn thành trong quý III": the quarter, due on its last day."""
    quarter = _QUARTERS[match["q"]]
    month = when.month(3 * quarter, match["y"])
    if month is None or when.past(last_of(*month)):
        return None
    return Found(
        "period",
        f"{month[0]}-Q{quarter}",
        Said("Hạn là quý: tính đến ngày cuối", "A quarter: its last day counts"),
        before(match),
    )


def quarter_range(match: re.Match[str], when: Calendar) -> Found | None:
    """ "từ quý II đến quý IV năm 2021", "quý I, II/2021"."""
    first, last = _QUARTERS[match["q1"]], _QUARTERS[match["q"]]
    end = when.month(3 * last, match["y"])
    if end is None or when.past(last_of(*end)):
        return None
    year = int(match["y1"]) if match["y1"] else end[0] - (first > last)
    if (year, first) > (end[0], last) or year not in YEARS:
        return None
    return Found(
        "period", f"{year}-Q{first}/{end[0]}-Q{last}", Said("Từ quý … đến quý …", "From quarter … to quarter …")
    )


def in_half(match: re.Match[str], when: Calendar) -> Found | None:
    """ "trong 6 tháng cuối năm 2021"."""
    year = when.year(match["y"])
    half = 1 if match["half"] == "dau" else 2
    if year is None or when.past(last_of(year, 6 * half)):
        return None
    return Found(
        "period", f"{year}-H{half}", Said("Hạn là nửa năm: tính đến ngày cuối", "Half a year: its last day counts")
    )


def end_of_year(match: re.Match[str], when: Calendar) -> Found | None:
    """ "từ nay đến hết năm"."""
    year = when.year(match["y"])
    if year is None or when.past(dt.date(year, 12, 31)):
        return None
    return Found("date", f"{year}-12-31", Said("Đến hết năm", "To the end of the year"))


_WORDS = [
    "khong",
    "mot",
    "hai",
    "ba",
    "bon",
    "nam",
    "sau",
    "bay",
    "tam",
    "chin",
    "muoi",
    "muoi-mot",
    "muoi-hai",
    "muoi-ba",
    "muoi-bon",
    "muoi-lam",
]
_NUMBERS = {word.replace("-", " "): value for value, word in enumerate(_WORDS)} | {"hai muoi": 20, "ba muoi": 30}


def number(words: str) -> int | None:
    """ "05", "năm", "10 (mười)"."""
    bare = re.sub(r"\s*\(.*", "", words).strip()
    return int(bare) if bare.isdigit() else _NUMBERS.get(bare)
