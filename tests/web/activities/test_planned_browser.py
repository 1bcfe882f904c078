"""The calendar with something planned, and the page of it."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.web.browsing import MARKS, inspect, sign_in
from tests.web.reports import places

pytestmark = MARKS


def test_what_is_planned_is_seen_in_the_month(page: Page, live_cast: Cast) -> None:
    plan = places.planned(live_cast)
    sign_in(page, "coso")
    page.goto("/hoat-dong/lich/?thang=2026-03")
    expect(page.get_by_text("dự kiến", exact=True)).to_be_visible()
    inspect(page, "activities-calendar-planned")
    page.goto(f"/hoat-dong/du-kien/{plan['uid']}/")
    inspect(page, "activities-planned")
