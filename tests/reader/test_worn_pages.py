"""What sites, narrow cells, seals and recognition leave of letters (invented letters in real shapes)."""

from __future__ import annotations

from typing import Any

import pytest

from nhipcau.reader import read_text, to_json

_HEAD = (
    "LIÊN ĐOÀN LAO ĐỘNG TỈNH AN HẢI CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
    "LIÊN ĐOÀN LAO ĐỘNG HUYỆN TÂN PHÚ Độc lập - Tự do - Hạnh phúc\n"
)
_NUMBERED = _HEAD + "Số: 31/LĐLĐ Tân Phú, ngày 08 tháng 3 năm 2021\nV/v chăm lo đoàn viên\n\n"
_BODY = "Kính gửi: Công đoàn cơ sở trực thuộc\n\nĐề nghị các đơn vị gửi báo cáo trước ngày 20/3/2021.\n\n"


def _read(text: str) -> dict[str, Any]:
    return to_json(read_text(text))


def _subject(kind: str, lines: str) -> str:
    head = _HEAD + "Số: 31/KH-LĐLĐ Tân Phú, ngày 08 tháng 3 năm 2021\n\n"
    found: str = _read(f"{head}{kind}\n{lines}\nCăn cứ Điều lệ Công đoàn Việt Nam;\n")["subject"]
    return found


def _closing(lines: str) -> dict[str, Any]:
    return _read(_NUMBERED + _BODY + lines)


def test_tags_that_a_site_prints_are_no_letters() -> None:
    found = _read(
        "<span class='page'>(1)</span><div>\n"
        "LĐLĐ TỈNH AN HẢI<b> CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b>\n"
        "<b>CÔNG ĐOÀN NGÀNH Y TẾ</b> <b> Độc lập - Tự do - Hạnh phúc</b>\n"
        "Số:12/CĐN <i>Bình Sa, ngày 09 tháng 4 năm 2021</i>\nV/v tập huấn<br>cán bộ nữ công\n\n" + _BODY
    )
    assert (found["parent_issuer"], found["issuer"]) == ("LĐLĐ TỈNH AN HẢI", "CÔNG ĐOÀN NGÀNH Y TẾ")
    assert (found["place"], found["subject"]) == ("Bình Sa", "tập huấn cán bộ nữ công")


def test_the_sites_title_above_the_header_hides_no_issuer() -> None:
    found = _read(f"TIN NỔI BẬT\n\n<br> KẾ HOẠCH<br> Chăm lo Tết <br>\n\n{_NUMBERED}{_BODY}")
    assert found["issuer"] == "LIÊN ĐOÀN LAO ĐỘNG HUYỆN TÂN PHÚ"
    assert found["parent_issuer"] == "LIÊN ĐOÀN LAO ĐỘNG TỈNH AN HẢI"


@pytest.mark.parametrize(
    ("kind", "lines", "subject"),
    [
        ("KẾ HOẠCH", "TỔ CHỨC THÁNG CÔNG NHÂN TRÊN ĐỊA\nBÀN TỈNH AN HẢI",
         "TỔ CHỨC THÁNG CÔNG NHÂN TRÊN ĐỊA BÀN TỈNH AN HẢI"),
        ("CHỈ THỊ", "VỀ VIỆC TĂNG CƯỜNG THỰC HIỆN NHIỆM\nVỤ TÀI CHÍNH CÔNG ĐOÀN",
         "TĂNG CƯỜNG THỰC HIỆN NHIỆM VỤ TÀI CHÍNH CÔNG ĐOÀN"),
        ("KẾ HOẠCH", "TỔ CHỨC HỘI THAO NHIỆM KỲ 2018 -\n2023\nNhiệm kỳ 2018 - 2023 là nhiệm kỳ đầu tiên của\n"
         "công đoàn huyện sau khi sáp nhập.", "TỔ CHỨC HỘI THAO NHIỆM KỲ 2018 - 2023"),
        ("HƯỚNG DẪN", "56\nTổ chức đối thoại tại nơi làm việc", "Tổ chức đối thoại tại nơi làm việc"),
        ("QUY ĐỊNH VÀ HƯỚNG DẪN", "VỀ VIỆC XÉT TẶNG NHÀ MÁI ẤM", "XÉT TẶNG NHÀ MÁI ẤM"),
        ("_ KẾ HOẠCH", "Tổ chức hội thi nấu ăn", "Tổ chức hội thi nấu ăn"),
    ],
)  # fmt: skip
def test_a_subject_is_whole_and_ends_where_the_body_begins(kind: str, lines: str, subject: str) -> None:
    assert _subject(kind, lines) == subject


@pytest.mark.parametrize(
    ("lines", "subject"),
    [
        ("V/v báo cáo 5 năm thực hiện Chỉ thị\n\nsố 19-CT/TU ngày 7/1/2016 của Tỉnh\nủy An Hải\n",
         "báo cáo 5 năm thực hiện Chỉ thị số 19-CT/TU ngày 7/1/2016 của Tỉnh ủy An Hải"),
        ("Về cho công nhân nghỉ ca\n\nNgày 26/3/2021\n\n   KHẨN\n", "cho công nhân nghỉ ca Ngày 26/3/2021"),
    ],
)  # fmt: skip
def test_a_wrapped_subject_keeps_the_number_and_the_day_it_names(lines: str, subject: str) -> None:
    assert _read(f"{_HEAD}Số: 31/LĐLĐ\n{lines}\n{_BODY}")["subject"] == subject


@pytest.mark.parametrize(
    ("end", "name"),
    [
        ("KT. CHỦ TỊCH\nPHÓ\nCHỦ TỊCH\nNguyễn\nKhắc Bình\n", "Nguyễn Khắc Bình"),
        ("CHỦ TỊCH\n\nguyễn Thu Hiền\n", "guyễn Thu Hiền"),
        ("CHỦ TỊCH\n\nTP TH Trần Minh Quân\n", "Trần Minh Quân"),
        ("CHỦ TỊCH\n\nTILƯN VIIVP, Trần Minh Quân\n", "Trần Minh Quân"),
        ("BỘ-TRƯỞNG, CHỦ NHIỆM\n\nTrần Minh Quân\n", "Trần Minh Quân"),
    ],
)
def test_a_name_is_read_through_what_seal_and_signature_left(end: str, name: str) -> None:
    found = _closing(f"Nơi nhận:\n- Như trên;\n- Các ban LĐLĐ huyện;\n- Lưu: VP.\n{end}")
    assert found["signer"]["name"] == name
    assert found["recipients"] == ["Như trên", "Các ban LĐLĐ huyện", "Lưu: VP"]


def test_a_beheaded_name_is_for_a_person_to_look_at() -> None:
    found = _closing("Nơi nhận:\n- Như trên;\n- Lưu: VP.\nCHỦ TỊCH\n\nguyễn Thu Hiền\n")
    assert found["confidence"]["signer.name"] < 0.9


@pytest.mark.parametrize(
    ("end", "authority", "title"),
    [
        ("Nơi nhận: TL. CHỦ TỊCH KT. TRƯỞNG BAN\n- Như trên; NỮ CÔNG-GIA ĐÌNH\n- Lưu: VP. PHÓ TRƯỞNG BAN\n",
         "TL. CHỦ TỊCH KT. TRƯỞNG BAN NỮ CÔNG-GIA ĐÌNH", "PHÓ TRƯỞNG BAN"),
        ("Nơi nhận: KT. CHỦ TỊCH\n- Như trên “để thực hiện”. PHÓ CHỦ TỊCH\n- Lưu: VP.\n",
         "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        ("Nơi nhận:\n- Như trên;\n- Lưu: VP.\nKT. BỘ TRƯỞNG\n'THỨ TRƯỞNG\n", "KT. BỘ TRƯỞNG", "THỨ TRƯỞNG"),
    ],
)  # fmt: skip
def test_the_post_beside_the_recipients_is_whole(end: str, authority: str, title: str) -> None:
    signer = _closing(f"{end}\nTrần Minh Quân\n")["signer"]
    assert signer == {"authority": authority, "title": title, "name": "Trần Minh Quân"}


def test_a_sites_list_of_documents_holds_no_recipients() -> None:
    found = _closing(
        "Nơi nhận: | KT. CHỦ TỊCH |\n- 1 Công văn 538/LĐLĐ về chi hỗ trợ do LĐLĐ tỉnh An Hải ban hành\n"
        "- 2 Kế hoạch 27/KH-LĐLĐ năm 2020 chăm lo Tết do LĐLĐ tỉnh An Hải ban hành\n"
    )
    assert found["recipients"] == []


def test_number_and_place_on_one_line_of_a_scan_stay_apart() -> None:
    found = _read(f"{_HEAD}\n_ Số:662/LĐLĐ-TC - Tân Phú, ngày 14 tháng 10 năm 2021\nV/v quyết toán quỹ\n\n{_BODY}")
    assert (found["number"], found["place"]) == ("662/LĐLĐ-TC", "Tân Phú")


@pytest.mark.parametrize("left", ["TỶ", "J[B-LĐLĐ"])
def test_what_is_left_of_a_rule_or_number_is_no_name(left: str) -> None:
    found = _read(
        "UBND TỈNH AN HẢI CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSỞ LAO ĐỘNG Độc lập - Tự do - Hạnh phúc\n"
        f"{left} Bình Sa, ngày 20 tháng 10 năm 2021\nSố: 33/SLĐ\n\n{_BODY}"
    )
    assert found["issuer"] == "SỞ LAO ĐỘNG"


def test_one_letter_that_recognition_saw_twice_is_one() -> None:
    found = _read(f"{_HEAD}Số: 17/CĐÐN-TG\nV/v tuyên truyền\n\n{_BODY}")
    assert found["number"] == "17/CĐN-TG"


def test_a_union_named_in_short_has_the_union_above_it_as_parent() -> None:
    found = _read(
        f"CÔNG ĐOÀN NGÀNH DỆT MAY\n\nVÀ DA GIÀY AN HẢI\n\nCĐ HỌC VIỆN NGHỀ BÌNH SA\n\nSố: 9/CV-CĐ\n\n{_BODY}"
    )
    assert (found["parent_issuer"], found["issuer"]) == (
        "CÔNG ĐOÀN NGÀNH DỆT MAY VÀ DA GIÀY AN HẢI", "CĐ HỌC VIỆN NGHỀ BÌNH SA"
    )  # fmt: skip


def test_a_joint_notice_is_titled_as_such() -> None:
    found = _read(f"THÔNG BÁO LIÊN TỊCH\n\nVề việc tổ chức hội diễn văn nghệ\n\n{_BODY}")
    assert (found["doc_type"], found["subject"]) == ("thông báo liên tịch", "tổ chức hội diễn văn nghệ")


def test_a_long_first_sentence_with_a_dash_is_no_second_addressee() -> None:
    found = _read(
        f"{_HEAD}Số: 17/LĐLĐ\nKính gửi: Công đoàn cơ sở trực thuộc\n\n'Thẻ số — Công đoàn số là ứng dụng của "
        "tổ chức công đoàn,\nđã được cài đặt tại các đơn vị.\n\nĐề nghị các đơn vị đăng ký.\n"
    )
    assert found["addressees"] == ["Công đoàn cơ sở trực thuộc"]


@pytest.mark.parametrize(
    ("body", "issuer"),
    [
        ("Ban Nữ công LĐLĐ tỉnh An Hải (gọi tắt là Ban) vừa ban hành quy chế.\n", "Ban Nữ công LĐLĐ tỉnh An Hải"),
        ("Trường ta đã có nhiều hoạt động ý nghĩa trong năm qua.\n", None),
    ],
)  # fmt: skip
def test_the_body_that_speaks_is_named_without_its_verb(body: str, issuer: str | None) -> None:
    assert _read(f"Kính gửi: Các tổ công đoàn\n\n{body}")["issuer"] == issuer
