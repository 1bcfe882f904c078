"""Registers in a real browser: numbers in outages, numbers put in, and the book as it prints."""

from __future__ import annotations

import os
from pathlib import Path

from playwright.sync_api import Page, expect

from nhipcau.documents.actions import fill_line, reserve_block, void_entry
from nhipcau.documents.registers.books import Slot
from tests.cast import NOW, TODAY, Cast
from tests.documents.numbers import opened, sent
from tests.press.reading import page_sizes_mm, pages, squeezed
from tests.web.browsing import MARKS, follow, inspect, sign_in, tap
from tests.web.directive import arrived, directive, registered

pytestmark = MARKS
LONG = (
    "Tổ chức Tháng An toàn, vệ sinh lao động và phòng ngừa cháy nổ trong các công đoàn cơ sở thuộc "
    "khu công nghiệp, khu chế xuất trên địa bàn tỉnh"
)


def _a_used_register(cast: Cast) -> None:
    letters = [sent(cast, subject=f"{LONG}, đợt {n}", recipients=["Như trên", "Lưu: VT"]) for n in range(1, 7)]
    sent(cast, slot=Slot(after=2, reason="bỏ sót khi lấy số ngày 10/3"))
    void_entry(entry=letters[3].entry, reason="in hỏng", actor=cast.clerk, at=NOW)
    fill_line(entry=letters[0].entry, copies=12, keeper="Văn thư", dispatched_on=TODAY, actor=cast.clerk, at=NOW)
    register = letters[0].entry.register
    reserve_block(register=register, count=4, reason="mất điện từ 14 giờ", actor=cast.clerk, at=NOW)
    sent(cast, slot=Slot(number=8))
    opened(cast, "qd", "Sổ quyết định")


def test_the_pages_of_the_registers_are_sound(page: Page, live_cast: Cast) -> None:
    _a_used_register(live_cast)
    registered(live_cast.clerk)
    second = arrived(live_cast.clerk, directive(subject="Tổ chức Tháng An toàn, vệ sinh lao động (bản giấy)"))
    sign_in(page, "vanthu")
    for name, url in {
        "so-di": "/van-ban/?so=di",
        "cac-so": "/van-ban/cac-so/",
        "giu-so": "/van-ban/giu-so/?so=di",
        "in-so": "/van-ban/in/?so=di",
        "lay-so-chen": "/van-ban/phat-hanh/?so=di&chen=6",
        "dong-so": "/van-ban/cac-so/dong/?so=di&quyen=qd",
        "hoi-ban-khac": f"/van-ban/{second.uid}/xac-nhan/",
        "bo-van-ban": f"/van-ban/{second.uid}/bo/",
    }.items():
        page.goto(url)
        inspect(page, name)
    page.goto("/van-ban/giu-so/?so=di")
    follow(page.locator(".work a").first)
    inspect(page, "dot-giu-so")


def test_by_keyboard_alone_numbers_are_kept_and_the_rest_struck(page: Page, live_cast: Cast) -> None:
    sign_in(page, "vanthu")
    page.goto("/van-ban/giu-so/?so=di")
    page.focus("[name=count]")
    page.keyboard.press("Control+a")
    page.keyboard.type("2")
    page.keyboard.press("Tab")
    page.keyboard.type("mất điện từ 14 giờ")
    page.keyboard.press("Enter")
    expect(page.locator(".notice.success")).to_have_text("Đã giữ các số 01–02.")
    tap(page.get_by_role("link", name="Nhập văn bản 1"))
    page.locator("[name=subject]").fill("Mời họp giao ban")
    page.locator("[name=subject]").press("Tab")
    page.get_by_label("Tên loại").press("ArrowDown")
    page.get_by_role("button", name="Cấp số và vào sổ").press("Enter")
    expect(page.locator(".notice.success")).to_contain_text("Đã cấp số 01/")
    page.go_back()
    page.goto("/van-ban/giu-so/?so=di")
    tap(page.locator(".work a").first)
    tap(page.get_by_role("link", name="Kết thúc đợt giữ số"))
    page.get_by_role("button", name="Kết thúc đợt giữ số").press("Enter")
    expect(page.get_by_text("không dùng đến")).to_be_visible()


def test_the_printed_page_lies_across_and_repeats_its_heading(page: Page, live_cast: Cast) -> None:
    for number in range(1, 31):
        sent(live_cast, subject=f"{LONG}, đợt {number}")
    sign_in(page, "vanthu")
    page.goto("/van-ban/in/?so=di")
    _keep(pdf := page.pdf(prefer_css_page_size=True), "in-so-trinh-duyet.pdf")
    sizes = page_sizes_mm(pdf)
    assert len(sizes) > 2
    assert {(round(width), round(height)) for width, height in sizes} == {(297, 210)}
    printed = [squeezed(text) for text in pages(pdf)]
    assert all(squeezed("Ký nhận") in text for text in printed)
    assert not any(squeezed("Tải bản in PDF") in text for text in printed)
    with page.expect_download() as coming:
        page.get_by_role("button", name="Tải bản in PDF").click()
    assert coming.value.suggested_filename == "so-van-ban-di-2026-chung.pdf"
    _keep(coming.value.path().read_bytes(), "in-so-may-in.pdf")


def _keep(pdf: bytes, name: str) -> None:
    """Where pictures are kept for people to look at, the printed book lies beside them."""
    folder = os.environ.get("NHIPCAU_SCREENSHOTS")
    if folder:
        (Path(folder) / name).write_bytes(pdf)
