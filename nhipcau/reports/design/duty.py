"""What a template lays on whom: which units owe its reports, and by when, with the reason in words. Pure.

A unit owes a report if it is of a kind or level named (`reporters`, `levels`), within the branches named (none: the
whole axis), or named itself; and is not excepted. Which units those are on a period's tree says `totals.owing`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nhipcau.core.errors import InvalidInput
from nhipcau.core.periods import Calendar, Period
from nhipcau.core.said import UNSAID, Said, joined
from nhipcau.core.workdays import WEEKEND, WorkingDays

MOST_DAYS = 400  # before or after a period's end: more is a slip of the pen
_NAMED = 3  # days off that are told by name


@dataclass(frozen=True)
class Assignment:
    """Beside the kinds of unit (`Definition.reporters`): levels (ranks of kinds), and units by their uid, each as
    the top of a branch, alone, or left out."""

    levels: tuple[int, ...] = ()
    branches: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    excepted: tuple[str, ...] = ()


@dataclass(frozen=True)
class DueRule:
    """`period`: its number within the year ("1"), its key ("2026-H1"), or "" for every other period.

    Either so many working days or calendar days after the period's last day (below zero: before it), or a `date`,
    "20/01": of all years the day nearest to that last day.
    """

    period: str = ""
    working_days: int | None = None
    days: int | None = None
    date: str = ""


@dataclass(frozen=True)
class Due:
    """The last day in time, and why that one. `next_working_day` only where it is a day off; it does not move."""

    day: dt.date
    why: Said
    next_working_day: dt.date | None = None


def rule_for(rules: Sequence[DueRule], default: int, period: Period) -> DueRule:
    """The rule that serves the period: one for it alone, one for its place in the year, one for every period."""
    by_period = {rule.period: rule for rule in rules}
    wanted = (period.key, str(period.number), "")
    return next((by_period[key] for key in wanted if key in by_period), DueRule(working_days=default))


def due_day(rule: DueRule, period: Period, calendar: Calendar, working: WorkingDays) -> dt.date:
    """The last day on which that period's report is in time."""
    last = period.last_day(calendar)
    if rule.date:
        return _nearest(rule.date, last)
    if rule.days is not None:
        return last + dt.timedelta(days=rule.days)
    return working.add(last, rule.working_days or 0)


def due_of(rule: DueRule, period: Period, calendar: Calendar, working: WorkingDays) -> Due:
    """The same with the reason."""
    day, last = due_day(rule, period, calendar, working), period.last_day(calendar)
    if rule.date:
        why = _by_date(last)
    elif rule.days is not None:
        why = _counted(rule.days, Said("ngày", "days"), last)
    else:
        counted = _counted(rule.working_days or 0, Said("ngày làm việc", "working days"), last)
        why = joined("", [counted, _skipped(last, day, working)])
    if working.is_working(day):
        return Due(day, why)
    after = working.next_working(day)
    return Due(day, joined("; ", [why, _off(day, after, working)]), after)


def misdue(rules: Sequence[DueRule]) -> Iterator[Said]:
    """What is wrong with rules, in words."""
    periods = [rule.period for rule in rules]
    for period in sorted({one for one in periods if periods.count(one) > 1}):
        yield Said(f"kỳ «{period or 'mọi kỳ'}» có hai hạn", f"the period «{period or 'every'}» has two due dates")
    for rule in rules:
        given = [rule.working_days is not None, rule.days is not None, bool(rule.date)]
        if sum(given) != 1:
            yield Said(
                "mỗi hạn nêu đúng một trong ba: working_days, days, date",
                "each due date names exactly one of working_days, days, date",
            )
        number = rule.working_days if rule.working_days is not None else rule.days or 0
        if abs(number) > MOST_DAYS:
            yield Said(
                f"{number} ngày là quá xa; nhiều nhất {MOST_DAYS}", f"{number} days is too far; at most {MOST_DAYS}"
            )
        if rule.date and not _parts(rule.date):
            yield Said(
                f"không có ngày «{rule.date}»; viết như 20/01", f"there is no day «{rule.date}»; write it as 20/01"
            )


def _parts(text: str) -> tuple[int, int] | None:
    """Day and month; of a day that stands in every year."""
    day, _, month = text.partition("/")
    try:
        found = dt.date(2026, int(month), int(day))
    except ValueError:
        return None
    return found.day, found.month


def _nearest(text: str, last: dt.date) -> dt.date:
    parts = _parts(text)
    if parts is None:
        raise InvalidInput(Said(f"Không có ngày «{text}».", f"There is no day «{text}»."))
    day, month = parts
    days = [dt.date(year, month, day) for year in (last.year - 1, last.year, last.year + 1)]
    return min(days, key=lambda one: (abs((one - last).days), -one.toordinal()))


# --- sentences ---------------------------------------------------------------------------------------
def _by_date(last: dt.date) -> Said:
    return Said(
        f"ngày cố định biểu mẫu đặt cho kỳ này (kỳ hết ngày {last:%d/%m/%Y})",
        f"the fixed day the form sets for this period (which ends on {last:%d/%m/%Y})",
    )


def _counted(number: int, unit: Said, last: dt.date) -> Said:
    if not number:
        return Said(f"ngày cuối kỳ ({last:%d/%m/%Y})", f"the period's last day ({last:%d/%m/%Y})")
    vi, en = ("sau khi", "after") if number > 0 else ("trước khi", "before")
    return Said(
        f"{abs(number)} {unit} {vi} hết kỳ ({last:%d/%m/%Y})",
        f"{abs(number)} {unit.en} {en} the period ends ({last:%d/%m/%Y})",
    )


def _skipped(last: dt.date, day: dt.date, working: WorkingDays) -> Said:
    """The public holidays among the days that were not counted, the first few by name."""
    off = [(one, working.why_off(one)) for one in working.off_days(min(last, day), max(last, day))]
    named = [(one, why) for one, why in off if why is not None and why not in WEEKEND]
    if not named:
        return UNSAID
    told = joined(", ", [Said(f"{why} {one:%d/%m}", f"{why.en} {one:%d/%m}") for one, why in named[:_NAMED]])
    more = f" +{len(named) - _NAMED}" if len(named) > _NAMED else ""
    return Said(f", không kể {told}{more}", f", not counting {told.en}{more}")


def _off(day: dt.date, after: dt.date, working: WorkingDays) -> Said:
    why = working.why_off(day) or UNSAID
    return Said(
        f"hôm ấy là ngày nghỉ ({why}), ngày làm việc kế tiếp là {after:%d/%m/%Y}",
        f"that is a day off ({why.en}); the next working day is {after:%d/%m/%Y}",
    )
