"""Closings and headers whose lines extraction ran together or broke (invented letters in real shapes)."""

from __future__ import annotations

import pytest

from nhipcau.reader import read_text, to_json

_HEAD = """LIÊN ĐOÀN LAO ĐỘNG          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH AN HẢI                    Độc lập - Tự do - Hạnh phúc
Số: 61/LĐLĐ-CSPL               An Hải, ngày 02 tháng 3 năm 2021
V/v rà soát nhà trọ của đoàn viên

Kính gửi: LĐLĐ huyện Đông Khê

Đề nghị LĐLĐ huyện rà soát các khu nhà trọ và báo cáo kết quả bằng văn bản.

"""


def _signer(closing: str) -> tuple[str | None, ...]:
    signer = to_json(read_text(_HEAD + closing))["signer"]
    return signer["authority"], signer["title"], signer["name"]


def _recipients(closing: str) -> list[str]:
    found = to_json(read_text(_HEAD + closing))["recipients"]
    return [one for one in found if not one.startswith("Lưu")]


@pytest.mark.parametrize(
    ("closing", "signer"),
    [
        ("Nơi nhận:\n- Như trên;\nKT. GIÁM ĐỐC PHÓ GIÁM ĐỐC Trần Văn An\n",
         ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Trần Văn An")),
        ("Nơi nhận:\n- Như trên;\nTM. BAN THƯỜNG VỤ CHỦ TỊCH Hoàng Thị Thu\n",
         ("TM. BAN THƯỜNG VỤ", "CHỦ TỊCH", "Hoàng Thị Thu")),
        ("Nơi nhận:\n- Như trên;\n\nKT. BỘ TRƯỞNG\nTHỨ\nTRƯỞNG\nLê Minh Sơn\n",
         ("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG", "Lê Minh Sơn")),
        ("Nơi nhận:\n- Như trên;\n\nTM/BCH CÔNG ĐOÀN TRƯỜNG\nPHÓ CHỦ TỊCH\nLê Thị Hoa\n",
         ("TM/BCH CÔNG ĐOÀN TRƯỜNG", "PHÓ CHỦ TỊCH", "Lê Thị Hoa")),
        ("Nơi nhận:\n- Như trên;\n\nTM. ĐOÀN CHỦ TỊCH\nPHÓ CHỦ TỊCH\nLê Thị Hoa\n",
         ("TM. ĐOÀN CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lê Thị Hoa")),
    ],
)  # fmt: skip
def test_a_signature_run_together_or_broken_is_told_apart(closing: str, signer: tuple[str | None, ...]) -> None:
    assert _signer(closing) == signer


@pytest.mark.parametrize(
    ("closing", "recipients"),
    [
        ("Nơi nhận:\n- Như trên;\n- Các ban: TG, KTTH, TLKT;\n- Lưu: VT.\n",
         ["Như trên", "Các ban: TG, KTTH, TLKT"]),
        ("Nơi nhận: - Như trên; - Ban Nữ công (để b/c); - Lưu: VT | TM. BAN THƯỜNG VỤ |\n",
         ["Như trên", "Ban Nữ công (để b/c)"]),
        ("Nơi nhận:\n- Như trên;\n- Ban Nữ công;- Lưu: VT.\n", ["Như trên", "Ban Nữ công"]),
        ("Nơi nhận:\n\nNhư trên;\n\n“Thường trực Huyện ủy (kèm danh sách)\n\nVP: CVP, các PVP;\n\nLưu: VT.\n",
         ["Như trên", "Thường trực Huyện ủy (kèm danh sách)", "VP: CVP, các PVP"]),
        ("Nơi nhận: | TM. BAN THƯỜNG VỤ |\nGóp ý cho bài viết\nNhấp vào ô bên dưới để gửi.\n", []),
    ],
)  # fmt: skip
def test_recipients_are_told_apart_whatever_broke_their_list(closing: str, recipients: list[str]) -> None:
    assert _recipients(closing) == recipients


def test_a_subject_behind_the_number_in_one_cell_is_the_subject() -> None:
    head = """LIÊN ĐOÀN LAO ĐỘNG TỈNH AN HẢI | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |
Số: 61/LĐLĐ-CSPL V/v rà soát nhà trọ | An Hải, ngày 02 tháng 3 năm 2021 |
Kính gửi: LĐLĐ huyện Đông Khê
Đề nghị LĐLĐ huyện rà soát các khu nhà trọ và báo cáo kết quả bằng văn bản.
"""
    found = to_json(read_text(head))
    assert (found["number"], found["subject"], found["place"]) == ("61/LĐLĐ-CSPL", "rà soát nhà trọ", "An Hải")


def test_an_abbreviation_of_the_subject_is_no_authority() -> None:
    letter = _HEAD.replace("V/v rà soát nhà trọ của đoàn viên", "V/v góp ý kế hoạch phát triển KTXH của huyện")
    assert to_json(read_text(letter))["subject"] == "góp ý kế hoạch phát triển KTXH của huyện"
