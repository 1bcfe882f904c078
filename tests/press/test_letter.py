"""The wording of a letter: numbers, dates, lists, capitals, the closing mark."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from nhipcau.core.errors import InvalidInput
from nhipcau.core.official import Annex, Column, Heading, Paragraph, Signer, Table
from nhipcau.press.letter import compose, date_in_words, printed_number, roman
from nhipcau.press.measure import breakable, column_widths, line_width, table_size
from tests.press.samples import dispatch, figures, report


@pytest.mark.parametrize(
    ("number", "symbol", "printed"),
    [
        ("5/BC-LĐLĐ", None, "05/BC-LĐLĐ"),
        ("05/BC-LĐLĐ", None, "05/BC-LĐLĐ"),
        ("126 / BC - LĐLĐ", None, "126/BC-LĐLĐ"),
        ("6b/NQ-TLĐ", None, "06b/NQ-TLĐ"),
        ("7", "BC-LĐLĐ", "07/BC-LĐLĐ"),
        (None, "BC-LĐLĐ", "        /BC-LĐLĐ"),
        ("/BC-LĐLĐ", None, "        /BC-LĐLĐ"),
        (None, None, "        "),
    ],
)
def test_a_number_is_printed_as_the_decree_asks(number: str | None, symbol: str | None, printed: str) -> None:
    assert printed_number(number, symbol) == printed


@pytest.mark.parametrize(
    ("date", "printed"),
    [
        (dt.date(2026, 1, 5), "ngày 05 tháng 01 năm 2026"),
        (dt.date(2026, 2, 10), "ngày 10 tháng 02 năm 2026"),
        (dt.date(2026, 3, 9), "ngày 09 tháng 3 năm 2026"),
        (dt.date(2026, 12, 31), "ngày 31 tháng 12 năm 2026"),
        (None, "ngày … tháng … năm …"),
    ],
)
def test_only_days_below_ten_and_two_months_get_a_zero(date: dt.date | None, printed: str) -> None:
    assert date_in_words(date) == printed


def test_a_dispatch_has_its_subject_under_the_number_and_no_type() -> None:
    letter = compose(dispatch())
    assert letter.about.startswith("V/v đôn đốc")
    assert (letter.heading, letter.subject) == ("", ())


def test_a_typed_v_v_is_not_doubled() -> None:
    assert compose(replace(dispatch(), subject="V/v họp giao ban")).about == "V/v họp giao ban"


def test_several_addressees_become_a_punctuated_list() -> None:
    assert compose(dispatch()).addressees == (
        "- Công đoàn các khu công nghiệp tỉnh;",
        "- Công đoàn các xã, phường có đông công nhân lao động và các công đoàn ngành địa phương;",
        "- Công đoàn Viên chức tỉnh.",
    )


def test_one_addressee_stands_without_a_dash() -> None:
    assert compose(report()).addressees == ("Đoàn Chủ tịch Tổng Liên đoàn Lao động Việt Nam",)


def test_recipients_and_grounds_end_with_semicolons_and_one_full_stop() -> None:
    letter = compose(replace(report(), recipients=("- Như trên;", "Lưu: VT, TH.")))
    assert letter.recipients == ("- Như trên;", "- Lưu: VT, TH.")
    assert [ground[-1] for ground in letter.grounds] == [";", "."]


@pytest.mark.parametrize("ending", ["Hết", "Hết.", "Hết./.", "Hết;", "Hết ./."])
def test_the_body_ends_with_its_mark_exactly_once(ending: str) -> None:
    letter = compose(replace(report(), body=(Paragraph("Từ đơn vị khác./."), Paragraph(ending))))
    assert [block.text for block in letter.body if isinstance(block, Paragraph)] == [
        "Từ đơn vị khác.",
        "Hết./.",
    ]


def test_after_a_table_the_mark_has_a_line_of_its_own() -> None:
    assert compose(replace(report(), body=(figures(),))).body[-1] == Paragraph("./.")


def test_a_name_too_long_for_its_column_breaks_before_the_place() -> None:
    assert compose(report()).issuer == ("LIÊN ĐOÀN LAO ĐỘNG", "TỈNH ĐÔNG GIANG")
    assert compose(replace(report(), issuer="Liên đoàn\nLao động")).issuer == ("LIÊN ĐOÀN", "LAO ĐỘNG")


def test_authority_lines_are_kept_in_order_and_in_capitals() -> None:
    signer = Signer("TM. Ban Thường vụ\nKT. Chủ tịch", "Phó Chủ tịch", "Lò Văn Ối")
    assert compose(replace(report(), signer=signer)).signing.authority == (
        "TM. BAN THƯỜNG VỤ",
        "KT. CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
    )


def test_headings_of_the_first_level_are_capitals_but_articles_and_lower_levels_are_not() -> None:
    body = (
        Heading("I. Tình hình"),
        Heading("Điều 1. Phạm vi"),
        Heading("1. Kết quả", level=2),
        Heading("Chương II\nQuy định"),
    )
    texts = [block.text for block in compose(replace(report(), body=body)).body if isinstance(block, Heading)]
    assert texts == ["I. TÌNH HÌNH", "Điều 1. Phạm vi", "1. Kết quả", "Chương II\nQUY ĐỊNH"]


def test_one_annex_is_unnumbered_and_several_are_roman() -> None:
    annexes = (Annex("a", ()), Annex("b", ()), Annex("c", (), label="Phụ lục IX"))
    assert [sheet.label for sheet in compose(replace(report(), annexes=annexes)).annexes] == [
        "Phụ lục I",
        "Phụ lục II",
        "Phụ lục IX",
    ]
    (single,) = compose(report()).annexes
    assert single.label == "Phụ lục"
    assert single.attached_to == (
        "(Kèm theo Báo cáo số 05/BC-LĐLĐ ngày 05 tháng 7 năm 2026 của Liên đoàn Lao động tỉnh Đông Giang)"
    )


def test_roman_numbers() -> None:
    assert [roman(n) for n in (1, 4, 9, 14, 40, 49)] == ["I", "IV", "IX", "XIV", "XL", "XLIX"]


def test_a_ragged_row_is_refused_with_its_place() -> None:
    table = Table((Column("TT"), Column("Nội dung")), (("1", "a"), ("2",)))
    with pytest.raises(InvalidInput) as refused:
        compose(replace(report(), body=(Paragraph("a"), table)))
    assert [str(fault) for fault in refused.value.faults] == [
        "nội dung, bảng 1, dòng 2: có 1 ô trong khi bảng có 2 cột; hãy sửa cho bằng nhau"
    ]


@pytest.mark.parametrize("bad", ["\x00", "\x1b", "\ud800", "\ufffe"])
def test_control_characters_are_refused_with_their_place(bad: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        compose(replace(report(), body=(Paragraph("tốt"), Paragraph(f"xấu{bad}"))))
    assert refused.value.faults[0].where == "nội dung, đoạn 2"


def test_text_becomes_nfc_without_invisible_characters() -> None:
    body = (Paragraph("Đo\u0302\u0323ng\u200b gia\u00adng\r\nDòng hai"),)
    assert compose(replace(report(), body=body)).body == (Paragraph("Động giang"), Paragraph("Dòng hai./."))


def test_line_widths_are_those_of_times_new_roman() -> None:
    assert line_width("Ẩ", 1000) == 722
    assert line_width("0,5", 10) == pytest.approx(12.5)
    assert 240 < line_width("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, bold=True) < 260


def test_a_figure_never_breaks_in_a_column_asked_too_narrow() -> None:
    table = Table((Column("A", 9), Column("B", 1)), (("chữ", "4.225.000.000"),))
    widths = column_widths(table, 468)
    assert widths[1] > line_width("4.225.000.000", 13)
    assert sum(widths) == pytest.approx(468)


def test_columns_without_wishes_follow_their_content() -> None:
    table = Table((Column("TT"), Column("Nội dung")), (("1", "Một nội dung dài hơn hẳn số thứ tự " * 3),))
    narrow, wide = column_widths(table, 468)
    assert narrow < 40
    assert wide > 400


def test_a_word_wider_than_its_column_can_wrap() -> None:
    assert breakable("aaaa bb", 25, 10).split("\u200b") == ["aaaa bb"]
    assert breakable("a" * 12, 25, 10).count("\u200b") == 2


def test_a_table_with_many_columns_is_set_smaller_until_its_figures_fit() -> None:
    columns = (Column("Đơn vị"), *(Column(f"Chỉ tiêu {n}") for n in range(9)))
    table = Table(columns, (("Công đoàn", *["1.000.000"] * 9),))
    size = table_size(table, 468)
    assert 8 < size < 11
    assert min(column_widths(table, 468)) > line_width("1.000.000", size)


def test_where_room_is_short_narrow_columns_stay_whole() -> None:
    table = Table((Column("TT"), Column("Địa chỉ")), (("1", "x" * 200),))
    narrow, wide = column_widths(table, 468)
    assert narrow >= line_width("TT", 13, bold=True)
    assert narrow + wide == pytest.approx(468)


def test_only_an_annex_with_a_wide_table_lies_across() -> None:
    wide = Table(tuple(Column(f"Chỉ tiêu {n}") for n in range(12)), (("1.000.000",) * 12,))
    annexes = (Annex("a", (wide,)), Annex("b", (figures(),)))
    assert [sheet.landscape for sheet in compose(replace(report(), annexes=annexes)).annexes] == [True, False]
