"""Letters copied to web pages: who writes, to whom, and what is the site's (invented letters in real shapes)."""

from __future__ import annotations

from typing import Any

import pytest

from nhipcau.reader import read_text, to_json


def _read(text: str) -> dict[str, Any]:
    return to_json(read_text(text))


_RUN_ON = (
    "LIÊN ĐOÀN LAO ĐỘNG TỈNH AN HẢI ------- CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc "
    "-------------- Số: 77/LĐLĐ-TC V/v: quyết toán quỹ xã hội Bình Sa, ngày 05 tháng 4 năm 2021 "
    "Kính gửi: Công đoàn ngành Y tế Xét đề nghị của Công đoàn ngành Y tế tại văn bản số 31/CĐN ngày 20 tháng 3 "
    "năm 2021 về việc lùi thời gian quyết toán, Ban Thường vụ có ý kiến như sau: đồng ý với đề nghị nêu trên. "
    "Nơi nhận: - Như trên; - Lưu: VT. KT. CHỦ TỊCH PHÓ CHỦ TỊCH Lê Thị Hoa"
)


def test_a_page_without_line_ends_is_addressed_to_one_body_and_its_issuer_stands_at_the_top() -> None:
    found = _read(_RUN_ON)
    assert found["issuer"] == "LIÊN ĐOÀN LAO ĐỘNG TỈNH AN HẢI"
    assert found["addressees"] == ["Công đoàn ngành Y tế"]
    assert found["signer"] == {"authority": "KT. CHỦ TỊCH", "title": "PHÓ CHỦ TỊCH", "name": "Lê Thị Hoa"}


@pytest.mark.parametrize(
    ("lines", "addressees"),
    [
        ("Kính gửi: - UBND huyện Đông Khê\n- Phòng Nội vụ huyện Đông Khê Căn cứ Luật Công đoàn;\n",
         ["UBND huyện Đông Khê", "Phòng Nội vụ huyện Đông Khê"]),
        ("Kính gửi:\n- Ban Tài chính\n- Ban Nữ công\n\nBan Tổ chức có Công văn số 12/BTC ngày 03/4/2021.\n",
         ["Ban Tài chính", "Ban Nữ công"]),
        ("Kính gửi:\n- Các công đoàn ngành,\n- Các LĐLĐ huyện.\n- Ngày 02/4/2021, Ban Thường vụ đã họp bàn;\n"
         "- Ngày 05/4/2021, Ban Thường vụ quyết định lùi ngày họp.\n",
         ["Các công đoàn ngành", "Các LĐLĐ huyện"]),
    ],
)  # fmt: skip
def test_the_addressees_stop_where_the_body_begins(lines: str, addressees: list[str]) -> None:
    head = "LĐLĐ TỈNH AN HẢI      CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
    head += "Số: 9/LĐLĐ     An Hải, ngày 06 tháng 4 năm 2021\n\n"
    assert _read(head + lines)["addressees"] == addressees


@pytest.mark.parametrize(
    ("page", "issuer"),
    [
        ("LĐLĐ THÀNH PHỐ BÌNH SA CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nCĐ THCS HOA BAN Độc lập - Tự do - Hạnh phúc\n"
         "Số: 4/KH-CĐ\nBình Sa, ngày2 tháng 4 năm 2021\nKẾ HOẠCH\nHoạt động tháng 4\nI. MỤC ĐÍCH\n",
         "CĐ THCS HOA BAN"),
        ("LIÊN ĐOÀN LAO ĐỘNG TỈNH AN HẢI > Chính sách\nKính gửi: Các công đoàn cơ sở\nĐề nghị rà soát nhà trọ.\n",
         "LIÊN ĐOÀN LAO ĐỘNG TỈNH AN HẢI"),
        ("HỘI NGHỊ CÁN BỘ CÔNG ĐOÀN LẦN THỨ 3\n\nKính gửi: Các đại biểu\n\n"
         "Ban Tổ chức Hội nghị cán bộ lần thứ 3 (gọi tắt là BTC) xin thông báo địa điểm họp.\n",
         "Ban Tổ chức Hội nghị cán bộ lần thứ 3"),
        ("THÔNG BÁO\nKế hoạch trồng cây\nKính gửi: Các tổ\n\nHưởng ứng ngày hội, Công đoàn Trường, "
         "Đoàn Thanh niên, Hội Cựu giáo chức Trường phối hợp tổ chức buổi trồng cây.\n", None),
        ("Thông báo về lễ kỷ niệm\n\nNgày 28/7/1979, Hội đồng Nhà trường (nay là Ban A) ban hành nội quy.\n",
         None),
        ("Cuộc thi viết về mẹ\n\nSở Văn hóa và Thể thao nhận được công văn số 94/CĐ của Công đoàn ngành.\n",
         "Sở Văn hóa và Thể thao"),
    ],
)  # fmt: skip
def test_the_issuer_is_who_speaks_and_no_body_that_is_only_mentioned(page: str, issuer: str | None) -> None:
    assert _read(page)["issuer"] == issuer


def test_a_pages_clock_names_no_place() -> None:
    page = "Thứ ba, ngày 28 tháng 12 năm 2021 [14:30:03 (GMT+7)]\n\nThông báo về lễ kỷ niệm\n\nKính gửi: Các tổ\n"
    assert _read(page)["place"] is None


def test_what_a_converter_names_a_drawn_line_hides_no_number() -> None:
    head = "LĐLĐ TỈNH AN HẢI\nstraight connector 2Số: 88 /LĐLĐ-VP\nAn Hải, ngày 06 tháng 4 năm 2021\n"
    assert _read(head)["number"] == "88/LĐLĐ-VP"
