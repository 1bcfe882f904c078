"""Deadline arithmetic that explains itself: from a rule and the dates known to one due date, or to none.

Counting follows the Civil Code 2015, Art. 147 (the day it runs from is not counted) and Art. 148 (a term of
months ends on the corresponding day). A due date on a day off is never moved here: the next working day is
given beside it. What the dates known do not settle stays without a date, and the explanation says why.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

from dateutil.relativedelta import relativedelta

from nhipcau.core.errors import InvalidInput
from nhipcau.core.periods import parse_period
from nhipcau.core.recurrence import next_occurrence
from nhipcau.core.said import UNSAID, Said, joined
from nhipcau.core.workdays import WEEKEND, WorkingDays

DeadlineKind = Literal["date", "period", "recurring", "relative"]
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class DeadlineRule:
    """A deadline as the document gives it. `phrase` is kept as printed; `exclusive` marks "trước ngày …".

    `normalised`: day "2021-11-10" · range "2020-04-18/2020-04-26" · period key "2021-10", "2019-Q4" ·
    recurrence "FREQ=QUARTERLY" (RFC 5545 RRULE, and QUARTERLY) · relative "P5BD after receipt",
    "P30D after receipt", "P3M after document", "PT48H after receipt" (BD = working days).
    """

    kind: DeadlineKind
    normalised: str
    phrase: str
    exclusive: bool = False


@dataclass(frozen=True)
class DueDate:
    """`due`: be done by the end of this day. `late_after`: counted late only after this day. Both None
    if not known. `next_working_day` is given only where `due` is a day off."""

    due: dt.date | None
    late_after: dt.date | None
    explanation: Said
    next_working_day: dt.date | None


@dataclass(frozen=True)
class _Finding:
    """The printed day the rule leads to (None: not known) and how."""

    day: dt.date | None
    how: Said
    starts: dt.date | None = None  # of a period: its first day, before which "trước tháng 10" ends


def due_date(
    rule: DeadlineRule, *, document_date: dt.date | None, received_on: dt.date | None, working: WorkingDays
) -> DueDate:
    """When the rule falls due.

    Exclusive day D ("trước ngày D"): due D-1, late after D. Exclusive period: the day before it begins.
    Otherwise due = late after = the day, or the period's last day. Recurring: the next occurrence after
    the later of the known dates. Relative: counted from receipt (or the document), the day itself not
    counted. Raises `InvalidInput` if a day or period does not exist.
    """
    finding = _finding(rule, document_date, received_on, working)
    printed = Said(f"Hạn ghi trong văn bản: “{rule.phrase}”.", f"As printed: “{rule.phrase}”.")
    if finding.day is None:
        return DueDate(None, None, _text(printed, finding.how), None)
    due, late_after = _days(finding.day, finding.starts, exclusive=rule.exclusive)
    until = _until(due, late_after, finding.starts, exclusive=rule.exclusive)
    next_day = None if working.is_working(due) else working.next_working(due)
    off = _off(due, next_day, working) if next_day else UNSAID
    return DueDate(due, late_after, _text(printed, finding.how, until, off), next_day)


def due_days(
    rule: DeadlineRule, *, document_date: dt.date | None, received_on: dt.date | None, working: WorkingDays
) -> tuple[dt.date | None, dt.date | None]:
    """`due` and `late_after` of `due_date`, for who reads a whole letter and explains nothing yet."""
    if rule.kind in ("recurring", "relative"):
        finding = _finding(rule, document_date, received_on, working)
        day, starts = finding.day, finding.starts
    else:
        _, day, starts = _between(rule.normalised)
    return _days(day, starts, exclusive=rule.exclusive) if day else (None, None)


def _finding(
    rule: DeadlineRule, document_date: dt.date | None, received_on: dt.date | None, working: WorkingDays
) -> _Finding:
    if rule.kind == "recurring":
        return _recurring(rule.normalised, document_date, received_on)
    if rule.kind == "relative":
        return _relative(rule.normalised, document_date, received_on, working)
    return _printed(rule.normalised)


def resolve_year(day: int, month: int, *, after: dt.date) -> dt.date:
    """A date printed without its year: the next such day on or after the document's date.

    Raises `InvalidInput` if no year has that day (31/2).
    """
    for year in range(after.year, after.year + 9):  # 29 February is at most eight years away (1896-1904)
        try:
            found = dt.date(year, month, day)
        except ValueError:
            continue
        if found >= after:
            return found
    raise InvalidInput(
        Said(
            f"Không có ngày {day}/{month} trong lịch. Hãy kiểm tra lại ngày và tháng.",
            f"There is no {day}/{month} in the calendar. Check the day and the month.",
        )
    )


# --- the four kinds ----------------------------------------------------------------------------------
def _printed(normalised: str) -> _Finding:
    """A day, a period, or a range of either."""
    first, last, starts = _between(normalised)
    if first == last:
        return _Finding(last, UNSAID)
    return _Finding(
        last,
        Said(
            f"Đây là khoảng thời gian từ {_vi(first)} đến {_vi(last)}, tính đến ngày cuối.",
            f"This is a span from {_en(first)} to {_en(last)}; its last day counts.",
        ),
        starts,
    )


def _between(normalised: str) -> tuple[dt.date, dt.date, dt.date | None]:
    """First and last day, and of a period the first once more (see `_Finding.starts`)."""
    start, slash, end = normalised.partition("/")
    first, last = _span(start)[0], _span(end if slash else start)[1]
    if last < first:
        raise InvalidInput(
            Said(
                f"Khoảng thời gian “{normalised}” kết thúc trước khi bắt đầu. Hãy kiểm tra lại.",
                f"The span “{normalised}” ends before it begins. Check it.",
            )
        )
    return first, last, None if slash or first == last else first


def _span(text: str) -> tuple[dt.date, dt.date]:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        try:
            day = dt.date.fromisoformat(text)
        except ValueError as error:
            raise InvalidInput(
                Said(
                    f"Không có ngày “{text}” trong lịch. Hãy kiểm tra lại ngày hạn.",
                    f"There is no “{text}” in the calendar. Check the day.",
                )
            ) from error
        return day, day
    period = parse_period(text)
    return period.first_day(), period.last_day()


def _recurring(rule: str, document_date: dt.date | None, received_on: dt.date | None) -> _Finding:
    known = [d for d in (document_date, received_on) if d]
    if not known:
        return _Finding(
            None,
            Said(
                "Đây là việc định kỳ; chưa có ngày văn bản và ngày nhận nên chưa tính được kỳ đầu. Hãy nhập ngày.",
                "It recurs; neither the document's date nor its receipt is known, so enter one of them.",
            ),
        )
    after = max(known)
    occurrence = next_occurrence(rule, after)
    if occurrence is None:
        return _Finding(
            None,
            Said(
                "Đây là việc định kỳ nhưng hệ thống chưa tính được ngày của kỳ tới. Hãy chọn ngày hạn.",
                "It recurs, but the next occurrence cannot be computed. Choose the due date.",
            ),
        )
    return _Finding(
        occurrence,
        Said(
            f"Đây là việc định kỳ; kỳ tới sau {_vi(after)} rơi vào {_vi(occurrence)}.",
            f"It recurs; the next occurrence after {_en(after)} falls on {_en(occurrence)}.",
        ),
    )


_RELATIVE = re.compile(r"P(?:(?P<n>\d{1,4})(?P<unit>BD|D|W|M|Y)|T(?P<hours>\d{1,4})H) after (?P<anchor>\w+)")
_ANCHORS = {"receipt": Said("ngày nhận", "receipt"), "document": Said("ngày ký văn bản", "the document's date")}
_UNITS = {
    "BD": Said("ngày làm việc", "working day(s)"),
    "D": Said("ngày", "day(s)"),
    "W": Said("tuần", "week(s)"),
    "M": Said("tháng", "month(s)"),
    "Y": Said("năm", "year(s)"),
}


def _relative(
    normalised: str, document_date: dt.date | None, received_on: dt.date | None, working: WorkingDays
) -> _Finding:
    found = _RELATIVE.fullmatch(normalised)
    if not found or found["anchor"] not in _ANCHORS:
        return _Finding(
            None,
            Said(
                "Hạn này phụ thuộc một sự kiện mà hệ thống không biết ngày. Hãy nhập ngày hạn khi đã rõ.",
                "This depends on an event whose date is not known here. Enter the due date once it is.",
            ),
        )
    anchor = _ANCHORS[found["anchor"]]
    start = received_on if found["anchor"] == "receipt" else document_date
    if start is None:
        return _Finding(
            None,
            Said(
                f"Hạn tính từ {anchor} nhưng chưa có {anchor}. Hãy ghi {anchor} vào sổ để tính hạn.",
                f"It runs from {anchor.en}, whose date is missing. Enter it in the register.",
            ),
        )
    # Hours cannot be counted on dates; whole days, rounded up, never come out too early.
    number, unit = (-(-int(found["hours"]) // 24), "D") if found["hours"] else (int(found["n"]), found["unit"])
    end = _counted(start, number, unit, working)
    counted = _UNITS[unit]
    how = Said(
        f"Tính {number} {counted} từ {anchor} là {_vi(start)}, không kể ngày đó.",
        f"Counted {number} {counted.en} from {anchor.en} on {_en(start)}, that day excluded.",
    )
    return _Finding(end, _text(how, _skipped(start, end, working)) if unit == "BD" else how)


def _counted(start: dt.date, number: int, unit: str, working: WorkingDays) -> dt.date:
    if unit == "BD":
        return working.add(start, number)
    field = {"D": "days", "W": "weeks", "M": "months", "Y": "years"}[unit]
    try:
        return start + relativedelta(**{field: number})  # type: ignore[arg-type]
    except (OverflowError, ValueError) as error:
        raise InvalidInput(
            Said(
                f"Thời hạn {number} {_UNITS[unit]} quá dài. Hãy kiểm tra lại thời hạn.",
                f"The term of {number} {_UNITS[unit].en} is too long. Check it.",
            )
        ) from error


# --- sentences ---------------------------------------------------------------------------------------
_MANY = 12
_WEEKDAYS = (
    Said("thứ Hai", "Monday"),
    Said("thứ Ba", "Tuesday"),
    Said("thứ Tư", "Wednesday"),
    Said("thứ Năm", "Thursday"),
    Said("thứ Sáu", "Friday"),
    *WEEKEND,
)


def _text(*sentences: Said) -> Said:
    return joined(" ", filter(None, sentences))


def _vi(day: dt.date) -> str:
    return f"{_WEEKDAYS[day.weekday()]} ngày {day:%d/%m/%Y}"


def _en(day: dt.date) -> str:
    return f"{_WEEKDAYS[day.weekday()].en} {day:%d/%m/%Y}"


def _days(day: dt.date, starts: dt.date | None, *, exclusive: bool) -> tuple[dt.date, dt.date]:
    """(due, late after); exclusive is a deadline printed as "trước …"."""
    if not exclusive:
        return day, day
    due = (starts or day) - _DAY
    # Nobody reads "trước tháng 10" as October included, so there is no day of grace.
    return due, due if starts else day


def _until(due: dt.date, late: dt.date, starts: dt.date | None, *, exclusive: bool) -> Said:
    """How the words of limit are meant."""
    if not exclusive:
        return Said(f"Hạn là hết {_vi(due)}.", f"It is due by the end of {_en(due)}.")
    if starts:
        vi = f"“Trước” nghĩa là xong trước khi khoảng này bắt đầu: hạn là hết {_vi(due)}."
        return Said(vi, f"“Trước” (before) means done before it begins: due by the end of {_en(due)}.")
    vi = f"“Trước” nghĩa là xong trong {_vi(due)}; chỉ tính là chậm sau {_vi(late)}."
    return Said(vi, f"“Trước” (before) means done by {_en(due)}; counted late only after {_en(late)}.")


def _off(due: dt.date, following: dt.date, working: WorkingDays) -> Said:
    why = working.why_off(due) or UNSAID
    return Said(
        f"Hạn rơi vào ngày nghỉ ({why}); ngày làm việc tiếp theo là {_vi(following)}.",
        f"That is a day off ({why.en}); the next working day is {_en(following)}.",
    )


def _skipped(start: dt.date, end: dt.date, working: WorkingDays) -> Said:
    """Each day off and why; where they are many, plain weekends are only counted."""
    reasons = {day: working.why_off(day) or UNSAID for day in working.off_days(start, end)}
    plain = [day for day, why in reasons.items() if why in WEEKEND] if len(reasons) > _MANY else []
    named: list[str] = [
        Said(f"{day:%d/%m/%Y} ({why})", f"{day:%d/%m/%Y} ({why.en})")
        for day, why in reasons.items()
        if day not in plain
    ]
    if plain:
        named.append(Said(f"{len(plain)} ngày cuối tuần", f"{len(plain)} weekend days"))
    off = joined(", ", named)
    return Said(f"Bỏ qua {off}.", f"Skipped: {off.en}.") if named else UNSAID
