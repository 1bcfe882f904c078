"""A post from its making to its handing over, by keyboard, and the first sign-in of whoever is appointed."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.web.browsing import MARKS, follow, inspect, sign_in

pytestmark = MARKS
NEW = "qua-cau-song-moi"


def test_a_post_is_made_filled_entered_and_handed_over(page: Page, live_cast: Cast) -> None:
    sign_in(page, "xa")
    page.get_by_role("link", name="Tổ chức").press("Enter")
    page.get_by_role("link", name="Chức danh", exact=True).press("Enter")
    page.get_by_role("link", name="Lập chức danh").press("Enter")
    page.get_by_label("Tên chức danh").fill("Ủy viên phụ trách nữ công")
    page.get_by_label("người lập báo cáo").press("Space")
    inspect(page, "post-create")
    page.get_by_role("button", name="Lập chức danh").press("Enter")
    page.get_by_role("link", name="Bổ nhiệm").press("Enter")
    page.get_by_label("Họ và tên").fill("Lê Thị Sông")
    page.get_by_label("Tên đăng nhập", exact=True).fill("nucong")
    page.get_by_role("button", name="Bổ nhiệm").press("Enter")
    password = page.locator("dl.facts b").last.inner_text()
    inspect(page, "appointed")
    page.get_by_role("link", name="Tổ chức").press("Enter")
    follow(page.get_by_role("link", name="Chức danh", exact=True))
    inspect(page, "posts")
    page.get_by_role("button", name="Đăng xuất").press("Enter")
    page.get_by_label("Tên đăng nhập", exact=True).fill("nucong")
    page.get_by_label("Mật khẩu").fill(password)
    page.get_by_role("button", name="Đăng nhập").press("Enter")
    expect(page.get_by_role("heading", name="Chọn mật khẩu của bạn")).to_be_visible()
    inspect(page, "first-password")
    page.get_by_label("Mật khẩu đang dùng").fill(password)
    page.get_by_label("Mật khẩu mới", exact=True).fill(NEW)
    page.get_by_label("Nhập lại mật khẩu mới").fill(NEW)
    page.get_by_role("button", name="Đổi mật khẩu").press("Enter")
    expect(page.get_by_text("Đã đổi mật khẩu")).to_be_visible()
    page.get_by_role("button", name="Đăng xuất").press("Enter")
    sign_in(page, "xa")
    page.goto("/to-chuc/chuc-danh/")
    follow(page.get_by_role("link", name="Ủy viên phụ trách nữ công"))
    inspect(page, "post-held")
    page.get_by_role("button", name="Kết thúc phân công").press("Enter")
    expect(page.get_by_role("heading", name="Biên bản bàn giao")).to_be_visible()
    inspect(page, "post-ended")
