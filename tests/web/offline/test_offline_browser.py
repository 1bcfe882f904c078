"""A volunteer's phone loses its line: what was typed stays, goes out once, and nobody else reads it."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from nhipcau.activities.models import Activity
from nhipcau.reports.design.figures import cells_of
from nhipcau.reports.models import Submission, SubmissionState
from tests.cast import Cast
from tests.web.browsing import MARKS, follow, inspect, sign_in, until
from tests.web.offline.conftest import cut, in_hand, kept_pages, stored
from tests.web.reports import scenes

pytestmark = MARKS
GIFTS = "/hoat-dong/ghi/?loai=tang_qua"
KEPT = "async () => (await caches.keys()).filter((name) => name.startsWith('trang:')).length"
WAITS = "Đã lưu trên máy, chưa gửi"


def _fill_gifts(page: Page, gifts: str = "20") -> None:
    page.get_by_label("Ngày tổ chức").fill("10/02/2026")
    page.get_by_label("Số suất quà").fill(gifts)
    page.get_by_label("Tổng số tiền").fill("6 triệu")
    page.get_by_label("Tài chính công đoàn").check()


def _kept_page(page: Page, url: str) -> None:
    """Open it with a line, so that it opens without one."""
    page.goto(url)
    until(page, lambda: url in kept_pages(page))


def test_an_activity_recorded_without_a_line_is_sent_once_when_it_is_back(phone: Page, live_cast: Cast) -> None:
    scenes.publish()
    _kept_page(phone, GIFTS)
    cut(phone)
    phone.goto(GIFTS)
    expect(phone.locator("[data-kept-state]")).to_contain_text("trang được giữ từ")
    _fill_gifts(phone)
    follow(phone.get_by_role("button", name="Ghi hoạt động"))
    expect(phone.get_by_role("heading", level=1)).to_have_text("Trên máy này")
    expect(phone.locator(".kept li")).to_contain_text(WAITS)
    expect(phone.locator("[data-network]")).to_be_visible()
    inspect(phone, "tren-may")
    assert Activity.objects.count() == 0
    phone.context.set_offline(False)
    expect(phone.locator("[data-empty]")).to_be_visible()
    until(phone, lambda: stored(phone) == [])
    assert Activity.objects.get().values == {"gifts": 20, "money": 6_000_000}


def test_a_server_that_does_not_answer_is_said_in_the_place_of_the_page(phone: Page, live_cast: Cast) -> None:
    line, server = phone.locator("[data-network]"), phone.locator("[data-unreached]")
    cut(phone)
    phone.goto("/viec/")
    expect(line).to_be_visible()
    expect(server).to_be_hidden()
    phone.add_init_script(
        "Object.defineProperty(navigator, 'onLine', {get: () => true})"
    )  # a network, and no server
    phone.goto("/viec/")
    expect(server).to_be_visible()
    expect(line).to_be_hidden()
    inspect(phone, "may-chu-im")
    phone.goto("/tren-may/")
    expect(phone.locator("[data-empty]")).to_be_visible()
    expect(server).to_be_hidden()


def test_two_activities_from_one_kept_page_are_two(phone: Page, live_cast: Cast) -> None:
    scenes.publish()
    _kept_page(phone, GIFTS)
    cut(phone)
    for gifts in ("3", "4"):
        phone.goto(GIFTS)
        expect(phone.locator("[data-kept-state]")).to_be_visible()
        _fill_gifts(phone, gifts)
        follow(phone.get_by_role("button", name="Ghi hoạt động"))
    expect(phone.locator(".kept li")).to_have_count(2)
    phone.context.set_offline(False)
    expect(phone.locator("[data-empty]")).to_be_visible()
    assert sorted(one.values["gifts"] for one in Activity.objects.all()) == [3, 4]


def test_what_is_typed_into_a_report_survives_and_goes_on(phone: Page, live_cast: Cast) -> None:
    report = scenes.draft(scenes.publish(), live_cast.local_volunteer)
    url = f"/bao-cao/{report.uid}/"
    _kept_page(phone, url)
    cut(phone)
    phone.locator("[name=gifts]").fill("5")
    phone.locator("[name=gifts]").blur()
    expect(phone.locator("[data-kept-state]")).to_have_text(WAITS)
    phone.reload()
    expect(phone.locator("[name=gifts]")).to_have_value("5")
    expect(phone.locator(".restored")).to_contain_text("Đã điền lại")
    inspect(phone, "bao-cao-mat-mang")
    phone.context.set_offline(False)
    expect(phone.locator(".grid-state")).to_contain_text("Đã lưu lúc")
    report.refresh_from_db()
    assert cells_of(report)["gifts"].value == 5
    expect(phone.locator("[data-kept-state]")).to_be_hidden()
    until(phone, lambda: stored(phone) == [])


def test_a_report_sent_without_a_line_is_sent_once(phone: Page, live_cast: Cast) -> None:
    report = scenes.draft(scenes.publish(), live_cast.local_volunteer, {"gifts": "2", "money": "1.000.000"})
    _kept_page(phone, f"/bao-cao/{report.uid}/")
    cut(phone)
    phone.locator("[name=dialogues]").fill("1")
    follow(phone.get_by_role("button", name="Trình và gửi"))
    expect(phone.locator(".kept li")).to_contain_text(WAITS)
    phone.context.set_offline(False)
    expect(phone.locator("[data-empty]")).to_be_visible()
    report.refresh_from_db()
    assert (report.state, report.edits) == (SubmissionState.SUBMITTED, 2)
    assert cells_of(report)["dialogues"].value == 1
    assert Submission.objects.count() == 1


def test_an_expired_session_asks_to_sign_in_and_goes_on(phone: Page, live_cast: Cast) -> None:
    scenes.publish()
    _kept_page(phone, GIFTS)
    cut(phone)
    _fill_gifts(phone)
    follow(phone.get_by_role("button", name="Ghi hoạt động"))
    expect(phone.locator(".kept li")).to_have_count(1)
    phone.context.clear_cookies()
    phone.context.set_offline(False)
    phone.get_by_role("button", name="Gửi ngay").press("Enter")
    expect(phone.locator("[data-told]")).to_contain_text("hãy đăng nhập")
    phone.goto("/dang-nhap/")
    expect(phone.locator("[data-locked]")).to_contain_text("còn 1 việc chưa gửi")
    (row,) = stored(phone)
    assert "triệu" not in str(row["words"])  # a whole word: two digits stand in sealed bytes by chance
    sign_in(phone)
    expect(phone.locator("#tren-may")).to_be_hidden()
    until(phone, lambda: len(stored(phone)) == 0)
    assert Activity.objects.count() == 1


def test_signing_out_locks_what_waits_and_drops_the_kept_pages(phone: Page, live_cast: Cast) -> None:
    scenes.publish()
    _kept_page(phone, GIFTS)
    _fill_gifts(phone)
    until(phone, lambda: len(stored(phone)) == 1)
    follow(phone.get_by_role("button", name="Đăng xuất"))
    expect(phone.locator("[data-locked]")).to_contain_text("còn 1 việc chưa gửi")
    until(phone, lambda: phone.evaluate(KEPT) == 0)
    sign_in(phone, "xa")
    in_hand(phone)
    phone.goto(GIFTS)
    expect(phone.get_by_label("Số suất quà")).to_have_value("")
    expect(phone.locator(".restored")).to_have_count(0)
    phone.goto("/tren-may/")
    expect(phone.locator(".kept li")).to_have_count(0)
    expect(phone.locator("[data-empty]")).to_be_visible()
    cut(phone)
    phone.goto("/hoat-dong/ghi/?loai=doi_thoai")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Trên máy này")
