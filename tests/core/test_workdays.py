import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.core.errors import InvalidInput
from nhipcau.core.said import english
from nhipcau.core.workdays import WorkingDays

PLAIN = WorkingDays({})
DAYS = st.dates(dt.date(2018, 1, 1), dt.date(2027, 12, 31))


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("date", "why"),
    [
        ("2026-06-20", "thứ Bảy"),
        ("2026-06-21", "Chủ nhật"),
        ("2026-09-02", "Quốc khánh"),
        ("2026-02-17", "Tết Nguyên Đán"),
        ("2025-05-02", "Ngày nghỉ (thay cho ngày 26/04/2025)"),
        ("2026-06-22", None),
        ("2025-04-26", None),
    ],
)
def test_days_off_say_why(date: str, why: str | None) -> None:
    assert PLAIN.why_off(day(date)) == why
    assert PLAIN.is_working(day(date)) is (why is None)


def test_a_swapped_saturday_is_worked() -> None:
    assert day("2024-05-04").weekday() == 5
    assert PLAIN.is_working(day("2024-05-04"))


def test_the_override_table_has_the_last_word() -> None:
    own = WorkingDays({day("2026-01-02"): False, day("2026-01-10"): True, day("2026-09-02"): True})
    assert PLAIN.is_working(day("2026-01-02"))
    assert own.why_off(day("2026-01-02")) == "nghỉ theo bảng lịch nghỉ đã nhập"
    assert own.is_working(day("2026-01-10"))
    assert own.why_off(day("2026-09-02")) is None


def test_english_names_are_given_on_request() -> None:
    assert english(PLAIN.why_off(day("2026-06-21")) or "") == "Sunday"
    assert english(PLAIN.why_off(day("2026-09-02")) or "") == "National Day"


def test_next_working_skips_the_long_tet_holiday() -> None:
    assert PLAIN.next_working(day("2026-02-14")) == day("2026-02-23")
    assert PLAIN.next_working(day("2026-02-23")) == day("2026-02-23")


def test_add_counts_from_the_next_day() -> None:
    assert PLAIN.add(day("2026-06-22"), 5) == day("2026-06-29")
    assert PLAIN.add(day("2026-06-20"), 1) == day("2026-06-22")
    assert PLAIN.add(day("2026-06-22"), -1) == day("2026-06-19")
    assert PLAIN.add(day("2026-06-20"), 0) == day("2026-06-20")


def test_an_absurd_count_is_refused() -> None:
    with pytest.raises(InvalidInput):
        PLAIN.add(day("2026-06-20"), 10_001)


@given(DAYS, st.integers(1, 60))
def test_count_undoes_add(start: dt.date, n: int) -> None:
    end = PLAIN.add(start, n)
    assert PLAIN.is_working(end)
    assert PLAIN.count(start, end) == n
    assert PLAIN.count(start, end) + len(PLAIN.off_days(start, end)) == (end - start).days


@given(DAYS, st.dictionaries(DAYS, st.booleans(), max_size=20))
def test_next_working_is_the_first_worked_day(start: dt.date, overrides: dict[dt.date, bool]) -> None:
    own = WorkingDays(overrides)
    end = own.next_working(start)
    assert own.is_working(end)
    assert end >= start
    assert all(not own.is_working(start + dt.timedelta(days=i)) for i in range((end - start).days))


@given(DAYS, DAYS, DAYS)
def test_counts_add_up(a: dt.date, b: dt.date, c: dt.date) -> None:
    a, b, c = sorted((a, b, c))
    assert PLAIN.count(a, b) + PLAIN.count(b, c) == PLAIN.count(a, c)
