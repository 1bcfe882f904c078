"""An XLSForm taken as a draft in a browser, by keyboard; and a federation's own spreadsheet in millions."""

from __future__ import annotations

import pytest
from playwright.sync_api import FilePayload, Page, expect
from pytest_django.fixtures import Settings

from nhipcau.reports.models import Submission, TemplateDraft
from tests import quarterly
from tests.cast import Cast
from tests.exchange.plain import sheet
from tests.exchange.test_xlsform import QUESTIONS, workbook
from tests.quarterly import LATER, PERIOD
from tests.web.browsing import MARKS, follow, inspect, sign_in

pytestmark = MARKS


def file(data: bytes) -> FilePayload:
    return FilePayload(name="tep.xlsx", mimeType="application/octet-stream", buffer=data)


def test_an_xlsform_becomes_a_draft(page: Page, live_cast: Cast) -> None:
    sign_in(page, "tinh")
    page.goto("/bieu-mau/")
    follow(page.get_by_role("link", name="Từ XLSForm"))
    inspect(page, "survey-upload")
    page.get_by_label("Tệp XLSForm").set_input_files(file(workbook([["text", "ten", "Ai nói"]])))
    page.get_by_role("button", name="Xem trước").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("survey!A2")
    inspect(page, "survey-refused")
    expect(page.get_by_label("công đoàn cơ sở")).to_be_checked()
    page.get_by_label("Tệp XLSForm").set_input_files(file(workbook(QUESTIONS)))
    page.get_by_role("button", name="Xem trước").press("Enter")
    expect(page.get_by_role("heading", name="Không lấy được")).to_be_visible()
    inspect(page, "survey-looked-at")
    page.get_by_role("button", name="Lấy làm bản thảo").press("Enter")
    expect(page.get_by_text("Đã lấy XLSForm làm bản thảo")).to_be_visible()
    assert TemplateDraft.objects.get().content["name"] == "Khảo sát đối thoại"


@pytest.fixture
def at_quarters_end(settings: Settings) -> None:
    settings.DEMO_CLOCK = LATER.isoformat()


def test_a_table_in_millions_is_looked_at_and_entered(page: Page, live_cast: Cast, at_quarters_end: None) -> None:
    quarterly.publish()
    sign_in(page, "xa")
    page.goto(f"/bao-cao/bang-tinh/quy/{PERIOD.key}/{live_cast.commune.uid}/")
    rows: list[list[object]] = [
        ["STT", "Đơn vị", "Người liên hệ", "Số suất quà", "Số tiền quà (triệu đồng)"],
        ["I", "Khối doanh nghiệp"],
        [1, "Công ty May Hải Âu", "Nguyễn Văn Giả", 12, 3.6],
        [2, "Trường Tiểu học Hải Long", "Trần Thị Bịa", "bảy", 2.1],
        ["", "Tổng cộng", "", 19, 5.7],
    ]
    page.get_by_label("Bảng tính của đơn vị").set_input_files(file(sheet(*rows)))
    page.get_by_role("button", name="Xem trước").press("Enter")
    expect(page.get_by_text("1 dòng tên nhóm")).to_be_visible()
    inspect(page, "own-table-looked-at")
    page.get_by_role("button", name="Nhập thay cho các đơn vị").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Q!D4")
    inspect(page, "own-table-refused")
    assert not Submission.objects.exists()
