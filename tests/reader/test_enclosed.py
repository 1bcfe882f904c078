"""What another document enclosed with the letter cites and orders is not what the letter does."""

from __future__ import annotations

from nhipcau.reader import read_text
from tests.reader.test_same_fields import LETTER
from tests.reader.typeset import as_text

DRAFT = """
LIÊN ĐOÀN LAO ĐỘNG TỈNH AN HẢI          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
                                        Độc lập - Tự do - Hạnh phúc
Số:     /QĐ-LĐLĐ                        An Hải, ngày    tháng    năm 2021

QUYẾT ĐỊNH
Về việc ban hành Quy chế phối hợp

Căn cứ Nghị quyết số 55/NQ-BCH ngày 10/01/2021 của Ban Chấp hành Liên đoàn Lao động tỉnh;
Điều 1. Các đơn vị báo cáo kết quả trước ngày 25/12/2021.
"""
FORM = """
PHỤ LỤC
Mẫu báo cáo kết quả thực hiện Chỉ thị số 66/CT-LĐLĐ ngày 11/01/2021
"""


def test_a_draft_enclosed_with_a_letter_is_not_the_letter() -> None:
    found = read_text(as_text(LETTER) + DRAFT)
    assert [one.symbol for one in found.cited] == ["07/KH-LĐLĐ"]
    assert "2021-12-25" not in [one.normalised for one in found.deadlines]
    assert found.number.value == "15/CĐN-VP"


def test_an_annexed_form_belongs_to_the_letter() -> None:
    found = read_text(as_text(LETTER) + FORM)
    assert [one.symbol for one in found.cited] == ["07/KH-LĐLĐ", "66/CT-LĐLĐ"]
