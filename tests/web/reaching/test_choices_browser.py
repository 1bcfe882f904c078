"""Mail and calendar in a browser: chosen by keyboard, sound at both widths, light and dark."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from nhipcau.access.models import Account
from tests.cast import Cast
from tests.web.browsing import DESK, MARKS, follow, inspect, sign_in

pytestmark = MARKS


def test_a_volunteer_chooses_weekly_mail_and_takes_a_calendar_address(page: Page, live_cast: Cast) -> None:
    page.set_viewport_size(DESK)
    sign_in(page)
    follow(page.get_by_role("link", name="Thư và lịch"))
    page.get_by_label("Thư điện tử").fill("coso@donggiang.example")
    page.get_by_label("Ngày làm việc đầu tuần").press("Space")
    follow(page.get_by_role("button", name="Lưu"))
    expect(page.get_by_text("Đã lưu lựa chọn về thư.")).to_be_visible()
    follow(page.get_by_role("button", name="Tạo địa chỉ lịch"))
    expect(page.get_by_label("Địa chỉ lịch của bạn")).to_have_value("http://localhost:8000" + _path(live_cast))
    inspect(page, "mail-and-calendar")


def _path(cast: Cast) -> str:
    account = Account.objects.get(pk=cast.account(cast.local_volunteer).pk)
    return f"/lich/{account.calendar}.ics"
