"""Tables of tasks are read row by row: what, who, with whom, by when."""

from __future__ import annotations

import pytest

from nhipcau.reader import read_text
from nhipcau.reader.model import Reading

_FRAME = """\
LIÊN ĐOÀN LAO ĐỘNG TỈNH AN HẢI          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 14/KH-LĐLĐ                          An Hải, ngày 10 tháng 02 năm 2021
KẾ HOẠCH
Tháng Công nhân năm 2021
Căn cứ chương trình công tác năm, Ban Thường vụ xây dựng kế hoạch này.
{table}
II. TỔ CHỨC THỰC HIỆN
Các đơn vị nghiêm túc thực hiện.
Nơi nhận:
- Lưu: VT.
"""


def _plan(table: str) -> Reading:
    return read_text(_FRAME.format(table=table))


def _rows(reading: Reading) -> list[tuple[str, str | None, str | None, str | None]]:
    return [
        (
            o.text,
            o.responsible,
            o.helped_by,
            None if o.deadline is None else reading.deadlines[o.deadline].normalised,
        )
        for o in reading.obligations
    ]


PIPES = """\
Các nhiệm vụ như sau:
| TT | Nội dung | Chủ trì | Phối hợp | Thời gian |
| 1 | Phát động Tháng Công nhân | Văn phòng | Ban Nữ công | 25/4 |
| 2 | Thăm công nhân ca đêm | Ban Chính sách | | Tháng 5/2021 |
| 3 | Hoàn thành báo cáo | Văn phòng | | Trước 10/6 |"""

GAPS = """\
Các nhiệm vụ như sau:
TT   Nội dung công việc             Chủ trì          Phối hợp       Thời gian
                                                                    thực hiện
1    Phát động Tháng                Văn phòng        Ban Nữ công    25/4
     Công nhân
2    Thăm công nhân                 Ban Chính sách                  Tháng 5/2021
     ca đêm

3    Hoàn thành báo cáo             Văn phòng                       Trước 10/6"""

EXPECTED = [
    ("Phát động Tháng Công nhân", "Văn phòng", "Ban Nữ công", "2021-04-25"),
    ("Thăm công nhân ca đêm", "Ban Chính sách", None, "2021-05"),
    ("Hoàn thành báo cáo", "Văn phòng", None, "2021-06-10"),
]


@pytest.mark.parametrize("table", [PIPES, GAPS], ids=["rules", "gaps"])
def test_every_row_says_what_who_with_whom_and_by_when(table: str) -> None:
    assert _rows(_plan(table)) == EXPECTED


def test_a_row_that_begins_like_a_title_does_not_become_one() -> None:
    table = PIPES + "\n| 4 | Gửi ảnh | Văn phòng | | 15/6 |"
    assert _rows(_plan(table))[-1] == ("Gửi ảnh", "Văn phòng", None, "2021-06-15")


def test_a_blank_time_is_no_time_even_below_a_filled_one() -> None:
    table = PIPES + "\n| 4 | Lưu hồ sơ | Văn phòng | | |"
    assert _rows(_plan(table))[-1] == ("Lưu hồ sơ", "Văn phòng", None, None)


def test_an_untitled_schedule_is_read_by_its_column_of_times() -> None:
    table = "Tiến độ dự kiến như sau:\n1. | Các tổ gửi danh sách | 25/9/2021\n2. | Họp xét chọn | 2-8/10/2021"
    found = [(d.action, d.normalised) for d in _plan(table).deadlines]
    assert found == [("Các tổ gửi danh sách", "2021-09-25"), ("Họp xét chọn", "2021-10-02/2021-10-08")]


def test_a_table_without_times_sets_no_limit() -> None:
    table = "| TT | Họ và tên | Ngày sinh |\n| 1 | Trần Văn Phúc | 05/3/1980 |\n| 2 | Lý Thị Hoa | 12/12/2021 |"
    assert _plan(table).deadlines == ()


def test_running_text_after_a_gap_table_is_not_laid_into_it() -> None:
    table = GAPS + "\n\nMọi vướng mắc trong quá trình thực hiện đề nghị phản ánh về Văn phòng trước ngày 20/4/2021."
    assert [d.normalised for d in _plan(table).deadlines][-1] == "2021-04-20"
