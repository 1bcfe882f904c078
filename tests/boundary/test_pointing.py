"""A line that only points to an item of another document waits for somebody who reads that document."""

from __future__ import annotations

import pytest

from nhipcau.boundary import check, scope
from nhipcau.boundary.pointing import points_elsewhere


@pytest.mark.parametrize(
    "line",
    [
        "Thực hiện mục 4 Công văn số 215-CV/BTGTU ngày 12/3/2026",
        "làm theo nội dung thứ ba của văn bản hôm trước",
        "Báo cáo kết quả thực hiện điểm c mục III Kế hoạch số 12/KH-BTG trước ngày 25/6",
        "Đề nghị CĐCS Công ty May 10 làm theo mục 4 Công văn 215-CV/BTG",
        "Triển khai các nội dung nêu tại Công văn số 88/CV-TU của Ban Thường vụ",
        "Theo Công văn số 215, thực hiện mục 4",
        "thuc hien muc 4 cong van 215",
        "THỰC HIỆN MỤC 4 CÔNG VĂN SỐ 215",
        "Carry out item 4 of letter no. 215",
        "Implement section III of the earlier plan",
        "Do as the third point of last week's letter says",
        "Tiếp tục thực hiện hai nội dung cuối của Kế hoạch 30",
        "Thực hiện phụ lục 2 Công văn số 19. Báo cáo trước 5/7",
    ],
)
def test_a_bare_pointer_to_another_document_is_reviewed(line: str) -> None:
    assert points_elsewhere(line)
    assert check(line).verdict == "review"
    assert scope(line).scope == "review"


@pytest.mark.parametrize(
    "line",
    [
        "Căn cứ Kế hoạch số 10",
        "Thực hiện Kế hoạch số 10/KH-TLĐ về Tháng Công nhân, các đơn vị tổ chức tặng quà",
        "Thực hiện mục 2 Công văn về tặng quà Tết cho đoàn viên",
        "Thực hiện mục 5 kế hoạch Tháng Công nhân: tổ chức khám bệnh miễn phí",
        "Báo cáo theo mẫu tại phụ lục 2 Công văn số 15",
        "Báo cáo kết quả theo biểu mẫu tại Phụ lục 1 kèm theo Kế hoạch số 15/KH-LĐLĐ",
        "thực hiện mục II.3 của Kế hoạch này",
        "theo khoản 1 Điều 6 Luật Công đoàn",
        "Báo cáo kết quả thực hiện mục 4",
        "Theo dõi tiến độ thực hiện mục 2 Kế hoạch 15 về tặng quà Tết",
        "Thực hiện Công văn số 215-CV/BTG ngày 12/3/2026 của Ban Tuyên giáo",
        "Thực hiện điểm a khoản 2 Điều 5 Nghị định 145/2020/NĐ-CP",
        "Số suất quà theo mục 3 Kế hoạch 10",
        "Thực hiện nội dung Kế hoạch số 10/KH-LĐLĐ",
    ],
)
def test_citations_forms_own_items_and_work_that_is_named_are_no_pointers(line: str) -> None:
    assert not points_elsewhere(line)
    assert check(line).verdict == "allowed"


def test_a_pointer_names_its_rule() -> None:
    assert check("Thực hiện mục 5 Công văn số 77").rule == "review-pointer"


def test_a_pointer_beside_work_is_still_one() -> None:
    assert check("Tặng 40 suất quà Tết cho đoàn viên. Thực hiện mục 5 Công văn số 77.").rule == "review-pointer"


def test_a_refused_purpose_beside_a_pointer_stays_refused() -> None:
    assert check("Thực hiện mục 5 Công văn số 77: danh sách công nhân tham gia đình công").verdict == "refused"
