"""The foundation in a real browser: by keyboard alone, in light and dark, on a desk and on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from nhipcau.org.actions import appoint, create_post
from nhipcau.org.models import Role
from tests.cast import NOW, SETUP, TODAY, Cast
from tests.web.browsing import DESK, MARKS, PHONE, follow, inspect, photograph, sign_in, violations

pytestmark = MARKS

PAGES = {"viec": "/", "kieu-mau": "/kieu-mau/"}


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
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(page.locator("dialog#hoi")).to_be_hidden()


def test_the_first_visit_stays_within_the_budget(page: Page) -> None:
    sizes: list[int] = []
    page.on("response", lambda response: sizes.append(len(response.body())))
    page.goto("/dang-nhap/")
    page.wait_for_load_state("networkidle")
    assert 0 < sum(sizes) < 130_000  # uncompressed; the transfer is smaller, see test_templates for the styles


def test_another_post_is_one_press_away_and_stays_in_sight(page: Page, live_cast: Cast) -> None:
    post = create_post(
        unit=live_cast.commune, title="Uỷ viên", roles=(Role.BOARD,), start=TODAY, actor=SETUP, at=NOW
    )
    person = live_cast.account(live_cast.local_volunteer).person
    appoint(post=post, person=person, start=TODAY, actor=SETUP, at=NOW)
    sign_in(page)
    inspect(page, "chuc-danh")
    page.emulate_media(reduced_motion="reduce")  # else one would look while it is still gliding
    page.goto("/kieu-mau/")
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        page.evaluate("scrollTo({top: 2000, behavior: 'instant'})")
        expect(page.locator(".seat-now")).to_be_in_viewport(ratio=1)
        _nothing_with_the_focus_is_hidden(page)
    follow(page.get_by_role("button", name="Chuyển sang Công đoàn xã An Hải"))
    expect(page.locator(".seat-now .seat-unit")).to_have_text("Công đoàn xã An Hải")


def _nothing_with_the_focus_is_hidden(page: Page) -> None:
    """Upwards with Shift+Tab is where a head that stays could cover what has the focus (WCAG 2.4.11)."""
    page.locator("main :is(a, button, input)").nth(-3).focus()
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        hidden = page.evaluate(_COVERED)
        assert not hidden, hidden


_COVERED = """() => {
  const one = document.activeElement, seat = document.querySelector(".seat");
  if (seat.contains(one) || one === document.body) return "";
  const rect = one.getBoundingClientRect(), under = seat.getBoundingClientRect().bottom;
  const drawn = rect.width > 1 && rect.height > 1 && getComputedStyle(one).clipPath === "none";
  return drawn && rect.bottom > 0 && rect.top < under ? one.outerHTML.slice(0, 200) : "";
}"""


def test_the_language_changes_at_once_and_stays(page: Page) -> None:
    sign_in(page)
    page.get_by_role("button", name="English").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("To do")
    page.goto("/kieu-mau/")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    photograph(page, "style-guide-english")
    page.emulate_media(media="print")
    photograph(page, "style-guide-print")
