"""The tree in a real browser: opened in place by keyboard, another day by the slider, a unit's page."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.reorganisations import happen
from tests.web.browsing import MARKS, inspect, sign_in

pytestmark = MARKS

SPLIT = """event,41/QĐ-LĐLĐ,Sắp xếp công đoàn xã,,,2026-03-01
begin,XC,Công đoàn phường Hải Long,commune,T,,,CĐP,Hải Long
move,A2,,,XC
"""


def test_an_officer_walks_through_the_tree_and_its_past(page: Page, live_cast: Cast) -> None:
    happen(SPLIT)
    sign_in(page, "tinh")
    page.goto("/to-chuc/cay/")
    commune = page.locator("summary", has_text="Công đoàn xã An Hải")
    commune.press("Enter")
    expect(page.get_by_role("link", name="Công đoàn cơ sở Công ty May Hải Âu")).to_be_visible()
    expect(page.get_by_role("link", name="Công đoàn cơ sở Trường Tiểu học Hải Long")).to_have_count(0)
    inspect(page, "cay-to-chuc")
    page.get_by_role("slider").press("ArrowLeft")
    expect(page.get_by_text("Cây tại ngày 01/07/2025")).to_be_visible()
    expect(page.locator("summary", has_text="Công đoàn phường Hải Long")).to_have_count(0)
    page.get_by_label("Tìm đơn vị").fill("hai au")
    expect(page.get_by_role("heading", name="Tìm thấy")).to_be_visible()
    page.get_by_role("link", name="Công đoàn cơ sở Công ty May Hải Âu").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Công đoàn cơ sở Công ty May Hải Âu")
    inspect(page, "cay-don-vi")
    page.goto("/to-chuc/thay-doi/?ngay=01/03/2026")
    expect(page.get_by_role("heading", name="Chuyển sang trực thuộc đơn vị khác")).to_be_visible()
    inspect(page, "cay-thay-doi")
