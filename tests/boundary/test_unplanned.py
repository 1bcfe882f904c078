"""What gets no plan: happenings and who attends political study; work on them does."""

from __future__ import annotations

import pytest

from nhipcau.boundary import unplanned


@pytest.mark.parametrize(
    "label",
    [
        "Số vụ ngừng việc được phòng ngừa",
        "Số buổi ngừng việc tập thể",
        "so buoi ngung viec",
        "Phòng ngừa ngừng việc",
        "Số cuộc đình công",
        "Giảm số vụ TNLĐ",
        "Số vụ tai nạn lao động sau tập huấn",
        "Accidents per quarter",
        "Giải quyết tranh chấp lao động. Số vụ",
        "Số ý kiến của công nhân",
        "Ý kiến người lao động. Số lượt",
        "Số kiến nghị được trả lời",
        "Tỷ lệ khiếu nại giảm",
        "Số lượt học viên trung cấp lý luận",
        "Học tập nghị quyết đại hội: số lượt người dự",
        "Political study. Attendances",
    ],
)
def test_no_number_is_set_for_what_happens_or_for_study(label: str) -> None:
    assert unplanned(label)


@pytest.mark.parametrize(
    "label",
    [
        "Số buổi tập huấn phòng ngừa tai nạn lao động",
        "Giảm tai nạn lao động bằng huấn luyện tại chỗ làm việc.",
        "Số cuộc tự kiểm tra an toàn, phòng tai nạn",
        "Kinh phí phòng ngừa tai nạn",
        "Số cuộc đối thoại tại nơi làm việc",
        "Số buổi tuyên truyền pháp luật về đình công",
        "Number of training sessions on accidents",
        "Buổi tập huấn cho cán bộ các tổ chức chính trị - xã hội",
        "Tổng hợp ý kiến vào dự thảo nghị định. Số văn bản",
        "Số sáng kiến",
    ],
)
def test_work_may_be_planned(label: str) -> None:
    assert unplanned(label) is None
