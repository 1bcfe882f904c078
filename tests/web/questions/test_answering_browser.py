"""A volunteer answers on a phone: what is typed is kept, a sum is read back in words, sending ends the work."""

from __future__ import annotations

from playwright.sync_api import Page, Route, expect

from tests.cast import Cast
from tests.tasks.questions.asked import asked
from tests.tasks.work import handed_out, of, passed_on
from tests.web.browsing import MARKS, PHONE, follow, inspect, sign_in, until

pytestmark = MARKS


def test_what_is_typed_on_a_phone_is_kept_and_sent(page: Page, live_cast: Cast) -> None:
    task = handed_out(live_cast)
    asked(live_cast, task.obligation)
    given = of(passed_on(live_cast, task), live_cast.local)
    page.set_viewport_size(PHONE)
    sign_in(page, "coso")
    page.goto(f"/viec/{given.uid}/")
    follow(page.get_by_role("link", name="Trả lời biểu hỏi"))
    page.get_by_label("2. Kinh phí đã chi").fill("72 triệu")
    expect(page.get_by_text("bảy mươi hai triệu đồng")).to_be_visible()
    with page.expect_response(lambda answer: "cau-1=12" in (answer.request.post_data or "")):
        page.get_by_label("1. Số buổi tập huấn đã tổ chức").fill("12")
        page.get_by_label("có", exact=True).check()
    expect(page.get_by_text("Đã giữ lúc")).to_be_visible()
    page.reload()
    expect(page.get_by_label("1. Số buổi tập huấn đã tổ chức")).to_have_value("12")
    page.get_by_role("button", name="Gửi câu trả lời").press("Enter")
    expect(page.get_by_text("Chưa gửi được")).to_be_visible()
    inspect(page, "questions-wrong")
    page.set_viewport_size(PHONE)
    page.get_by_label("3. Ngày tổ chức buổi đầu").fill("15/3/2026")
    page.get_by_label("Tập trung").check()
    page.get_by_label("Chủ tịch công đoàn cơ sở").check()
    page.get_by_role("button", name="Gửi câu trả lời").press("Enter")
    expect(page.get_by_text("Đã gửi câu trả lời.")).to_be_visible()


def test_what_is_typed_before_the_scripts_arrive_is_kept_too(page: Page, live_cast: Cast) -> None:
    task = handed_out(live_cast)
    asked(live_cast, task.obligation)
    given = of(passed_on(live_cast, task), live_cast.local)
    sign_in(page, "coso")
    late: list[Route] = []

    def hold(script: Route) -> None:
        late.append(script)

    page.route("**/htmx.min*.js", hold)
    page.goto(f"/bieu-hoi/{given.uid}/", wait_until="commit")
    page.get_by_label("2. Kinh phí đã chi").fill("72 triệu")
    page.get_by_label("có", exact=True).check()
    until(page, lambda: bool(late))
    late[0].continue_()
    expect(page.get_by_text("bảy mươi hai triệu đồng")).to_be_visible()
    expect(page.get_by_text("Đã giữ lúc")).to_be_visible()
    page.goto(f"/bieu-hoi/{given.uid}/", wait_until="commit")
    expect(page.get_by_label("2. Kinh phí đã chi")).to_have_value("72 triệu")
    expect(page.get_by_label("có", exact=True)).to_be_checked()
