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


_PARTY = """ĐẢNG BỘ TỈNH AN HẢI                 ĐẢNG CỘNG SẢN VIỆT NAM
ĐẢNG ỦY SỞ Y TẾ
            *                        An Hải, ngày 04 tháng 9 năm 2020
      Số 31-CV/ĐU
  Lùi ngày họp chi bộ
      tháng 9
Kính gửi:
   - Các chi bộ trực thuộc.
Đảng ủy thông báo để các chi bộ biết và thực hiện.
"""


@pytest.mark.parametrize(
    ("page", "subject"),
    [
        (_PARTY, "Lùi ngày họp chi bộ tháng 9"),
        ("THÔNG BÁO\nV/v đăng ký hội diễn văn nghệ\nChào mừng ngày thành lập ngành 12/11/2019\n\n"
         "Thực hiện Kế hoạch của Công đoàn ngành, các tổ đăng ký tiết mục với Văn phòng.\n",
         "đăng ký hội diễn văn nghệ Chào mừng ngày thành lập ngành 12/11/2019"),
        ("Skip to content Skip to navigation\n\nCuộc thi viết về người thợ trẻ\n\nKính gửi các tổ trưởng,\n",
         "Cuộc thi viết về người thợ trẻ"),
        ("LIÊN ĐOÀN LAO ĐỘNG TỈNH AN HẢI > Chính sách\nVề rà soát nhà trọ năm 2015\nKính gửi:\n- Các tổ.\n",
         "rà soát nhà trọ năm 2015"),
    ],
)  # fmt: skip
def test_a_subject_is_found_without_vv_and_whatever_the_site_prints(page: str, subject: str) -> None:
    assert _read(page)["subject"] == subject


def test_a_stamp_of_receipt_is_no_title() -> None:
    page = """VĂN PHÒNG LIÊN ĐOÀN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 15/VP-TH
V/v báo cáo kết quả năm 2016
CÔNG VĂN ĐẾN
Số: 512

Kính gửi: Các ban
"""
    assert _read(page)["subject"] == "báo cáo kết quả năm 2016"


def test_a_sites_title_gives_the_number_that_the_header_lost() -> None:
    page = """Công văn 64/LĐLĐ-TC năm 2021 về quyết toán do Liên đoàn ban hành
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
V/v quyết toán
An Hải, ngày 24 tháng 2 năm 2021
Kính gửi: Các công đoàn ngành
"""
    found = _read(page)
    assert (found["number"], found["cited"]) == ("64/LĐLĐ-TC", [])


@pytest.mark.parametrize(
    ("sentence", "symbol", "date"),
    [
        ("Căn cứ Quyết định số 71/2005/QĐ /LĐTB-TC ngày 28/8/2005 của Bộ.", "71/2005/QĐ/LĐTB-TC", "2005-08-28"),
        ("Theo công văn số 138/LĐLĐ-CSPLngày 25 tháng 3 năm 2015 của Liên đoàn.", "138/LĐLĐ-CSPL", "2015-03-25"),
        ("Triển khai công văn số 19/KH - LĐLĐ thành phố Bình Sa ngày 16/3/2020.", "19/KH-LĐLĐ", "2020-03-16"),
        ("Sở Y tế nhận được công văn số 94/CĐN-TG ngày 02/3/2020 của Công đoàn ngành.", "94/CĐN-TG", "2020-03-02"),
    ],
)
def test_a_symbol_glued_or_torn_is_cited_whole(sentence: str, symbol: str, date: str) -> None:
    cited = _read(f"Thông báo về cuộc thi\n\n{sentence}\n")["cited"]
    assert [(one["symbol"], one["date"]) for one in cited] == [(symbol, date)]


@pytest.mark.parametrize(
    ("sentence", "limits"),
    [
        ("Thời gian tiếp nhận hồ sơ của tháng 01/2021 được kéo dài đến ngày\n27/5/2021.", ["2021-05-27"]),
        ("Đồng ý điều chỉnh thời hạn trình đề án đến tháng 6 năm 2021.", ["2021-06"]),
        ("Chương trình được thực hiện từ nhiều năm đến tháng 6 năm 2021.", []),
        ("Báo cáo gửi về Ban trước ngày 25/06 đối với báo cáo 06 tháng; trước ngày 28/11 đối với báo cáo năm.",
         ["FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=25", "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=28"]),
        ("Các tổ hoàn thành việc lập danh sách theo Điều 10 của Quy chếchậm nhất là ngày 4 tháng 5 năm 2021.",
         ["2021-05-04"]),
    ],
)  # fmt: skip
def test_a_limit_moved_repeated_or_glued_is_found(sentence: str, limits: list[str]) -> None:
    head = "LĐLĐ TỈNH AN HẢI\nSố: 9/LĐLĐ-VP\nAn Hải, ngày 06 tháng 4 năm 2021\nKính gửi: Các công đoàn cơ sở\n\n"
    assert [one["normalised"] for one in _read(head + sentence + "\n")["deadlines"]] == limits


def test_the_days_of_an_event_in_the_head_are_not_the_letters_day() -> None:
    page = """Thông báo số 2

An Hải, ngày 8-10 tháng 11 năm 2015

Kính gửi: Các đại biểu

1. Gia hạn thời gian nộp báo cáo tóm tắt đến hết ngày 15 tháng 7 năm 2015.
"""
    assert [one["normalised"] for one in _read(page)["deadlines"]] == ["2015-07-15"]
