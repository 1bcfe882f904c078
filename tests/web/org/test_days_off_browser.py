"""Ngày làm việc by keyboard, looked at in light and dark, at the desk and on a phone."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.web.browsing import MARKS, follow, inspect, sign_in

pytestmark = MARKS


def test_the_province_enters_a_swap_by_keyboard(page: Page, live_cast: Cast) -> None:
    sign_in(page, "tinh")
    page.goto("/to-chuc/ngay-lam-viec/")
    page.get_by_label("Ngày", exact=True).fill("24/04/2026")
    page.get_by_label("Theo văn bản nào").fill("Theo Thông báo về nghỉ Giỗ Tổ")
    follow(page.get_by_role("button", name="Ghi vào lịch"))
    expect(page.locator(".notice.success")).to_have_text("Đã sửa lịch làm việc.")
    inspect(page, "days-off")
