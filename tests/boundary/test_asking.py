"""What a quiz never asks, and what it may: knowledge that has a right answer."""

from __future__ import annotations

import pytest

from nhipcau.boundary.asking import asks_opinion
from nhipcau.campaigns.ready import all_ready


@pytest.mark.parametrize(
    "text",
    [
        "Bạn có hài lòng với lãnh đạo không?",
        "Ban co hai long voi lanh dao khong",
        "Rat hai long",
        "Không đồng ý",
        "Strongly disagree",
        "Công đoàn làm việc có hiệu quả không?",
        "cong doan lam viec co hieu qua khong",
        "Giám đốc có quan tâm đến công nhân không?",
        "Ứng cử viên nào tốt nhất?",
        "Ai xứng đáng làm chủ tịch hơn?",
        "Is your union effective?",
        "Bạn đã từng dùng ma túy chưa?",
        "Bạn đã bao giờ tham gia đình công chưa",
        "Bạn có mang thai không",
        "Bạn có phải đảng viên không?",
        "Bạn là người dân tộc nào?",
        "Lương của bạn là bao nhiêu?",
        "Have you ever used drugs?",
    ],
)
def test_opinions_and_what_somebody_is_or_did_are_not_asked(text: str) -> None:
    assert asks_opinion(text)


@pytest.mark.parametrize(
    "text",
    [
        "Bạn bị tai nạn lao động thì phải báo ai?",
        "Nếu bạn mang thai thì có được từ chối làm đêm không?",
        "Khi bạn có thai tháng thứ 7 có phải làm thêm giờ không?",
        "Bạn có được tham gia đình công khi chưa lấy ý kiến không?",
        "Người lao động yêu cầu đối thoại thì công ty phải trả lời trong mấy ngày?",
        "Công ty có phải trả lương công bằng cho nam và nữ không?",
        "Ai có quyền lãnh đạo đình công?",
        "Biện pháp nào hiệu quả nhất để chống ồn?",
        "Bầu ban chấp hành công đoàn bằng hình thức nào?",
        "Dân tộc nào có số dân đông nhất nước ta?",
        "How many days of leave are you entitled to?",
    ],
)
def test_knowledge_is_asked(text: str) -> None:
    assert not asks_opinion(text)


def test_no_question_of_a_ready_campaign_asks_for_an_opinion() -> None:
    texts = [text for ready in all_ready() for one in ready.questions for text in (one.text, *one.choices)]
    assert texts and not [text for text in texts if asks_opinion(text)]
