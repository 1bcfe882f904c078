"""The main job in a browser: a volunteer logs an activity, finds the report filled in, corrects a slip, sends it;
the commune accepts it. And the heavy pages by axe, on desk and phone, in light and dark."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.web.browsing import DESK, MARKS, PHONE, follow, inspect, photograph, sign_in, sign_out, tap, violations
from tests.web.reports import scenes

pytestmark = MARKS
SAVED = "[role=status]"


def test_from_an_activity_to_an_accepted_report(page: Page, live_cast: Cast) -> None:
    scenes.publish()
    page.set_viewport_size(PHONE)
    sign_in(page)
    _log_gifts(page)
    page.set_viewport_size(DESK)
    page.goto("/bao-cao/")
    tap(page.get_by_role("row", name="tháng 2 năm 2026").get_by_role("button"))
    gifts, money, dialogues = page.locator(".grid .now input").all()
    expect(gifts).to_have_value("20")
    expect(money).to_have_value("72.000.000")
    expect(page.locator(".grid .why").first).to_contain_text("từ 1 hoạt động")
    _slip_and_correct(page)
    dialogues.fill("0")
    with page.expect_response("**/bao-cao/**"):
        dialogues.blur()
    expect(page.locator("#progress")).to_contain_text("3 / 3")
    page.get_by_role("button", name="Trình và gửi").click()
    expect(page.get_by_text("Đã gửi báo cáo lên cấp trên.")).to_be_visible()
    sign_out(page)
    _accept(page)


def _log_gifts(page: Page) -> None:
    page.goto("/hoat-dong/ghi/")
    tap(page.get_by_role("link", name="Tặng quà đoàn viên"))
    photograph(page, "ghi-hoat-dong-phone")
    page.get_by_label("Ngày tổ chức").fill("10/02/2026")
    page.get_by_label("Số suất quà").fill("20")
    page.get_by_label("Tổng số tiền").fill("72 triệu")
    expect(page.get_by_text("bảy mươi hai triệu đồng")).to_be_visible()
    page.get_by_label("Tài chính công đoàn").check()
    page.get_by_label("Tên hoạt động").fill("Quà Tết cho đoàn viên")
    page.get_by_role("button", name="Ghi hoạt động").dblclick()  # a double tap
    expect(page.get_by_text("Đã ghi hoạt động.")).to_be_visible()
    photograph(page, "hoat-dong-phone")
    page.goto("/hoat-dong/")
    expect(page.locator("tbody tr")).to_have_count(1)


def _slip_and_correct(page: Page) -> None:
    money = page.locator("[name=money]")
    money.fill("720.000.000")
    with page.expect_response("**/bao-cao/**"):
        money.blur()
    expect(page.locator("#findings")).to_contain_text("quá 5 triệu đồng một suất")
    expect(page.locator("tr:has([name=money]) .why")).to_contain_text("có thể nhầm đơn vị")
    photograph(page, "nham-don-vi")
    page.get_by_role("button", name="Trình và gửi").click()
    expect(page.locator(".summary")).to_be_focused()
    money = page.locator("[name=money]")
    money.fill("72 triệu")
    with page.expect_response("**/bao-cao/**"):
        money.blur()
    expect(page.locator("tr:has([name=money]) .echo")).to_have_text("bảy mươi hai triệu đồng")
    expect(page.locator("#findings")).to_contain_text("Không thấy lỗi nào")
    expect(page.locator("output").first).to_have_text("3.600.000")


def _accept(page: Page) -> None:
    sign_in(page, "xa")
    expect(page.get_by_role("heading", name="Báo cáo chờ tiếp nhận")).to_be_visible()
    page.goto("/bao-cao/cho-tiep-nhan/")
    expect(page.locator("tbody th a")).to_be_focused()
    page.keyboard.press("r")
    expect(page.locator("#ly-do")).to_be_focused()
    page.goto("/bao-cao/cho-tiep-nhan/")
    tap(page.get_by_role("link", name="Công ty May Hải Âu").first)
    expect(page.locator("[data-review]")).to_be_focused()
    page.keyboard.press("a")
    expect(page.get_by_text("Đã tiếp nhận báo cáo của")).to_be_visible()


def test_two_people_saving_the_same_report_are_told_kindly(page: Page, live_cast: Cast) -> None:
    version = scenes.publish()
    report = scenes.draft(version, live_cast.local_volunteer)
    sign_in(page)
    page.goto(f"/bao-cao/{report.uid}/")
    expect(page.locator(".reload")).to_be_hidden()
    scenes.draft(version, live_cast.local_volunteer, {"gifts": "7"})
    page.locator("[name=gifts]").fill("8")
    page.locator("[name=gifts]").blur()
    expect(page.locator(".grid-state")).to_contain_text("vừa được người khác lưu")
    follow(page.locator(".reload"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Hai bản khác nhau")
    inspect(page, "hai-ban")
    page.set_viewport_size(DESK)
    follow(page.get_by_role("button", name="Lưu theo lựa chọn"))
    expect(page.locator(".summary")).to_be_focused()
    page.get_by_role("radio", name="Suất quà đã trao (suất), Bạn gõ").press("Space")
    follow(page.get_by_role("button", name="Lưu theo lựa chọn"))
    expect(page.locator("[name=gifts]")).to_have_value("8")


def test_the_entry_grid_is_sound(page: Page, live_cast: Cast) -> None:
    version = scenes.publish()
    scenes.gave_gifts(live_cast.commune_officer)
    scenes.accepted(
        version, live_cast.commune_officer, live_cast.provincial_officer, {"gifts": "4"}, period=scenes.JANUARY
    )
    figures = {"gifts": "4", "dialogues": "1"}
    scenes.accepted(
        version, live_cast.local_volunteer, live_cast.commune_officer, figures, words="Trao đủ, đúng hẹn."
    )
    report = scenes.draft(version, live_cast.commune_officer, {"money": "600.000.000", "dialogues": "12"})
    sign_in(page, "xa")
    page.goto(f"/bao-cao/{report.uid}/")
    expect(page.get_by_text("Trao đủ, đúng hẹn.")).to_be_visible()
    inspect(page, "nhap-bao-cao")


def test_the_queue_and_the_review_are_sound(page: Page, live_cast: Cast) -> None:
    version = scenes.publish()
    before = {"gifts": "5", "money": "2.000.000"}
    scenes.accepted(version, live_cast.local_volunteer, live_cast.commune_officer, before, period=scenes.JANUARY)
    figures = {"gifts": "20", "money": "72.000.000", "dialogues": "0"}
    report = scenes.sent(version, live_cast.local_volunteer, figures, words="Đã trao đủ quà.")
    sign_in(page, "xa")
    page.goto("/bao-cao/cho-tiep-nhan/")
    inspect(page, "cho-tiep-nhan")
    page.goto(f"/bao-cao/{report.uid}/tiep-nhan/")
    inspect(page, "xem-bao-cao")


def test_the_consolidated_page_drills_down_in_place(page: Page, live_cast: Cast) -> None:
    scenes.consolidated(live_cast)
    sign_in(page, "tinh")
    page.goto("/bao-cao/tong-hop/")
    figure = page.locator("[data-drill=nguon-gifts]")
    expect(figure).to_contain_text("25")
    figure.press("Enter")
    expect(figure).to_have_attribute("aria-expanded", "true")
    commune = page.locator(".source").get_by_role("row", name="Công đoàn xã An Hải")
    commune.get_by_role("link").click()
    expect(page.locator(".source .source")).to_contain_text("Của chính Công đoàn xã An Hải: 5 suất")
    page.locator(".source .source").get_by_role("row", name="May Hải Âu").get_by_role("link").click()
    expect(page.get_by_role("link", name="Quà Tết cho đoàn viên")).to_be_visible()
    page.locator("[data-drill=nguon-average]").click()
    expect(page.locator("#nguon-average")).to_contain_text("money / gifts")
    inspect(page, "tong-hop")
    figure.click()
    expect(figure).to_have_attribute("aria-expanded", "false")
    expect(page.locator("#nguon-gifts")).to_be_empty()


def test_the_other_pages_are_sound(page: Page, live_cast: Cast) -> None:
    issued = scenes.issued(live_cast)
    sign_in(page, "tinh")
    for name, path in {
        "bao-cao": "/bao-cao/",
        "hoat-dong": "/hoat-dong/",
        "ghi": "/hoat-dong/ghi/?loai=tang_qua",
        "da-phat-hanh": f"/bao-cao/da-phat-hanh/{issued.uid}/",
        "viec-bao-cao": "/",
    }.items():
        page.goto(path)
        photograph(page, f"{name}-desk")
        assert violations(page) == []
