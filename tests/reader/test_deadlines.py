"""What is a deadline, what it means, and what only looks like one."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhipcau.reader import read_text
from tests.reader import letters, phrasings, reasons
from tests.reader.helpers import found, letter, limits

_LIMITS = [
    *phrasings.FIXED_DATE,
    *phrasings.TIED_TO_AN_EVENT,
    *phrasings.MONTHS_QUARTERS,
    *phrasings.RECURRING,
    *phrasings.RELATIVE,
]


@pytest.mark.parametrize(("sentence", "expected"), _LIMITS)
def test_a_printed_limit_is_normalised(sentence: str, expected: list[str]) -> None:
    assert limits(sentence) == expected


@pytest.mark.parametrize("sentence", phrasings.NOT_A_DEADLINE)
def test_what_only_looks_like_a_limit_is_none(sentence: str) -> None:
    assert limits(sentence) == []


@pytest.mark.parametrize(("sentence", "expected"), phrasings.BEFORE)
def test_each_limit_keeps_its_own_before(sentence: str, expected: list[bool]) -> None:
    assert [deadline.exclusive for deadline in found(sentence)] == expected


@pytest.mark.parametrize(("sentence", "vietnamese", "english"), reasons.WHY)
def test_a_limit_says_in_both_languages_why_it_means_what_it_means(
    sentence: str, vietnamese: str, english: str
) -> None:
    assert {(str(one.why), one.why and one.why.en) for one in found(sentence)} == {(vietnamese, english)}


@pytest.mark.parametrize(
    ("sentence", "sure"),
    [
        ("Gửi báo cáo trước ngày 10/11/2021", 0.96),
        ("Hoàn thành trong quý III", 0.92),
        ("Báo cáo định kỳ hằng quý", 0.92),
        ("Trước ngày 25 hằng tháng gửi báo cáo", 0.95),
        ("Trong vòng 10 ngày kể từ ngày ký, gửi kế hoạch", 0.8),
        ("Chậm nhất 10 ngày kể từ ngày nhận được công văn này, gửi kế hoạch", 0.9),
        ("Báo cáo chậm nhất là 03 ngày làm việc", 0.8),
        ("Báo cáo ngay sau khi kết thúc hội nghị", 0.8),
        ("Nhận lại tài liệu trước 30 ngày kể từ ngày kho thông báo", 0.88),
        ("Tổ chức hội thao vào ngày 15/3/2021", 0.8),
        ("Lựa chọn xong trong tháng 6", 0.92),
        ("Trong tháng 6 phải hoàn thành", 0.8),
        ("Nộp chậm nhất vào ngày 10/6", 0.96),
    ],
)
def test_words_of_limit_and_a_day_make_it_surer(sentence: str, sure: float) -> None:
    assert [deadline.confidence for deadline in found(sentence)] == [sure]


_KINDS = [
    ("date", phrasings.FIXED_DATE),
    ("period", [entry for entry in phrasings.MONTHS_QUARTERS if "Q" in entry[1][0] or "H" in entry[1][0]]),
    ("relative", phrasings.RELATIVE),
]


@pytest.mark.parametrize(("kind", "sentences"), _KINDS)
def test_a_limit_has_the_kind_of_its_wording(kind: str, sentences: list[tuple[str, list[str]]]) -> None:
    kinds = {d.kind for sentence, _ in sentences for d in found(sentence) if "/" not in d.normalised}
    assert kinds == {kind}


def test_a_limit_says_how_sure_it_is_and_why() -> None:
    (printed,) = found("Gửi báo cáo trước ngày 10/11/2021")
    (vague,) = found("Báo cáo ngay sau khi kết thúc hội nghị")
    assert printed.confidence >= 0.9 > vague.confidence
    assert printed.why == "Hạn có ngày in rõ"


def test_a_passage_without_its_header_is_read_from_its_first_sentence() -> None:
    text = (
        "Để chuẩn bị đại hội, đề nghị các công đoàn cơ sở gửi danh sách nhân sự về Văn phòng trước ngày 20/4/2021."
    )
    assert [d.normalised for d in read_text(text).deadlines] == ["2021-04-20"]


def test_before_a_day_asks_for_the_day_before_and_is_late_only_after_it() -> None:
    (deadline,) = found("Gửi báo cáo trước ngày 10/11/2021")
    assert (deadline.due, deadline.late_after) == (dt.date(2021, 11, 9), dt.date(2021, 11, 10))


def test_at_the_latest_on_a_day_is_due_that_day() -> None:
    (deadline,) = found("Gửi báo cáo chậm nhất ngày 10/11/2021")
    assert (deadline.due, deadline.late_after) == (dt.date(2021, 11, 10), dt.date(2021, 11, 10))


@pytest.mark.parametrize(
    ("sentence", "due"),
    [
        ("Hoàn thành trong quý III/2021", "2021-09-30"),
        ("Tổ chức tập huấn trong tháng 11 hằng năm", "2021-11-30"),
        ("Hoàn thành trước tháng 11 hằng năm", "2021-10-31"),
        ("Trong vòng 5 ngày làm việc kể từ ngày ký, gửi kế hoạch", "2021-02-23"),
    ],
)
def test_a_span_is_due_on_its_last_day_and_working_days_pass_over_tet(sentence: str, due: str) -> None:
    (deadline,) = found(sentence)
    assert deadline.due == dt.date.fromisoformat(due)


def test_a_relative_limit_has_no_date_before_the_receipt_is_known() -> None:
    (deadline,) = found("Trong vòng 5 ngày kể từ ngày nhận được công văn này, gửi danh sách")
    assert deadline.kind == "relative"
    assert (deadline.due, deadline.late_after) == (None, None)


def test_a_missing_year_is_named_in_a_warning() -> None:
    reading = letter("Đề nghị gửi báo cáo trước ngày 15/01.")
    assert any("15/01" in warning and "2022" in warning for warning in reading.warnings)


def test_without_any_date_a_missing_year_gives_no_deadline() -> None:
    assert read_text("Đề nghị các tổ công đoàn gửi danh sách trước ngày 10/4.").deadlines == ()


def test_an_unreadable_day_still_lends_its_year() -> None:
    deadlines = {d.phrase: d.normalised for d in read_text(letters.PLAN).deadlines}
    assert deadlines["trước ngày 25/3"] == "2021-03-25"


@pytest.mark.parametrize(
    ("body", "action"),
    [
        ("Đề nghị các đơn vị gửi báo cáo kết quả trước ngày 10/4/2021.", "các đơn vị gửi báo cáo kết quả"),
        ("Chậm nhất ngày 10/4/2021, các đơn vị gửi báo cáo kết quả.", "các đơn vị gửi báo cáo kết quả"),
        ("- Rà soát danh sách đoàn viên. Hoàn thành trước ngày 10/4/2021.", "Rà soát danh sách đoàn viên"),
        ("- Rà soát danh sách đoàn viên: trước ngày 10/4/2021.", "Rà soát danh sách đoàn viên"),
        ("- Rà soát danh sách. Các đơn vị nộp hồ sơ về tỉnh trước ngày 10/4/2021.", "Các đơn vị nộp hồ sơ về tỉnh"),
        ("- Ngày 15/3/2021 nộp danh sách đoàn viên.", "nộp danh sách đoàn viên"),
        ("- Xây dựng kế hoạch; gửi về tỉnh trước ngày 10/4/2021.", "Xây dựng kế hoạch; gửi về tỉnh"),
        ("- Theo dõi, đôn đốc và định kỳ hằng quý báo cáo Ban Thường vụ.", "báo cáo Ban Thường vụ"),
    ],
)
def test_the_action_is_what_must_be_done_by_then(body: str, action: str) -> None:
    (deadline,) = letter(body).deadlines
    assert deadline.action == action


def test_a_table_of_tasks_says_what_who_and_when() -> None:
    rows = [(d.normalised, d.action, d.responsible) for d in read_text(letters.TASK_TABLE).deadlines]
    assert rows == [
        ("2022-02", "Tổ chức lễ ra quân", "Văn phòng Ban"),
        ("2022-Q2", "Tập huấn cho cán bộ công đoàn", "LĐLĐ tỉnh"),
        ("2022-06-15", "Báo cáo sơ kết", "Các sở, ngành"),
    ]


def test_who_is_responsible_comes_from_the_sentence_or_the_heading_above() -> None:
    body = "1. Công đoàn các khu công nghiệp\n- Gửi danh sách trước ngày 10/4/2021.\n"
    body += "2. Giao Ban Nữ công tổng hợp, báo cáo trước ngày 20/4/2021."
    assert [d.responsible for d in letter(body).deadlines] == ["Công đoàn các khu công nghiệp", "Ban Nữ công"]


FORMS = ["{0.day}/{0.month}/{0.year}", "{0:%d-%m-%Y}", "{0:%d.%m.%Y}", "{0.day} tháng {0.month} năm {0.year}"]


@settings(deadline=None)
@given(st.dates(dt.date(2021, 2, 10), dt.date(2090, 12, 31)), st.sampled_from(FORMS))
def test_every_way_of_printing_a_date_means_the_same_day(day: dt.date, form: str) -> None:
    assert limits(f"Gửi báo cáo trước ngày {form.format(day)}") == [day.isoformat()]


@settings(deadline=None)
@given(st.dates(dt.date(2021, 2, 10), dt.date(2022, 2, 9)))
def test_a_missing_year_is_the_next_occurrence(day: dt.date) -> None:
    assert limits(f"Gửi báo cáo trước ngày {day.day}/{day.month}") == [day.isoformat()]
