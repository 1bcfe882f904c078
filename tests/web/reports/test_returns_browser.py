"""The pages of standing in, lumps, prints and resubmission by axe: desk and phone, light and dark."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from nhipcau.reports.filling.unit_report import check_code
from nhipcau.reports.filling.workflow import send_back
from tests.cast import NOW, Cast
from tests.web.browsing import MARKS, inspect, sign_in, tap
from tests.web.reports import scenes

pytestmark = MARKS


def test_the_level_above_enters_compares_and_lumps(page: Page, live_cast: Cast) -> None:
    cast, version = live_cast, scenes.publish()
    report = scenes.sent(version, cast.local_volunteer, {"gifts": "3", "money": "900.000"})
    asked = {"gifts": "Sổ ghi 4 suất", "dialogues": "Chưa có kế hoạch"}
    send_back(submission=report, reason="Xem lại", by_cell=asked, actor=cast.commune_officer, at=NOW)
    scenes.sent(version, cast.local_volunteer, {"gifts": "4", "money": "1.200.000"}, words="Đã trao đủ quà.")
    own = scenes.draft(version, cast.commune_officer, {"gifts": "9", "money": "0"})
    sign_in(page, "xa")
    page.goto(f"/bao-cao/{report.uid}/tiep-nhan/")
    expect(page.get_by_text("sửa ngoài yêu cầu")).to_be_visible()
    inspect(page, "xem-ban-gui-lai")
    page.goto("/bao-cao/cho-tiep-nhan/")
    inspect(page, "cho-tiep-nhan-gui-lai")
    page.goto(f"/bao-cao/{own.uid}/so-gop/")
    page.get_by_label("Công đoàn cơ sở Trường Tiểu học Hải Long").check()
    inspect(page, "so-gop")
    page.get_by_role("button", name="Ghi", exact=True).click()
    expect(page.get_by_text("Số gộp: số liệu gồm cả 1 đơn vị")).to_be_visible()
    inspect(page, "bao-cao-so-gop")
    page.goto(f"/bao-cao/tong-hop/thang/2026-02/{cast.commune.uid}/")
    tap(page.get_by_role("link", name="Nhập thay").first)
    page.get_by_label("Số suất quà đã trao").or_(page.locator("[name=gifts]")).first.fill("ba")
    page.get_by_role("button", name="Nhập thay và tiếp nhận").click()
    expect(page.locator(".summary")).to_be_focused()
    inspect(page, "nhap-thay")


def test_the_unit_confirms_prints_and_checks(page: Page, live_cast: Cast) -> None:
    report = scenes.entered(scenes.publish(), live_cast.local, live_cast.commune_officer)
    assert report.seal is not None
    sign_in(page)
    page.goto(f"/bao-cao/{report.uid}/")
    inspect(page, "bao-cao-nhap-thay")
    page.get_by_role("button", name="Xác nhận đúng").click()
    expect(page.get_by_text("Đã xác nhận báo cáo do cấp trên nhập thay.")).to_be_visible()
    page.goto("/bao-cao/kiem-tra-ma/")
    page.get_by_label("Mã kiểm tra").fill(check_code(report.seal))
    page.keyboard.press("Enter")
    expect(page.get_by_text("đã tiếp nhận")).to_be_visible()
    inspect(page, "kiem-tra-ma")
