"""The overview in a browser: by keyboard down to a report in place, and sound on desk and phone, light and dark."""

from __future__ import annotations

import os
from pathlib import Path

import pypdfium2
from playwright.sync_api import Page, expect

from nhipcau.reports.filling.workflow import send_back
from tests.cast import NOW, Cast
from tests.web.browsing import DESK, MARKS, PHONE, follow, inspect, sign_in
from tests.web.reports import scenes
from tests.web.reports.crowded import crowd

pytestmark = MARKS


def test_the_overview_opens_down_in_place_and_is_sound(page: Page, live_cast: Cast) -> None:
    version = scenes.consolidated(live_cast)
    figures = {"gifts": "10", "money": "2.000.000", "dialogues": "4"}
    scenes.accepted(version, live_cast.local_volunteer, live_cast.commune_officer, figures, period=scenes.JANUARY)
    report = scenes.sent(version, live_cast.stranger, {"gifts": "2"})
    send_back(submission=report, reason="Xem lại", by_cell={}, actor=live_cast.provincial_officer, at=NOW)
    page.set_viewport_size(DESK)
    sign_in(page, "tinh")
    page.goto("/bao-cao/toan-canh/")
    commune = page.locator(".heat").get_by_role("row", name="Công đoàn xã An Hải").first
    older, newer = commune.locator("a.heat-square").all()
    newer.press("Enter")
    expect(newer).to_have_attribute("aria-expanded", "true")
    older.press("Enter")
    expect(older).to_have_attribute("aria-expanded", "true")
    expect(newer).to_have_attribute("aria-expanded", "false")
    page.locator(".source").get_by_role("link", name="May Hải Âu").press("Enter")
    expect(page.locator(".source .source")).to_contain_text("gửi muộn")
    gifts = page.locator("[data-drill=nguon-gifts]")
    gifts.press("Enter")
    expect(gifts).to_have_attribute("aria-expanded", "true")
    inspect(page, "toan-canh")
    page.set_viewport_size(DESK)
    follow(page.locator(".tiles").get_by_role("link", name="Công đoàn xã An Hải"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Công đoàn xã An Hải")
    follow(page.get_by_role("link", name="còn thiếu, muộn, bị trả lại"))
    expect(page.locator(".heat")).not_to_contain_text("May Hải Âu")
    page.locator(".filter summary").press("Enter")
    page.get_by_role("checkbox", name="Cuộc đối thoại").uncheck()
    follow(page.get_by_role("button", name="Xem", exact=True))
    expect(page.locator(".headlines tbody th")).to_have_count(3)


def test_the_overview_is_readable_in_print_and_in_english(page: Page, live_cast: Cast) -> None:
    scenes.consolidated(live_cast)
    page.set_viewport_size(PHONE)
    sign_in(page, "xa")
    page.goto("/bao-cao/toan-canh/")
    with page.expect_navigation():
        page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="Reporting over the periods")).to_be_visible()
    expect(page.locator(".heat-legend")).to_contain_text("sent, waiting to be accepted")


def test_the_brief_of_a_crowded_branch_prints_on_one_page_and_is_sound(page: Page, live_cast: Cast) -> None:
    crowd()
    scenes.consolidated(live_cast)
    page.set_viewport_size(DESK)
    sign_in(page, "xa")
    page.goto("/bao-cao/toan-canh/")
    follow(page.get_by_role("link", name="Bản tóm tắt một trang"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Tóm tắt tình hình báo cáo")
    inspect(page, "tom-tat")
    printed = page.pdf(prefer_css_page_size=True)
    if folder := os.environ.get("NHIPCAU_SCREENSHOTS"):
        (Path(folder) / "tom-tat-in.pdf").write_bytes(printed)
    assert len(pypdfium2.PdfDocument(printed)) == 1
