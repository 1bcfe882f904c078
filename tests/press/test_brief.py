"""The one-page brief: one page whatever it is given, with every sign and name on it."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2

from nhipcau.press.brief import MOST_ROWS, SIZE, Brief, Square, fitted, to_pdf
from nhipcau.press.measure import line_width

LATE = Square("!", "late", "12")
LOOKS = [
    (Square("✓", "done"), "đã tiếp nhận đủ"),
    (Square("→", "sent"), "đã gửi, chờ tiếp nhận"),
    (Square("»", "tardy"), "có đơn vị gửi muộn"),
    (Square("←", "back"), "có báo cáo bị trả lại"),
    (Square("…", "going"), "còn thiếu, trong hạn"),
    (Square("!", "late"), "còn thiếu, quá hạn"),
]
SMALL = Brief(
    issuer="Liên đoàn Lao động tỉnh Đông Giang",
    title="Tóm tắt tình hình báo cáo",
    subtitle="Báo cáo tháng về chăm lo · tháng 2 năm 2026 · hạn gửi 20/03/2026",
    facts=[("Phải gửi", "6"), ("Đã gửi", "2"), ("Chưa gửi", "4")],
    coverage=[("Đơn vị đã được tiếp nhận", "2 trên 6", 33.3), ("Đoàn viên", "420 trên 635", 66.1)],
    figure_titles=["Chỉ tiêu", "Tháng 2", "So tháng 1", "So cùng kỳ"],
    figures=[["Suất quà đã trao", "25", "+15", "—"]],
    periods=["2026-01", "2026-02"],
    rows=[("Cả nhánh", [LATE, Square("←", "back", "1")]), ("Công đoàn xã An Hải", [Square("", "none"), LATE])],
    legend=LOOKS,
    gaps="Công đoàn phường Bình Sơn (2 chưa gửi).",
    titles=("Số liệu chính", "Tình hình báo cáo", "Còn thiếu"),
    closing=["Số liệu lúc 09:00 16/03/2026."],
)
LONG = "Công đoàn cơ sở Công ty trách nhiệm hữu hạn một thành viên Xuất nhập khẩu Ưỡng Ưỡng Ổ Ệ " * 3
LARGEST = replace(
    SMALL,
    issuer=LONG,
    title=LONG,
    subtitle=LONG,
    facts=[(f"trong đó bị trả lại {n}", "128.355") for n in range(5)],
    figures=[[LONG, "123.456.789.012.345", "+123.456.789.012.345 (+1.234,5 %)", LONG]] * 20,
    periods=[f"2026-{month:02d}" for month in range(1, 13)],
    rows=[(LONG, [Square("!", "late", "128.355")] * 12)] * 200,
    gaps=LONG * 20,
    closing=["Số liệu lúc 09:00 16/03/2026; chỉ tính báo cáo đã tiếp nhận.", "* Số đếm người được che: số nhỏ."],
)


def pages(pdf: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]


def test_it_says_what_it_was_given() -> None:
    [text] = pages(to_pdf(SMALL))
    for said in ("Tóm tắt tình hình báo cáo", "Suất quà đã trao", "+15", "2026-02", "! 12", "← 1", "420 trên 635"):
        assert said in text
    assert "?" not in text


def test_it_is_one_page_however_much_there_is() -> None:
    [text] = pages(to_pdf(LARGEST))
    assert text.count("! 128.355") == MOST_ROWS * 6
    assert "Số đếm người được che" in text, "nothing runs off the foot of the page"


def test_the_same_brief_gives_the_same_bytes() -> None:
    assert to_pdf(SMALL) == to_pdf(SMALL)


def test_a_line_too_long_ends_in_dots_within_its_room() -> None:
    assert fitted("ngắn", 100, SIZE) == "ngắn"
    cut = fitted(LONG, 100, SIZE)
    assert cut.endswith("…")
    assert line_width(cut, SIZE) <= 100
