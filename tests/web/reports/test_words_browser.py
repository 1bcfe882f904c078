"""Putting a figure into the words, by keyboard; and the page that shows it, by axe, on desk and phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings

from nhipcau.reports.models import Submission
from tests import fielded
from tests.cast import Cast
from tests.fielded import AT, THEN
from tests.web.browsing import DESK, MARKS, inspect, sign_in

pytestmark = MARKS


@pytest.fixture(autouse=True)
def later(settings: Settings) -> None:
    settings.DEMO_CLOCK = AT.isoformat()


def test_a_figure_is_chosen_put_in_and_shown(page: Page, live_cast: Cast) -> None:
    version = fielded.publish(beside=("plan", "percent"))
    fielded.accepted(live_cast, version, THEN, gifts="40", money="8.000.000")
    report = fielded.draft(live_cast.local_volunteer, version, words="Đã trao", gifts="52", money="900.000")
    page.set_viewport_size(DESK)
    sign_in(page)
    page.goto(f"/bao-cao/{report.uid}/")
    area = page.get_by_label("Đánh giá chung")
    area.focus()
    page.keyboard.press("End")
    choice = page.get_by_label("Chèn số liệu")
    choice.focus()
    choice.select_option("{{gifts.thay_doi_cung_ky}}")
    with page.expect_response("**/bao-cao/**"):
        page.get_by_role("button", name="Chèn", exact=True).press("Enter")
    expect(area).to_have_value("Đã trao {{gifts.thay_doi_cung_ky}}")
    expect(area).to_be_focused()
    said = page.locator("#xem-danh_gia")
    expect(said).to_contain_text("Đã trao tăng 12 suất so với cùng kỳ năm trước")
    then = Submission.objects.exclude(pk=report.pk).get()
    expect(said.get_by_role("link")).to_have_attribute("href", f"/bao-cao/{then.uid}/nguon/gifts/")
    area.fill("Đã trao {{qua}}")
    with page.expect_response("**/bao-cao/**"):
        area.blur()
    expect(page.locator("#loi-danh_gia")).to_contain_text("{{qua}}: biểu mẫu không có chỉ tiêu mã «qua»")
    expect(page.locator("#findings")).to_contain_text("Đánh giá chung: {{qua}}")
    area.fill("Đã trao {{gifts}}, {{gifts.thay_doi_cung_ky}}.")
    with page.expect_response("**/bao-cao/**"):
        area.blur()
    expect(said).to_contain_text("Đã trao 52 suất, tăng 12 suất")
    inspect(page, "loi-van-so-lieu")
