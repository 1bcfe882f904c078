"""The path of a figure on paper: the tree, every report, its records and papers."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from nhipcau.press.path import FigurePath, Node, Origin, Sheet, to_pdf
from tests.press.reading import page_sizes_mm, pages, squeezed

PATH = FigurePath(
    issuer="Công đoàn xã An Hải",
    title="NGUỒN CỦA MỘT SỐ LIỆU",
    figure="Số suất quà",
    value="13 suất",
    facts=(("Kỳ", "quý I năm 2026"),),
    nodes=(Node(0, "Công đoàn xã An Hải", "10", "13"), Node(1, "Công ty May Hải Âu", "3", "3")),
    sheets=(
        Sheet(
            "Công ty May Hải Âu",
            "3",
            ("Báo cáo bản thứ 1.",),
            (Origin("10/03/2026", "Tặng quà 🌊", "3", ("biên bản.pdf [0123456789ab]",)),),
            ("Nhập tay: 0",),
        ),
    ),
    closing=("1 báo cáo trên đây cho lại đúng số 13.",),
    printed_on=dt.date(2026, 4, 6),
)


def test_all_of_it_stands_on_upright_paper_and_an_odd_sign_stops_nothing() -> None:
    pdf = to_pdf(PATH)
    assert [(round(width), round(height)) for width, height in page_sizes_mm(pdf)] == [(210, 297)]
    text = squeezed(pages(pdf)[0])
    for told in (
        "Số suất quà: 13 suất",
        "Công ty May Hải Âu",
        "Tặng quà ?",
        "biên bản.pdf [0123456789ab]",
        PATH.closing[0],
    ):
        assert squeezed(told) in text


def test_the_same_path_gives_the_same_bytes_and_a_long_one_goes_on() -> None:
    assert to_pdf(PATH) == to_pdf(PATH)
    assert len(pages(to_pdf(replace(PATH, sheets=[*PATH.sheets] * 60)))) > 1
