"""Announcements in a browser: told by keyboard at the province, read on a phone, chased from a list."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.web.browsing import DESK, MARKS, PHONE, follow, go_to, inspect, sign_in, sign_out

pytestmark = MARKS


def test_the_province_tells_and_a_volunteer_reads(page: Page, live_cast: Cast) -> None:
    page.set_viewport_size(DESK)
    sign_in(page, "tinh")
    go_to(page, "Thông báo")
    inspect(page, "announcements-none")
    follow(page.get_by_role("link", name="Đăng thông báo"))
    page.get_by_label("Tiêu đề").fill("Lịch nghỉ lễ của văn phòng")
    page.get_by_label("Nội dung").fill("Văn phòng nghỉ từ ngày 30/4 đến hết ngày 3/5.")
    page.get_by_text("Gửi đến ai?").press("Enter")
    page.get_by_label("Công đoàn xã An Hải").press("Space")
    inspect(page, "announcement-new")
    page.get_by_role("button", name="Đăng thông báo").press("Enter")
    expect(page.get_by_text("0 / 3 đơn vị")).to_be_visible()
    page.locator("summary", has_text="Chép tin gửi Zalo").press("Enter")
    page.get_by_role("button", name="Chép", exact=True).press("Enter")
    inspect(page, "announcement-sent")
    follow(page.get_by_role("link", name="xem 3 đơn vị chưa đọc"))
    inspect(page, "announcement-not-read")
    sign_out(page)
    page.set_viewport_size(PHONE)
    sign_in(page)
    follow(page.get_by_role("link", name="Lịch nghỉ lễ của văn phòng").first)
    expect(page.get_by_text("nghỉ từ ngày 30/4")).to_be_visible()
    inspect(page, "announcement-read")
    page.goto("/")
    expect(page.get_by_text("Thông báo chưa đọc")).to_have_count(0)
    go_to(page, "Thông báo")
    expect(page.locator(".tabs")).to_have_css("display", "flex")
    inspect(page, "announcements-list")
