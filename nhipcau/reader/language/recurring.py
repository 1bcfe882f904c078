"""What an expression of recurrence means: an RFC 5545 rule (and FREQ=QUARTERLY)."""

from __future__ import annotations

import datetime as dt
import re

from nhipcau.core.said import Said
from nhipcau.reader.language.times import Calendar, Found, before, number

_FREQUENCY = {"ngay": "DAILY", "tuan": "WEEKLY", "thang": "MONTHLY", "quy": "QUARTERLY", "nam": "YEARLY"}
_WEEK = ("MO", "TU", "WE", "TH", "FR", "SA")
_WEEKDAYS = dict(zip(("hai", "ba", "tu", "nam", "sau", "bay"), _WEEK, strict=True)) | {
    str(number): day for number, day in zip(range(2, 8), _WEEK, strict=True)
}


def every(match: re.Match[str], when: Calendar) -> Found | None:
    """ "hằng quý", "trước ngày 25 hằng tháng", "thứ Sáu hằng tuần", "trước ngày 15/12 hằng năm"."""
    groups = match.groupdict()
    parts = [f"FREQ={_FREQUENCY[match['unit']]}"]
    if groups.get("wd"):
        parts.append("BYDAY=" + _by_day(groups))
    elif groups.get("d") and match["unit"] == "nam":
        parts += [f"BYMONTH={int(match['m'])}", f"BYMONTHDAY={int(match['d'])}"]
    elif groups.get("d"):
        parts.append(f"BYMONTHDAY={int(match['d'])}")
    return Found("recurring", ";".join(parts), Said("Việc lặp lại định kỳ", "It recurs"), before(match))


def _by_day(groups: dict[str, str | None]) -> str:
    first = _WEEKDAYS[groups["wd"] or ""]
    if groups.get("wd2"):
        return ",".join(_WEEK[_WEEK.index(first) : _WEEK.index(_WEEKDAYS[groups["wd2"] or ""]) + 1])
    return f"{groups.get('week') or 1}{first}" if groups["unit"] == "thang" else first


def day_of_each_year(match: re.Match[str], when: Calendar) -> Found:
    rule = f"FREQ=YEARLY;BYMONTH={int(match['m'])};BYMONTHDAY={int(match['d'])}"
    return Found("recurring", rule, Said("Việc lặp lại định kỳ", "It recurs"), before(match))


def month_of_each_year(match: re.Match[str], when: Calendar) -> Found | None:
    """ "trong tháng 11 hằng năm"; "trước tháng 11 hằng năm" is the month before."""
    month = int(match["m"])
    if not 1 <= month <= 12:
        return None
    if before(match):
        month = month - 1 or 12
    return Found("recurring", f"FREQ=YEARLY;BYMONTH={month}", Said("Việc lặp lại định kỳ", "It recurs"))


def each_year(day: Found) -> Found:
    """The same day, every year."""
    on = dt.date.fromisoformat(day.normalised)
    rule = f"FREQ=YEARLY;BYMONTH={on.month};BYMONTHDAY={on.day}"
    return Found("recurring", rule, Said("Việc lặp lại định kỳ", "It recurs"), day.exclusive)


def daily(match: re.Match[str], when: Calendar) -> Found | None:
    """ "trước 16h00 hằng ngày kể từ ngày 26/12 đến hết ngày 31/12"."""
    last = when.day(match, "2") if match["d2"] else None
    until = f";UNTIL={last:%Y%m%d}" if last else ""
    return Found(
        "recurring", f"FREQ=DAILY{until}", Said("Việc lặp lại hằng ngày", "It recurs daily"), before(match)
    )


def every_count(match: re.Match[str], when: Calendar) -> Found | None:
    """ "6 tháng/lần", "định kỳ sáu tháng", "03 tháng một lần": every N units."""
    count, unit = number(match["n"]), match["unit"]
    if not count:
        return None
    if unit == "quy":
        count, unit = 3 * count, "thang"
    rule = f"FREQ={_FREQUENCY[unit]}" + (f";INTERVAL={count}" if count > 1 else "")
    return Found("recurring", rule, Said("Việc lặp lại định kỳ", "It recurs"))


def times_per(match: re.Match[str], when: Calendar) -> Found | None:
    """ "2 lần/năm" is every six months; a rate that does not divide its unit stays at the unit."""
    count, unit = number(match["n"]) or 1, match["unit"]
    months = {"nam": 12, "quy": 3, "thang": 1}.get(unit, 0)
    if not months or months % count:
        return Found(
            "recurring", f"FREQ={_FREQUENCY[unit]}", Said("Số lần trong một kỳ", "So many times in a period")
        )
    step = months // count
    rule = "FREQ=YEARLY" if step == 12 else "FREQ=MONTHLY" + (f";INTERVAL={step}" if step > 1 else "")
    return Found("recurring", rule, Said("Số lần trong một kỳ", "So many times in a period"))


def day_of_quarter(match: re.Match[str], when: Calendar) -> Found | None:
    """ "trước ngày 15 của tháng cuối quý"."""
    day = -1 if match["last"] else int(match["d"])
    month = "BYMONTH=1,4,7,10;" if match["month"] == "dau" else ""  # else the quarter's last month
    rule = f"FREQ=QUARTERLY;{month}BYMONTHDAY={day}"
    return Found("recurring", rule, Said("Ngày cố định của mỗi quý", "A fixed day of every quarter"), before(match))


def day_of_month(match: re.Match[str], when: Calendar) -> Found | None:
    """ "chậm nhất ngày 20 tháng sau"."""
    rule = f"FREQ=MONTHLY;BYMONTHDAY={int(match['d'])}"
    return Found("recurring", rule, Said("Ngày cố định của mỗi tháng", "A fixed day of every month"), before(match))
