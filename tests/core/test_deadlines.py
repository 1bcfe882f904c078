import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.core.deadlines import DeadlineKind, DeadlineRule, DueDate, due_date, due_days, resolve_year
from nhipcau.core.errors import InvalidInput
from nhipcau.core.recurrence import next_occurrence
from nhipcau.core.workdays import WorkingDays

WORKING = WorkingDays({})
DAYS = st.dates(dt.date(2018, 1, 1), dt.date(2027, 12, 31))


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def due(
    kind: DeadlineKind,
    normalised: str,
    phrase: str = "…",
    *,
    exclusive: bool = False,
    document: str | None = None,
    received: str | None = None,
) -> DueDate:
    return due_date(
        DeadlineRule(kind, normalised, phrase, exclusive),
        document_date=day(document) if document else None,
        received_on=day(received) if received else None,
        working=WORKING,
    )


def test_before_a_day_means_the_day_before_and_is_late_only_after_it() -> None:
    found = due("date", "2021-11-10", "trước ngày 10/11/2021", exclusive=True)
    assert (found.due, found.late_after, found.next_working_day) == (day("2021-11-09"), day("2021-11-10"), None)
    assert found.explanation == (
        "Hạn ghi trong văn bản: “trước ngày 10/11/2021”. “Trước” nghĩa là xong trong thứ Ba ngày 09/11/2021; "
        "chỉ tính là chậm sau thứ Tư ngày 10/11/2021."
    )
    assert "counted late only after Wednesday 10/11/2021" in found.explanation.en


@pytest.mark.parametrize(
    ("normalised", "last"),
    [
        ("2021-11-10", "2021-11-10"),
        ("2020-04-18/2020-04-26", "2020-04-26"),
        ("2021-10", "2021-10-31"),
        ("2020-04/2020-12", "2020-12-31"),
        ("2019-Q4", "2019-12-31"),
        ("2026-H1", "2026-06-30"),
        ("2026-9M", "2026-09-30"),
        ("2026", "2026-12-31"),
        ("2020-2021", "2021-12-31"),
    ],
)
def test_a_day_range_or_period_is_due_on_its_last_day(normalised: str, last: str) -> None:
    kinds: tuple[DeadlineKind, ...] = ("date", "period")
    for kind in kinds:
        found = due(kind, normalised)
        assert found.due == found.late_after == day(last)


def test_before_a_month_means_before_it_begins() -> None:
    found = due("period", "2021-10", "trước tháng 10/2021", exclusive=True)
    assert found.due == found.late_after == day("2021-09-30")


def test_before_a_range_is_read_against_its_last_day() -> None:
    assert due("date", "2020-04-18/2020-04-26", exclusive=True).due == day("2020-04-25")


def test_a_due_date_on_a_day_off_is_told_and_not_moved() -> None:
    found = due("date", "2026-09-02", "chậm nhất ngày 02/9/2026")
    assert found.due == day("2026-09-02")
    assert found.next_working_day == day("2026-09-03")
    assert "ngày nghỉ (Quốc khánh); ngày làm việc tiếp theo là thứ Năm ngày 03/09/2026" in found.explanation
    assert "day off (National Day)" in found.explanation.en


@pytest.mark.parametrize(
    "bad", ["2021-02-30", "2021-13", "2021-Q5", "2020-05-02/2020-05-01", "soon", "2021-11-10/"]
)
def test_a_day_or_period_that_does_not_exist_is_refused(bad: str) -> None:
    with pytest.raises(InvalidInput):
        due("date", bad)


def test_working_days_run_from_receipt_and_name_what_was_skipped() -> None:
    found = due("relative", "P5BD after receipt", "sau 05 ngày làm việc kể từ ngày nhận", received="2026-08-28")
    assert found.due == day("2026-09-09")
    for skipped in ("29/08/2026 (thứ Bảy)", "30/08/2026 (Chủ nhật)", "02/09/2026 (Quốc khánh)"):
        assert skipped in found.explanation
    assert "05 ngày làm việc kể từ ngày nhận" in found.explanation
    assert "thứ Sáu ngày 28/08/2026, không kể ngày đó" in found.explanation


def test_many_weekends_are_counted_and_holidays_still_named() -> None:
    found = due("relative", "P40BD after receipt", received="2026-08-03")
    assert "02/09/2026 (Quốc khánh)" in found.explanation
    assert "ngày cuối tuần" in found.explanation
    assert "(Chủ nhật)" not in found.explanation
    assert "weekend days" in found.explanation.en


@pytest.mark.parametrize(
    ("rule", "last"),
    [
        ("P30D after receipt", "2026-03-02"),
        ("P2W after receipt", "2026-02-14"),
        ("P1M after receipt", "2026-02-28"),
        ("P1Y after receipt", "2027-01-31"),
        ("PT24H after receipt", "2026-02-01"),
        ("PT25H after receipt", "2026-02-02"),
        ("P3D after document", "2026-01-13"),
    ],
)
def test_days_weeks_months_and_hours_are_counted(rule: str, last: str) -> None:
    assert due("relative", rule, document="2026-01-10", received="2026-01-31").due == day(last)


def test_without_receipt_there_is_no_date_and_the_reason_is_said() -> None:
    found = due("relative", "P5BD after receipt", "trong 5 ngày làm việc", document="2026-01-10")
    assert (found.due, found.late_after, found.next_working_day) == (None, None, None)
    assert "chưa có ngày nhận" in found.explanation
    assert "receipt, whose date is missing" in found.explanation.en


@pytest.mark.parametrize("rule", ["with annual report", "P5BD after inspection", "day 10 of next month"])
def test_an_unknown_event_gives_no_date_rather_than_a_guess(rule: str) -> None:
    found = due("relative", rule, document="2026-01-10", received="2026-01-12")
    assert found.due is None
    assert "Hãy nhập ngày hạn" in found.explanation


@pytest.mark.parametrize(
    ("rule", "after", "next_day"),
    [
        ("FREQ=QUARTERLY", "2026-05-10", "2026-06-30"),
        ("FREQ=QUARTERLY", "2026-06-30", "2026-09-30"),
        ("FREQ=QUARTERLY;BYMONTHDAY=15", "2026-04-01", "2026-06-15"),
        ("FREQ=QUARTERLY;BYMONTH=1,4,7,10;BYMONTHDAY=-1", "2026-05-10", "2026-07-31"),
        ("FREQ=MONTHLY", "2026-02-03", "2026-02-28"),
        ("FREQ=MONTHLY;INTERVAL=6", "2026-02-03", "2026-06-30"),
        ("FREQ=MONTHLY;INTERVAL=3", "2026-07-01", "2026-09-30"),
        ("FREQ=MONTHLY;BYMONTHDAY=15", "2026-02-15", "2026-03-15"),
        ("FREQ=MONTHLY;BYMONTHDAY=30", "2026-02-03", "2026-02-28"),
        ("FREQ=MONTHLY;BYMONTHDAY=30", "2026-03-03", "2026-03-30"),
        ("FREQ=MONTHLY;BYDAY=1MO", "2026-02-03", "2026-03-02"),
        ("FREQ=YEARLY", "2026-02-03", "2026-12-31"),
        ("FREQ=YEARLY;INTERVAL=2", "2026-02-03", "2028-02-03"),
        ("FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=15", "2026-06-15", "2026-12-15"),
        ("FREQ=WEEKLY", "2026-02-03", "2026-02-08"),
        ("FREQ=WEEKLY;BYDAY=FR", "2026-02-03", "2026-02-06"),
        ("FREQ=DAILY", "2026-02-03", "2026-02-04"),
    ],
)
def test_a_recurrence_falls_on_its_next_occurrence(rule: str, after: str, next_day: str) -> None:
    assert next_occurrence(rule, day(after)) == day(next_day)


@pytest.mark.parametrize(
    "rule", ["FREQ=?", "", "FREQ=HOURS", "hằng quý", "FREQ=MONTHLY;COUNT=2", "FREQ=DAILY;INTERVAL=0"]
)
def test_a_recurrence_that_cannot_be_computed_gives_no_date(rule: str) -> None:
    found = due("recurring", rule, document="2026-02-03")
    assert found.due is None
    assert "Hãy chọn ngày hạn" in found.explanation


def test_a_recurrence_runs_from_the_later_date_known() -> None:
    assert due("recurring", "FREQ=MONTHLY", document="2026-01-20", received="2026-02-02").due == day("2026-02-28")
    assert due("recurring", "FREQ=MONTHLY", document="2026-01-20").due == day("2026-01-31")
    assert "Hãy nhập ngày" in due("recurring", "FREQ=MONTHLY").explanation


def test_a_recurrence_says_from_when_to_when_in_both_languages() -> None:
    found = due("recurring", "FREQ=MONTHLY", document="2026-01-20").explanation
    assert found == (
        "Hạn ghi trong văn bản: “…”. "
        "Đây là việc định kỳ; kỳ tới sau thứ Ba ngày 20/01/2026 rơi vào thứ Bảy ngày 31/01/2026. "
        "Hạn là hết thứ Bảy ngày 31/01/2026. "
        "Hạn rơi vào ngày nghỉ (thứ Bảy); ngày làm việc tiếp theo là thứ Hai ngày 02/02/2026."
    )
    assert "It recurs; the next occurrence after Tuesday 20/01/2026 falls on Saturday 31/01/2026." in found.en
    assert "so enter one of them" in due("recurring", "FREQ=MONTHLY").explanation.en
    assert "Choose the due date." in due("recurring", "FREQ=?", document="2026-02-03").explanation.en


@pytest.mark.parametrize("exclusive", [False, True])
@pytest.mark.parametrize(
    ("kind", "normalised"),
    [
        ("date", "2026-06-25"), ("date", "2026-06-20/2026-06-25"), ("period", "2026-10"), ("period", "2026-Q3"),
        ("recurring", "FREQ=QUARTERLY"), ("recurring", "FREQ=?"), ("relative", "P5BD after receipt"),
        ("relative", "P3M after document"), ("relative", "P3D after congress"),
    ],
)  # fmt: skip
def test_who_asks_for_the_days_alone_is_told_the_same(kind: DeadlineKind, normalised: str, exclusive: bool) -> None:
    rule = DeadlineRule(kind, normalised, "…", exclusive)
    explained = due_date(rule, document_date=day("2026-02-03"), received_on=day("2026-02-10"), working=WORKING)
    days = due_days(rule, document_date=day("2026-02-03"), received_on=day("2026-02-10"), working=WORKING)
    assert days == (explained.due, explained.late_after)


def test_before_the_25th_of_each_month_keeps_its_day_of_grace() -> None:
    found = due("recurring", "FREQ=MONTHLY;BYMONTHDAY=25", exclusive=True, document="2026-06-01")
    assert (found.due, found.late_after) == (day("2026-06-24"), day("2026-06-25"))


def test_a_missing_year_is_the_next_occurrence() -> None:
    assert resolve_year(20, 11, after=day("2025-11-20")) == day("2025-11-20")
    assert resolve_year(20, 11, after=day("2025-11-21")) == day("2026-11-20")
    assert resolve_year(29, 2, after=day("2025-01-01")) == day("2028-02-29")
    with pytest.raises(InvalidInput, match="31/2"):
        resolve_year(31, 2, after=day("2025-01-01"))


@given(DAYS, st.integers(1, 60), st.booleans())
def test_working_day_terms_end_on_a_worked_day_and_explain(received: dt.date, n: int, exclusive: bool) -> None:
    rule = DeadlineRule("relative", f"P{n}BD after receipt", f"trong {n} ngày làm việc", exclusive)
    found = due_date(rule, document_date=None, received_on=received, working=WORKING)
    assert found.due is not None
    assert found.late_after is not None
    assert WORKING.count(received, found.late_after) == n
    assert found.late_after - found.due == dt.timedelta(days=exclusive)
    assert (found.next_working_day is None) == WORKING.is_working(found.due)
    assert rule.phrase in found.explanation
    assert rule.phrase in found.explanation.en


@given(DAYS, st.integers(1, 12), st.integers(1, 28))
def test_a_resolved_year_is_the_first_that_fits(after: dt.date, month: int, number: int) -> None:
    found = resolve_year(number, month, after=after)
    assert (found.day, found.month) == (number, month)
    assert after <= found < after + dt.timedelta(days=366)


def test_a_span_says_from_when_to_when_it_runs() -> None:
    found = due("period", "2020-04-18/2020-04-26", "từ ngày 18/4 đến ngày 26/4/2020")
    assert "khoảng thời gian từ thứ Bảy ngày 18/04/2020 đến Chủ nhật ngày 26/04/2020" in found.explanation
    assert "a span from Saturday 18/04/2020 to Sunday 26/04/2020" in found.explanation.en


def test_a_limit_without_a_day_still_says_what_was_printed() -> None:
    found = due("relative", "P0D after event", "ngay sau hội nghị")
    assert found.due is None
    assert found.explanation.startswith("Hạn ghi trong văn bản: “ngay sau hội nghị”. Hạn này phụ thuộc")


def test_a_day_that_is_in_no_calendar_is_named() -> None:
    with pytest.raises(InvalidInput, match="2021-02-30"):
        due("date", "2021-02-30")
