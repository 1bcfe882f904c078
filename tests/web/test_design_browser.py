"""The designer in a browser, by keyboard: looked at while one types, moved, tried, published; sound all the way."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from nhipcau.reports.models import TemplateVersion
from tests import quarterly
from tests.cast import Cast
from tests.web.browsing import MARKS, follow, inspect, sign_in

pytestmark = MARKS


def press(page: Page, name: str, role: str = "button") -> None:
    if role == "link":
        follow(page.get_by_role("link", name=name, exact=True).first)
    else:
        follow(page.get_by_role("button", name=name, exact=True).first)


def test_a_version_is_made_by_keyboard_and_published(page: Page, live_cast: Cast) -> None:
    version = quarterly.publish()
    quarterly.draft(live_cast.local_volunteer, version, letters="3", gifts="2")
    sign_in(page, "tinh")
    page.goto("/bieu-mau/")
    inspect(page, "design-index")
    follow(page.get_by_role("button", name="Sửa thành phiên bản mới"))
    inspect(page, "design-draft")
    press(page, "Chăm lo", "link")
    inspect(page, "design-section")
    page.get_by_role("button", name=re.compile("Xuống.*Số suất quà")).press("Enter")
    expect(page.get_by_role("button", name=re.compile("Xuống.*Số suất quà"))).to_be_focused()
    follow(page.get_by_role("button", name=re.compile("Bỏ.*Văn bản đã ban hành")))
    press(page, "Quy tắc kiểm tra", "link")
    follow(page.get_by_role("link", name=re.compile("Sửa.*qua-lon")))
    check = page.get_by_label("Điều kiện phải đúng")
    check.fill("money <= gift * 5000000")
    check.blur()
    expect(page.locator("#noi-gi")).to_contain_text("không có chỉ tiêu «gift»")
    expect(page.get_by_label("Lời nhắn", exact=True)).to_be_visible()
    inspect(page, "design-rule")
    check.fill("money <= gifts * 4000000")
    press(page, "Lưu vào bản thảo")
    expect(page.get_by_text("money <= gifts * 4000000")).to_be_visible()
    press(page, "Ai báo cáo, hạn nào", "link")
    inspect(page, "design-duty")
    press(page, "Xem thử", "link")
    page.locator("[name=gifts]").fill("2")
    page.locator("[name=money]").fill("72 triệu")
    press(page, "Thử quy tắc")
    expect(page.get_by_text("quá lớn").first).to_be_visible()
    inspect(page, "design-preview")
    press(page, "Ban hành", "link")
    expect(page.get_by_text("1 báo cáo chưa gửi sẽ chuyển")).to_be_visible()
    inspect(page, "design-publish")
    press(page, "Ban hành phiên bản này")
    expect(page.get_by_text("Đã ban hành phiên bản 2.")).to_be_visible()
    inspect(page, "design-template")
    follow(page.get_by_role("link", name=re.compile("So với bản trước.*2")))
    inspect(page, "design-compare")
    assert TemplateVersion.objects.count() == 2
