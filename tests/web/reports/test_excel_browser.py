"""The Excel form in a real browser: downloaded, uploaded, looked at on desk and phone, confirmed."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import FilePayload, Page, expect

from tests.cast import Cast
from tests.exchange.forms import fill
from tests.web.browsing import MARKS, inspect, sign_in, tap
from tests.web.reports import scenes

pytestmark = MARKS
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def payload(data: bytes) -> FilePayload:
    return {"name": "bieu-mau.xlsx", "mimeType": XLSX, "buffer": data}


def test_from_the_reports_page_to_excel_and_back(page: Page, live_cast: Cast) -> None:
    version = scenes.publish()
    report = scenes.draft(version, live_cast.local_volunteer, {"gifts": "3"})
    sign_in(page)
    page.goto(f"/bao-cao/{report.uid}/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải biểu mẫu Excel").click()
    data = Path(download.value.path()).read_bytes()
    inspect(page, "bao-cao-co-excel")
    tap(page.get_by_role("link", name="Nhập từ Excel"))
    page.get_by_role("button", name="Xem trước").click()
    expect(page.locator(".summary")).to_be_focused()
    inspect(page, "excel-thieu-tep")
    page.get_by_label("Biểu mẫu đã điền").set_input_files([payload(fill(data, gifts=1.5)), payload(data)])
    page.get_by_role("button", name="Xem trước").click()
    expect(page.get_by_text("cần số nguyên, đã nhập «1,5»")).to_be_visible()
    inspect(page, "excel-bi-tu-choi")
    scenes.draft(version, live_cast.local_volunteer, {"gifts": "9"})
    page.goto("/bao-cao/bieu-mau/")
    page.get_by_label("Biểu mẫu đã điền").set_input_files(payload(fill(data, gifts=12, money=900_000)))
    page.get_by_role("button", name="Xem trước").click()
    expect(page.get_by_text("chưa ghi gì")).to_be_visible()
    inspect(page, "excel-xem-truoc")
    page.get_by_label("Lấy số trong tệp").check()
    page.get_by_role("button", name="Ghi vào báo cáo").click()
    expect(page.locator("[name=gifts]")).to_have_value("12")
