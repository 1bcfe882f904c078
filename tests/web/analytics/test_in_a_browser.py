"""The pages of free analysis at desk and phone width, in light and dark, for a keyboard and a screen reader."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from tests.analytics import figures
from tests.analytics.figures import PERIODS
from tests.cast import Cast
from tests.web.browsing import DESK, MARKS, PATIENCE, follow, inspect, sign_in

pytestmark = MARKS


@pytest.fixture(autouse=True)
def summer(settings: Settings, live_cast: Cast) -> None:
    settings.DEMO_CLOCK = "2026-07-20T09:00:00+07:00"


def test_a_question_is_asked_and_kept_by_keyboard(
    browser: Browser, live_server: LiveServer, live_cast: Cast
) -> None:
    version = figures.publish()
    for unit, gifts in ((live_cast.local, 3), (live_cast.commune, 10), (live_cast.sibling_local, 100)):
        for turn, period in enumerate(PERIODS):
            cells: dict[str, int | str | None] = {
                "gifts[sex=female,sector=state]": gifts + turn,
                "money": 1000 * gifts,
            }
            figures.report(unit, version, period, cells)
    page = browser.new_context(base_url=live_server.url, viewport=DESK, locale="vi-VN").new_page()
    page.set_default_timeout(PATIENCE)
    sign_in(page, "tinh")
    page.goto("/phan-tich/")
    inspect(page, "phan-tich")
    page.set_viewport_size(DESK)
    follow(page.get_by_role("link", name="Hỏi số liệu mới"))
    page.get_by_label("Xem đến cấp").select_option("1")
    page.get_by_label("Xem đến cấp").press("Enter")
    follow(page.get_by_role("button", name="Xem", exact=True))
    expect(page.locator(".pivot tbody tr").first).to_be_visible()
    inspect(page, "phan-tich-bang")
    page.set_viewport_size(DESK)
    page.get_by_label("Lưu câu hỏi này với tên").fill("Quà theo quý")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Quà theo quý")).to_be_visible()
    inspect(page, "phan-tich-da-luu")
    page.context.close()
