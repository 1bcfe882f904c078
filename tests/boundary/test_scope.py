"""The scope of an obligation: in, outside, or review where purposes are mixed."""

from __future__ import annotations

import pytest

from nhipcau.boundary import scope, scope_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tổ chức tập huấn an toàn lao động trước ngày 30/6", "in"),
        ("Lập danh sách công nhân tham gia đình công gửi trước ngày 5", "outside"),
        ("Báo cáo tình hình tư tưởng công nhân hằng tuần", "outside"),
        ("Nắm tình hình công nhân dịp Tết", "review"),
        ("Tặng quà Tết cho công nhân và lập danh sách người tham gia đình công", "review"),
        ("Báo cáo số buổi tập huấn; theo dõi Facebook của công nhân", "review"),
    ],
)
def test_scope_follows_purpose(text: str, expected: str) -> None:
    assert scope_of(text) == expected


def test_the_rule_is_named_unless_the_scope_is_in() -> None:
    assert scope("Số suất quà Tết").rule is None
    assert scope("Danh sách công nhân tham gia đình công").rule == "action-identify"
    assert scope("Báo cáo số buổi tập huấn; theo dõi Facebook của công nhân").rule == "review-mixed"
