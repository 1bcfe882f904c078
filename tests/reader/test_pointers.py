"""What a sentence points at."""

from __future__ import annotations

import pytest

from nhipcau.reader.duties.pointers import annexes, items, steps
from nhipcau.reader.language.text import plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Báo cáo kết quả mục 2", [("2",)]),
        ("nội dung tại điểm a khoản 2 mục III", [("iii", "2", "a")]),
        ("các mục 1, 2 và 4", [("1",), ("2",), ("4",)]),
        ("thực hiện mục II.3 của Kế hoạch này", [("ii.3",)]),
        ("thực hiện mục 4 Công văn số 15/LĐLĐ", []),
        ("theo khoản 1 Điều 6 Luật Công đoàn", []),
        ("đoàn viên khó khăn", []),
    ],
)
def test_the_items_a_sentence_points_at(text: str, expected: list[tuple[str, ...]]) -> None:
    assert list(items(plain(text))) == expected


def test_a_dotted_label_is_tried_as_written_and_as_a_path() -> None:
    assert list(steps(("ii.3",))) == [("ii.3",), ("ii", "3")]


def test_annexes_are_named_or_not() -> None:
    assert list(annexes(plain("theo Phụ lục I và mẫu tại phụ lục kèm theo"))) == ["i", ""]
