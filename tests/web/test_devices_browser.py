"""The list of devices in a browser: another one is signed out from here."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.web.browsing import MARKS, PATIENCE, follow, inspect, sign_in

pytestmark = MARKS


def test_a_device_elsewhere_is_signed_out_from_here(page: Page, browser: Browser, live_server: LiveServer) -> None:
    elsewhere = browser.new_context(base_url=live_server.url).new_page()
    elsewhere.set_default_timeout(PATIENCE)
    sign_in(elsewhere)
    sign_in(page)
    follow(page.get_by_role("banner").get_by_role("link", name="Tài khoản của tôi"))
    follow(page.get_by_role("link", name="Thiết bị đang đăng nhập"))
    inspect(page, "devices")
    follow(page.get_by_role("button", name="Đăng xuất thiết bị"))
    expect(page.get_by_text("Thiết bị ấy đã bị đăng xuất.")).to_be_visible()
    elsewhere.reload()
    expect(elsewhere.get_by_role("heading", name="Đăng nhập")).to_be_visible()
    elsewhere.context.close()
