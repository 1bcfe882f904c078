"""4–12 July: the half-year report goes up, comes back once, is entered for a silent unit, and is drilled into."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.e2e.office import Office, fits, sound, told
from tests.web.browsing import photograph, tap

MONEY, GIFTS, ATTENDED = "children_money", "children_gifts", "training_attended"
SILENT = "Công đoàn cơ sở Công ty May Lạc Thịnh Cát Hà"
ASSESSMENT = "Các cấp công đoàn trong tỉnh đã tập trung chăm lo đời sống đoàn viên."
WHY = "Sổ hoạt động ghi 45 lượt người, báo cáo ghi 5; xin kiểm tra lại."


def fill(page: Page, cell: str, text: str) -> None:
    """Type into a cell and wait until the draft is saved."""
    field = page.locator(f"[name={cell}]")
    field.fill(text)
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        field.blur()


def send_with_a_slip(office: Office) -> None:
    """The report fills itself from the register; a slip is caught in its cell; a wrong figure goes up unseen."""
    office.at(7, 4)
    page = office.coso
    page.goto("/")
    photograph(page, "06-viec-co-so")
    tap(page.get_by_role("button", name="Lập báo cáo"))
    for cell, value in ((GIFTS, "4"), (MONEY, "1.200.000"), (ATTENDED, "45")):
        expect(page.locator(f"[name={cell}]")).to_have_value(value)
    fill(page, MONEY, "1.200.000 triệu đồng")
    photograph(page, "06-nham-don-vi")
    slip = page.locator(f"tr:has([name={MONEY}]) .why")
    expect(slip).to_contain_text("nghĩa là 1.200.000.000.000 đồng. Nếu là 1.200.000 đồng thì bỏ chữ «triệu».")
    expect(page.locator(".grid-state")).to_contain_text("Chưa lưu.")
    expect(page.locator("#findings")).not_to_contain_text("Không thấy lỗi nào")
    fill(page, MONEY, "1.200.000")
    expect(slip).not_to_contain_text("Phải sửa")
    expect(page.locator(f"tr:has([name={MONEY}]) .echo")).to_have_text("một triệu hai trăm nghìn đồng")
    fill(page, ATTENDED, "5")
    tap(page.get_by_role("button", name="Ghi 0 cho ô còn trống"))
    expect(page.locator("#progress")).to_contain_text("24 / 24")
    sound(page, "06-bao-cao")
    tap(page.get_by_role("button", name="Trình và gửi"))
    told(page, "Đã gửi báo cáo lên cấp trên.")
    photograph(page, "06-da-gui")


def send_back(office: Office) -> None:
    """The district returns the report with a reason at one cell."""
    office.at(7, 4, 10)
    page = office.huyen
    page.goto("/")
    photograph(page, "06-viec-huyen")
    tap(page.get_by_role("link", name="Xem và tiếp nhận"))
    row = page.get_by_role("row", name="Lượt người dự tập huấn")
    row.get_by_text("Trả ô này").click()
    row.get_by_placeholder("Vì sao?").fill(WHY)
    photograph(page, "06-tiep-nhan")
    tap(page.get_by_role("button", name="Trả lại", exact=True))
    photograph(page, "06-da-tra")
    told(page, "Đã trả lại")


def mend(office: Office) -> None:
    """The volunteer sees the reason at the cell, corrects it and sends again; the district sees what changed."""
    office.at(7, 4, 14)
    page = office.coso
    page.goto("/")
    photograph(page, "06-viec-bi-tra")
    tap(page.get_by_role("link", name="Sửa và gửi lại"))
    expect(page.locator(f"tr:has([name={ATTENDED}]) .why")).to_contain_text(WHY)
    fits(page, "06-bi-tra")
    fill(page, ATTENDED, "45")
    tap(page.get_by_role("button", name="Trình và gửi"))
    told(page, "Đã gửi báo cáo lên cấp trên.")
    office.at(7, 4, 15)
    page = office.huyen
    page.goto("/")
    tap(page.get_by_role("link", name="Xem và tiếp nhận"))
    expect(page.locator(".resent-lines")).to_contain_text("Lượt người dự tập huấn")
    expect(page.locator(".resent-lines")).to_contain_text("5 → 45")
    fits(page, "06-gui-lai")
    tap(page.get_by_role("button", name="Tiếp nhận", exact=True))
    told(page, "Đã tiếp nhận báo cáo của")


def stand_in(office: Office) -> None:
    """The district enters by telephone what a silent local union did, and sends its own report."""
    office.at(7, 5)
    page = office.huyen
    page.goto("/bao-cao/")
    tap(page.get_by_role("link", name="Tổng hợp", exact=True))
    page.get_by_label("Kỳ", exact=True).select_option(label="6 tháng đầu năm 2018")
    tap(page.get_by_role("button", name="Xem"))
    photograph(page, "07-tong-hop-huyen")
    silent = page.locator("main li", has_text=SILENT)
    tap(silent.get_by_role("link", name="Nhập thay"))
    for cell, value in ((GIFTS, "4"), (MONEY, "1,2 triệu"), ("dialogues", "1")):
        page.locator(f"[name={cell}]").fill(value)
    expect(page.locator(f"[name={MONEY}] + .echo")).to_have_text("một triệu hai trăm nghìn đồng")
    page.get_by_label("điện thoại").check()
    page.get_by_label("Nhận từ đâu, lúc nào").fill("Điện thoại sáng 05/7, chức danh Chủ tịch đọc số.")
    photograph(page, "07-nhap-thay")
    tap(page.get_by_role("button", name="Nhập thay và tiếp nhận"))
    told(page, f"Đã nhập thay và tiếp nhận báo cáo của {SILENT}")
    expect(page.locator("main")).to_contain_text("Đơn vị chưa xác nhận.")


def send_up(office: Office) -> None:
    """The district sends its own report; the president accepts it; the province's own is written and sent."""
    office.at(7, 6)
    page = office.huyen
    _open_own(page)
    page.get_by_label("Đánh giá chung").fill("Các công đoàn cơ sở đã tổ chức đủ các buổi tuyên truyền.")
    tap(page.get_by_role("button", name="Ghi 0 cho ô còn trống"))
    expect(page.locator("#progress")).to_contain_text("24 / 24")
    tap(page.get_by_role("button", name="Trình và gửi"))
    told(page, "Đã gửi báo cáo lên cấp trên.")
    page = office.chutich
    page.goto("/")
    photograph(page, "07-viec-chu-tich")
    tap(page.get_by_role("link", name="Xem và tiếp nhận"))
    tap(page.get_by_role("button", name="Tiếp nhận", exact=True))
    told(page, "Đã tiếp nhận báo cáo của Liên đoàn Lao động huyện Cát Hà")
    page = office.chinhsach
    _open_own(page)
    expect(page.locator("[name=directives]")).to_have_value("12")
    expect(page.locator("main")).to_contain_text("Các công đoàn cơ sở đã tổ chức đủ các buổi tuyên truyền.")
    page.get_by_label("Đánh giá chung").fill(ASSESSMENT)
    tap(page.get_by_role("button", name="Ghi 0 cho ô còn trống"))
    photograph(page, "07-bao-cao-tinh")
    tap(page.get_by_role("button", name="Trình duyệt"))
    told(page, "Đã trình duyệt.")
    page = office.chutich
    page.goto("/")
    tap(page.get_by_role("link", name="Xem và gửi"))
    tap(page.get_by_role("button", name="Duyệt và chốt"))
    told(page, "Đã chốt báo cáo của đơn vị.")


def _open_own(page: Page) -> None:
    page.goto("/")
    tap(page.get_by_role("button", name="Lập báo cáo"))


def consolidate(office: Office) -> None:
    """The officer opens the consolidated figures and drills from one of them to the volunteer's activity."""
    office.at(7, 9)
    page = office.chinhsach
    page.goto("/bao-cao/")
    tap(page.get_by_role("link", name="Tổng hợp", exact=True))
    page.get_by_label("Kỳ", exact=True).select_option(label="6 tháng đầu năm 2018")
    tap(page.get_by_role("button", name="Xem"))
    for cell, value in ((GIFTS, "8"), (MONEY, "2.400.000"), (ATTENDED, "45"), ("directives", "12")):
        expect(page.locator(f"[data-drill=nguon-{cell}]")).to_contain_text(value)
    page.locator(f"[data-drill=nguon-{ATTENDED}]").click()
    page.locator(".source").get_by_role("row", name="huyện Cát Hà").get_by_role("link").click()
    page.locator(".source .source").get_by_role("row", name="Bình Hưng").get_by_role("link").click()
    activity = page.locator(".origins a")
    expect(activity).to_have_count(1)
    sound(page, "08-tong-hop")
    tap(activity)
    expect(page.locator("main")).to_contain_text("15/06/2018")
    photograph(page, "08-hoat-dong")
