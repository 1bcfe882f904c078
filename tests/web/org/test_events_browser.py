"""A decision on the tree in a browser: entered, looked at, recorded and undone by keyboard; axe on every step."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from nhipcau.org.models import Placement
from tests.cast import Cast
from tests.web.browsing import DESK, MARKS, follow, inspect, sign_in
from tests.web.org.test_events import HEAD, admin

pytestmark = MARKS


def press(page: Page, button: str) -> None:
    follow(page.get_by_role("button", name=button, exact=True))


def parents_of_the_local(cast: Cast) -> list[str]:
    found = Placement.objects.filter(child=cast.local).order_by("valid_from").values_list("parent__uid", flat=True)
    return [str(uid) for uid in found]


def test_two_communes_are_merged_and_the_decision_is_taken_back(page: Page, live_cast: Cast) -> None:
    admin(live_cast.province)
    before = parents_of_the_local(live_cast)
    page.set_viewport_size(DESK)
    sign_in(page, "quantri")
    page.goto("/to-chuc/quyet-dinh/")
    follow(page.get_by_role("link", name="Ghi quyết định"))
    _one_row(page)
    inspect(page, "decision-entered")
    press(page, "Xem trước")
    expect(page.get_by_text("Chủ tịch công đoàn xã")).to_be_visible()
    inspect(page, "decision-preview")
    press(page, "Ghi quyết định này")
    expect(page.get_by_role("heading", level=1)).to_have_text("Quyết định 90/QĐ-LĐLĐ")
    assert len(parents_of_the_local(live_cast)) == len(before) + 1, "it has a new parent from that day"
    inspect(page, "decision-recorded")
    press(page, "Hoàn tác quyết định này")
    expect(page.get_by_role("link", name="90/QĐ-LĐLĐ")).to_have_count(0)
    assert parents_of_the_local(live_cast) == before


def _one_row(page: Page) -> None:
    for name, value in HEAD.items():
        page.locator(f"[name={name}]").fill(value)
    page.get_by_label("Thêm một dòng").select_option("sap-nhap")
    press(page, "Chọn")
    page.get_by_label("Mã đơn vị", exact=True).fill("XA")
    page.get_by_label("Mã đơn vị kế thừa").fill("XB")
    press(page, "Thêm dòng này")
