"""Notifications in a browser: from the bell, opened and so put aside, filtered, all at once."""

from __future__ import annotations

import re

import pytest
from django.core.cache import caches
from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.tasks.announced import told
from tests.tasks.work import handed_out, passed_on
from tests.web.browsing import MARKS, follow, inspect, sign_in

pytestmark = MARKS


@pytest.fixture(autouse=True)
def afresh() -> None:
    caches["process"].clear()


def test_what_is_opened_is_read_and_the_bell_counts_the_rest(page: Page, live_cast: Cast) -> None:
    passed_on(live_cast, handed_out(live_cast))
    told(live_cast, title="Nghỉ lễ")
    told(live_cast, title="Họp cụm khu vực")
    sign_in(page)
    bell = page.get_by_role("link", name="Tin báo")
    expect(bell).to_contain_text("chưa đọc")
    follow(bell)
    inspect(page, "notices")
    count = int(page.locator(".badge").inner_text())
    follow(page.get_by_role("link", name="Họp cụm khu vực"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Họp cụm khu vực")
    expect(page.locator(".badge")).to_have_text(str(count - 1))
    follow(page.get_by_role("link", name="Tin báo"))
    expect(page.get_by_role("button", name=re.compile("Đã đọc.*Họp cụm"))).to_have_count(0)
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile("Đã đọc.*Nghỉ lễ")).press("Enter")
    with page.expect_navigation():
        page.get_by_role("button", name="Đánh dấu đã đọc tất cả").press("Enter")
    expect(page.locator(".badge")).to_have_count(0)
    follow(page.get_by_role("link", name="Chỉ xem tin chưa đọc"))
    expect(page.get_by_text("Không có tin nào")).to_be_visible()
    inspect(page, "notices-empty")
