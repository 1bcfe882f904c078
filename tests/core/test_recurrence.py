"""Recurring deadlines: when the next one falls, and how the rule is said."""

from __future__ import annotations

import datetime as dt

import pytest

from nhipcau.core.recurrence import in_words, is_periodic, next_occurrence

AFTER = dt.date(2026, 2, 3)  # a Tuesday


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=MONTHLY", "2026-02-28"),
        ("FREQ=QUARTERLY", "2026-03-31"),
        ("FREQ=MONTHLY;INTERVAL=6", "2026-06-30"),
        ("FREQ=YEARLY", "2026-12-31"),
        ("FREQ=WEEKLY", "2026-02-08"),
        ("FREQ=WEEKLY;BYDAY=FR", "2026-02-06"),
        ("FREQ=MONTHLY;BYMONTHDAY=28", "2026-02-28"),
        ("FREQ=MONTHLY;BYMONTHDAY=30", "2026-02-28"),
        ("FREQ=MONTHLY;BYMONTHDAY=31", "2026-02-28"),
        ("FREQ=QUARTERLY;BYMONTHDAY=15", "2026-03-15"),
        ("FREQ=QUARTERLY;INTERVAL=2;BYMONTHDAY=15", "2026-02-15"),
        ("FREQ=QUARTERLY;BYMONTH=2;BYMONTHDAY=20", "2026-02-20"),
        ("FREQ=YEARLY;BYMONTH=11", "2026-11-30"),
        ("FREQ=YEARLY;BYMONTH=1", "2027-01-31"),
        ("FREQ=QUARTERLY;BYMONTH=2", "2026-02-28"),
        ("FREQ=YEARLY;BYMONTH=5;BYDAY=1MO", "2026-05-04"),
        ("FREQ=MONTHLY;INTERVAL=5", "2026-07-03"),
        ("FREQ=YEARLY;INTERVAL=2", "2028-02-03"),
        ("FREQ=DAILY;INTERVAL=999", "2028-10-29"),
    ],
)
def test_the_next_one_falls_on_the_last_day_of_its_span_or_on_the_day_named(rule: str, expected: str) -> None:
    assert next_occurrence(rule, AFTER) == dt.date.fromisoformat(expected)


def test_the_thirtieth_of_a_longer_month_is_the_thirtieth() -> None:
    assert next_occurrence("FREQ=MONTHLY;BYMONTHDAY=30", dt.date(2026, 3, 1)) == dt.date(2026, 3, 30)


@pytest.mark.parametrize(
    "rule",
    [
        "", "hằng tháng", "FREQ=OFTEN", "FREQ=MONTHLY;COUNT=3", "FREQ=MONTHLY;UNTIL=20261231",
        "FREQ=MONTHLY;DTSTART=20260101", "FREQ=MONTHLY;INTERVAL=0", "FREQ=MONTHLY;INTERVAL=X",
        "FREQ=DAILY;INTERVAL=1000", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
    ],
)  # fmt: skip
def test_a_rule_that_cannot_be_computed_has_no_next_day(rule: str) -> None:
    assert next_occurrence(rule, AFTER) is None


@pytest.mark.parametrize(
    ("rule", "vietnamese", "english"),
    [
        ("FREQ=MONTHLY", "mỗi tháng", "every month"),
        ("FREQ=QUARTERLY", "mỗi quý", "every quarter"),
        ("FREQ=MONTHLY;INTERVAL=3", "mỗi quý", "every quarter"),
        ("FREQ=QUARTERLY;INTERVAL=2", "sáu tháng một lần", "every half-year"),
        ("FREQ=YEARLY", "mỗi năm", "every year"),
        ("FREQ=MONTHLY;INTERVAL=5", "5 tháng một lần", "every 5 months"),
        ("FREQ=YEARLY;INTERVAL=2", "24 tháng một lần", "every 24 months"),
        ("FREQ=WEEKLY", "mỗi tuần", "every week"),
        ("FREQ=WEEKLY;INTERVAL=2", "2 tuần một lần", "every 2 weeks"),
        ("FREQ=DAILY", "mỗi ngày", "every day"),
        ("FREQ=HOURLY", "mỗi giờ", "every hour"),
        ("hằng tháng", "", ""),
    ],
)
def test_a_rule_is_said_as_people_say_it(rule: str, vietnamese: str, english: str) -> None:
    said = in_words(rule)
    assert (str(said), said.en) == (vietnamese, english)


@pytest.mark.parametrize("rule", ["FREQ=WEEKLY", "FREQ=MONTHLY", "FREQ=QUARTERLY", "FREQ=YEARLY;INTERVAL=2"])
def test_a_week_and_more_makes_periods(rule: str) -> None:
    assert is_periodic(rule)


@pytest.mark.parametrize("rule", ["FREQ=DAILY", "FREQ=HOURLY", "hằng tuần", ""])
def test_what_recurs_by_the_day_is_a_habit(rule: str) -> None:
    assert not is_periodic(rule)
