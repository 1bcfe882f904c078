"""14–18 May: the directive comes in, the president writes on it, it goes down three levels."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from nhipcau.demo import letters
from tests.e2e.office import Office, fetch, fits, sound, told
from tests.web.browsing import DESK, PHONE, go_to, photograph, tap

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SUBJECT = "Tổ chức Tháng hành động phòng, chống ma túy tại nơi làm việc năm 2018"
NOTE = "Giao Ban Chính sách pháp luật chủ trì tham mưu kế hoạch; Ban Tài chính bố trí kinh phí."


def receive(office: Office) -> None:
    """The clerk hands the file to the reader, looks at every finding, and confirms: số đến 1."""
    office.at(5, 14)
    page = office.vanthu
    page.goto("/")
    tap(page.get_by_role("link", name="Văn bản", exact=True))
    tap(page.get_by_role("link", name="Nhận văn bản đến"))
    page.get_by_label("Tệp văn bản").set_input_files(
        {"name": letters.DIRECTIVE_NAME, "mimeType": DOCX, "buffer": letters.directive()}
    )
    expect(page.get_by_label("Ngày đến")).to_have_value("14/05/2018")
    tap(page.get_by_role("button", name="Đọc văn bản"))
    expect(page.get_by_label("Số, ký hiệu")).to_have_value("27/KH-TLĐ")
    expect(page.get_by_label("Trích yếu nội dung")).to_have_value(SUBJECT)
    expect(page.locator("[name=signer_name]")).to_have_value("Trần Minh Khôi")
    expect(page.locator(".ask")).to_have_count(4)
    expect(page.locator(".ask").nth(1)).to_contain_text("25/06/2018")
    sound(page, "01-xac-nhan")
    tap(page.get_by_role("button", name="Vào sổ, số đến 1"))
    told(page, "Đã vào sổ với số đến 1.")
    photograph(page, "01-van-ban")


def instruct(office: Office) -> None:
    """The president, on a telephone: who leads, who helps, by when. The slip comes out as a PDF."""
    office.at(5, 14, 16)
    page = office.chutich
    page.set_viewport_size(PHONE)
    page.goto("/")
    photograph(page, "02-viec-chu-tich")
    tap(page.get_by_role("link", name=SUBJECT, exact=True))
    page.get_by_label("Ban Chính sách pháp luật").select_option(label="chủ trì")
    page.get_by_label("Ban Tài chính").select_option(label="phối hợp")
    page.get_by_label("Ý kiến chỉ đạo").fill(NOTE)
    page.get_by_label("Hạn của đơn vị chủ trì").fill("18/05/2018")
    sound(page, "02-but-phe")
    tap(page.get_by_role("button", name="Ghi bút phê"))
    told(page, "Đã ghi bút phê.")
    expect(page.locator(".slip")).to_contain_text("Ban Chính sách pháp luật (hạn 18/05/2018)")
    photograph(page, "02-phieu")
    slip = fetch(page, page.get_by_role("link", name="Tải phiếu (PDF)"))
    assert slip.startswith(b"%PDF")
    page.set_viewport_size(DESK)


def hand_out(office: Office) -> None:
    """The policy officer hands what the letter asks of the units below to all sixteen of them."""
    office.at(5, 15)
    page = office.chinhsach
    page.goto("/")
    photograph(page, "03-viec-chinh-sach")
    tap(page.get_by_role("link", name="Văn bản", exact=True))
    tap(page.get_by_role("link", name=re.compile(SUBJECT)))
    photograph(page, "03-van-ban")
    tap(page.get_by_role("link", name="Giao thêm"))
    for text in ("Công đoàn cơ sở tổ chức", "Công đoàn cấp trên trực tiếp cơ sở lồng ghép"):
        page.get_by_label(re.compile(text)).check()
    fits(page, "03-giao-viec")
    tap(page.get_by_role("button", name="Giao việc"))
    told(page, "Đã giao 2 việc cho 16 đơn vị.")
    photograph(page, "03-da-giao")


def lead(office: Office) -> None:
    """The officer also heads the department the note names: the first page says so and leads there."""
    office.at(5, 16)
    page = office.chinhsach
    page.goto("/")
    sound(page, "03-chuc-danh-khac")
    tap(page.get_by_role("main").get_by_role("button", name="Chuyển sang"))
    tap(page.get_by_role("link", name=NOTE, exact=True))
    tap(page.get_by_role("button", name="Tiếp nhận", exact=True))
    tap(page.get_by_role("link", name="Báo hoàn thành"))
    page.get_by_label("Kết quả").fill("Đã trình dự thảo kế hoạch của Liên đoàn Lao động tỉnh.")
    tap(page.get_by_role("button", name="Báo hoàn thành"))
    told(page, "Đã báo hoàn thành.")
    tap(page.locator(".seat-others button").filter(has_text="Liên đoàn Lao động tỉnh Sông Lam"))
    expect(page.locator(".seat-now")).to_contain_text("Liên đoàn Lao động tỉnh Sông Lam")


def pass_on(office: Office) -> None:
    """The district takes the work and passes it on to its local unions."""
    office.at(5, 16)
    page = office.huyen
    page.goto("/")
    photograph(page, "04-viec-huyen")
    tap(page.get_by_role("link", name=re.compile("Công đoàn cơ sở tổ chức")).first)
    tap(page.get_by_role("button", name="Tiếp nhận", exact=True))
    photograph(page, "04-da-tiep-nhan")
    tap(page.get_by_role("link", name="Giao xuống cấp dưới"))
    fits(page, "04-giao-xuong")
    tap(page.get_by_role("button", name="Giao xuống", exact=True))
    told(page, "Đã giao 1 việc cho 22 đơn vị.")
    expect(page.locator("table.status tbody")).to_have_count(22)
    photograph(page, "04-da-giao-xuong")


def do_and_report(office: Office) -> None:
    """The volunteer, on a telephone: takes the work, records the gifts and the session, reports it done."""
    page = office.coso
    office.at(5, 18)
    page.goto("/")
    photograph(page, "05-viec-co-so")
    tap(page.get_by_role("button", name=re.compile(r"^Tiếp nhận\s*:")))
    told(page, "Đã tiếp nhận.")
    photograph(page, "05-viec")
    office.at(6, 4, 16)
    record(page, "Tặng quà con đoàn viên nghèo", {"Ngày tổ chức": "01/06/2018", "Số suất quà": "4"}, "1.200.000")
    office.at(6, 15, 16)
    session = {"Ngày tổ chức": "15/06/2018", "Số buổi": "1", "Số lượt người dự": "45"}
    record(page, "Tập huấn", session)
    office.at(6, 22)
    page.goto("/")
    tap(page.get_by_role("link", name=re.compile("Công đoàn cơ sở tổ chức")).first)
    tap(page.get_by_role("link", name="Báo hoàn thành"))
    page.get_by_label("Kết quả").fill("Đã tổ chức một buổi tuyên truyền ngày 15/6, 45 lượt người dự.")
    photograph(page, "05-bao-hoan-thanh")
    tap(page.get_by_role("button", name="Báo hoàn thành"))
    told(page, "Đã báo hoàn thành.")
    photograph(page, "05-da-bao")


def record(page: Page, kind: str, figures: dict[str, str], money: str = "") -> None:
    """Ghi hoạt động: choose the kind, fill in the figures; money is echoed in words."""
    page.goto("/")
    go_to(page, "Hoạt động")
    tap(page.get_by_role("link", name="Ghi hoạt động").first)
    tap(page.get_by_role("link", name=kind))
    for label, value in figures.items():
        page.get_by_label(label).fill(value)
    if money:
        page.get_by_label("Tổng số tiền").fill(money)
        expect(page.get_by_text("một triệu hai trăm nghìn đồng")).to_be_visible()
    photograph(page, f"05-ghi-{kind}")
    tap(page.get_by_role("button", name="Ghi hoạt động"))
    told(page, "Đã ghi hoạt động.")
