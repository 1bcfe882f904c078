"""What is a deadline, what it means, and what only looks like one."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.reader import read_text
from tests.reader import letters
from tests.reader.helpers import found, letter, limits

# The letter is dated 10 February 2021.
PHRASES = [
    ("Gửi danh sách về Liên đoàn trước ngày 10-4", ["2021-04-10"]),
    ("Gửi danh sách trước ngày 15/01", ["2022-01-15"]),
    ("Từ nay đến 15-1-2022, công đoàn cơ sở lập danh sách", ["2022-01-15"]),
    ("Thời hạn hoàn thành: trước ngày 15 tháng 08 năm 2026", ["2026-08-15"]),
    ("Báo cáo trước 17 giờ 00, 08/06/2026", ["2026-06-08"]),
    ("Báo cáo từ nay đến trước 17 giờ 00 ngày 30/6/2025", ["2025-06-30"]),
    ("Nộp hồ sơ chậm nhất ngày 30 tháng 8 của năm tuyển sinh", ["2021-08-30"]),
    ("Hoàn thành chậm nhất vào Thứ Tư (16/09)", ["2021-09-16"]),
    ("Hoàn thành chậm nhất vào cuối 2026", ["2026-12-31"]),
    ("Áp dụng đến hết thứ Năm ngày 03/09/2026", ["2026-09-03"]),
    ("Hạn cuối nộp bài dự thi: 17h00 ngày 20/5/2021", ["2021-05-20"]),
    ("Báo cáo bằng văn bản gửi về phòng An toàn ngày 10/7", ["2021-07-10"]),
    ("Nộp báo cáo trước ngày 15/3, 15/6 và 15/9/2021", ["2021-03-15", "2021-06-15", "2021-09-15"]),
    ("Hoàn thành trước Ngày hội Đại đoàn kết toàn dân tộc 18/11", ["2021-11-18"]),
    ("Tổ chức từ ngày 02/06/2026 đến hết ngày 31/12/2028", ["2026-06-02/2028-12-31"]),
    ("Tổ chức từ ngày 1 đến ngày 31 tháng 5 năm 2021", ["2021-05-01/2021-05-31"]),
    ("Tổ chức từ tháng 11 đến tháng 3/2022", ["2021-11/2022-03"]),
    ("Hoàn thành trong quý III", ["2021-Q3"]),
    ("Hoàn thành quý I năm 2022", ["2022-Q1"]),
    ("Lựa chọn xong trong tháng 6", ["2021-06"]),
    ("Trong tháng 10/2021 và duy trì", ["2021-10"]),
    ("Tổ chức vào tuần thứ hai của tháng 9", ["2021-09"]),
    ("Thực hiện trong 6 tháng cuối năm", ["2021-H2"]),
    ("Hoàn thành từ nay đến hết năm", ["2021-12-31"]),
    ("Trước ngày 25 hằng tháng gửi báo cáo", ["FREQ=MONTHLY;BYMONTHDAY=25"]),
    ("Hàng tháng chậm nhất vào ngày 05 nộp báo cáo", ["FREQ=MONTHLY;BYMONTHDAY=5"]),
    ("Nộp chậm nhất ngày 20 tháng sau", ["FREQ=MONTHLY;BYMONTHDAY=20"]),
    ("Báo cáo trước ngày 15 của tháng cuối quý", ["FREQ=QUARTERLY;BYMONTHDAY=15"]),
    ("Báo cáo trước ngày 15 tháng 11 hàng năm", ["FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=15"]),
    ("Định kỳ hằng quý, báo cáo về Văn phòng", ["FREQ=QUARTERLY"]),
    ("Họp 6 tháng/lần", ["FREQ=MONTHLY;INTERVAL=6"]),
    ("Kiểm tra ít nhất 02 lần/năm", ["FREQ=MONTHLY;INTERVAL=6"]),
    ("Tổ chức đối thoại định kỳ sáu tháng", ["FREQ=MONTHLY;INTERVAL=6"]),
    ("Gửi trước 16h30 thứ Sáu hằng tuần", ["FREQ=WEEKLY;BYDAY=FR"]),
    ("Tiếp đoàn viên từ thứ 2 đến thứ 6 hàng tuần", ["FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"]),
    ("Tiếp đoàn viên ngày thứ hai, tuần 1 hàng tháng", ["FREQ=MONTHLY;BYDAY=1MO"]),
    ("Trong thời hạn 15 ngày làm việc kể từ ngày nhận được văn bản này, báo cáo", ["P15BD after receipt"]),
    ("Sau 05 ngày làm việc kể từ ngày nhận được văn bản, gửi danh sách", ["P5BD after receipt"]),
    ("Trong thời hạn 10 (mười) ngày, kể từ ngày ký, gửi kế hoạch", ["P10D after document"]),
    ("Phải trả lời trong thời hạn ba ngày làm việc kể từ ngày nhận đủ hồ sơ", ["P3BD after ngay nhan du ho so"]),
    ("Trong vòng 48 giờ sau khi xảy ra tai nạn phải báo cáo", ["PT48H after xay ra tai nan"]),
    ("Hồ sơ gửi về Văn phòng sau đại hội chậm nhất 5 ngày", ["P5D after dai hoi"]),
    ("Báo cáo ngay sau khi kết thúc hội nghị", ["P0D after ket thuc hoi nghi"]),
    ("Gửi chậm nhất 30 ngày trước ngày khai mạc đại hội", ["P30D before khai mac dai hoi"]),
]


@pytest.mark.parametrize(("sentence", "expected"), PHRASES)
def test_a_printed_limit_is_normalised(sentence: str, expected: list[str]) -> None:
    assert limits(sentence) == expected


NO_DEADLINE = [
    "Quyết định có hiệu lực kể từ ngày ký",
    "Thỏa ước này có hiệu lực 3 năm kể từ ngày ký",
    "Kiểm tra ngày hoàn thành trước ngày nhận",
    "Thực hiện Kế hoạch số 168/KH-LĐLĐ ngày 03/12/2021",
    "Năm 2016 toàn tỉnh đạt 31/5/2018 chỉ tiêu",
    "Hồ sơ có thời hạn bảo quản 70 năm",
    "Tổng hợp số liệu tính đến ngày 31/5/2021",
    "Các đơn vị đã hoàn thành trước ngày 30/9/2021 không phải làm gì thêm".replace("phải", "cần"),
    "Gửi lại báo cáo lập trước ngày 30/9/2020",
    "Họp lúc 7 giờ 30 ngày 9/9/2021 tại hội trường",
    "Kinh phí lấy từ ngân sách nhà nước hằng năm",
    "Xây dựng kế hoạch hoạt động hàng năm",
    "Thực hiện thường xuyên, liên tục",
    "Hoàn thành trước thời hạn quy định",
    "Cần hoàn thành trước ngày 20",
    "Tuyên truyền nhân dịp kỷ niệm 90 năm ngày thành lập Công đoàn 28/7",
    "Phấn đấu trong nhiệm kỳ 2023 - 2028 kết nạp đoàn viên",
    "Sổ thu đoàn phí 1/2 trang",
    "Gửi báo cáo trước ngày 31/2/2021",
]


@pytest.mark.parametrize("sentence", NO_DEADLINE)
def test_what_only_looks_like_a_limit_is_none(sentence: str) -> None:
    assert limits(sentence) == []


def test_before_a_day_asks_for_the_day_before_and_is_late_only_after_it() -> None:
    (deadline,) = found("Gửi báo cáo trước ngày 10/11/2021")
    assert (deadline.due, deadline.late_after) == (dt.date(2021, 11, 9), dt.date(2021, 11, 10))


def test_at_the_latest_on_a_day_is_due_that_day() -> None:
    (deadline,) = found("Gửi báo cáo chậm nhất ngày 10/11/2021")
    assert (deadline.due, deadline.late_after) == (dt.date(2021, 11, 10), dt.date(2021, 11, 10))


def test_a_quarter_is_due_on_its_last_day() -> None:
    (deadline,) = found("Hoàn thành trong quý III/2021")
    assert deadline.due == dt.date(2021, 9, 30)


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


@given(st.dates(dt.date(2021, 2, 10), dt.date(2090, 12, 31)), st.sampled_from(FORMS))
def test_every_way_of_printing_a_date_means_the_same_day(day: dt.date, form: str) -> None:
    assert limits(f"Gửi báo cáo trước ngày {form.format(day)}") == [day.isoformat()]


@given(st.dates(dt.date(2021, 2, 10), dt.date(2022, 2, 9)))
def test_a_missing_year_is_the_next_occurrence(day: dt.date) -> None:
    assert limits(f"Gửi báo cáo trước ngày {day.day}/{day.month}") == [day.isoformat()]
