"""What is typed is found by beginnings of words, marks or none, and the spelling typed goes first."""

from __future__ import annotations

import pytest

from nhipcau.web.everywhere.matching import LONGEST, wanted


@pytest.mark.parametrize("typed", ["an toan", "AN TOÀN", "toàn an", "lao đ", "an-toan"])
def test_every_word_typed_begins_a_word_whatever_marks_it_has(typed: str) -> None:
    assert wanted(typed).is_in("Tập huấn an toàn lao động")


@pytest.mark.parametrize("typed", ["oan", "an ninh", "động đất"])
def test_a_piece_out_of_the_middle_and_a_word_too_many_find_nothing(typed: str) -> None:
    assert not wanted(typed).is_in("Tập huấn an toàn lao động")


def test_what_is_spelled_alike_goes_first_else_the_order_stays() -> None:
    rows = [(name, name) for name in ("Dong chi", "Đồng chí", "Đông Giang", "đóng góp")]
    assert wanted("đông").nearest(rows, 9) == ["Đông Giang", "Dong chi", "Đồng chí", "đóng góp"]
    assert wanted("dong").nearest(rows, 2) == ["Dong chi", "Đồng chí"]


def test_both_ways_to_set_a_tone_are_one_spelling() -> None:
    assert wanted("hòa").nearest([("Hoa", 1), ("Hoà Bình", 2)], 9) == [2, 1]


def test_hits_are_marked_and_the_text_stays_whole() -> None:
    spans = wanted("an toan").marked("Tập huấn an toàn")
    assert [span.text for span in spans if span.hit] == ["an", "toàn"]
    assert "".join(span.text for span in spans) == "Tập huấn an toàn"


def test_an_excerpt_begins_shortly_before_the_hit() -> None:
    text = "Kính gửi các đơn vị. " * 20 + "Nghỉ lễ từ ngày 30/4, trực theo phân công."
    told = "".join(span.text for span in wanted("nghi le").excerpt(text))
    assert told.startswith("gửi các đơn vị.") and "Nghỉ lễ từ ngày 30/4" in told
    assert wanted("tết").excerpt(text) == []


@pytest.mark.parametrize("typed", ["", "  ", "«»!", "(", "a" * 5_000, "\x00", "%_\\"])
def test_nothing_typed_is_an_error(typed: str) -> None:
    asked = wanted(typed)
    assert len(asked.text) <= LONGEST
    assert asked.marked("Công đoàn (An Hải)")
