"""The foundation in a real browser: by keyboard alone, in light and dark, on a desk and on a phone."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from tests.cast import NOW, PASSWORD, Cast
from tests.programs import program_path

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.needs_program("chromium"),
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
DESK = ViewportSize(width=1366, height=900)
PHONE = ViewportSize(width=390, height=844)
PAGES = {"viec": "/", "kieu-mau": "/kieu-mau/"}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path = program_path("chromium")
        yield playwright.chromium.launch(executable_path=path, args=FLAGS)


@pytest.fixture
def page(browser: Browser, live_server: LiveServer, cast: Cast, settings: Settings) -> Iterator[Page]:
    settings.DEMO_CLOCK = NOW.isoformat()
    context = browser.new_context(base_url=live_server.url, viewport=DESK, locale="en-US")
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    context.close()
    assert [fault for fault in faults if "status of 4" not in fault] == []


def sign_in(page: Page) -> None:
    """By keyboard alone; the first field has the focus."""
    page.goto("/dang-nhap/")
    page.keyboard.type("coso")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/")


def serious(page: Page) -> list[str]:
    """What axe finds serious or critical, with the first element it concerns."""
    found = Axe().run(page).response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html']}" for v in found if v["impact"] in ("serious", "critical")]


def photograph(page: Page, name: str) -> None:
    """Keep a picture for people to look at, where NHIPCAU_SCREENSHOTS names a directory."""
    folder = os.environ.get("NHIPCAU_SCREENSHOTS")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def inspect(page: Page, name: str) -> None:
    """Light and dark, desk and phone: nothing serious, nothing to scroll sideways."""
    for size, where in ((DESK, "desk"), (PHONE, "phone")):
        page.set_viewport_size(size)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            photograph(page, f"{name}-{where}-{scheme}")
            assert serious(page) == [], f"{name}, {where}, {scheme}"
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], f"{name}, {where}"


def test_the_sign_in_page_is_sound_and_says_what_is_wrong(page: Page) -> None:
    page.goto("/dang-nhap/")
    inspect(page, "dang-nhap")
    page.keyboard.press("Enter")
    expect(page.locator(".summary")).to_be_focused()
    expect(page.locator("[name=login]")).to_have_attribute("aria-invalid", "true")
    inspect(page, "dang-nhap-sai")


def test_one_signs_in_by_keyboard_alone(page: Page) -> None:
    sign_in(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Việc cần xử lý")
    expect(page.locator(".seat-unit").first).to_contain_text("Công đoàn cơ sở Công ty May Hải Âu")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_sound_on_desk_and_phone_in_light_and_dark(name: str, page: Page) -> None:
    sign_in(page)
    page.goto(PAGES[name])
    inspect(page, name)


def test_the_screen_font_is_ours(page: Page) -> None:
    page.goto("/dang-nhap/")
    assert page.evaluate("document.fonts.ready.then(() => document.fonts.check('16px Inter', 'Ẵữợ'))")


def test_the_grid_moves_echoes_adds_and_saves(page: Page) -> None:
    sign_in(page)
    page.goto("/kieu-mau/")
    cell, women, gifts, money = page.locator(".grid .now input").all()
    cell.fill("1200")
    expect(cell.locator("xpath=following-sibling::*")).to_have_text("1.200")
    cell.press("Enter")
    expect(women).to_be_focused()
    women.press("ArrowDown")
    expect(gifts).to_be_focused()
    gifts.fill("34")
    expect(page.locator("output[data-sum]")).to_have_text("1.234")
    gifts.press("Enter")
    money.fill("5000000")
    with page.expect_response("**/luu-thu/"):
        money.blur()
    expect(money.locator("xpath=following-sibling::*")).to_have_text("năm triệu đồng")
    expect(page.locator(".grid-state [role=status]")).to_have_text("Đã lưu thử (không giữ lại).")
    money.fill("1.23")
    expect(money.locator("xpath=following-sibling::*")).to_have_text("chưa rõ số")


def test_a_column_pasted_from_a_spreadsheet_fills_down(page: Page) -> None:
    sign_in(page)
    page.goto("/kieu-mau/")
    page.locator(".grid .now input").first.focus()
    with page.expect_response("**/luu-thu/"):
        page.evaluate(
            """() => {
              const data = new DataTransfer();
              data.setData("text/plain", "1.100\\tx\\r\\n600\\r\\n40\\r\\n");
              const paste = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
              document.activeElement.dispatchEvent(paste);
            }"""
        )
    values = [box.input_value() for box in page.locator(".grid .now input").all()]
    assert values[:3] == ["1.100", "600", "40"]
    expect(page.locator("output[data-sum]")).to_have_text("1.140")


def test_saving_stops_when_the_server_says_somebody_else_saved(page: Page) -> None:
    sign_in(page)
    page.goto("/kieu-mau/")
    page.evaluate("document.querySelector('.grid-state [name=edits]').value = 'cũ'")
    cell = page.locator(".grid .now input").first
    cell.fill("7")
    with page.expect_response("**/luu-thu/") as answer:
        cell.blur()
    assert answer.value.status == 409
    expect(page.locator(".grid-state")).to_contain_text("Hãy tải lại trang")
    posts: list[str] = []
    page.on("request", lambda request: posts.append(request.url) if request.method == "POST" else None)
    cell.fill("8")
    cell.blur()
    page.wait_for_timeout(700)
    assert posts == []


def test_a_dialog_opens_and_closes_by_keyboard(page: Page) -> None:
    sign_in(page)
    page.goto("/kieu-mau/")
    page.locator("[data-opens=hoi]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("dialog#hoi")).to_be_visible()
    assert serious(page) == []
    page.keyboard.press("Escape")
    expect(page.locator("dialog#hoi")).to_be_hidden()


def test_the_first_visit_stays_within_the_budget(browser: Browser, page: Page) -> None:
    sizes: list[int] = []
    page.on("response", lambda response: sizes.append(len(response.body())))
    page.goto("/dang-nhap/")
    page.wait_for_load_state("networkidle")
    assert 0 < sum(sizes) < 130_000  # uncompressed; the transfer is smaller, see test_templates for the styles
