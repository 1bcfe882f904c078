"""Documents cited by number: symbol, date, issuer; once each; never the document's own number."""

from __future__ import annotations

import datetime as dt

import pytest

from nhipcau.reader import read_text
from tests.reader import letters
from tests.reader.helpers import letter

ONE = [
    (
        "Nghị định số 39/2016/NĐ-CP ngày 15 tháng 5 năm 2016 của Chính phủ quy định chi tiết",
        "39/2016/NĐ-CP",
        dt.date(2016, 5, 15),
        "Chính phủ",
    ),
    (
        "Công văn số 329/CĐN-CSPL, ngày 02/11/2017 của Công đoàn ngành",
        "329/CĐN-CSPL",
        dt.date(2017, 11, 2),
        "Công đoàn ngành",
    ),
    (
        "Công điện số 33/CĐ-TTg của Thủ tướng Chính phủ ngày 7/3/2020 về bão",
        "33/CĐ-TTg",
        dt.date(2020, 3, 7),
        "Thủ tướng Chính phủ",
    ),
    ("Kế hoạch (số 157/KH-BGD ngày 13/3/2020) của Bộ", "157/KH-BGD", dt.date(2020, 3, 13), "Bộ"),
    ("Nghị quyết số 29-NQ/TW về đổi mới", "29-NQ/TW", None, None),
    ("Luật số 10/2012/QH13 ngày 18.6.2012", "10/2012/QH13", dt.date(2012, 6, 18), None),
    ("Thông tư liên tịch 01/2014/TTLT-BNV-BTC ngày 12-02-2014", "01/2014/TTLT-BNV-BTC", dt.date(2014, 2, 12), None),
    ("Nghị quyết số 06b /NQ-TLĐ ngày 29/01/2015", "06b/NQ-TLĐ", dt.date(2015, 1, 29), None),
    ("Công văn số 1224/SGDĐT-\nGDTrH ngày 06/12/2017", "1224/SGDĐT-GDTrH", dt.date(2017, 12, 6), None),
    ("Công văn số 218 ngày 27/2/2015 của Liên đoàn", "218", dt.date(2015, 2, 27), "Liên đoàn"),
    (
        "Nghị quyết số 21-2016/NQ-CP ngày 26/4/2016 của Chính phủ",
        "21-2016/NQ-CP",
        dt.date(2016, 4, 26),
        "Chính phủ",
    ),
    ("Thông tư 03/2016/TT-BGD ĐT ngày 15/01/2016 của Bộ", "03/2016/TT-BGDĐT", dt.date(2016, 1, 15), "Bộ"),
    ("Kết luận số 12 - KL/TW ngày 7.6.2017", "12-KL/TW", dt.date(2017, 6, 7), None),
    ("Kế hoạch số 298 KH/TWĐTN ngày 14/7/2011", "298KH/TWĐTN", dt.date(2011, 7, 14), None),
    ("Kế hoạch số 10-KH/TU ngày 7.6.2017 của Tỉnh ủy", "10-KH/TU", dt.date(2017, 6, 7), "Tỉnh ủy"),
    ("Quyết định số 55/QĐ - LĐLĐ, ngày 05 tháng 3 năm 2020", "55/QĐ-LĐLĐ", dt.date(2020, 3, 5), None),
    ("Luật số 45/2019/QH14 về lao động", "45/2019/QH14", None, None),
]


@pytest.mark.parametrize(("text", "symbol", "date", "issuer"), ONE)
def test_a_citation_gives_symbol_date_and_issuer(
    text: str, symbol: str, date: dt.date | None, issuer: str | None
) -> None:
    (cited,) = letter(f"Thực hiện {text}, đề nghị triển khai.").cited
    assert (cited.symbol, cited.date, cited.issuer) == (symbol, date, issuer)


@pytest.mark.parametrize(
    "text",
    [
        "theo Mẫu số 01/BC-CĐ đính kèm",
        "đạt 20/25 chỉ tiêu",
        "tốc độ 60 km/h",
        "06 tháng/lần",
        "theo Luật Công đoàn",
        "năm học 2020-2021",
        "điện thoại 0225-3812345, xe 29A-12345, số tiền 1.250.000đ/CĐCS",
        "phòng, chống dịch COVID-19 trong 24/7",
    ],
)
def test_forms_rates_and_laws_without_number_are_not_cited(text: str) -> None:
    assert letter(f"Đề nghị thực hiện {text}.").cited == ()


def test_a_document_is_cited_once_with_the_date_printed_anywhere() -> None:
    (cited,) = letter("Theo Nghị định số 39/2016/NĐ-CP. Căn cứ Nghị định 39/2016/NĐ-CP ngày 15/5/2016.").cited
    assert cited.date == dt.date(2016, 5, 15)


def test_the_own_number_in_an_annex_is_not_a_citation() -> None:
    assert [c.symbol for c in read_text(letters.LETTER_WITH_ANNEX).cited] == ["12/SGDĐT-VP"]
    assert [c.symbol for c in read_text(letters.DECISION).cited] == ["1689/QĐ-TLĐ", "88/QĐ-CĐDL"]


def test_a_date_in_the_subject_of_the_cited_document_is_not_its_date() -> None:
    (cited,) = letter("Theo Công văn số 12/UBND-VX của UBND tỉnh về việc nghỉ lễ ngày 30/4/2021.").cited
    assert cited.date is None


def test_every_document_of_a_list_is_cited_and_the_same_day_is_a_day() -> None:
    body = "Theo các Công văn số 12/UBND-VX ngày 5/3/2020, số 15/UBND-VX cùng ngày và số 20/UBND-VX, đề nghị làm."
    cited = {c.symbol: c.date for c in letter(body).cited}
    day = dt.date(2020, 3, 5)
    assert cited == {"12/UBND-VX": day, "15/UBND-VX": day, "20/UBND-VX": None}


def test_a_header_flattened_into_one_line_still_gives_the_own_number() -> None:
    text = (
        "LIÊN ĐOÀN LAO ĐỘNG TỈNH AN HẢI CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Số:2639 /LĐLĐ-VP An Hải, ngày 21 "
        "tháng 7 năm 2021\nKính gửi: Công đoàn cơ sở\nThực hiện Công điện số 03/CĐ-UBND, đề nghị triển khai."
    )
    assert [c.symbol for c in read_text(text).cited] == ["03/CĐ-UBND"]


def test_a_citation_with_its_type_is_surer_than_a_bare_symbol() -> None:
    named, bare = letter("Theo Công văn số 12/UBND-VX ngày 5/3/2020 và 15/SNV-CC, đề nghị triển khai.").cited
    assert named.confidence >= 0.9 > bare.confidence
    assert named.why == "Có loại, số, ký hiệu và ngày"
