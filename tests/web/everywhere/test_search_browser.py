"""The one search in a browser: by one key from any page, typed, walked through by arrow keys, on desk and phone."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.web.browsing import MARKS, PHONE, follow, inspect, sign_in
from tests.web.everywhere import scenes

pytestmark = MARKS


def test_one_key_leads_to_the_box_and_the_arrows_to_what_is_found(page: Page, live_cast: Cast) -> None:
    scenes.everything(live_cast)
    sign_in(page)
    page.keyboard.press("/")
    box = page.get_by_role("searchbox", name="Tìm mọi nơi")
    expect(box).to_be_focused()
    box.fill("tháng")
    with page.expect_navigation():
        box.press("Enter")
    box = page.get_by_label("Cần tìm gì")
    expect(box).to_have_value("tháng")
    inspect(page, "everywhere")
    box.fill("")
    expect(page.get_by_text("Gõ điều còn nhớ")).to_be_visible()
    inspect(page, "everywhere-empty")
    box.press_sequentially("hai au")
    expect(page.locator("#so-ket-qua")).to_have_text("2 kết quả")
    expect(page.locator(".found mark").first).to_have_text("Hải")
    box.press("ArrowDown")
    first, second = page.locator(".found a").all()
    expect(first).to_be_focused()
    first.press("ArrowDown")
    expect(second).to_be_focused()
    second.press("ArrowUp")
    first.press("ArrowUp")
    expect(box).to_be_focused()
    box.press("ArrowDown")
    follow(first)
    expect(page.get_by_role("heading", level=1)).to_contain_text("May Hải Âu")


def test_on_a_phone_the_key_and_the_link_lead_to_the_page_of_the_search(page: Page) -> None:
    sign_in(page)
    page.set_viewport_size(PHONE)
    expect(page.get_by_role("searchbox")).to_be_hidden()
    inspect(page, "everywhere-header")
    page.set_viewport_size(PHONE)
    follow(page.get_by_role("link", name="Tìm", exact=True))
    expect(page.get_by_label("Cần tìm gì")).to_be_focused()
    page.goto("/to-chuc/")
    with page.expect_navigation():
        page.keyboard.press("/")
    expect(page.get_by_label("Cần tìm gì")).to_be_focused()
