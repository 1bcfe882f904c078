"""Comparing in a real browser, on desk and phone."""

from __future__ import annotations

from playwright.sync_api import FilePayload, Page, expect

from tests.cast import Cast
from tests.web.browsing import MARKS, inspect, sign_in
from tests.web.reports import scenes

pytestmark = MARKS


def payload(text: str) -> FilePayload:
    return {"name": "tong.csv", "mimeType": "text/csv", "buffer": text.encode()}


def test_a_file_is_compared_and_taken_away(page: Page, live_cast: Cast) -> None:
    scenes.publish()
    sign_in(page, "xa")
    page.goto(f"/bao-cao/so-sanh/thang/2026-02/{live_cast.commune.uid}/")
    page.get_by_label("Tệp tổng hợp").set_input_files(payload("Mã đơn vị,Suất quà đã trao\nA1,12\nĐơn vị lạ,3\n"))
    page.get_by_role("button", name="So với hệ thống").click()
    expect(page.get_by_role("cell", name="đơn vị chưa có báo cáo")).to_be_visible()
    inspect(page, "so-voi-tep")
    with page.expect_download():
        page.get_by_role("button", name="Tải bảng chênh lệch").click()
    page.get_by_label("Tệp tổng hợp").set_input_files(payload("Mã đơn vị,Suất quà đã trao\nA1,0\n"))
    page.get_by_role("button", name="So với hệ thống").click()
    expect(page.get_by_text("Không có chênh lệch")).to_be_visible()
    inspect(page, "so-voi-tep-bang-nhau")
