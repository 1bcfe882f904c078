"""Vì sao số này đổi and stars, in a browser: in place, by keyboard, sound on desk and phone, in light and dark."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings

from tests.cast import Cast
from tests.reports import secrets
from tests.web.browsing import DESK, MARKS, inspect, sign_in
from tests.web.reports import scenes

pytestmark = MARKS


def test_why_opens_beneath_the_figure_by_keyboard_and_closes_again(page: Page, live_cast: Cast) -> None:
    version = scenes.consolidated(live_cast)
    scenes.accepted(
        version, live_cast.local_volunteer, live_cast.commune_officer, {"gifts": "1"}, period=scenes.JANUARY
    )
    page.set_viewport_size(DESK)
    sign_in(page, "tinh")
    page.goto(f"/bao-cao/tong-hop/thang/2026-02/{live_cast.province.uid}/")
    figure = page.locator("a.figure").first
    figure.focus()
    page.keyboard.press("Enter")
    why = page.get_by_role("link", name="Vì sao số này đổi?")
    expect(why).to_be_visible()
    why.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("So với kỳ trước: tháng 1 năm 2026")).to_be_visible()
    expect(why).to_have_attribute("aria-expanded", "true")
    page.locator(".why a", has_text="Công đoàn xã An Hải").press("Enter")
    expect(page.get_by_text("So với kỳ trước: tháng 1 năm 2026")).to_have_count(2)
    inspect(page, "vi-sao-tai-cho")
    why.press("Enter")
    expect(page.get_by_text("So với kỳ trước: tháng 1 năm 2026")).to_have_count(0)
    page.goto(str(why.get_attribute("href")))
    inspect(page, "vi-sao")


@pytest.fixture
def after_the_due_date(settings: Settings) -> None:
    settings.DEMO_CLOCK = secrets.LATE.isoformat()


def test_the_page_with_stars_is_sound(page: Page, live_cast: Cast, after_the_due_date: None) -> None:
    secrets.reported(secrets.publish())
    page.set_viewport_size(DESK)
    sign_in(page, "tinh")
    page.goto(f"/bao-cao/tong-hop/kho-khan/{secrets.PERIOD.key}/{live_cast.sibling_commune.uid}/")
    expect(page.get_by_text("Dấu * là số đếm người được che")).to_be_visible()
    inspect(page, "che-o-nho")
