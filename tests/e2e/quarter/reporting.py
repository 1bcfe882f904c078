"""June and July: gifts are recorded; one unit reports by spreadsheet, one on a telephone, one not at all."""

from __future__ import annotations

import re

from playwright.sync_api import FilePayload, Page, expect

from nhipcau.reports.models import Submission
from tests.e2e.office import fetch, told
from tests.e2e.quarter.desks import Quarter, look
from tests.e2e.reporting import fill
from tests.exchange.forms import fill as fill_form
from tests.web.browsing import photograph, tap

SCHOOL = "Công đoàn cơ sở Trường Tiểu học Hải Long"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BIG = "40 suất nhân ngày Gia đình Việt Nam; có danh sách lưu tại đơn vị."


def give_gifts(quarter: Quarter) -> None:
    """The volunteer records the quarter's gifts on the day; the sum is said in words."""
    quarter.at(6, 10, 16)
    page = quarter.coso
    page.goto("/hoat-dong/ghi/?loai=tang_qua")
    page.get_by_label("Ngày tổ chức").fill("10/06/2026")
    page.get_by_label("Số suất quà").fill("20")
    page.get_by_label("Tổng số tiền").fill("6.200.000")
    expect(page.get_by_text("sáu triệu hai trăm nghìn đồng")).to_be_visible()
    tap(page.get_by_role("button", name="Ghi hoạt động"))
    told(page, "Đã ghi hoạt động")


def report_on_a_telephone(quarter: Quarter) -> None:
    """A thousand times too much stands out against three quarters of its own; the volunteer puts it right."""
    quarter.at(7, 1)
    page = quarter.coso
    _open(page)
    expect(page.locator("[name=money]")).to_have_value("6.200.000")
    fill(page, "money", "6.200.000.000")
    slip = page.locator("tr:has([name=money]) .why")
    expect(slip).to_contain_text("6.200.000.000 đồng lệch khoảng nghìn lần so với các kỳ trước")
    photograph(page, "q05-lech-nghin-lan")
    tap(page.get_by_role("button", name="Trình và gửi"))
    expect(page.locator("main")).to_contain_text("chỗ phải xử lý")
    fill(page, "money", "6.200.000")
    expect(slip).not_to_contain_text("lệch khoảng nghìn lần")
    expect(page.locator(".summary")).to_have_count(0)
    look(page, "q05-bao-cao")
    tap(page.get_by_role("button", name="Trình và gửi"))
    told(page, "Đã gửi báo cáo lên cấp trên.")


def report_by_spreadsheet(quarter: Quarter) -> None:
    """Downloaded, filled in with an explanation at the row, looked at, taken in, sent."""
    quarter.at(7, 2)
    page = quarter.truong
    _open(page)
    form = fetch(page, page.get_by_role("link", name="Tải biểu mẫu Excel"))
    filled = fill_form(form, {"gifts": BIG}, {"danh_gia": "Đã trao quà đủ."}, gifts=40, money=8_000_000)
    tap(page.get_by_role("link", name="Nhập từ Excel"))
    page.get_by_label("Biểu mẫu đã điền").set_input_files(_payload(filled))
    tap(page.get_by_role("button", name="Xem trước"))
    expect(page.get_by_text("chưa ghi gì")).to_be_visible()
    look(page, "q05-excel")
    tap(page.get_by_role("button", name="Ghi vào báo cáo"))
    expect(page.locator("[name=money]")).to_have_value("8.000.000")
    tap(page.get_by_role("button", name="Trình và gửi"))
    told(page, "Đã gửi báo cáo lên cấp trên.")


def _payload(data: bytes) -> FilePayload:
    return {"name": "quy-cham-lo.xlsx", "mimeType": XLSX, "buffer": data}


def _open(page: Page) -> None:
    page.goto("/bao-cao/")
    tap(page.get_by_role("row", name=re.compile("Quý II năm 2026", re.IGNORECASE)).get_by_role("button"))


def take_in(quarter: Quarter) -> None:
    """The commune reads the explanation, accepts both, and reports itself; the province does the same."""
    quarter.at(7, 3)
    page = quarter.xa
    page.goto("/bao-cao/cho-tiep-nhan/")
    tap(page.get_by_role("link", name=SCHOOL, exact=True))
    expect(page.locator(".findings")).to_contain_text(BIG)
    photograph(page, "q05-giai-thich")
    tap(page.get_by_role("button", name="Tiếp nhận", exact=True))
    page.goto("/bao-cao/cho-tiep-nhan/")
    tap(page.get_by_role("button", name=re.compile("^Tiếp nhận.*May Hải Âu")))
    _send_own(page, "Đã gửi báo cáo lên cấp trên.")
    page = quarter.tinh
    page.goto("/bao-cao/cho-tiep-nhan/")
    tap(page.get_by_role("button", name=re.compile("^Tiếp nhận.*xã An Hải")))
    _send_own(page, "Đã chốt báo cáo của đơn vị.", button="Duyệt và chốt")
    assert Submission.objects.filter(period="2026-Q2", state="accepted").count() == 4


def _send_own(page: Page, words: str, button: str = "Trình và gửi") -> None:
    _open(page)
    tap(page.get_by_role("button", name="Ghi 0 cho ô còn trống"))
    expect(page.locator("#progress")).to_contain_text("2 / 2")
    tap(page.get_by_role("button", name=button))
    told(page, words)
