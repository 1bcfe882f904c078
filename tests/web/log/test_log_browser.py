"""The log and its reasons in a browser: filtered by keyboard, opened, followed to why a post sees a thing."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.documents.letters import registered
from tests.tasks.announced import told
from tests.web.browsing import MARKS, follow, inspect, sign_in
from tests.web.log.scenes import auditor

pytestmark = MARKS


def test_the_auditor_filters_opens_an_entry_and_asks_why(page: Page, live_cast: Cast) -> None:
    registered(live_cast.clerk)
    told(live_cast)
    reader = auditor(live_cast.province)
    sign_in(page, f"kiemtra{reader.unit_id}")
    follow(page.get_by_role("link", name="Nhật ký"))
    page.get_by_label("Chức danh, đơn vị").fill("chủ tịch")
    follow(page.get_by_role("button", name="Lọc", exact=True))
    expect(page.get_by_text("Có nhiều chức danh khớp")).to_be_visible()
    inspect(page, "log-alike")
    page.get_by_label("Chức danh, đơn vị").fill("văn thư")
    follow(page.get_by_role("button", name="Lọc", exact=True))
    entry = page.locator(".work > li").filter(has_text="Vào sổ văn bản đến")
    entry.locator("summary").press("Enter")
    inspect(page, "log")
    follow(entry.get_by_role("link", name="Vì sao chức danh này thấy?"))
    expect(page.get_by_text("Thấy được.")).to_be_visible()
    expect(page.get_by_text("văn bản của chính đơn vị")).to_be_visible()
    inspect(page, "log-why")
    page.goto("/nhat-ky/?tu=01/01/2031")
    expect(page.get_by_text("Không có mục nào")).to_be_visible()
    inspect(page, "log-empty")


def test_an_officer_asks_why_he_sees_a_letter(page: Page, live_cast: Cast) -> None:
    letter = registered(live_cast.clerk)
    sign_in(page, "vanthu")
    page.goto(f"/van-ban/{letter.uid}/")
    follow(page.get_by_role("link", name="Vì sao tôi thấy trang này?"))
    expect(page.get_by_role("heading", name="Vì sao bạn thấy")).to_be_visible()
    inspect(page, "sight")
