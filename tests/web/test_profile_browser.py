"""The page of one's own account in a browser: what is chosen shows at once, against what the device asks for."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from nhipcau.access.actions import choose_display
from nhipcau.access.models import Density, Theme
from tests.cast import Cast
from tests.web.browsing import MARKS, follow, inspect, sign_in

pytestmark = MARKS
GROUND = "getComputedStyle(document.body).backgroundColor"
PAPER, NIGHT = "rgb(245, 246, 244)", "rgb(18, 24, 26)"


def test_one_reads_on_dark_whatever_the_device_asks_for(page: Page) -> None:
    sign_in(page)
    follow(page.get_by_role("banner").get_by_role("link", name="Tài khoản của tôi"))
    inspect(page, "profile")
    page.emulate_media(color_scheme="light")
    assert page.evaluate(GROUND) == PAPER
    page.get_by_role("radio", name="Tối").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Lưu").press("Enter")
    expect(page.locator("html[data-theme=dark]")).to_be_visible()
    assert page.evaluate(GROUND) == NIGHT
    page.get_by_role("radio", name="Sáng").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Lưu").press("Enter")
    expect(page.locator("html[data-theme=light]")).to_be_visible()
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(GROUND) == PAPER


@pytest.mark.parametrize(("density", "least"), [(Density.COMPACT, 32), (Density.TOUCH, 48)])
def test_buttons_and_boxes_are_as_large_as_chosen(
    density: Density, least: int, page: Page, live_cast: Cast
) -> None:
    choose_display(account=live_cast.account(live_cast.local_volunteer), theme=Theme.LIGHT, density=density)
    sign_in(page)
    page.goto("/kieu-mau/")
    button = page.get_by_role("button", name="Lưu").first.bounding_box()
    assert button and least <= button["height"] < least + 14
    inspect(page, f"density-{density}")
