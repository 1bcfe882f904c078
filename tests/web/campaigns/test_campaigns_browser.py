"""Campaigns in a browser: opened by keyboard, taken part in on a phone, closed with a signed report."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pypdfium2
from playwright.sync_api import Locator, Page, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from nhipcau.campaigns.closing_paper import document_of
from nhipcau.campaigns.models import Campaign, ClosingReport, QuizEdition
from nhipcau.press.pdf import to_pdf
from tests.campaigns import scenes
from tests.campaigns.test_quizzes import opened
from tests.cast import TODAY, Cast
from tests.web.browsing import DESK, MARKS, PHONE, follow, inspect, sign_in, tab_to
from tests.web.campaigns.test_poster_pages import read

pytestmark = MARKS
SAFETY = "Tháng hành động về an toàn, vệ sinh lao động"


def go(page: Page, name: str | re.Pattern[str], role: str = "link") -> None:
    """Reach it with Tab, press Enter, and arrive."""
    target = page.get_by_role(role, name=name, exact=True).first  # type: ignore[arg-type]
    tab_to(page, target)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def type_in(page: Page, field: Locator, text: str) -> None:
    """Reach the field with Tab and type over what stands in it."""
    tab_to(page, field)
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def first_page(path: str | Path) -> bytes:
    """The first page of a PDF as a picture."""
    picture = io.BytesIO()
    pypdfium2.PdfDocument(path)[0].render(scale=3).to_pil().save(picture, "PNG")
    return picture.getvalue()


def signed_copy() -> bytes:
    """The numbered report as it comes back from the one who signs."""
    report = ClosingReport.objects.get()
    assert report.document is not None
    return to_pdf(document_of(report, report.document.number, TODAY))


def told(page: Page, words: str) -> None:
    expect(page.locator(".notice", has_text=words)).to_be_visible()


def test_the_province_opens_a_ready_made_campaign_by_keyboard(page: Page, live_cast: Cast) -> None:
    sign_in(page, "tinh")
    page.goto("/chien-dich/")
    inspect(page, "campaigns-none")
    page.set_viewport_size(DESK)
    go(page, "Soạn chiến dịch")
    inspect(page, "campaigns-choose")
    go(page, re.compile(f"Dùng bản này.*{SAFETY}"), "button")
    inspect(page, "campaign-draft")
    go(page, "Sửa")
    type_in(page, page.get_by_label("Từ ngày"), "10/03/2026")
    type_in(page, page.get_by_label("Đến ngày"), "09/03/2026")
    go(page, "Lưu bản soạn", "button")
    inspect(page, "campaign-edit")
    type_in(page, page.get_by_label("Đến ngày"), "10/04/2026")
    go(page, "Lưu bản soạn", "button")
    go(page, "Mục tiêu")
    inspect(page, "campaign-goals")
    go(page, "Lưu mục tiêu", "button")
    go(page, SAFETY)
    go(page, "Cách tính")
    go(page, "Lưu", "button")
    go(page, "Mở chiến dịch", "button")
    told(page, "Đã mở chiến dịch")
    inspect(page, "campaign-open")
    go(page, "Năm việc trước khi vào ca")
    go(page, "Ra bản mới")
    inspect(page, "material-revise")
    type_in(page, page.get_by_label("Bản này có gì mới"), "Thêm số điện thoại cấp cứu.")
    go(page, "Ra bản mới", "button")
    inspect(page, "material")
    tab_to(page, page.locator("summary", has_text="Các bản đã ra"))
    page.keyboard.press("Enter")
    follow(page.locator("details a").last)
    expect(page.get_by_text("Đây là bản cũ số 1.")).to_be_visible()
    page.goto(f"/chien-dich/{Campaign.objects.get().uid}/trac-nghiem/1/")
    inspect(page, "quiz-written")
    go(page, "Mở bài trắc nghiệm", "button")
    inspect(page, "quiz-open-none")
    go(page, "Thêm câu hỏi")
    inspect(page, "question")
    page.goto("/chien-dich/")
    inspect(page, "campaigns-open")


def test_a_quiz_is_taken_on_a_phone_by_the_address_in_the_code(
    page: Page, live_cast: Cast, live_server: LiveServer, settings: Settings
) -> None:
    settings.SITE_URL = live_server.url
    quiz = opened(live_cast)
    sign_in(page)
    page.goto(f"/chien-dich/{quiz.campaign.uid}/")
    inspect(page, "campaign-below")
    go(page, "Áp phích và mã QR")
    inspect(page, "poster")
    tab_to(page, page.get_by_role("button", name="Tải áp phích A4 (PDF)"))
    with page.expect_download() as coming:
        page.keyboard.press("Enter")
    address = read(first_page(coming.value.path()))
    assert address.endswith(f"/cd/{quiz.campaign.token}/1/")
    page.context.clear_cookies()
    page.set_viewport_size(PHONE)
    page.goto(address)
    inspect(page, "quiz-phone")
    go(page, "Gửi và xem đáp án", "button")
    inspect(page, "quiz-missing")
    for number in (1, 2):
        tab_to(page, page.locator(f"[name=cau-{number}]").first)
        page.keyboard.press("Space")
    go(page, "Gửi và xem đáp án", "button")
    inspect(page, "quiz-marked")
    assert QuizEdition.objects.get().waiting == 1
    go(page, "Về trang chiến dịch")
    inspect(page, "campaign-front")
    assert page.context.cookies() == []


def test_it_is_closed_and_its_report_signed(page: Page, live_cast: Cast) -> None:
    campaign = scenes.opened(live_cast)
    scenes.talked(campaign, live_cast.local_volunteer, talks=2, came=35)
    sign_in(page, "tinh")
    page.goto(f"/chien-dich/{campaign.uid}/ket-qua/")
    inspect(page, "campaign-results")
    page.goto(f"/chien-dich/{campaign.uid}/")
    go(page, "Kết thúc")
    inspect(page, "campaign-close")
    go(page, "Kết thúc chiến dịch", "button")
    inspect(page, "campaign-closed")
    go(page, "Báo cáo kết thúc")
    go(page, "Lập báo cáo", "button")
    inspect(page, "closing-draft")
    follow(page.locator("dl a").first)
    inspect(page, "closing-sources")
    go(page, "Báo cáo kết thúc")
    type_in(page, page.get_by_label("Đánh giá chung"), "Các buổi gọn, đúng việc.")
    tab_to(page, page.get_by_label("Người ký"))
    page.keyboard.type("Trưởng ban")
    go(page, "Lưu", "button")
    told(page, "Đã lưu lời báo cáo.")
    type_in(page, page.get_by_label("Ngày ký"), "16/03/2026")
    go(page, "Cấp số", "button")
    told(page, "Đã cấp số")
    signed = {"name": "Báo cáo đã ký.pdf", "mimeType": "application/pdf", "buffer": signed_copy()}
    page.locator("[type=file]").set_input_files(signed)  # type: ignore[arg-type]
    go(page, "Phát hành", "button")
    told(page, "Đã phát hành báo cáo.")
    inspect(page, "closing-issued")
