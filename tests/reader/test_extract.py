"""Text out of files made here: .docx in all its parts, PDF in columns, scans, and files that cannot be read."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
import typst
from docx import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn

from nhipcau.core.errors import MissingProgram, UnreadableFile
from nhipcau.core.official import Column, OfficialDocument, Table
from nhipcau.press.pdf import to_pdf
from nhipcau.reader import read_bytes, read_file
from nhipcau.reader.extract import extract, pdf
from nhipcau.reader.extract.here import extract_here
from tests.reader import letters
from tests.reader.helpers import values

LEFT_HEAD = "LIÊN ĐOÀN LAO ĐỘNG\nTỈNH AN HẢI\nSố: 15/LĐLĐ-VP\nV/v góp ý dự thảo quy chế"
RIGHT_HEAD = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nAn Hải, ngày 05 tháng 3 năm 2021"
LEFT_END = "Nơi nhận:\n- Như trên;\n- Lưu: VT."
RIGHT_END = "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nHoàng Văn Nam"


def word_letter() -> Any:
    document = Document()
    head = document.add_table(rows=1, cols=2)
    head.cell(0, 0).text, head.cell(0, 1).text = LEFT_HEAD, RIGHT_HEAD
    document.add_paragraph("Kính gửi: Các công đoàn cơ sở.")
    document.add_paragraph("Đề nghị các đơn vị góp ý bằng văn bản trước ngày 20/3/2021.")
    tasks = document.add_table(rows=2, cols=3)
    for place, text in enumerate(["Nội dung", "Đơn vị chủ trì", "Thời gian thực hiện"]):
        tasks.cell(0, place).text = text
    for place, text in enumerate(["Tổng hợp góp ý", "Văn phòng", "Tháng 4/2021"]):
        tasks.cell(1, place).text = text
    end = document.add_table(rows=1, cols=2)
    end.cell(0, 0).text, end.cell(0, 1).text = LEFT_END, RIGHT_END
    return document


def saved(document: Any) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def test_a_word_letter_keeps_its_columns_and_its_table_of_tasks() -> None:
    found = read_bytes(saved(word_letter()), "cong-van.docx")
    assert found.text_source == "docx"
    assert found.issuer.value == "LIÊN ĐOÀN LAO ĐỘNG TỈNH AN HẢI"
    assert found.number.value == "15/LĐLĐ-VP"
    assert found.subject.value == "góp ý dự thảo quy chế"
    assert values(found.recipients) == ["Như trên", "Lưu: VT"]
    assert (found.title.value, found.signer_name.value) == ("PHÓ CHỦ TỊCH", "Hoàng Văn Nam")
    assert [(d.normalised, d.responsible) for d in found.deadlines] == [
        ("2021-03-20", "các đơn vị"),
        ("2021-04", "Văn phòng"),
    ]


def test_automatic_bullets_and_numbers_are_printed_as_word_would() -> None:
    document = Document()
    for text in ("Tổ chức hội nghị", "Báo cáo kết quả"):
        document.add_paragraph(text, style="List Number")
    document.add_paragraph("Như trên", style="List Bullet")
    lines = extract(saved(document), "a.docx").text.splitlines()
    assert lines == ["1. Tổ chức hội nghị", "2. Báo cáo kết quả", "- Như trên"]


def test_a_numbered_paragraph_carries_its_number() -> None:
    document = Document()
    style = document.styles["List Number"].element
    number = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}").get(qn("w:val"))
    for text in ("Tổ chức hội nghị", "Báo cáo kết quả"):
        properties = document.add_paragraph(text)._p.get_or_add_pPr()
        mark, identity = OxmlElement("w:numPr"), OxmlElement("w:numId")
        identity.set(qn("w:val"), number)
        mark.append(identity)
        properties.append(mark)
    assert extract(saved(document), "a.docx").text.splitlines() == ["1. Tổ chức hội nghị", "2. Báo cáo kết quả"]


def test_text_boxes_and_running_headers_are_read_once() -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "CÔNG ĐOÀN XÃ ĐÔNG KHÊ"
    paragraph = document.add_paragraph("Sau khung chữ")
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    names += 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    box = "<w:txbxContent><w:p><w:r><w:t>Trong khung</w:t></w:r></w:p></w:txbxContent>"
    twice = f"<mc:Choice Requires='wps'>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    paragraph._p.append(parse_xml(f"<w:r {names}><mc:AlternateContent>{twice}</mc:AlternateContent></w:r>"))
    text = extract(saved(document), "a.docx").text
    assert text.splitlines() == ["CÔNG ĐOÀN XÃ ĐÔNG KHÊ", "Trong khung", "Sau khung chữ"]


def test_deleted_text_is_not_read_and_inserted_text_is() -> None:
    document = Document()
    paragraph = document.add_paragraph("Hạn: ")
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    paragraph._p.append(parse_xml(f"<w:del {names}><w:r><w:delText>ngày 5</w:delText></w:r></w:del>"))
    paragraph._p.append(parse_xml(f"<w:ins {names}><w:r><w:t>ngày 6</w:t></w:r></w:ins>"))
    assert extract(saved(document), "a.docx").text == "Hạn: ngày 6"


def test_a_file_is_known_by_its_contents_not_its_ending() -> None:
    assert extract(saved(word_letter()), "cong-van.pdf").source == "docx"


# --- PDF -----------------------------------------------------------------------------------------------
PDF_LETTER = """
#set page(margin: 2cm)
#set text(size: 12pt, lang: "vi")
#grid(columns: (2fr, 3fr), align: center,
  [LIÊN ĐOÀN LAO ĐỘNG \\ TỈNH AN HẢI \\ Số: 15/LĐLĐ-VP \\ V/v góp ý dự thảo quy chế],
  [CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM \\ Độc lập - Tự do - Hạnh phúc \\ An Hải, ngày 05 tháng 3 năm 2021])
#align(center)[Kính gửi: Các công đoàn cơ sở.]
Đề nghị các đơn vị nghiên cứu dự thảo quy chế, lấy ý kiến rộng rãi của đoàn viên và góp ý bằng văn bản gửi về
Liên đoàn Lao động tỉnh trước ngày 20/3/2021.

#grid(columns: (1fr, 1fr),
  [Nơi nhận: \\ \\- Như trên; \\ \\- Lưu: VT.],
  align(center)[KT. CHỦ TỊCH \\ PHÓ CHỦ TỊCH \\ \\ Hoàng Văn Nam])
"""


@pytest.fixture(scope="module")
def pdf_letter() -> bytes:
    made = typst.compile(PDF_LETTER.encode())
    assert isinstance(made, bytes)
    return made


def scan_of(data: bytes) -> bytes:
    """The same page as a picture only."""
    source = pdfium.PdfDocument(data)
    page = source[0]
    width, height = page.get_size()
    target = pdfium.PdfDocument.new()
    image = pdfium.PdfImage.new(target)
    image.set_bitmap(page.render(scale=300 / 72))
    image.set_matrix(pdfium.PdfMatrix().scale(width, height))
    copy = target.new_page(width, height)
    copy.insert_obj(image)
    copy.gen_content()
    written = io.BytesIO()
    target.save(written)
    return written.getvalue()


def test_a_pdf_with_a_text_layer_keeps_its_columns(pdf_letter: bytes) -> None:
    found = read_bytes(pdf_letter, "cong-van.pdf")
    assert found.text_source == "pdf-text"
    assert found.issuer.value == "LIÊN ĐOÀN LAO ĐỘNG TỈNH AN HẢI"
    assert (found.number.value, found.date.value) == ("15/LĐLĐ-VP", "2021-03-05")
    assert values(found.recipients) == ["Như trên", "Lưu: VT"]
    assert found.signer_name.value == "Hoàng Văn Nam"
    assert [d.normalised for d in found.deadlines] == ["2021-03-20"]


@pytest.mark.needs_program("tesseract")
def test_a_scan_is_read_by_ocr_and_says_so(pdf_letter: bytes) -> None:
    found = read_bytes(scan_of(pdf_letter), "ban-quet.pdf")
    assert found.text_source == "ocr"
    assert "2021-03-20" in [d.normalised for d in found.deadlines]
    assert any("bản quét" in warning for warning in found.warnings)


def test_a_scan_without_ocr_names_the_missing_program(pdf_letter: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(MissingProgram, match="tesseract"):
        extract_here(scan_of(pdf_letter), "ban-quet.pdf")


# --- files that cannot be read ---------------------------------------------------------------------------
def _locked_pdf() -> bytes:
    """A PDF whose owner and user keys fit no empty password (PDF 1.7, 7.6.3)."""
    keys = f"<< /Filter /Standard /V 1 /R 2 /P -4 /O <{'41' * 32}> /U <{'42' * 32}> >>"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
        keys,
    ]
    body, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    trailer = f"<< /Size 5 /Root 1 0 R /Encrypt 4 0 R /ID [<{'43' * 16}> <{'43' * 16}>] >>"
    return (
        f"{body}xref\n0 5\n0000000000 65535 f \n{table}trailer\n{trailer}\nstartxref\n{len(body)}\n%%EOF\n".encode()
    )


def _other_zip() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("ghi-chu.txt", "không phải văn bản Word")
    return target.getvalue()


UNREADABLE: list[tuple[str, Callable[[], bytes], str]] = [
    ("rong.docx", lambda: b"  \n", "rỗng"),
    ("hong.docx", lambda: saved(word_letter())[:900], "bị hỏng"),
    ("khac.docx", _other_zip, "không phải văn bản Word"),
    ("hong.pdf", lambda: b"%PDF-1.7\nkhong phai PDF", "bị hỏng"),
    ("khoa.pdf", _locked_pdf, "mật khẩu"),
    ("anh.docx", lambda: b"\x89PNG\r\n\x1a\n" + bytes(50), "Ảnh “anh.docx” bị hỏng"),
    ("nhi-phan.txt", lambda: bytes(range(256)), "không phải .docx"),
]


@pytest.mark.parametrize(("name", "make", "says"), UNREADABLE, ids=[case[0] for case in UNREADABLE])
def test_an_unreadable_file_says_what_is_wrong_and_what_to_do(
    name: str, make: Callable[[], bytes], says: str
) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_bytes(make(), name)
    assert says in caught.value.message
    assert name in caught.value.message


def test_an_old_word_file_names_the_missing_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(MissingProgram, match="antiword"):
        extract_here(old_word(), "cu.doc")


def old_word(*, flags: int = 0, streams: str = "") -> bytes:
    """The marks of a Word 97 file: container, main stream with its flags, names of its streams in UTF-16."""
    start = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    stream = b"\xec\xa5" + bytes(8) + flags.to_bytes(2, "little") + bytes(500)
    return start + stream + f"WordDocument{streams}".encode("utf-16-le")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (old_word(flags=0x0100), "mật khẩu"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "Workbook".encode("utf-16-le"), "bảng tính"),
    ],
)
def test_an_old_file_that_is_locked_or_no_letter_says_so(data: bytes, says: str) -> None:
    with pytest.raises(UnreadableFile, match=says):
        extract(data, "cu.doc")


def test_a_file_that_is_not_there_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="Không có tệp"):
        read_file(tmp_path / "khong-co.txt")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1258"])
def test_text_files_are_read_in_the_encodings_they_come_in(encoding: str) -> None:
    text = "Số: 15/LĐLĐ-VP" if encoding == "cp1258" else letters.MINISTRY
    decomposed = "S\u00f4\u0301: 15/LĐLĐ-VP"  # Windows' Vietnamese writes tones as separate marks
    data = (decomposed if encoding == "cp1258" else text).encode(encoding)
    assert read_bytes(data, "a.txt").text.startswith(text.split("\n")[0][:10])


def test_scanned_pages_stay_unread_and_are_counted_where_nobody_waits_for_them(
    pdf_letter: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "read_pages", lambda *_: pytest.fail("đã đọc"))
    found = extract_here(scan_of(pdf_letter), "quet.pdf", ocr=False)
    assert (found.text.strip(), found.unread) == ("", 1)


def test_a_package_that_unpacks_too_large_is_not_opened() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(51 * 2**20))
    with pytest.raises(UnreadableFile, match="giải nén"):
        extract(target.getvalue(), "bom.docx")


def test_an_empty_cell_of_a_table_is_read_as_empty() -> None:
    table = Table((Column("Nội dung"), Column("Mục tiêu"), Column("Kết quả")), (("Số buổi", "", "3"),))
    paper = OfficialDocument(issuer="Công đoàn xã An Hải", doc_type="báo cáo", subject="Kết quả", body=(table,))
    assert "Số buổi" in extract_here(to_pdf(paper), "bao-cao.pdf", ocr=False).text
