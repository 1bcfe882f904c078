"""Recurring deadlines: RFC 5545 rules as people mean them in letters ("định kỳ hằng quý", "ngày 30 hằng tháng")."""

from __future__ import annotations

import datetime as dt
import re

from dateutil.rrule import rrulestr

from nhipcau.core.said import UNSAID, Said

_PARTS = re.compile(r"FREQ=[A-Z]+(;[A-Z]+=[A-Z0-9,+-]+)*")
_MONTHS = {"MONTHLY": 1, "QUARTERLY": 3, "YEARLY": 12}
_SHORTEST_MONTH = 28
_NAMED_DAYS = {"BYMONTHDAY", "BYDAY", "BYYEARDAY", "BYWEEKNO", "BYEASTER"}
_SPANS = {
    1: Said("mỗi tháng", "every month"),
    3: Said("mỗi quý", "every quarter"),
    6: Said("sáu tháng một lần", "every half-year"),
    12: Said("mỗi năm", "every year"),
}
_OFTEN = {
    "SECONDLY": ("giây", "second"),
    "MINUTELY": ("phút", "minute"),
    "HOURLY": ("giờ", "hour"),
    "DAILY": ("ngày", "day"),
    "WEEKLY": ("tuần", "week"),
}


def next_occurrence(rule: str, after: dt.date) -> dt.date | None:
    """The first day the rule gives after `after`; None if the rule cannot be computed.

    A rule that names no day means the last day of its span: FREQ=MONTHLY the end of the month, QUARTERLY
    (not in RFC 5545) or MONTHLY;INTERVAL=6 the end of the quarter or half-year, YEARLY 31 December,
    WEEKLY Sunday; with BYMONTH the end of that month. "Ngày 30 hằng tháng" means the last day of a shorter
    month. Spans that do not fit into a year (every 5 months, every 2 years) are counted from `after`.
    """
    parts = _parts(rule)
    start = dt.datetime.combine(after, dt.time())
    if not parts:
        return None
    try:
        found = rrulestr(_standard(parts), dtstart=start).after(start)
    except (ValueError, TypeError):
        return None  # dateutil's word for a rule that is none: the caller says that no date was found
    return found.date() if found else None


def in_words(rule: str) -> Said:
    """How often, as people say it: "mỗi quý"; nothing for a rule that is none."""
    parts = _parts(rule)
    if not parts:
        return UNSAID
    every = _interval(parts)
    months = _MONTHS.get(parts["FREQ"], 0) * every
    if months in _SPANS:
        return _SPANS[months]
    if months:
        return Said(f"{months} tháng một lần", f"every {months} months")
    vi, en = _OFTEN[parts["FREQ"]]
    return Said(f"mỗi {vi}", f"every {en}") if every == 1 else Said(f"{every} {vi} một lần", f"every {every} {en}s")


def is_periodic(rule: str) -> bool:
    """Whether the rule gives periods of a week or more: what recurs by the day is a habit, not one duty after
    another."""
    return _parts(rule).get("FREQ") in ("WEEKLY", *_MONTHS)


def _parts(rule: str) -> dict[str, str]:
    if not _PARTS.fullmatch(rule):
        return {}
    parts = dict(part.split("=", 1) for part in rule.split(";"))
    # COUNT and UNTIL need the first occurrence, which a letter does not give.
    known_end = {"COUNT", "UNTIL", "DTSTART"} & parts.keys()
    return {} if known_end or not _interval(parts) else parts


def _interval(parts: dict[str, str]) -> int:
    value = parts.get("INTERVAL", "1")
    return int(value) if value.isdigit() and len(value) <= 3 else 0


def _standard(parts: dict[str, str]) -> str:
    """The same rule in RFC 5545 with its day made explicit."""
    parts = dict(parts)
    if parts["FREQ"] in _MONTHS and "BYMONTH" in parts and not _NAMED_DAYS & parts.keys():
        parts["BYMONTHDAY"] = "-1"
    named_day = any(key.startswith("BY") for key in parts)
    months = _MONTHS.get(parts["FREQ"], 0) * _interval(parts)
    if months and not named_day and 12 % months == 0:
        parts = {
            "FREQ": "MONTHLY",
            "BYMONTH": ",".join(map(str, range(months, 13, months))),
            "BYMONTHDAY": "-1",
        }
    elif parts["FREQ"] == "QUARTERLY":
        parts |= {"FREQ": "MONTHLY", "INTERVAL": str(months)}
        if "BYMONTHDAY" in parts and months == 3:
            # A day of the quarter without its month: the quarter's last month.
            parts |= {"INTERVAL": "1", "BYMONTH": parts.get("BYMONTH", "3,6,9,12")}
    elif parts["FREQ"] == "WEEKLY" and not named_day:
        parts["BYDAY"] = "SU"
    day = parts.get("BYMONTHDAY", "")
    if parts["FREQ"] == "MONTHLY" and day.isdigit() and _SHORTEST_MONTH < int(day) <= 31:
        days = range(_SHORTEST_MONTH, int(day) + 1)
        parts |= {"BYMONTHDAY": ",".join(map(str, days)), "BYSETPOS": "-1"}
    return ";".join(f"{key}={value}" for key, value in parts.items())
