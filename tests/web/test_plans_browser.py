"""The table of plans in a browser: a block pasted from a spreadsheet, Enter moving down, sound on a phone."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from nhipcau.reports.models import Target
from tests import plans
from tests.cast import Cast
from tests.web.browsing import MARKS, inspect, sign_in

pytestmark = MARKS
PASTE = """text => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  const paste = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
  document.activeElement.dispatchEvent(paste);
}"""


def test_a_block_is_pasted_looked_at_and_kept(page: Page, live_cast: Cast) -> None:
    plans.publish()
    sign_in(page, "xa")
    page.goto("/bao-cao/ke-hoach/")
    cells = page.locator(".plans tbody input")
    cells.nth(0).focus()
    page.evaluate(PASTE, "120\t72.000.000\n30\tnhiều\n")
    expect(page.locator(".grid-state")).to_have_text("Đã dán 4 ô.")
    cells.nth(0).focus()
    page.keyboard.press("Enter")
    expect(cells.nth(4)).to_be_focused()
    page.get_by_role("button", name="Lưu").press("Enter")
    expect(page.locator(".summary")).to_be_focused()
    expect(cells.nth(5)).to_have_attribute("aria-invalid", "true")
    inspect(page, "plans-wrong")
    cells.nth(5).fill("9 triệu")
    page.get_by_role("button", name="Lưu").press("Enter")
    expect(page.get_by_text("Đã ghi 4 số kế hoạch.")).to_be_visible()
    assert Target.objects.count() == 4
    inspect(page, "plans")
