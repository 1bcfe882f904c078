"""A post from its making to its handing over, by keyboard, and the code of whoever is appointed."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.web.browsing import MARKS, follow, go_to, inspect, sign_in, sign_out

pytestmark = MARKS
NEW = "qua-cau-song-moi"


def test_a_post_is_made_filled_entered_and_handed_over(page: Page, live_cast: Cast) -> None:
    sign_in(page, "xa")
    go_to(page, "Tổ chức")
    follow(page.get_by_role("link", name="Chức danh", exact=True))
    follow(page.get_by_role("link", name="Lập chức danh"))
    page.get_by_label("Tên chức danh").fill("Ủy viên phụ trách nữ công")
    page.get_by_label("người lập báo cáo").press("Space")
    inspect(page, "post-create")
    follow(page.get_by_role("button", name="Lập chức danh"))
    follow(page.get_by_role("link", name="Phân công"))
    page.get_by_label("Họ và tên").fill("Lê Thị Sông")
    page.get_by_label("Tên đăng nhập", exact=True).fill("nucong")
    follow(page.get_by_role("button", name="Phân công"))
    code = page.locator("dl.facts b").last.inner_text()
    inspect(page, "appointed")
    go_to(page, "Tổ chức")
    follow(page.get_by_role("link", name="Chức danh", exact=True))
    inspect(page, "posts")
    sign_out(page)
    follow(page.get_by_role("link", name="nhập mã kích hoạt"))
    inspect(page, "entry-code")
    page.get_by_label("Mã kích hoạt").fill("nham-nham-nham-nham")
    page.get_by_label("Mật khẩu mới", exact=True).fill(NEW)
    page.get_by_label("Nhập lại mật khẩu mới").fill(NEW)
    follow(page.get_by_role("button", name="Mở tài khoản"))
    inspect(page, "entry-code-wrong")
    page.get_by_label("Mã kích hoạt").fill(code.lower().replace("-", " "))
    page.get_by_label("Mật khẩu mới", exact=True).fill(NEW)
    page.get_by_label("Nhập lại mật khẩu mới").fill(NEW)
    follow(page.get_by_role("button", name="Mở tài khoản"))
    expect(page.get_by_text("Lần sau đăng nhập bằng tên «nucong»")).to_be_visible()
    sign_out(page)
    sign_in(page, "xa")
    page.goto("/to-chuc/chuc-danh/")
    follow(page.get_by_role("link", name="Ủy viên phụ trách nữ công"))
    inspect(page, "post-held")
    follow(page.get_by_role("button", name="Kết thúc phân công"))
    expect(page.get_by_role("heading", name="Biên bản bàn giao")).to_be_visible()
    inspect(page, "post-ended")
