"""4 May – 1 June: labour safety month. A goal, sessions, ten who take the quiz, the closing report."""

from __future__ import annotations

import re

from django.test import Client
from playwright.sync_api import Page, expect

from nhipcau.campaigns.models import Campaign, QuizEdition
from tests.e2e.office import told
from tests.e2e.quarter.desks import Quarter, look
from tests.web.browsing import photograph, tap

SAFETY = "Tháng hành động về an toàn, vệ sinh lao động"
HIDDEN = re.compile(r'type="hidden" name="(\w+)" value="([^"]+)"')


def open_with_a_goal(quarter: Quarter) -> None:
    """The ready-made one, with sixty attendances for every hundred members made fifty; its quiz is opened too."""
    quarter.at(5, 4)
    page = quarter.tinh
    page.goto("/chien-dich/soan/")
    tap(page.get_by_role("button", name=re.compile(SAFETY)))
    tap(page.get_by_role("link", name="Mục tiêu", exact=True))
    page.get_by_label("Lượt người dự (lượt người)").fill("50")
    tap(page.get_by_role("button", name="Lưu mục tiêu"))
    tap(page.get_by_role("link", name=SAFETY, exact=True))
    expect(page.locator("main")).to_contain_text("Lượt người dự: 50 % số đoàn viên")
    tap(page.get_by_role("button", name="Mở chiến dịch"))
    told(page, "Đã mở chiến dịch")
    tap(page.get_by_role("link", name="Mười câu về an toàn, vệ sinh lao động"))
    tap(page.get_by_role("button", name="Mở bài trắc nghiệm"))
    told(page, "Đã mở bài trắc nghiệm")


def hold_sessions(quarter: Quarter) -> None:
    """The volunteer and the school each record theirs from the campaign's page."""
    quarter.at(5, 20, 16)
    for page, came in ((quarter.coso, "210"), (quarter.truong, "30")):
        page.goto("/chien-dich/")
        tap(page.get_by_role("link", name=SAFETY))
        tap(page.get_by_role("link", name="Huấn luyện, nói chuyện về an toàn lao động"))
        page.get_by_label("Ngày tổ chức").fill("20/05/2026")
        page.get_by_label("Số buổi").fill("1")
        page.get_by_label("Lượt người dự").fill(came)
        photograph(page, f"q04-ghi-buoi-{came}")
        tap(page.get_by_role("button", name="Ghi hoạt động"))
        told(page, "Đã ghi hoạt động")


def take_the_quiz(quarter: Quarter) -> None:
    """Nine answer and nobody sees a figure; the tenth, on a telephone without an account, brings the totals."""
    campaign = Campaign.objects.get()
    address = f"/cd/{campaign.token}/1/"
    for _ in range(9):
        _answer(Client(), address)
    results = quarter.tinh
    results.goto(f"/chien-dich/{campaign.uid}/trac-nghiem/1/")
    expect(results.locator("main")).to_contain_text("Chưa đủ lượt làm")
    _answer_by_hand(quarter.seat(phone=True), address)
    results.reload()
    expect(results.locator("main")).to_contain_text("Từ 10 lượt làm.")
    photograph(results, "q04-trac-nghiem")
    assert QuizEdition.objects.get().takers == 10


def _answer(client: Client, address: str) -> None:
    page = client.get(address).content.decode()
    numbers = {f"cau-{number}": "0" for number in range(1, 11)}
    assert "Bạn đúng" in client.post(address, dict(HIDDEN.findall(page)) | numbers).content.decode()


def _answer_by_hand(page: Page, address: str) -> None:
    page.goto(address)
    for number in range(1, 11):
        page.locator(f"[name=cau-{number}]").first.check()
    photograph(page, "q04-lam-bai")
    tap(page.get_by_role("button", name="Gửi và xem đáp án"))
    expect(page.get_by_role("heading", name=re.compile("Bạn đúng"))).to_be_visible()
    look(page, "q04-dap-an")


def close_with_a_report(quarter: Quarter) -> None:
    """Two of three held a session; every figure of the report leads to the activities behind it."""
    quarter.at(6, 1)
    page = quarter.tinh
    page.goto("/chien-dich/")
    tap(page.get_by_role("link", name=SAFETY))
    tap(page.get_by_role("link", name="Kết thúc", exact=True))
    tap(page.get_by_role("button", name="Kết thúc chiến dịch"))
    told(page, "Đã kết thúc chiến dịch")
    tap(page.get_by_role("link", name="Báo cáo kết thúc"))
    tap(page.get_by_role("button", name="Lập báo cáo"))
    expect(page.locator("dl.facts")).to_contain_text("2 / 3 đơn vị")
    look(page, "q04-bao-cao")
    tap(page.locator("dl.facts").get_by_role("link", name="240"))
    expect(page.get_by_role("heading", name="Lượt người dự: 240 lượt người")).to_be_visible()
    expect(page.locator("tbody tr")).to_have_count(2)
    tap(page.get_by_role("row", name="May Hải Âu").get_by_role("link"))
    expect(page.locator("main")).to_contain_text("20/05/2026")
