"""More time on the pages: asked on a phone, seen on the issuer's worklist, answered, shown on the timeline."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.tasks.work import handed_out, of
from tests.web.browsing import MARKS, PHONE, follow, inspect, sign_in, sign_out

pytestmark = MARKS


def test_a_commune_asks_and_the_province_grants(page: Page, live_cast: Cast) -> None:
    given = of(handed_out(live_cast), live_cast.commune)
    page.set_viewport_size(PHONE)
    sign_in(page, "xa")
    page.goto(f"/viec/{given.uid}/")
    follow(page.get_by_role("link", name="Xin gia hạn"))
    page.get_by_label("Xin gia hạn đến").fill("20/05/2026")
    follow(page.get_by_role("button", name="Gửi"))
    expect(page.get_by_text("Hãy ghi lý do.").first).to_be_visible()
    page.get_by_label("Vì sao cần thêm thời gian").fill("Giảng viên bận đến giữa tháng")
    follow(page.get_by_role("button", name="Gửi"))
    expect(page.get_by_text("Đã xin gia hạn đến 20/05/2026, đang chờ trả lời")).to_be_visible()
    inspect(page, "extension-asked")
    sign_out(page)
    sign_in(page, "tinh")
    expect(page.get_by_text("xin đến 20/05/2026")).to_be_visible()
    follow(page.get_by_role("link", name="Trả lời").first)
    inspect(page, "extension-answer")
    follow(page.get_by_role("button", name="Gửi"))
    expect(page.get_by_text("Đã trả lời; đơn vị thấy ngay trên trang việc.")).to_be_visible()
    page.goto(f"/viec/{given.uid}/")
    expect(page.get_by_text("Được gia hạn đến 20/05/2026").first).to_be_visible()
    inspect(page, "extension-granted")
