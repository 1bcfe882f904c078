"""One letter, however it is typeset and whatever it is saved as, is read the same."""

from __future__ import annotations

from typing import Any

import pytest

from nhipcau.reader import read_bytes, read_text
from nhipcau.reader.model import Reading
from tests.reader.typeset import OFFICES, Letter, Rows, as_text, converted

TASKS: Rows = (
    ("TT", "Nội dung công việc", "Đơn vị chủ trì", "Thời gian hoàn thành"),
    ("1", "Tổ chức hội nghị người lao động ở các doanh nghiệp có từ mười lao động trở lên", "Công đoàn cơ sở",
     "Tháng 4/2021"),
    ("2", "Khám sức khỏe cho đoàn viên làm việc ở nơi nặng nhọc, độc hại", "Ban Chính sách - Pháp luật",
     "Trước ngày 15/6/2021"),
)  # fmt: skip

LETTER = Letter(
    issuer=("LIÊN ĐOÀN LAO ĐỘNG TỈNH AN HẢI", "CÔNG ĐOÀN NGÀNH DỆT LỤA"),
    number="15/CĐN-VP",
    date="An Hải, ngày 05 tháng 3 năm 2021",
    subject="góp ý dự thảo quy chế phối hợp",
    addressees=("Các công đoàn cơ sở trực thuộc",),
    body=(
        "Thực hiện Kế hoạch số 07/KH-LĐLĐ ngày 29/01/2021 của Liên đoàn Lao động tỉnh An Hải về chăm lo đời sống "
        "đoàn viên, Ban Thường vụ Công đoàn ngành đề nghị các đơn vị thực hiện một số nội dung sau:",
        "1. Lấy ý kiến đoàn viên đối với dự thảo quy chế, tổng hợp và gửi về Công đoàn ngành trước ngày 20/3/2021.",
        "2. Định kỳ hằng quý báo cáo kết quả thực hiện về Văn phòng Công đoàn ngành.",
        "Trân trọng./.",
    ),
    recipients=("Như trên", "LĐLĐ tỉnh (b/c)", "Lưu: VT, VP"),
    sign=("TM. BAN THƯỜNG VỤ", "PHÓ CHỦ TỊCH"),
    name="Hoàng Văn Nam",
)

PLAN = Letter(
    issuer=("TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM", "LIÊN ĐOÀN LAO ĐỘNG TỈNH BÌNH SA"),
    number="32/KH-LĐLĐ",
    date="Bình Sa, ngày 12 tháng 02 năm 2021",
    kind="KẾ HOẠCH",
    subject="Tổ chức Tháng Công nhân năm 2021",
    body=(
        "Căn cứ Hướng dẫn số 19/HD-TLĐ ngày 25/01/2021 của Tổng Liên đoàn, Ban Thường vụ Liên đoàn Lao động tỉnh "
        "xây dựng kế hoạch như sau:",
        "I. NỘI DUNG",
        TASKS,
        "II. TỔ CHỨC THỰC HIỆN",
        "1. Công đoàn các huyện, thành phố xây dựng kế hoạch, báo cáo kết quả về Liên đoàn Lao động tỉnh chậm nhất "
        "ngày 05 tháng 6 năm 2021.",
        *(f"- Tuyên truyền chế độ, chính sách về an toàn lao động đến đoàn viên, đợt {n}." for n in range(60)),
    ),
    recipients=("TLĐ (để báo cáo)", "Các LĐLĐ huyện, thành phố", "Lưu: VT, CSPL"),
    sign=("TM. BAN THƯỜNG VỤ", "CHỦ TỊCH"),
    name="Trần Thị Minh Thu",
)  # fmt: skip

CASES = [(name, letter) for name in OFFICES for letter in (LETTER, PLAN)]
IDS = [f"{name}-{'plan' if letter is PLAN else 'letter'}" for name, letter in CASES]

KEYED = [(key, letter) for key, (_, letter) in zip(IDS, CASES, strict=True)]


def fields(reading: Reading) -> dict[str, Any]:
    """What a clerk would copy into the register."""
    scalars = ("doc_type", "number", "issuer", "parent_issuer", "place", "date", "subject", "authority", "title")
    found: dict[str, Any] = {name: getattr(reading, name).value for name in (*scalars, "signer_name")}
    for name in ("addressees", "recipients"):
        found[name] = [field.value for field in getattr(reading, name)]
    found["cited"] = [(one.symbol, one.date) for one in reading.cited]
    found["deadlines"] = sorted({one.normalised for one in reading.deadlines})
    return found


@pytest.fixture(scope="module")
def word_files() -> dict[str, bytes]:
    return {key: OFFICES[name]().typeset(letter) for key, (name, letter) in zip(IDS, CASES, strict=True)}


@pytest.fixture(scope="module")
def old_files(word_files: dict[str, bytes]) -> dict[str, bytes]:
    return converted(word_files, "doc")


@pytest.fixture(scope="module")
def pdf_files(word_files: dict[str, bytes]) -> dict[str, bytes]:
    return converted(word_files, "pdf")


def test_the_letters_are_read_in_full_from_their_text() -> None:
    found = fields(read_text(as_text(LETTER)))
    assert (found["number"], found["date"], found["subject"]) == ("15/CĐN-VP", "2021-03-05", LETTER.subject)
    assert found["recipients"] == list(LETTER.recipients)
    assert fields(read_text(as_text(PLAN)))["deadlines"] == ["2021-04", "2021-06-05", "2021-06-15"]


@pytest.mark.parametrize(("key", "letter"), KEYED, ids=IDS)
def test_a_word_file_says_what_its_text_says(key: str, letter: Letter, word_files: dict[str, bytes]) -> None:
    assert fields(read_bytes(word_files[key], f"{key}.docx")) == fields(read_text(as_text(letter)))


@pytest.mark.needs_program("soffice")
@pytest.mark.parametrize(("key", "letter"), KEYED, ids=IDS)
def test_an_old_word_file_says_what_its_text_says(key: str, letter: Letter, old_files: dict[str, bytes]) -> None:
    assert fields(read_bytes(old_files[key], f"{key}.doc")) == fields(read_text(as_text(letter)))


# LibreOffice draws no sign for the code of "ư" in TCVN3, so a PDF in .VnTime is made by hand in test_pdf.py.
DRAWN = [(key, letter) for key, (name, letter) in zip(IDS, CASES, strict=True) if name != "vntime"]


@pytest.mark.needs_program("soffice")
@pytest.mark.parametrize(("key", "letter"), DRAWN, ids=[key for key, _ in DRAWN])
def test_a_pdf_says_what_its_text_says(key: str, letter: Letter, pdf_files: dict[str, bytes]) -> None:
    assert fields(read_bytes(pdf_files[key], f"{key}.pdf")) == fields(read_text(as_text(letter)))
