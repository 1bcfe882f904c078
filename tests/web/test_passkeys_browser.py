"""Passkeys in a browser, with an authenticator that Chromium plays; the app's page as well."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from nhipcau.access.second import second_steps
from tests.cast import Cast
from tests.web.browsing import MARKS, follow, inspect, sign_in

pytestmark = MARKS
SECURITY = "/tai-khoan/bao-mat/"


@pytest.fixture
def key(page: Page) -> Iterator[Page]:
    """A page whose device has a platform authenticator, unlocked by its owner."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield page


def at(page: Page, live_server: LiveServer, path: str) -> None:
    """A passkey belongs to a name, not to a number."""
    page.goto(live_server.url.replace("127.0.0.1", "localhost") + path)


def made(page: Page, live_server: LiveServer) -> None:
    at(page, live_server, "/dang-nhap/")
    page.get_by_label("Tên đăng nhập").fill("coso")
    page.get_by_label("Mật khẩu").fill("cau-noi-nhip-2026")
    page.get_by_role("button", name="Đăng nhập", exact=True).press("Enter")
    page.locator(".seat").wait_for()
    at(page, live_server, SECURITY)
    follow(page.get_by_role("link", name="Khóa truy cập"))
    inspect(page, "passkey")
    page.get_by_label("Tên để nhận ra").fill("Điện thoại của tôi")
    follow(page.get_by_role("button", name="Tạo khóa trên máy này"))


def test_a_passkey_is_made_and_then_signs_in_with_nothing_typed(
    key: Page, live_server: LiveServer, live_cast: Cast
) -> None:
    made(key, live_server)
    expect(key.get_by_role("heading", name="Mã dự phòng")).to_be_visible()
    inspect(key, "recovery-codes")
    (kept,) = second_steps(live_cast.account(live_cast.local_volunteer))
    assert kept.wrap().name == "Điện thoại của tôi"
    at(key, live_server, SECURITY)
    expect(key.get_by_text("Điện thoại của tôi", exact=True)).to_be_visible()
    inspect(key, "security")
    follow(key.get_by_role("button", name="Đăng xuất"))
    inspect(key, "sign-in-with-passkey")
    follow(key.get_by_role("button", name="Đăng nhập bằng khóa truy cập"))
    key.locator(".seat").wait_for()


def test_after_the_password_the_passkey_is_the_second_step(key: Page, live_server: LiveServer) -> None:
    made(key, live_server)
    follow(key.get_by_role("button", name="Đăng xuất"))
    key.get_by_label("Tên đăng nhập").fill("coso")
    key.get_by_label("Mật khẩu").fill("cau-noi-nhip-2026")
    follow(key.get_by_role("button", name="Đăng nhập", exact=True))
    expect(key.get_by_role("heading", name="Bước thứ hai")).to_be_visible()
    inspect(key, "second-step")
    follow(key.get_by_role("button", name="Dùng khóa truy cập"))
    key.locator(".seat").wait_for()


def test_an_approver_is_led_to_the_app_first_and_goes_on_to_work(page: Page, settings: Settings) -> None:
    settings.REQUIRE_MFA = "approvers"
    page.goto("/dang-nhap/")
    page.get_by_label("Tên đăng nhập").fill("coso")
    page.get_by_label("Mật khẩu").fill("cau-noi-nhip-2026")
    follow(page.get_by_role("button", name="Đăng nhập", exact=True))
    expect(page.get_by_text("Chức danh của bạn cần bước xác thực thứ hai")).to_be_visible()
    follow(page.get_by_role("link", name="Ứng dụng cho mã"))
    inspect(page, "second-app")
    secret = page.locator("dl.facts b").inner_text().replace(" ", "")
    page.get_by_label("Mã", exact=True).fill(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
    follow(page.get_by_role("button", name="Bật"))
    expect(page.get_by_role("listitem")).to_have_count(10)
    follow(page.get_by_role("link", name="Đã cất, vào việc"))
    page.locator(".seat").wait_for()


def test_signing_in_by_keyboard_stays_as_it_was(page: Page) -> None:
    sign_in(page)
