"""The confirm page and the status page in a real browser: desk and phone, light and dark."""

from __future__ import annotations

from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings

from tests.cast import NOW, Cast
from tests.web.browsing import MARKS, inspect, sign_in
from tests.web.directive import arrived, at_local

LATE = "2026-05-12T09:00:00+07:00"
pytestmark = MARKS


def test_the_confirm_page_lights_the_words_of_the_field_one_stands_in(
    page: Page,
    live_cast: Cast,
) -> None:
    document = arrived(live_cast.clerk)
    sign_in(page, "vanthu")
    page.goto(f"/van-ban/{document.uid}/xac-nhan/")
    inspect(page, "xac-nhan")
    page.set_viewport_size({"width": 1366, "height": 900})
    page.reload()
    page.focus("[name=number]")
    expect(page.locator("mark.on")).to_have_text("56/KH-LĐLĐ")
    page.focus("[name=signer_name]")
    expect(page.locator("mark.on")).to_have_text("Lê Thị Minh Họa")
    expect(page.locator("mark.on")).to_be_in_viewport()


def test_on_a_phone_the_fields_come_first_and_the_text_is_folded(
    page: Page,
    live_cast: Cast,
) -> None:
    document = arrived(live_cast.clerk)
    sign_in(page, "vanthu")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"/van-ban/{document.uid}/xac-nhan/")
    expect(page.locator("details.letter .letter-text")).to_be_hidden()
    page.get_by_role("button", name="Vào sổ, số đến 1").click()
    expect(page.locator(".notice.success")).to_contain_text("Đã vào sổ với số đến 1.")
    inspect(page, "van-ban")
    page.goto("/van-ban/")
    inspect(page, "so")


def test_the_status_page_opens_a_branch_in_place_and_closes_it(
    page: Page,
    live_cast: Cast,
    settings: Settings,
) -> None:
    given = at_local(live_cast)
    above = given.task.parent
    assert above is not None
    settings.DEMO_CLOCK = LATE
    sign_in(page, "tinh")
    page.goto(f"/viec/tien-do/{above.task.uid}/")
    inspect(page, "tien-do")
    page.set_viewport_size({"width": 1366, "height": 900})
    link = page.locator("[data-expands]")
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator("tbody")).to_have_count(4)
    expect(link).to_have_attribute("aria-expanded", "true")
    inspect(page, "tien-do-mo")
    page.set_viewport_size({"width": 1366, "height": 900})
    link.click()
    expect(page.locator("tbody")).to_have_count(2)
    page.get_by_role("button", name="Nhắc 2 đơn vị chậm").click()
    expect(page.locator(".notice.success")).to_have_text("Đã nhắc 2 đơn vị.")


def test_the_other_pages_are_sound(
    page: Page,
    live_cast: Cast,
    settings: Settings,
) -> None:
    given = at_local(live_cast)
    document = given.task.obligation.document
    sign_in(page, "tinh")
    for name, url in {
        "viec": "/",
        "nhan": "/van-ban/nhan/",
        "lay-so": "/van-ban/phat-hanh/",
        "giao": f"/viec/van-ban/{document.uid}/giao/",
        "van-ban-giao": f"/van-ban/{document.uid}/",
        "da-giao": "/viec/",
    }.items():
        page.goto(url)
        inspect(page, name)
    page.context.clear_cookies()
    sign_in(page, "coso")
    for name, url in {
        "viec-co-so": "/",
        "mot-viec": f"/viec/{given.uid}/",
        "hoan-thanh": f"/viec/{given.uid}/hoan-thanh/",
    }.items():
        page.goto(url)
        inspect(page, name)
    settings.DEMO_CLOCK = NOW.isoformat()
    page.context.clear_cookies()
    sign_in(page, "xa")
    page.goto(f"/viec/{given.task.parent.uid if given.task.parent else ''}/giao-xuong/")
    inspect(page, "giao-xuong")
