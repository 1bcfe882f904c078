"""A visit is counted, not told of somebody; the weather is no trouble."""

from __future__ import annotations

import pytest

from nhipcau.boundary.engine import check
from nhipcau.boundary.names import person_names

NAMED = (
    "Thăm chị Nguyễn Thị Lan ốm tại bệnh viện huyện",
    "thăm chị nguyễn thị lan ốm",
    "Thăm ông Trần Văn Hùng ốm nặng",
    "Thăm đoàn viên Trần Văn Hùng nằm viện",
)
COUNTED = (
    "Thăm đoàn viên ốm tại bệnh viện",
    "Thăm 3 đoàn viên ốm",
    "Tăng cường cải thiện điều kiện làm việc mùa nắng nóng",
    "Phòng chống say nắng, say nóng cho công nhân làm việc ngoài trời",
)


@pytest.mark.parametrize("line", NAMED)
def test_a_sick_person_who_is_named_does_not_pass(line: str) -> None:
    assert check(line).verdict != "allowed"


@pytest.mark.parametrize("line", COUNTED)
def test_a_visit_counted_and_a_hot_season_pass(line: str) -> None:
    assert check(line).verdict == "allowed"


def test_an_issue_called_hot_is_still_for_a_second_look() -> None:
    assert check("Báo cáo vụ việc nóng ở cơ sở").verdict == "review"


def test_the_word_after_a_name_is_no_part_of_it() -> None:
    assert person_names("Thăm chị Nguyễn Thị Lan ốm") == ["chị Nguyễn Thị Lan", "Nguyễn Thị Lan"]
