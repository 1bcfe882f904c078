"""12 July: the consolidated report is signed on paper – opened, edited in Word, numbered, issued with its copy."""

from __future__ import annotations

import io

import docx
from playwright.sync_api import FilePayload, expect

from tests.e2e.office import Office, fetch, fits, sound, told
from tests.e2e.reporting import ASSESSMENT
from tests.web.browsing import photograph, tap

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ADDED = "Nguồn lực được ưu tiên cho đoàn viên có hoàn cảnh khó khăn."
NUMBER, RESTATED = "13/BC-LĐLĐ", "14/BC-LĐLĐ"


def changed(file: bytes, old: str, new: str) -> bytes:
    """The .docx as somebody edits it: one paragraph or one cell says something else."""
    document = docx.Document(io.BytesIO(file))
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    place = next(one for one in (*document.paragraphs, *cells) if one.text == old)
    place.text = new
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def words(file: bytes) -> str:
    """All paragraphs of a .docx."""
    return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(file)).paragraphs)


def word_file(data: bytes) -> FilePayload:
    """A .docx to hand to the page."""
    return {"name": "Báo cáo 6 tháng, lãnh đạo sửa.docx", "mimeType": WORD, "buffer": data}


def open_draft(office: Office) -> bytes:
    """The clerk opens the draft for signature from the consolidated figures and downloads it."""
    office.at(7, 12, 8)
    page = office.vanthu
    page.goto("/bao-cao/")
    tap(page.get_by_role("link", name="Tổng hợp", exact=True))
    page.get_by_label("Kỳ", exact=True).select_option(label="6 tháng đầu năm 2018")
    tap(page.get_by_role("button", name="Xem"))
    tap(page.get_by_role("link", name="Trình ký, phát hành"))
    expect(page.locator("main")).to_contain_text("Còn 343 đơn vị chưa có trong số liệu")
    expect(page.locator("main")).to_contain_text("Dẫn 12 văn bản chỉ đạo")
    page.get_by_label("Chủ tịch").check()
    fits(page, "09-phat-hanh")
    tap(page.get_by_role("button", name="Mở bản trình ký"))
    told(page, "Đã mở bản trình ký")
    sound(page, "09-trinh-ky")
    draft = fetch(page, page.get_by_role("link", name="Tải .docx"))
    assert ASSESSMENT in words(draft)
    return draft


def read_back(office: Office, draft: bytes) -> None:
    """A changed figure is refused by its name; one more sentence is shown as the difference and kept."""
    page = office.vanthu
    page.get_by_label("Tệp Word lãnh đạo đã sửa").set_input_files(word_file(changed(draft, "45", "54")))
    tap(page.get_by_role("button", name="Đọc tệp, xem khác biệt"))
    photograph(page, "09-tu-choi")
    expect(page.locator("main")).to_contain_text("Lượt người dự tập huấn")
    expect(page.locator("main")).to_contain_text("45 → 54")
    edited = changed(draft, ASSESSMENT, f"{ASSESSMENT} {ADDED}")
    page.get_by_label("Tệp Word lãnh đạo đã sửa").set_input_files(word_file(edited))
    tap(page.get_by_role("button", name="Đọc tệp, xem khác biệt"))
    expect(page.locator("ins")).to_contain_text(ADDED)
    photograph(page, "09-khac-biet")
    tap(page.get_by_role("button", name="Giữ lời văn này"))
    told(page, "Đã giữ lời văn lãnh đạo sửa")


def number_and_issue(office: Office, number: str = NUMBER) -> None:
    """Signed: the clerk takes the next number, sends the signed PDF, and the report is issued."""
    page = office.vanthu
    page.get_by_label("Ngày ký").fill("12/07/2018")
    tap(page.get_by_role("button", name="Cấp số"))
    expect(page.locator("main")).to_contain_text(f"Số {number}, ngày 12/07/2018")
    signed = fetch(page, page.get_by_role("link", name="Tải .pdf")) + b"\n/ByteRange [0 1 2 3]"
    page.get_by_label("Bản đã ký, đóng dấu").set_input_files(
        {"name": "Báo cáo đã ký.pdf", "mimeType": "application/pdf", "buffer": signed}
    )
    photograph(page, "09-cho-ban-ky")
    tap(page.get_by_role("button", name="Gửi và phát hành"))
    expect(page.get_by_role("heading", name=f"Báo cáo số {number}")).to_be_visible()
    expect(page.locator("main")).to_contain_text("4 báo cáo góp vào số liệu")
    fits(page, "09-da-phat-hanh")
    assert ADDED in words(fetch(page, page.get_by_role("link", name="Tải .docx")))
    assert fetch(page, page.get_by_role("link", name="Tải bản đã ký, đóng dấu")) == signed
