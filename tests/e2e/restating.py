"""16 July 2018 to July 2025: a correction, the restated report, the register in print, and the new tree."""

from __future__ import annotations

import re

import pypdfium2
from playwright.sync_api import Page, expect

from nhipcau.demo import second_scene
from tests.e2e.going_down import record
from tests.e2e.issuing import NUMBER, RESTATED, words
from tests.e2e.office import Office, fetch, fits, sound, told
from tests.e2e.reporting import ATTENDED
from tests.web.browsing import go_to, photograph, tap

REASON = "Công đoàn cơ sở ghi sót một buổi tuyên truyền phòng, chống ma túy cuối tháng 6."


def correct(office: Office) -> None:
    """The volunteer records the session that was forgotten and sends a correction; the district accepts it."""
    office.at(7, 16)
    page = office.coso
    record(page, "Tập huấn", {"Ngày tổ chức": "28/06/2018", "Số buổi": "1", "Số lượt người dự": "38"})
    page.goto("/")
    go_to(page, "Báo cáo")
    photograph(page, "10-bao-cao-cua-toi")
    tap(page.get_by_role("button", name="Lập bản điều chỉnh"))
    tap(page.get_by_role("button", name="Lấy lại từ sổ hoạt động"))
    expect(page.locator(f"[name={ATTENDED}]")).to_have_value("83")
    photograph(page, "10-dieu-chinh")
    tap(page.get_by_role("button", name="Trình và gửi"))
    told(page, "Đã gửi báo cáo lên cấp trên.")
    office.at(7, 16, 15)
    page = office.huyen
    page.goto("/")
    tap(page.get_by_role("link", name="Xem và tiếp nhận"))
    photograph(page, "10-xem-dieu-chinh")
    tap(page.get_by_role("button", name="Tiếp nhận", exact=True))
    told(page, "Đã tiếp nhận báo cáo của")


def seal_anew(office: Office) -> None:
    """The district's sealed report is behind its figures: it seals anew, and the president's worklist says so."""
    office.at(7, 17)
    page = office.huyen
    page.goto("/")
    photograph(page, "10-viec-huyen")
    tap(page.get_by_role("link", name="Xem và xử lý").first)
    expect(page.locator("main")).to_contain_text("45 → 83")
    fits(page, "10-thay-doi")
    page.get_by_label("Chốt lại theo số hiện nay").check()
    page.get_by_label("Lý do", exact=True).fill(REASON)
    tap(page.get_by_role("button", name="Ghi nhận"))
    photograph(page, "10-da-chot-lai")
    office.at(7, 17, 14)
    page = office.chutich
    page.goto("/")
    photograph(page, "10-viec-chu-tich")
    expect(page.locator("main")).to_contain_text("Số liệu thay đổi sau khi chốt")
    expect(page.locator("main")).to_contain_text(f"đã phát hành số {NUMBER}")
    tap(page.get_by_role("link", name="Xem và tiếp nhận"))
    expect(page.locator(".resent")).to_contain_text("45 → 83")
    expect(page.locator(".resent")).to_contain_text(REASON)
    sound(page, "10-chot-lai-cho-tiep-nhan")
    tap(page.get_by_role("button", name="Tiếp nhận", exact=True))
    told(page, "Đã tiếp nhận báo cáo của Liên đoàn Lao động huyện Cát Hà")


def restate(office: Office) -> None:
    """The clerk issues the restatement with the next number; it names the report it replaces."""
    office.at(7, 18)
    page = office.vanthu
    page.goto("/")
    photograph(page, "10-viec-van-thu")
    tap(page.get_by_role("link", name="Xem và xử lý").first)
    page.get_by_label("phát hành ngay báo cáo điều chỉnh").check()
    page.get_by_label("Lý do", exact=True).fill(REASON)
    photograph(page, "10-phat-hanh-dieu-chinh")
    tap(page.get_by_role("button", name="Ghi nhận"))
    expect(page.get_by_role("heading", name=f"Báo cáo số {RESTATED}")).to_be_visible()
    photograph(page, "10-da-dieu-chinh")
    report = words(fetch(page, page.get_by_role("link", name="Tải .docx")))
    assert f"thay thế Báo cáo số {NUMBER}" in report
    assert REASON.rstrip(".") in report


def print_register(office: Office) -> None:
    """The outgoing register with its ten columns: fourteen numbers on the page and in the PDF."""
    office.at(7, 20)
    page = office.vanthu
    page.goto("/")
    tap(page.get_by_role("link", name="Văn bản", exact=True))
    tap(page.get_by_role("link", name="Văn bản đi", exact=True))
    tap(page.get_by_role("link", name="In sổ đủ các cột"))
    expect(page.locator(".book thead th")).to_have_count(10)
    expect(page.locator(".book tbody tr")).to_have_count(14)
    photograph(page, "11-so-di")
    printed = text_of(fetch(page, page.get_by_role("button", name="Tải bản in PDF")))
    numbers = {f"{number:02d}" for number in range(1, 15)}
    assert numbers <= set(re.findall(r"(\d{2,3})\s*/\s*(?:\w|-)", printed)), printed
    assert RESTATED in re.sub(r"\s", "", printed)


def text_of(pdf: bytes) -> str:
    """All the text of a PDF."""
    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))


def see_both_trees(office: Office) -> None:
    """After 1 July 2025 the president sees the half-year of 2018 on either tree, with the same totals."""
    counts = second_scene.run(office.story)
    assert (counts["totals_equal"], counts["totals_changed"]) == (34, 0)
    office.at(7, 15, year=2025)
    page = office.chutich
    page.goto("/bao-cao/")
    tap(page.get_by_role("link", name="Tổng hợp", exact=True))
    page.get_by_label("Kỳ", exact=True).select_option(label="6 tháng đầu năm 2018")
    tap(page.get_by_role("button", name="Xem"))
    then = _totals(page)
    district, commune = "Liên đoàn Lao động huyện Cát Hà", "Công đoàn phường Cát Hà"
    expect(page.get_by_role("link", name=district)).to_be_visible()
    tap(page.get_by_role("link", name="Theo cây hiện nay"))
    expect(page.get_by_role("link", name=commune)).to_be_visible()
    expect(page.get_by_role("link", name=district)).to_have_count(0)
    assert _totals(page) == then
    assert {"8", "2.400.000", "83", "12"} <= set(then)
    sound(page, "12-hien-nay")


def _totals(page: Page) -> list[str]:
    """Every figure on the consolidated page, in its order."""
    expect(page.locator("a.figure").first).to_be_visible()
    return [text.split("\n")[0] for text in page.locator("a.figure").all_inner_texts()]
