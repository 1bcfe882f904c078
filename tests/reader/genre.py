"""Invented letters with their truth, and the ways in which files lose the shape of a page.

A `Letter` holds what a clerk typed; `RENDERINGS` are functions from a letter to the text that extraction
makes of it (pdftotext with and without layout, antiword, tabs, OCR with joined columns, web copies).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

NATION = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
_BODY = (
    "Căn cứ Kế hoạch số 07/KH-TLĐ ngày 29/01/2021 của Tổng Liên đoàn về các hoạt động chăm lo cho đoàn viên, "
    "người lao động; để việc tổ chức được chu đáo, các đơn vị thực hiện một số nội dung như sau:",
    "1. Rà soát số đoàn viên có hoàn cảnh khó khăn, lập danh sách gửi về Văn phòng trước ngày 20/3/2021.",
    "2. Tổ chức thăm hỏi, trao quà đúng đối tượng; báo cáo kết quả bằng văn bản.",
    "Trong quá trình thực hiện có vướng mắc, các đơn vị phản ánh về Văn phòng để được hướng dẫn./.",
)


@dataclass(frozen=True)
class Letter:
    """A letter as typed: lines of the left header, number line, what stands in each box of the decree."""

    left: tuple[str, ...]
    number_line: str
    place_date: str
    truth: dict[str, Any]
    title: str | None = None
    subject: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    signature: tuple[str, ...] = ()
    right: tuple[str, ...] = NATION
    body: tuple[str, ...] = field(default=_BODY)


def _truth(
    doc_type: str, number: str | None, parent: str | None, issuer: str, place: str | None, date: str | None,
    subject: str, signer: tuple[str | None, str | None, str | None],
) -> dict[str, Any]:  # fmt: skip
    authority, title, name = signer
    return {
        "doc_type": doc_type, "number": number, "parent_issuer": parent, "issuer": issuer, "place": place,
        "date": date, "subject": subject, "signer": {"authority": authority, "title": title, "name": name},
    }  # fmt: skip


LETTERS = {
    "plan with a blank number": Letter(
        ("LIÊN ĐOÀN LAO ĐỘNG", "TỈNH AN HẢI"),
        "Số:      /KH-LĐLĐ",
        "An Hải, ngày     tháng 02 năm 2021",
        _truth("kế hoạch", None, None, "LIÊN ĐOÀN LAO ĐỘNG TỈNH AN HẢI", "An Hải", None,
               "Tổ chức Tháng Công nhân và Tháng hành động về an toàn lao động năm 2021",
               ("TM. BAN THƯỜNG VỤ", "CHỦ TỊCH", "Hoàng Thị Minh Thu")),
        "KẾ HOẠCH",
        ("Tổ chức Tháng Công nhân và Tháng hành động", "về an toàn lao động năm 2021"),
        recipients=("TLĐ (b/c)", "TT Tỉnh ủy, UBND tỉnh (b/c)", "Các LĐLĐ huyện, thành phố", "Lưu: VT, CSPL"),
        signature=("TM. BAN THƯỜNG VỤ", "CHỦ TỊCH", "", "Hoàng Thị Minh Thu"),
    ),
    "three lines and a letter suffix": Letter(
        ("ỦY BAN NHÂN DÂN", "THÀNH PHỐ BÌNH SA", "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO"),
        "Số: 06b/PGDĐT-CĐ",
        "Bình Sa, ngày 09 tháng 01 năm 2023",
        _truth("công văn", "06b/PGDĐT-CĐ", "ỦY BAN NHÂN DÂN THÀNH PHỐ BÌNH SA", "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO",
               "Bình Sa", "2023-01-09", "báo cáo kết quả thực hiện quy chế dân chủ ở cơ sở năm học 2022-2023",
               ("KT. TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG", "Đặng Văn Quyết")),
        subject=("V/v báo cáo kết quả thực hiện quy", "chế dân chủ ở cơ sở năm học 2022-2023"),
        to=("Hiệu trưởng các trường mầm non, tiểu học, THCS", "Công đoàn các trường trực thuộc"),
        recipients=("Như kính gửi", "Lãnh đạo Phòng", "Lưu: VT, TĐ"),
        signature=("KT. TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG", "", "Đặng Văn Quyết"),
    ),
    "union of a branch without a type code": Letter(
        ("LIÊN ĐOÀN LAO ĐỘNG TỈNH AN HẢI", "CÔNG ĐOÀN NGÀNH Y TẾ"),
        "Số: 125/CĐN",
        "An Hải, ngày 22 tháng 11 năm 2019",
        _truth("công văn", "125/CĐN", "LIÊN ĐOÀN LAO ĐỘNG TỈNH AN HẢI", "CÔNG ĐOÀN NGÀNH Y TẾ", "An Hải",
               "2019-11-22", "xây dựng hồ sơ, sổ sách công đoàn nhiệm kỳ 2017 - 2022",
               ("TM. BAN THƯỜNG VỤ", "PHÓ CHỦ TỊCH", "Nguyễn Thị Phương Lan")),
        subject=("V/v xây dựng hồ sơ, sổ sách", "công đoàn nhiệm kỳ 2017 - 2022"),
        to=("Công đoàn cơ sở trực thuộc",),
        recipients=("Như trên", "Ban Thường vụ CĐN", "Lưu: VP"),
        signature=("TM. BAN THƯỜNG VỤ", "PHÓ CHỦ TỊCH", "", "Nguyễn Thị Phương Lan"),
    ),
    "telegram": Letter(
        ("ỦY BAN NHÂN DÂN", "TỈNH AN HẢI"),
        "Số: 02/CĐ-UBND",
        "An Hải, ngày 18 tháng 9 năm 2021",
        _truth("công điện", "02/CĐ-UBND", None, "ỦY BAN NHÂN DÂN TỈNH AN HẢI", "An Hải", "2021-09-18",
               "tập trung ứng phó với bão số 5", ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Nguyễn Minh Hoành")),
        "CÔNG ĐIỆN",
        ("Về việc tập trung ứng phó với bão số 5",),
        recipients=("Thường trực Tỉnh ủy", "UBND các huyện, thành phố", "Lưu: VT, NN"),
        signature=("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "", "Nguyễn Minh Hoành"),
    ),
    "decision of a base union": Letter(
        ("LĐLĐ HUYỆN ĐÔNG KHÊ", "CÔNG ĐOÀN CƠ SỞ", "TRƯỜNG MẦM NON HOA BAN"),
        "Số: 04/QĐ-CĐCS",
        "Đông Khê, ngày 05 tháng 01 năm 2022",
        _truth("quyết định", "04/QĐ-CĐCS", "LĐLĐ HUYỆN ĐÔNG KHÊ", "CÔNG ĐOÀN CƠ SỞ TRƯỜNG MẦM NON HOA BAN",
               "Đông Khê", "2022-01-05", "công nhận tổ công đoàn",
               ("TM. BAN CHẤP HÀNH", "CHỦ TỊCH", "Lò Thị Mai")),
        "QUYẾT ĐỊNH",
        ("Về việc công nhận tổ công đoàn",),
        recipients=("Như Điều 3", "LĐLĐ huyện (b/c)", "Lưu: VT"),
        signature=("TM. BAN CHẤP HÀNH", "CHỦ TỊCH", "", "Lò Thị Mai"),
    ),
    "Party style": Letter(
        ("TỈNH ỦY AN HẢI", "BAN TỔ CHỨC", "*"),
        "Số 45-HD/BTCTU",
        "An Hải, ngày 14 tháng 7 năm 2020",
        _truth("hướng dẫn", "45-HD/BTCTU", "TỈNH ỦY AN HẢI", "BAN TỔ CHỨC", "An Hải", "2020-07-14",
               "tổ chức đại hội thi đua các cấp", ("K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN", "Bùi Quang Hậu")),
        "HƯỚNG DẪN",
        ("tổ chức đại hội thi đua các cấp",),
        recipients=("Ban Tổ chức Trung ương (để báo cáo)", "Các ban tổ chức huyện ủy", "Lưu VP, TTr"),
        signature=("K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN", "", "Bùi Quang Hậu"),
        right=("ĐẢNG CỘNG SẢN VIỆT NAM",),
    ),
    "by order, title over two lines": Letter(
        ("BỘ VIỆC LÀM",),
        "Số: 1234/BVL-ATLĐ",
        "Hà Nội, ngày 30 tháng 6 năm 2020",
        _truth("công văn", "1234/BVL-ATLĐ", None, "BỘ VIỆC LÀM", "Hà Nội", "2020-06-30",
               "rà soát tai nạn lao động 6 tháng đầu năm 2020",
               ("TL. BỘ TRƯỞNG", "CỤC TRƯỞNG CỤC AN TOÀN LAO ĐỘNG", "Lê Tấn Dũng")),
        subject=("V/v rà soát tai nạn lao", "động 6 tháng đầu năm 2020"),
        to=("Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương",),
        recipients=("Như trên", "Bộ trưởng (để b/c)", "Lưu: VT, Cục ATLĐ (15b)"),
        signature=("TL. BỘ TRƯỞNG", "CỤC TRƯỞNG CỤC AN TOÀN LAO ĐỘNG", "", "Lê Tấn Dũng"),
    ),
    "notice without a signatory's prefix": Letter(
        ("UBND HUYỆN ĐÔNG KHÊ", "PHÒNG NỘI VỤ"),
        "Số: 33/TB-PNV",
        "Đông Khê, ngày 12 tháng 4 năm 2018",
        _truth("thông báo", "33/TB-PNV", "UBND HUYỆN ĐÔNG KHÊ", "PHÒNG NỘI VỤ", "Đông Khê", "2018-04-12",
               "Lịch trực nghỉ lễ Giỗ Tổ Hùng Vương và ngày Quốc tế Lao động",
               (None, "TRƯỞNG PHÒNG", "Phạm Văn Hà")),
        "THÔNG BÁO",
        ("Lịch trực nghỉ lễ Giỗ Tổ Hùng Vương", "và ngày Quốc tế Lao động"),
        recipients=("UBND huyện (b/c)", "Các phòng, ban", "Lưu: VT"),
        signature=("TRƯỞNG PHÒNG", "", "Phạm Văn Hà"),
    ),
    "report of a board": Letter(
        ("TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM", "CÔNG ĐOÀN DỆT LỤA VIỆT NAM"),
        "Số: 214/BC-CĐDL",
        "Hà Nội, ngày 05 tháng 3 năm 2019",
        _truth("báo cáo", "214/BC-CĐDL", "TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM", "CÔNG ĐOÀN DỆT LỤA VIỆT NAM", "Hà Nội",
               "2019-03-05", "Kết quả hoạt động công đoàn quý I năm 2019",
               ("TM. BAN THƯỜNG VỤ KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Trần Thị Bích Hằng")),
        "BÁO CÁO",
        ("Kết quả hoạt động công đoàn quý I năm 2019",),
        to=("Đoàn Chủ tịch Tổng Liên đoàn Lao động Việt Nam",),
        recipients=("Như trên", "Các đồng chí UVBCH", "Lưu: VP"),
        signature=("TM. BAN THƯỜNG VỤ", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "", "Trần Thị Bích Hằng"),
    ),
}  # fmt: skip


def _vv(letter: Letter) -> tuple[str, ...]:
    return letter.subject if letter.title is None else ()


def _middle(letter: Letter) -> list[str]:
    lines = [letter.title, *letter.subject] if letter.title else []
    if len(letter.to) == 1:
        lines.append(f"Kính gửi: {letter.to[0]}.")
    elif letter.to:
        lines += ["Kính gửi:", *(f"- {name};" for name in letter.to[:-1]), f"- {letter.to[-1]}."]
    return [*lines, *letter.body]


def _closing(letter: Letter) -> list[str]:
    return ["Nơi nhận:", *(f"- {name};" for name in letter.recipients[:-1]), f"- {letter.recipients[-1]}."]


def _columns(left: list[str], right: list[str], width: int) -> list[str]:
    rows = max(len(left), len(right))
    pairs = zip([*left, *[""] * (rows - len(left))], [*right, *[""] * (rows - len(right))], strict=True)
    return [f"{a:<{width}}{b}".rstrip() for a, b in pairs]


def _header_columns(letter: Letter) -> tuple[list[str], list[str]]:
    left = [*letter.left, letter.number_line, *_vv(letter)]
    right = [*letter.right, *[""] * (len(letter.left) - len(letter.right)), letter.place_date]
    return left, right


def layout(letter: Letter) -> str:
    """pdftotext -layout: the columns side by side, wide gaps."""
    head = _columns(*_header_columns(letter), 48)
    end = _columns(_closing(letter), list(letter.signature), 52)
    body = [f"     {line}" for line in _middle(letter)]
    return "\n".join([*head, "", *body, "", *end]) + "\n"


def reading_order(letter: Letter) -> str:
    """A text layer in reading order: left column, right column, body, recipients, signature."""
    signature = [line for line in letter.signature if line]
    lines = [*letter.left, *letter.right, letter.number_line, letter.place_date, *_vv(letter)]
    return "\n".join([*lines, *_middle(letter), *_closing(letter), *signature]) + "\n"


def row_by_row(letter: Letter) -> str:
    """A text layer that goes through the header's table row by row, one cell a line, blanks between."""
    left, right = _header_columns(letter)
    cells = [cell for pair in zip([*left, *[""] * 4], [*right, *[""] * 8], strict=False) for cell in pair if cell]
    rest = [*_middle(letter), "", *_closing(letter), "", *[line for line in letter.signature if line]]
    return "\n\n".join(cells) + "\n\n" + "\n".join(rest) + "\n"


def antiword(letter: Letter) -> str:
    """Word 97 through antiword: both tables drawn with pipes."""
    left, right = _header_columns(letter)
    head = [f"|{row[:50]:<50}|{row[50:]:<50}|" for row in _columns(left, right, 50)]
    end = [f"|{row[:50]:<50}|{row[50:]:<50}|" for row in _columns(_closing(letter), list(letter.signature), 50)]
    return "\n".join([*head, "", *_middle(letter), "", *end]) + "\n"


def tabs(letter: Letter) -> str:
    """Columns set with tabs."""
    left, right = _header_columns(letter)
    head = ["\t".join(part.strip() for part in (row[:60], row[60:])) for row in _columns(left, right, 60)]
    ends = _columns(_closing(letter), list(letter.signature), 60)
    end = ["\t".join(part.strip() for part in (row[:60], row[60:])) for row in ends]
    return "\n".join([*head, "", *_middle(letter), "", *end]) + "\n"


def joined(letter: Letter) -> str:
    """OCR: two columns on one line with a single space between."""
    left, right = _header_columns(letter)
    head = [" ".join(row.split()) for row in _columns(left, right, 60)]
    signature = [line for line in letter.signature if line]
    end = [" ".join(row.split()) for row in _columns(_closing(letter), signature, 60)]
    return "\n".join([*head, *_middle(letter), *end]) + "\n"


def web(letter: Letter) -> str:
    """A copy on a web page: a blank line after every paragraph, furniture above and below."""
    furniture = ["Skip to main content", "Trang chủ", "Giới thiệu", "Tin tức - Sự kiện", "Văn bản", "Liên hệ"]
    lines = [*letter.left, letter.number_line, *_vv(letter), *letter.right, letter.place_date, *_middle(letter)]
    below = ["Lượt xem: 245", "Các tin khác", "Tải tệp đính kèm"]
    signature = [line for line in letter.signature if line]
    return "\n\n".join([*furniture, *lines, *_closing(letter), *signature, *below]) + "\n"


def cells(letter: Letter) -> str:
    """A law site: each cell's lines by themselves, a bar between cells, the table of data above."""
    data = ["Số hiệu: | đang cập nhật | Loại văn bản: | đang cập nhật |", "Tình trạng: Đã biết"]
    left = [*letter.left, "-------", "|"]
    right = [*letter.right, "---------------", "|"]
    rest = [letter.number_line, *_vv(letter), "|", letter.place_date, "|"]
    signature = [line for line in letter.signature if line]
    return "\n".join([*data, *left, *right, *rest, *_middle(letter), "|", *_closing(letter), "|", *signature, "|"])


def decomposed(letter: Letter) -> str:
    """Marks as characters of their own, Windows line ends."""
    return unicodedata.normalize("NFD", layout(letter)).replace("\n", "\r\n")


RENDERINGS: dict[str, Callable[[Letter], str]] = {
    render.__name__: render
    for render in (layout, reading_order, row_by_row, antiword, tabs, joined, web, cells, decomposed)
}


def expected(letter: Letter) -> dict[str, Any]:
    """What reading the letter must give, in the contract's JSON."""
    return {**letter.truth, "addressees": list(letter.to), "recipients": list(letter.recipients)}


# What else stands on or around such a page. Each is laid over every rendering of every letter.
def _with_annex(text: str) -> str:
    return text + (
        "\n\nPHỤ LỤC\nMẪU BÁO CÁO\n(Kèm theo văn bản số 99/LĐLĐ ngày 01/02/2021)\n"
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        "..., ngày ... tháng ... năm 2021\nKính gửi: Ban Tổ chức.\n1. Số đoàn viên: ...\n"
        "Nơi nhận:\n- Ban Tổ chức.\nHIỆU TRƯỞNG\n(Ký tên, đóng dấu)\n"
    )


def _with_copy_block(text: str) -> str:
    return text + (
        "\n________________________\n\nỦY BAN NHÂN DÂN XÃ TÂN MỸ\nSAO Y\nSố: 12/SY-UBND\n"
        "Tân Mỹ, ngày 01 tháng 4 năm 2023\nNơi nhận:\n- Như trên;\n- Lưu: VT.\nCHỦ TỊCH\nVi Văn Tín\n"
    )


def _with_digital_stamp(text: str) -> str:
    stamp = "Người ký: Cơ quan phát hành\nEmail: vanthu@example.invalid\nThời gian ký: 16.11.2020 10:40:24 +07:00\n"
    return stamp + "\n" + text


def _with_urgency(text: str) -> str:
    lines = text.split("\n")
    at = next(i for i, line in enumerate(lines) if "Số" in unicodedata.normalize("NFC", line))
    return "\n".join([*lines[: at + 1], "HỎA TỐC", *lines[at + 1 :]])


def _old_tones(text: str) -> str:
    for new, old in (("òa", "oà"), ("ÒA", "OÀ"), ("óa", "oá"), ("ủy", "uỷ"), ("ỦY", "UỶ"), ("ùy", "uỳ")):
        text = text.replace(new, old)
    return text


def _en_dashes(text: str) -> str:
    return text.replace("Độc lập - Tự do - Hạnh phúc", "Độc lập – Tự do – Hạnh phúc").replace("\n- ", "\n– ")


def _page_numbers(text: str) -> str:
    return text.replace("\n2. ", "\n\n2\n\n2. ").replace("     2. ", "\n2\n\n     2. ") + "\n3\n"


NOISE: dict[str, Callable[[str], str]] = {
    "an annex": _with_annex,
    "a certified copy's block": _with_copy_block,
    "a digital signature's text": _with_digital_stamp,
    "a stamp of urgency": _with_urgency,
    "old tone marks": _old_tones,
    "long dashes": _en_dashes,
    "page numbers": _page_numbers,
}
