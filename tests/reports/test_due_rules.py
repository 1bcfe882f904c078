"""When a report is due: a rule for every period, or one of its own, and the reason in words."""

from __future__ import annotations

import datetime as dt

import pytest
import yaml

from nhipcau.core.errors import InvalidInput
from nhipcau.core.periods import parse_period
from nhipcau.core.workdays import WorkingDays
from nhipcau.reports.design.definition import Definition
from nhipcau.reports.design.duty import Due, due_of, rule_for
from nhipcau.reports.design.parsing import parse
from tests.quarterly import YAML

WORKING = WorkingDays()


def with_due(*rules: dict[str, object], period: str = "half", first: str = "2026-H1") -> Definition:
    raw = yaml.safe_load(YAML) | {"period": period, "first_period": first, "due": list(rules)}
    return parse(raw)[0]


def due(definition: Definition, key: str) -> Due:
    period = parse_period(key)
    rule = rule_for(definition.due, definition.due_working_days, period)
    return due_of(rule, period, definition.calendar, WORKING)


def test_without_rules_it_is_so_many_working_days_after_the_period() -> None:
    found = due(with_due(), "2026-H1")
    assert (found.day, found.next_working_day) == (dt.date(2026, 7, 7), None)
    assert found.why == "5 ngày làm việc sau khi hết kỳ (30/06/2026)"
    assert found.why.en == "5 working days after the period ends (30/06/2026)"


def test_a_holiday_that_is_not_counted_is_named() -> None:
    found = due(with_due(), "2026-H2")
    assert found.day == dt.date(2027, 1, 8)
    assert "không kể Tết Dương lịch 01/01" in found.why


def test_the_narrowest_rule_serves_a_period() -> None:
    rules = with_due({"date": "15/6", "period": 1}, {"period": "2027-H1", "days": 3}, {"working_days": -2})
    assert due(rules, "2026-H1").day == dt.date(2026, 6, 15)
    assert due(rules, "2027-H1").day == dt.date(2027, 7, 3)
    assert due(rules, "2026-H2").day == dt.date(2026, 12, 29)
    assert "trước khi hết kỳ" in due(rules, "2026-H2").why


@pytest.mark.parametrize(
    ("date", "key", "day"),
    [
        ("10/12", "2026-H2", dt.date(2026, 12, 10)),
        ("20/01", "2026-H2", dt.date(2027, 1, 20)),
        ("15/7", "2026-H1", dt.date(2026, 7, 15)),
    ],
)
def test_a_day_of_the_year_is_the_one_nearest_to_the_end(date: str, key: str, day: dt.date) -> None:
    assert due(with_due({"date": date}), key).day == day


def test_a_day_off_stays_and_names_the_next_working_day() -> None:
    found = due(with_due({"days": 4}), "2026-H1")
    assert (found.day, found.next_working_day) == (dt.date(2026, 7, 4), dt.date(2026, 7, 6))
    assert "thứ Bảy" in found.why
    assert "Saturday" in found.why.en


@pytest.mark.parametrize(
    ("rules", "says"),
    [
        ([{"period": 1, "days": 3}, {"period": "1", "days": 4}], "có hai hạn"),
        ([{"days": 3, "date": "1/7"}], "đúng một"),
        ([{"period": 1}], "đúng một"),
        ([{"date": "31/02"}], "31/02"),
        ([{"days": 4000}], "quá xa"),
        ([{"day": 3}], "có phải «days»?"),
    ],
)
def test_rules_that_say_nothing_certain_are_refused(rules: list[dict[str, object]], says: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        with_due(*rules)
    assert any(says in str(fault) and fault.where.startswith("due") for fault in refusal.value.faults)
