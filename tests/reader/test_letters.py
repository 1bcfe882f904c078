"""Whole letters, tidy and messy: who issued what, to whom, signed by whom."""

from __future__ import annotations

import datetime as dt
import unicodedata
from typing import Any

import pytest

from nhipcau.reader import read_text, to_json
from tests.reader import letters
from tests.reader.helpers import values

IDENTITY: list[tuple[str, dict[str, Any]]] = [
    (
        letters.PLAN,
        {
            "doc_type": "kế hoạch",
            "number": None,
            "issuer": "LIÊN ĐOÀN LAO ĐỘNG TỈNH AN HẢI",
            "parent_issuer": None,
            "place": "An Hải",
            "date": None,
            "subject": "Triển khai Tháng Công nhân và Tháng hành động về an toàn, vệ sinh lao động năm 2021",
        },
    ),
    (
        letters.LETTER_WITH_ANNEX,
        {
            "doc_type": "công văn",
            "number": "06b/PGDĐT-CĐ",
            "issuer": "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO",
            "parent_issuer": "ỦY BAN NHÂN DÂN THÀNH PHỐ BÌNH SA",
            "place": "Bình Sa",
            "date": "2023-01-09",
            "subject": "báo cáo kết quả thực hiện cuộc vận động “Dân chủ - Kỷ cương” học kỳ I",
        },
    ),
    (
        letters.DECISION,
        {
            "doc_type": "quyết định",
            "number": "214/QĐ-CĐDL",
            "issuer": "CÔNG ĐOÀN DỆT LỤA VIỆT NAM",
            "parent_issuer": "TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM",
            "place": "Hà Nội",
            "date": "2019-03-05",
            "subject": "ban hành Quy chế khen thưởng",
        },
    ),
    (
        letters.PARTY,
        {
            "doc_type": "hướng dẫn",
            "number": "45-HD/BTCTU",
            "issuer": "BAN TỔ CHỨC",
            "parent_issuer": "TỈNH ỦY AN HẢI",
            "place": "An Hải",
            "date": "2020-07-14",
            "subject": "tổ chức đại hội thi đua các cấp",
        },
    ),
    (
        letters.MERGED,
        {
            "doc_type": "công văn",
            "number": "87/CĐM",
            "issuer": "CÔNG ĐOÀN MUỐI VIỆT NAM",
            "parent_issuer": "TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM",
            "place": "Hà Nội",
            "date": "2018-04-12",
            "subject": "tổ chức hoạt động Tháng hành động về an toàn vệ sinh lao động",
        },
    ),
    (
        letters.WEB,
        {
            "doc_type": "công văn",
            "number": "1275/LĐLĐ-TC",
            "issuer": "BAN TÀI CHÍNH",
            "parent_issuer": "LĐLĐ THÀNH PHỐ BÌNH SA",
            "place": "Bình Sa",
            "date": "2023-09-06",
            "subject": "Thu, nộp kinh phí công đoàn",
        },
    ),
    (
        letters.MINISTRY,
        {
            "doc_type": "công văn",
            "number": "1234/VLASXH-ATLĐ",
            "issuer": "BỘ VIỆC LÀM - AN SINH VÀ XÃ HỘI",
            "parent_issuer": None,
            "place": "Hà Nội",
            "date": "2020-06-30",
            "subject": "rà soát tai nạn lao động 6 tháng đầu năm 2020",
        },
    ),
    (
        letters.TELEGRAM,
        {
            "doc_type": "công điện",
            "number": "02/CĐ-UBND",
            "issuer": "ỦY BAN NHÂN DÂN TỈNH AN HẢI",
            "parent_issuer": None,
            "place": "An Hải",
            "date": "2021-09-18",
            "subject": "tập trung ứng phó với bão số 5",
        },
    ),
    (
        letters.PROGRAMME,
        {
            "doc_type": "chương trình",
            "number": None,
            "issuer": "BAN CHẤP HÀNH CÔNG ĐOÀN",
            "parent_issuer": "TRƯỜNG THPT NGUYỄN DU",
            "place": "Đông Khê",
            "date": "2019-09-15",
            "subject": "Công tác công đoàn năm học 2019 - 2020",
        },
    ),
    (
        letters.NOTICE,
        {
            "doc_type": "thông báo",
            "number": None,
            "issuer": "Ban Chấp hành Công đoàn Nhà máy Gốm",
            "parent_issuer": None,
            "place": None,
            "date": None,
            "subject": "quyên góp sách cho thư viện xã",
        },
    ),
    (
        letters.LOSSY,
        {
            "doc_type": "công văn",
            "number": "12/CYT",
            "issuer": "CÔNG OÀN NGÀNH Y T",
            "parent_issuer": "LIÊN OÀN LAO NG TNH AN HI",
            "place": "An Hi",
            "date": "2012-04-03",
            "subject": "báo cáo s liu",
        },
    ),
]


@pytest.mark.parametrize(("text", "expected"), IDENTITY, ids=lambda value: None)
def test_the_header_is_read_whatever_flattened_it(text: str, expected: dict[str, Any]) -> None:
    found = to_json(read_text(text))
    assert {name: found[name] for name in expected} == expected


SIGNERS = [
    (letters.PLAN, ("TM. BAN THƯỜNG VỤ", "CHỦ TỊCH", "Hoàng Thị Minh Thu")),
    (letters.LETTER_WITH_ANNEX, ("KT. TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG", "Đặng Văn Quyết")),
    (letters.PARTY, ("K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN", "Bùi Quang Hậu")),
    (letters.MERGED, ("TM. BAN THƯỜNG VỤ KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Trần Thị Bích Hằng")),
    (letters.WEB, ("TL. BAN THƯỜNG VỤ", "TRƯỞNG BAN TÀI CHÍNH", "Hồ Thị Ngọc Mai")),
    (letters.MINISTRY, ("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG", "Lê Tấn Dũng Anh")),
    (letters.PROGRAMME, ("T/M BCH CÔNG ĐOÀN", "CHỦ TỊCH", "Y Thao Niê")),
    (letters.NOTICE, (None, None, None)),
    (
        letters.TASK_TABLE,
        ("KT. TRƯỞNG BAN", "PHÓ TRƯỞNG BAN THƯỜNG TRỰC GIÁM ĐỐC SỞ GIAO THÔNG VẬN TẢI", "Nguyễn Phi Long"),
    ),
]


@pytest.mark.parametrize(("text", "expected"), SIGNERS, ids=lambda value: None)
def test_the_signer_is_read_beside_or_below_the_recipients(text: str, expected: tuple[str | None, ...]) -> None:
    found = read_text(text)
    assert (found.authority.value, found.title.value, found.signer_name.value) == expected


def test_a_wrapped_recipient_is_one_line_of_the_list() -> None:
    assert values(read_text(letters.PLAN).recipients) == [
        "TLĐ (b/c)",
        "TT Tỉnh ủy, UBND tỉnh (b/c)",
        "Các đ/c UV BCH LĐLĐ tỉnh",
        "Các LĐLĐ huyện, thành phố, CĐ ngành và tương đương",
        "Lưu: VT, CSPL",
    ]


def test_recipients_merged_with_the_signature_lose_it() -> None:
    assert values(read_text(letters.MERGED).recipients) == ["Như trên", "Lãnh đạo CĐMVN", "Lưu: VP"]


def test_links_below_a_web_page_are_no_recipients() -> None:
    expected = ["Như trên", "Thường trực LĐLĐ TP (báo cáo)", "Lưu VT, TC"]
    assert values(read_text(letters.WEB).recipients) == expected


def test_the_annex_adds_no_recipient_and_no_signer() -> None:
    found = read_text(letters.DECISION)
    assert values(found.recipients) == ["Như Điều 3", "TLĐ (để báo cáo)", "Lưu: VP, TG"]
    assert found.signer_name.value == "Lê Nho Thành"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            letters.MINISTRY,
            ["Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương", "Các Tập đoàn, Tổng công ty nhà nước"],
        ),
        (
            letters.MERGED,
            [
                "Công đoàn ngành Muối các tỉnh, thành phố trực thuộc Trung ương",
                "Công đoàn các đơn vị trực thuộc Bộ",
            ],
        ),
        (
            letters.LETTER_WITH_ANNEX,
            ["Hiệu trưởng các trường mầm non, tiểu học, THCS", "Công đoàn các trường trực thuộc"],
        ),
        (letters.TELEGRAM, ["Các Sở, ban, ngành thuộc tỉnh", "UBND các huyện, thành phố"]),
        (letters.PLAN, []),
    ],
    ids=lambda value: None,
)
def test_addressees_stand_on_one_line_in_a_list_or_not_at_all(text: str, expected: list[str]) -> None:
    assert values(read_text(text).addressees) == expected


def test_the_invited_of_a_giay_moi_are_its_addressees() -> None:
    text = "GIẤY MỜI\nDự hội nghị\n\nCông đoàn xã Đông Khê tổ chức hội nghị tổng kết công tác năm 2020.\n"
    text += "1. Thành phần mời:\n- Lãnh đạo UBND xã;\n- Các tổ công đoàn.\n2. Thời gian: 8h ngày 10/3/2020.\n"
    found = read_text(text)
    assert found.doc_type.value == "giấy mời"
    assert values(found.addressees) == ["Lãnh đạo UBND xã", "Các tổ công đoàn"]


@pytest.mark.parametrize("name", sorted(letters.ALL))
def test_decomposed_marks_and_windows_line_ends_change_nothing(name: str) -> None:
    text = letters.ALL[name]
    messy = unicodedata.normalize("NFD", text).replace("\n", "\r\n")
    assert to_json(read_text(messy)) == to_json(read_text(text))


@pytest.mark.parametrize("name", sorted(letters.ALL))
def test_spans_point_at_what_was_found(name: str) -> None:
    found = read_text(letters.ALL[name])
    for deadline in found.deadlines:
        assert " ".join(found.text[slice(*deadline.span)].split()) == deadline.phrase
    for obligation in found.obligations:
        assert " ".join(found.text[slice(*obligation.span)].split()) == obligation.text
    for citation in found.cited:
        assert "".join(found.text[slice(*citation.span)].split()) == citation.symbol
    for field in (found.issuer, found.subject, found.signer_name, *found.recipients, *found.addressees):
        if field.value:
            assert field.span is not None
            assert field.value.split()[-1] in found.text[slice(*field.span)]


def test_every_value_says_why_it_was_chosen() -> None:
    found = read_text(letters.MINISTRY)
    for field in (found.doc_type, found.number, found.issuer, found.date, found.subject, found.title):
        assert field.why and 0 < field.confidence <= 1


def test_an_unreadable_number_stays_empty_and_is_named_in_a_warning() -> None:
    found = read_text("SỞ NỘI VỤ\nSố: 6ÉÉ/TB-SNV\nAn Hải, ngày /2 tháng 3 năm 2020\nTHÔNG BÁO\nVề việc nghỉ lễ\n")
    assert found.number.value is None and found.date.value is None
    assert any("6ÉÉ" in warning for warning in found.warnings)


def test_a_blank_number_still_tells_the_type() -> None:
    found = read_text(
        "LĐLĐ TỈNH AN HẢI\nSố:        /BC-LĐLĐ\nAn Hải, ngày 5 tháng 6 năm 2020\n\nKính gửi: Tổng Liên đoàn.\n"
    )
    assert found.number.value is None
    assert found.doc_type.value == "báo cáo"


def test_issued_on_is_the_date_itself() -> None:
    assert read_text(letters.WEB).issued_on == dt.date(2023, 9, 6)
    assert read_text(letters.PLAN).issued_on is None


def test_an_old_font_is_named_instead_of_read_wrongly_in_silence() -> None:
    found = read_text("Céng hoµ x· héi chñ nghÜa ViÖt Nam\n§éc lËp - Tù do - H¹nh phóc\n")
    assert any("TCVN3" in warning for warning in found.warnings)
