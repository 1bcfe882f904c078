"""A filtered list is kept under a name, found again above the list and on the first page, and let go."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.web.browsing import MARKS, follow, inspect, sign_in

pytestmark = MARKS


def test_a_list_filtered_in_place_is_kept_as_it_is_shown(page: Page) -> None:
    sign_in(page, "xa")
    page.goto("/to-chuc/cay/")
    page.get_by_label("Tìm đơn vị theo tên hoặc mã").press_sequentially("hai au")
    expect(page).to_have_url(re.compile("q=hai"))
    page.get_by_text("Lưu cách xem này").press("Enter")
    page.get_by_label("Tên cách xem").fill("Công ty Hải Âu")
    page.get_by_label("Mở trang là thấy cách này").check()
    inspect(page, "saved-keep")
    with page.expect_navigation():
        page.get_by_label("Tên cách xem").press("Enter")
    chip = page.get_by_role("navigation", name="Cách xem đã lưu").get_by_role("link", name="Công ty Hải Âu")
    expect(chip).to_have_attribute("aria-current", "page")
    inspect(page, "saved-list")
    page.goto("/")
    inspect(page, "saved-home")
    follow(page.get_by_role("link", name="Công ty Hải Âu"))
    expect(page.get_by_label("Tìm đơn vị theo tên hoặc mã")).to_have_value("hai au")
    follow(page.get_by_role("link", name="Tất cả"))
    expect(page.get_by_label("Tìm đơn vị theo tên hoặc mã")).to_have_value("")
    follow(page.get_by_role("link", name="Sửa cách xem"))
    inspect(page, "saved-index")
    with page.expect_navigation():
        page.get_by_role("button", name="Xóa").press("Enter")
    expect(page.get_by_text("Chưa lưu cách xem nào")).to_be_visible()
