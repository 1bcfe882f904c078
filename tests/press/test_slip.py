"""The slip: three parts on one page, dots where the pen has still to write."""

from __future__ import annotations

import datetime as dt

from nhipcau.press.slip import Slip, SlipLine, SlipPart, to_pdf
from tests.press.reading import page_sizes_mm, pages, squeezed

SLIP = Slip(
    issuer="Liên đoàn Lao động tỉnh Đông Giang",
    parent="Tổng Liên đoàn Lao động Việt Nam",
    arrival="Số đến: 7, ngày 12/03/2026",
    letter="Kế hoạch số 56/KH-LĐLĐ ngày 10/03/2026: tổ chức Tháng An toàn",
    parts=(
        SlipPart(
            "1. Ý kiến của lãnh đạo cơ quan",
            "Giao Ban Chính sách chủ trì.\nBáo cáo trong tháng.",
            (SlipLine("Đơn vị chủ trì", "Ban Chính sách (hạn 27/03/2026)"),),
            "Ngày 16 tháng 03 năm 2026",
            "Chủ tịch",
        ),
        SlipPart("2. Ý kiến của lãnh đạo đơn vị", "", (SlipLine("Giao cho", ""),), "ngày … tháng … năm …"),
        SlipPart("3. Ý kiến đề xuất của người giải quyết", "", (SlipLine("Ý kiến", ""),), "ngày … tháng … năm …"),
    ),
    printed_on=dt.date(2026, 3, 16),
)


def test_the_slip_is_one_upright_page_with_all_that_is_known_and_room_for_the_rest() -> None:
    pdf = to_pdf(SLIP)
    assert [(round(width), round(height)) for width, height in page_sizes_mm(pdf)] == [(210, 297)]
    text = squeezed(pages(pdf)[0])
    for told in (
        "LIÊN ĐOÀN LAO ĐỘNG TỈNH ĐÔNG GIANG",
        "PHIẾU GIẢI QUYẾT VĂN BẢN ĐẾN",
        SLIP.letter,
        "Đơn vị chủ trì: Ban Chính sách (hạn 27/03/2026)",
        "Báo cáo trong tháng.",
        "Chủ tịch",
    ):
        assert squeezed(told) in text
    assert "giaocho:....." in text


def test_the_same_slip_gives_the_same_bytes_and_an_odd_sign_does_not_stop_it() -> None:
    assert to_pdf(SLIP) == to_pdf(SLIP)
    odd = Slip("A", "", "", "Biểu tượng 🌊 trong trích yếu", ())
    assert squeezed("Biểu tượng ? trong trích yếu") in squeezed(pages(to_pdf(odd))[0])
