"""Cases the format allows and renderings do not show: each element by itself, on invented lines."""

from __future__ import annotations

import pytest

from nhipcau.reader import read_text, to_json
from tests.reader.helpers import values

_NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
_BODY = "\nKính gửi: Công đoàn cơ sở.\nCăn cứ Kế hoạch công tác năm, các đơn vị thực hiện các nội dung sau./.\n"


@pytest.mark.parametrize(
    ("line", "number", "doc_type"),
    [
        ("Số: ......./KH-LĐLĐ", None, "kế hoạch"),
        ("Số:     /BC-CĐCS", None, "báo cáo"),
        ("Số 12-CV/ĐU", "12-CV/ĐU", "công văn"),
        ("Số: 101322/CTTN-TTHT", "101322/CTTN-TTHT", "công văn"),
        ("Số: 84 /2004/TT-BVL", "84/2004/TT-BVL", "thông tư"),
        ("SỐ: 07/NQ-CĐCS", "07/NQ-CĐCS", "nghị quyết"),
        ("Số: 15/CĐ-LĐLĐ", "15/CĐ-LĐLĐ", "công văn"),  # CĐ is công đoàn unless the title says công điện
    ],
)
def test_numbers_blank_dotted_lettered_or_long(line: str, number: str | None, doc_type: str) -> None:
    found = read_text(f"LĐLĐ TỈNH AN HẢI\n{line}\n{_NATION}An Hải, ngày 05 tháng 3 năm 2021\n{_BODY}")
    assert (found.number.value, found.doc_type.value) == (number, doc_type)


def test_an_ambiguous_code_yields_to_vv() -> None:
    head = f"CỤC THUẾ TỈNH AN HẢI\nSố: 99/CT-TTHT\nV/v trả lời chính sách thuế\n{_NATION}"
    assert read_text(f"{head}An Hải, ngày 05 tháng 3 năm 2021\n{_BODY}").doc_type.value == "công văn"


@pytest.mark.parametrize(
    ("left", "parent", "issuer"),
    [
        ("TỔNG\nCỤC MUỐI\nCỤC MUỐI TỈNH AN HẢI", "TỔNG CỤC MUỐI", "CỤC MUỐI TỈNH AN HẢI"),
        ("ỦY\nBAN NHÂN DÂN\nTỈNH AN HẢI", None, "ỦY BAN NHÂN DÂN TỈNH AN HẢI"),
        ("MỤC LỤC VĂN BẢN\nTIN TỨC\n\nSỞ NỘI VỤ AN HẢI", None, "SỞ NỘI VỤ AN HẢI"),
        ("LĐLĐ HUYỆN X\nCÔNG ĐOÀN CƠ SỞ\nCÔNG TY GỐM SA", "LĐLĐ HUYỆN X", "CÔNG ĐOÀN CƠ SỞ CÔNG TY GỐM SA"),
    ],
)
def test_issuers_in_broken_or_borrowed_lines(left: str, parent: str | None, issuer: str) -> None:
    found = read_text(f"{left}\nSố: 12/TB-SNV\n{_NATION}An Hải, ngày 05 tháng 3 năm 2021\n{_BODY}")
    assert (found.parent_issuer.value, found.issuer.value) == (parent, issuer)


@pytest.mark.parametrize(
    ("line", "place", "date"),
    [
        ("Quận 11, ngày 01 tháng 4 năm 2019.", "Quận 11", "2019-04-01"),
        ("TP. Bình Sa, ngày 6 tháng 12 năm 2022", "TP. Bình Sa", "2022-12-06"),
        ("Thành phố Bình Sa, ngày 25 tháng 11 năm 2018", "Thành phố Bình Sa", "2018-11-25"),
        ("An Hải, ngày ... tháng ... năm 2020", "An Hải", None),
        ("An\nHải, ngày 19\ntháng 7 năm 2019", "An Hải", "2019-07-19"),
    ],
)
def test_places_with_numbers_kinds_blanks_and_wraps(line: str, place: str, date: str | None) -> None:
    found = read_text(f"SỞ NỘI VỤ AN HẢI\nSố: 12/SNV-VP\n{_NATION}\n{line}\n{_BODY}")
    assert (found.place.value, found.date.value) == (place, date)


@pytest.mark.parametrize("about", ["V/v: nộp báo cáo tháng", "Về: nộp báo cáo tháng", "Về nộp báo cáo tháng"])
def test_vv_in_its_spellings(about: str) -> None:
    found = read_text(f"SỞ NỘI VỤ AN HẢI\nSố: 12/SNV-VP\n{about}\n{_NATION}{_BODY}")
    assert found.subject.value == "nộp báo cáo tháng"


def test_addressees_on_one_line_are_told_apart_at_the_semicolon() -> None:
    found = read_text(f"{_NATION}Kính gửi: Các Sở: Nội vụ; Tài chính; Công đoàn ngành Y tế.\nCăn cứ Kế hoạch.\n")
    assert values(found.addressees) == ["Các Sở: Nội vụ; Tài chính", "Công đoàn ngành Y tế"]


def test_a_recipient_that_wraps_after_a_semicolon_is_one() -> None:
    listed = "- Như trên;\n- VP: Chánh VP, các PCVP;\ncác phòng: TH, HC;\n- Lưu: VT.\n"
    closing = f"Nơi nhận:\n{listed}CHỦ TỊCH\n\nLò Thị Mai\n"
    found = read_text(f"LĐLĐ TỈNH AN HẢI\nSố: 1/LĐLĐ\n{_NATION}{_BODY}{closing}")
    assert values(found.recipients)[1] == "VP: Chánh VP, các PCVP; các phòng: TH, HC"


def test_recipients_without_their_label_are_found_and_doubted() -> None:
    closing = "- Như trên;\n- Website Sở;\n- Lưu: VT.\nGIÁM ĐỐC\n(đã ký)\nLò Thị Mai\n"
    found = to_json(read_text(f"SỞ NỘI VỤ AN HẢI\nSố: 1/SNV-VP\n{_NATION}{_BODY}{closing}"))
    assert found["recipients"] == ["Như trên", "Website Sở", "Lưu: VT"]
    assert found["confidence"]["recipients"] < 0.9


def test_a_signatory_glued_to_the_title_is_read() -> None:
    found = read_text(
        f"SỞ NỘI VỤ\nSố: 1/SNV\n{_NATION}{_BODY}Nơi nhận:\n- Như trên.\nKT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐCLò Thị Mai\n"
    )
    assert (found.title.value, found.signer_name.value) == ("PHÓ GIÁM ĐỐC", "Lò Thị Mai")


def test_a_page_without_line_ends_is_broken_at_its_marks() -> None:
    page = (
        "UBND TỈNH AN HẢI CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM SỞ Y TẾ Độc lập - Tự do - Hạnh phúc Số : 29 /SYT-VP "
        "An Hải, ngày 05 tháng 11 năm 2010 V/v báo cáo nhanh thiệt hại do mưa lũ. Kính gửi: - UBND tỉnh An Hải; "
        "- Bộ Y tế. Vừa qua, trên địa bàn tỉnh có mưa to kéo dài, Sở Y tế báo cáo như sau."
    )
    found = to_json(read_text(page))
    assert (found["number"], found["issuer"], found["place"]) == ("29/SYT-VP", "SỞ Y TẾ", "An Hải")
    assert found["addressees"] == ["UBND tỉnh An Hải", "Bộ Y tế"]


def test_spaced_capitals_are_a_title() -> None:
    found = read_text(
        f"LĐLĐ TỈNH AN HẢI\nSố: 3/TB\n{_NATION}\nT H Ô N G  B Á O\nVề việc nghỉ lễ Quốc khánh\n\nCăn cứ lịch.\n"
    )
    assert found.doc_type.value == "thông báo"
    assert found.subject.value == "nghỉ lễ Quốc khánh"
