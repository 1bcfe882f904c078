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
from nhipcau.core.workdays import Language, WorkingDays

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
    explanation: str
    explanation_en: str
    next_working_day: dt.date | None


@dataclass(frozen=True)
class _Finding:
    """The printed day the rule leads to (None: not known) and how, in both languages."""

    day: dt.date | None
    vi: str
    en: str
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
    if rule.kind == "recurring":
        finding = _recurring(rule.normalised, document_date, received_on)
    elif rule.kind == "relative":
        finding = _relative(rule.normalised, document_date, received_on, working)
    else:
        finding = _printed(rule.normalised)
    vi = [f"Hạn ghi trong văn bản: “{rule.phrase}”.", finding.vi]
    en = [f"As printed: “{rule.phrase}”.", finding.en]
    if finding.day is None:
        return DueDate(None, None, _text(vi), _text(en), None)
    due, late_after = _before(finding.day, finding.starts, vi, en) if rule.exclusive else (finding.day, finding.day)
    if not rule.exclusive:
        vi.append(f"Hạn là hết {_vi(due)}.")
        en.append(f"It is due by the end of {_en(due)}.")
    next_day = _next_working(due, working, vi, en)
    return DueDate(due, late_after, _text(vi), _text(en), next_day)


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
    raise InvalidInput(f"Không có ngày {day}/{month} trong lịch. Hãy kiểm tra lại ngày và tháng.")


# --- the four kinds ----------------------------------------------------------------------------------
def _printed(normalised: str) -> _Finding:
    """A day, a period, or a range of either."""
    start, slash, end = normalised.partition("/")
    first, last = _span(start)[0], _span(end if slash else start)[1]
    if last < first:
        raise InvalidInput(f"Khoảng thời gian “{normalised}” kết thúc trước khi bắt đầu. Hãy kiểm tra lại.")
    if first == last:
        return _Finding(last, "", "", None)
    return _Finding(
        last,
        f"Đây là khoảng thời gian từ {_vi(first)} đến {_vi(last)}, tính đến ngày cuối.",
        f"This is a span from {_en(first)} to {_en(last)}; its last day counts.",
        None if slash else first,
    )


def _span(text: str) -> tuple[dt.date, dt.date]:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        try:
            day = dt.date.fromisoformat(text)
        except ValueError as error:
            raise InvalidInput(f"Không có ngày “{text}” trong lịch. Hãy kiểm tra lại ngày hạn.") from error
        return day, day
    period = parse_period(text)
    return period.first_day(), period.last_day()


def _recurring(rule: str, document_date: dt.date | None, received_on: dt.date | None) -> _Finding:
    known = [d for d in (document_date, received_on) if d]
    if not known:
        return _Finding(
            None,
            "Đây là việc định kỳ; chưa có ngày văn bản và ngày nhận nên chưa tính được kỳ đầu. Hãy nhập ngày.",
            "It recurs; neither the document's date nor its receipt is known, so enter one of them.",
        )
    after = max(known)
    occurrence = next_occurrence(rule, after)
    if occurrence is None:
        return _Finding(
            None,
            "Đây là việc định kỳ nhưng hệ thống chưa tính được ngày của kỳ tới. Hãy chọn ngày hạn.",
            "It recurs, but the next occurrence cannot be computed. Choose the due date.",
        )
    return _Finding(
        occurrence,
        f"Đây là việc định kỳ; kỳ tới sau {_vi(after)} rơi vào {_vi(occurrence)}.",
        f"It recurs; the next occurrence after {_en(after)} falls on {_en(occurrence)}.",
    )


_RELATIVE = re.compile(r"P(?:(?P<n>\d{1,4})(?P<unit>BD|D|W|M|Y)|T(?P<hours>\d{1,4})H) after (?P<anchor>\w+)")
_ANCHORS: dict[str, tuple[str, str]] = {
    "receipt": ("ngày nhận", "receipt"),
    "document": ("ngày ký văn bản", "the document's date"),
}
_UNITS = {
    "BD": ("ngày làm việc", "working day(s)"),
    "D": ("ngày", "day(s)"),
    "W": ("tuần", "week(s)"),
    "M": ("tháng", "month(s)"),
    "Y": ("năm", "year(s)"),
}


def _relative(
    normalised: str, document_date: dt.date | None, received_on: dt.date | None, working: WorkingDays
) -> _Finding:
    found = _RELATIVE.fullmatch(normalised)
    if not found or found["anchor"] not in _ANCHORS:
        return _Finding(
            None,
            "Hạn này phụ thuộc một sự kiện mà hệ thống không biết ngày. Hãy nhập ngày hạn khi đã rõ.",
            "This depends on an event whose date is not known here. Enter the due date once it is.",
        )
    anchor_vi, anchor_en = _ANCHORS[found["anchor"]]
    start = received_on if found["anchor"] == "receipt" else document_date
    if start is None:
        return _Finding(
            None,
            f"Hạn tính từ {anchor_vi} nhưng chưa có {anchor_vi}. Hãy ghi {anchor_vi} vào sổ để tính hạn.",
            f"It runs from {anchor_en}, whose date is missing. Enter it in the register.",
        )
    # Hours cannot be counted on dates; whole days, rounded up, never come out too early.
    number, unit = (-(-int(found["hours"]) // 24), "D") if found["hours"] else (int(found["n"]), found["unit"])
    end = _counted(start, number, unit, working)
    unit_vi, unit_en = _UNITS[unit]
    vi = f"Tính {number} {unit_vi} từ {anchor_vi} là {_vi(start)}, không kể ngày đó."
    en = f"Counted {number} {unit_en} from {anchor_en} on {_en(start)}, that day excluded."
    if unit == "BD":
        vi, en = vi + _skipped(start, end, working, "vi"), en + _skipped(start, end, working, "en")
    return _Finding(end, vi, en)


def _counted(start: dt.date, number: int, unit: str, working: WorkingDays) -> dt.date:
    if unit == "BD":
        return working.add(start, number)
    field = {"D": "days", "W": "weeks", "M": "months", "Y": "years"}[unit]
    try:
        return start + relativedelta(**{field: number})  # type: ignore[arg-type]
    except (OverflowError, ValueError) as error:
        raise InvalidInput(f"Thời hạn {number} {_UNITS[unit][0]} quá dài. Hãy kiểm tra lại thời hạn.") from error


# --- sentences ---------------------------------------------------------------------------------------
_MANY = 12
_WEEKDAYS_VI = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _text(sentences: list[str]) -> str:
    return " ".join(sentence for sentence in sentences if sentence)


def _vi(day: dt.date) -> str:
    return f"{_WEEKDAYS_VI[day.weekday()]} ngày {day:%d/%m/%Y}"


def _en(day: dt.date) -> str:
    return f"{_WEEKDAYS_EN[day.weekday()]} {day:%d/%m/%Y}"


def _before(day: dt.date, starts: dt.date | None, vi: list[str], en: list[str]) -> tuple[dt.date, dt.date]:
    """(due, late after) of a deadline printed as "trước …"."""
    if starts:
        # Nobody reads "trước tháng 10" as October included, so there is no day of grace.
        due = starts - _DAY
        vi.append(f"“Trước” nghĩa là xong trước khi khoảng này bắt đầu: hạn là hết {_vi(due)}.")
        en.append(f"“Trước” (before) means done before it begins: due by the end of {_en(due)}.")
        return due, due
    due = day - _DAY
    vi.append(f"“Trước” nghĩa là xong trong {_vi(due)}; chỉ tính là trễ sau {_vi(day)}.")
    en.append(f"“Trước” (before) means done by {_en(due)}; counted late only after {_en(day)}.")
    return due, day


def _next_working(due: dt.date, working: WorkingDays, vi: list[str], en: list[str]) -> dt.date | None:
    why = working.why_off(due)
    if why is None:
        return None
    following = working.next_working(due)
    vi.append(f"Hạn rơi vào ngày nghỉ ({why}); ngày làm việc tiếp theo là {_vi(following)}.")
    en.append(f"That is a day off ({working.why_off(due, 'en')}); the next working day is {_en(following)}.")
    return following


def _skipped(start: dt.date, end: dt.date, working: WorkingDays, language: Language) -> str:
    """A sentence led by a blank: each day off and why; where they are many, plain weekends are only counted."""
    off = working.off_days(start, end)
    if not off:
        return ""
    reasons = {d: working.why_off(d, language) for d in off}
    weekends = 0
    if len(off) > _MANY:
        plain = [d for d in off if reasons[d] in (_WEEKDAYS_VI[5:] if language == "vi" else _WEEKDAYS_EN[5:])]
        weekends = len(plain)
        off = [d for d in off if d not in set(plain)]
    named = [f"{d:%d/%m/%Y} ({reasons[d]})" for d in off]
    if weekends:
        named.append(f"{weekends} ngày cuối tuần" if language == "vi" else f"{weekends} weekend days")
    return (" Bỏ qua " if language == "vi" else " Skipped: ") + ", ".join(named) + "."
