"""A text without line ends, or of nothing else, keeps the reader no busier than a letter of its size."""

from __future__ import annotations

import math
import time

import pytest

from nhipcau.reader import read_bytes, read_text
from nhipcau.reader.page.long_lines import LONGEST, cut

HEAD = """\
LIÊN ĐOÀN LAO ĐỘNG TỈNH AN HẢI\t\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 12/KH-LĐLĐ\t\tAn Hải, ngày 12 tháng 3 năm 2018

KẾ HOẠCH
Tổ chức hội nghị
Kính gửi: Các công đoàn cơ sở.
"""
END = """\
Nơi nhận:\t\tTM. BAN THƯỜNG VỤ
- Như trên;\t\tCHỦ TỊCH
- Lưu: VT.\t\tHoàng Thị Minh Thu
"""
ASKED = (
    "Đề nghị các công đoàn cơ sở báo cáo kết quả trước ngày 15/4/2018 theo Công văn số 123/LĐLĐ-CSPL của Liên đoàn "
    "Lao động tỉnh; Ban Chính sách chủ trì. "
)
# What is said over and over; each was slow once, or is what a letter is read by.
PUMPS = {
    "sentences": ASKED,
    "full stops": "a. ",
    "capitals": "ABC ",
    "figures": "12/3/",
    "one word": "abcdefghij",
    "marks": "\u0301\u0323",
    "blanks": " ",
    "tabs": "a\t\t",
    "cells": "a | ",
    "days": "trước ngày 15/4/2018 ",
    "numbers": "Công văn số 12/AB-CD ",
    "lines": "ab cd\n",
    "items": "1. Báo cáo trước ngày 15/4.\n",
}
PLACES = {"in the body": (HEAD, END), "for a header": ("", HEAD + END), "below": (HEAD + END, "")}
SIZES = (100_000, 200_000, 400_000)
STEEPEST = 1.3  # of size, as an exponent
A_MEGABYTE = 12.0  # seconds of processor time, on a slow machine; an ordinary letter of the size takes one or two
QUICK = 0.2  # seconds, below which a ratio says nothing


def seconds(text: str) -> float:
    began = time.process_time()
    read_text(text)
    return time.process_time() - began


def filled(place: str, pump: str, size: int) -> str:
    above, below = PLACES[place]
    return f"{above}\n{pump * (size // len(pump))}\n{below}"


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("pump", PUMPS)
def test_time_grows_with_the_text_alone(pump: str, place: str) -> None:
    took = [seconds(filled(place, PUMPS[pump], size)) for size in SIZES]
    assert took[-1] < A_MEGABYTE * SIZES[-1] / 1_000_000
    if took[-1] > QUICK:
        assert math.log(took[-1] / took[0], SIZES[-1] / SIZES[0]) <= STEEPEST, took


def test_a_megabyte_without_a_line_end_is_read_and_the_warning_says_that_it_was_cut() -> None:
    text = ASKED * (1_000_000 // len(ASKED))
    began = time.process_time()
    reading = read_bytes(text.encode(), "thu.txt")
    assert time.process_time() - began < A_MEGABYTE
    assert "Văn bản có dòng quá dài" in str(reading.warnings[0])
    assert all(reading.text[one.span[0] : one.span[1]] for one in reading.deadlines)


def test_two_hundred_thousand_lines_are_read() -> None:
    assert seconds("ab cd\n" * 200_000) < A_MEGABYTE


def test_a_line_is_cut_between_sentences_and_nothing_of_it_is_lost() -> None:
    line = "Công đoàn cơ sở báo cáo. " * 1_000
    pieces = cut(line)
    assert "".join(pieces) == line
    assert len(pieces) > 1
    assert all(len(piece) <= LONGEST and piece.endswith("báo cáo. ") for piece in pieces)


def test_a_line_without_sentences_is_cut_between_words_and_one_without_words_all_the_same() -> None:
    assert all(piece.endswith("đoàn ") for piece in cut("đoàn " * 10_000))
    assert [len(piece) for piece in cut("a" * 20_000)] == [LONGEST, LONGEST, 20_000 - 2 * LONGEST]


def test_a_paragraph_of_two_pages_is_not_cut() -> None:
    paragraph = "Đề nghị " + "các đơn vị tổ chức học tập, " * 200 + "gửi kết quả trước ngày 15/4/2018."
    reading = read_text(f"{HEAD}{paragraph}\n{END}")
    assert paragraph in reading.text
    assert [(one.phrase, one.scope) for one in reading.deadlines] == [("trước ngày 15/4/2018", "in")]
    assert not any("quá dài" in warning for warning in reading.warnings)
