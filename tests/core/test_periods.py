import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.core.errors import InvalidInput
from nhipcau.core.periods import Calendar, Period, PeriodKind, parse_period, period_of

DAY = dt.timedelta(days=1)
COUNTS: dict[PeriodKind, int] = {"month": 12, "quarter": 4, "half": 2, "nine": 1, "year": 1}
YEARS = st.integers(1910, 2180)  # so that every neighbour still exists
CALENDARS: st.SearchStrategy[Calendar] = st.sampled_from(["civil", "union"])


@st.composite
def periods(draw: st.DrawFn) -> Period:
    year = draw(YEARS)
    if draw(st.booleans()):
        return Period("term", year, until=year + draw(st.integers(1, 5)))
    kind = draw(st.sampled_from(sorted(COUNTS)))
    return Period(kind, year, draw(st.integers(1, COUNTS[kind])))


@pytest.mark.parametrize(
    ("key", "civil", "union"),
    [
        ("2026-05", ("2026-05-01", "2026-05-31"), ("2026-05-01", "2026-05-31")),
        ("2026-Q1", ("2026-01-01", "2026-03-31"), ("2025-12-01", "2026-02-28")),
        ("2026-Q4", ("2026-10-01", "2026-12-31"), ("2026-09-01", "2026-11-30")),
        ("2018-H1", ("2018-01-01", "2018-06-30"), ("2017-12-01", "2018-05-31")),
        ("2018-H2", ("2018-07-01", "2018-12-31"), ("2018-06-01", "2018-11-30")),
        ("2026-9M", ("2026-01-01", "2026-09-30"), ("2025-12-01", "2026-08-31")),
        ("2026", ("2026-01-01", "2026-12-31"), ("2025-12-01", "2026-11-30")),
        ("2023-2028", ("2024-01-01", "2028-12-31"), ("2023-12-01", "2028-11-30")),
    ],
)
def test_each_kind_has_its_days_on_both_calendars(key: str, civil: tuple[str, str], union: tuple[str, str]) -> None:
    period = parse_period(key)
    assert (str(period.first_day()), str(period.last_day())) == civil
    assert (str(period.first_day("union")), str(period.last_day("union"))) == union


@pytest.mark.parametrize(
    ("spelling", "key"),
    [
        ("tháng 5/2026", "2026-05"),
        ("Tháng 05 năm 2026", "2026-05"),
        ("12/2026", "2026-12"),
        ("quý II/2026", "2026-Q2"),
        ("Quý IV năm 2019", "2019-Q4"),
        ("quý 3-2024", "2024-Q3"),
        ("6 tháng đầu năm 2018", "2018-H1"),
        ("sáu tháng cuối năm 2018", "2018-H2"),
        ("9 tháng năm 2020", "2020-9M"),
        ("9 tháng đầu năm 2020", "2020-9M"),
        ("năm 2018", "2018"),
        ("Nhiệm kỳ 2023 – 2028", "2023-2028"),
        (" 2026-q2 ", "2026-Q2"),
    ],
)
def test_vietnamese_spellings_are_read(spelling: str, key: str) -> None:
    assert parse_period(spelling).key == key


@pytest.mark.parametrize(
    "text",
    ["2026-13", "2026-00", "2026-Q5", "2026-Q0", "2026-H3", "2026-8M", "2028-2023", "2023-2050", "26", "", "0000",
     "quý V/2026", "tháng 13/2026", "20260", "3000"],
)  # fmt: skip
def test_a_period_that_does_not_exist_is_refused_with_the_forms(text: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        parse_period(text)
    assert f"“{text}”" in refusal.value.message
    assert "2026-Q1 đến 2026-Q4" in refusal.value.message


def test_labels_read_as_a_person_would_write_them() -> None:
    assert parse_period("2018-H1").label_vi == "6 tháng đầu năm 2018"
    assert parse_period("2026-Q2").label_vi == "quý II năm 2026"
    assert parse_period("2026-05").label_en == "May 2026"
    assert parse_period("2018-H2").label_en == "second half of 2018"
    assert parse_period("2023-2028").label_vi == "nhiệm kỳ 2023 - 2028"


def test_previous_and_same_last_year() -> None:
    assert parse_period("2026-01").previous().key == "2025-12"
    assert parse_period("2026-Q1").previous().key == "2025-Q4"
    assert parse_period("2026-9M").previous().key == "2025-9M"
    assert parse_period("2026-H2").same_last_year().key == "2025-H2"
    assert parse_period("2023-2028").same_last_year().key == "2018-2023"


@given(periods())
def test_the_key_tells_the_whole_period(period: Period) -> None:
    assert parse_period(period.key) == period
    assert str(period) == period.key


@given(periods())
def test_the_vietnamese_label_reads_back(period: Period) -> None:
    assert parse_period(period.label_vi) == period


@given(periods())
def test_next_undoes_previous(period: Period) -> None:
    assert period.previous().next() == period == period.next().previous()


@given(periods(), CALENDARS)
def test_neighbours_meet_without_gap_or_overlap(period: Period, calendar: Calendar) -> None:
    if period.kind != "nine":
        assert period.previous().last_day(calendar) + DAY == period.first_day(calendar)


@given(periods(), CALENDARS, st.sampled_from(["month", "quarter", "half", "year"]))
def test_sub_periods_tile_the_whole(period: Period, calendar: Calendar, kind: PeriodKind) -> None:
    try:
        parts = period.sub_periods(kind, calendar)
    except InvalidInput:
        longer = ["month", "quarter", "half", "nine", "year", "term"]
        assert longer.index(kind) > longer.index(period.kind) or (period.kind, kind) == ("nine", "half")
        return
    assert parts[0].first_day(calendar) == period.first_day(calendar)
    assert parts[-1].last_day(calendar) == period.last_day(calendar)
    assert all(a.last_day(calendar) + DAY == b.first_day(calendar) for a, b in pairwise(parts))
    assert {part.kind for part in parts} == {kind}


def test_the_union_year_begins_with_december() -> None:
    months = parse_period("2026").sub_periods("month", "union")
    assert [m.key for m in months][:2] == ["2025-12", "2026-01"]
    assert months[-1].key == "2026-11"


@given(st.dates(dt.date(1910, 1, 1), dt.date(2190, 1, 1)), CALENDARS)
def test_every_day_lies_in_exactly_one_period_of_a_kind(day: dt.date, calendar: Calendar) -> None:
    kinds: tuple[PeriodKind, ...] = ("month", "quarter", "half", "year")
    for kind in kinds:
        period = period_of(day, kind, calendar)
        assert period.contains(day, calendar)
        assert not period.previous().contains(day, calendar)
        assert not period.next().contains(day, calendar)


def test_a_late_day_is_in_no_nine_months() -> None:
    assert period_of(dt.date(2026, 9, 30), "nine").key == "2026-9M"
    with pytest.raises(InvalidInput):
        period_of(dt.date(2026, 10, 1), "nine")
    with pytest.raises(InvalidInput):
        period_of(dt.date(2026, 10, 1), "term")
