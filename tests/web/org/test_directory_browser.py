"""Directory and delegation in a browser: searched by typing, given by keyboard, sound at both widths."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from nhipcau.access.actions import open_account
from nhipcau.org.actions import appoint, create_post
from nhipcau.org.models import Role
from tests.cast import NOW, PASSWORD, SETUP, TODAY, Cast
from tests.web.browsing import MARKS, follow, inspect, sign_in, sign_out

pytestmark = MARKS


def test_a_chair_finds_a_telephone_and_goes_away_for_a_week(page: Page, live_cast: Cast) -> None:
    unit = live_cast.commune
    post = create_post(unit=unit, title="Phó Chủ tịch xã", roles=[Role.REPORTER], start=TODAY, actor=SETUP, at=NOW)
    account = open_account(login="phoxa", password=PASSWORD, name="Người giữ chức phó", actor=SETUP, at=NOW)
    appoint(post=post, person=account.person, start=TODAY, actor=SETUP, at=NOW)
    sign_in(page, "xa")
    follow(page.get_by_role("link", name="Tổ chức"))
    inspect(page, "directory")
    page.get_by_label("Tìm đơn vị").press_sequentially("hai au")
    expect(page.get_by_role("status").filter(has_text="1 chức danh")).to_be_visible()
    expect(page.get_by_text("Công ty May Hải Âu")).to_be_visible()
    follow(page.get_by_role("link", name="Ủy quyền"))
    follow(page.get_by_role("link", name="Ủy quyền").last)
    page.get_by_label("Đến hết ngày").fill("20/03/2026")
    inspect(page, "delegate")
    follow(page.get_by_role("button", name="Ủy quyền"))
    expect(page.get_by_text("đang làm thay")).to_be_visible()
    inspect(page, "delegations")
    sign_out(page)
    sign_in(page, "phoxa")
    follow(page.get_by_role("button", name="làm thay"))
    expect(page.get_by_text("Bạn đang làm thay «Chủ tịch công đoàn xã»")).to_be_visible()
    inspect(page, "acting-for")
