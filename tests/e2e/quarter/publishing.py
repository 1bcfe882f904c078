"""16 March: the designer opens a file as a draft, adds the rule against slips of the unit, and publishes."""

from __future__ import annotations

from playwright.sync_api import expect

from nhipcau.core.periods import Period, parse_period
from nhipcau.org.models import Post
from nhipcau.reports.filling.workflow import accept
from nhipcau.reports.models import TemplateVersion
from tests.e2e.office import told
from tests.e2e.quarter.desks import Quarter, look
from tests.quarterly import LATER, draft_for, send_draft
from tests.web.browsing import photograph, tap

SECOND = parse_period("2026-Q2")
HISTORY = {"2025-Q3": "5.500.000", "2025-Q4": "6.400.000", "2026-Q1": "6.000.000"}
TEMPLATE = """
code: quy-cham-lo
name: Báo cáo quý về chăm lo
period: quarter
first_period: 2025-Q3
due_working_days: 5
reporters: [local, commune, province]
activity_types:
  - code: tang_qua
    label: Tặng quà đoàn viên
    measures:
      - {code: gifts, label: Số suất quà, unit: suất}
      - {code: money, label: Tổng số tiền, unit: đồng}
sections:
  - title: Chăm lo
    indicators:
      - {code: gifts, label: Suất quà đã trao, unit: suất, source: {activity: tang_qua, measure: gifts}}
      - {code: money, label: Tiền quà, unit: đồng, source: {activity: tang_qua, measure: money}}
rules:
  - {code: nhieu-qua, severity: warning, check: gifts <= 30, message: "{gifts} suất là nhiều hơn thường lệ."}
narrative:
  - {code: danh_gia, title: Đánh giá chung}
issue:
  doc_type: báo cáo
  subject: Kết quả chăm lo đoàn viên {period}
  authority: TM. BAN THƯỜNG VỤ
  title: CHỦ TỊCH
  recipients: ["Các công đoàn xã, phường;", "Lưu: VT."]
"""
RULE = {
    "Mã": "lech-don-vi",
    "Điều kiện phải đúng": "not slip(money)",
    "Lời nhắn": "{money} đồng lệch khoảng nghìn lần so với các kỳ trước; có thể nhầm đơn vị.",
}


def publish(quarter: Quarter) -> TemplateVersion:
    """Nothing stands in the way once the rule is written; one tap publishes."""
    page = quarter.tinh
    page.goto("/bieu-mau/")
    page.get_by_label("Tệp YAML của biểu mẫu").set_input_files(
        {"name": "quy-cham-lo.yaml", "mimeType": "text/yaml", "buffer": TEMPLATE.encode()}
    )
    tap(page.get_by_role("button", name="Mở thành bản thảo"))
    tap(page.get_by_role("link", name="Quy tắc kiểm tra", exact=True))
    tap(page.get_by_role("link", name="Thêm quy tắc"))
    for label, text in RULE.items():
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_label("cần giải thích").check()
    photograph(page, "q01-quy-tac")
    tap(page.get_by_role("button", name="Lưu vào bản thảo"))
    expect(page.get_by_role("row", name="lech-don-vi")).to_be_visible()
    tap(page.get_by_role("link", name="Ban hành", exact=True))
    expect(page.locator("main")).to_contain_text("6 đơn vị phải báo cáo")
    look(page, "q01-ban-hanh")
    tap(page.get_by_role("button", name="Ban hành phiên bản này"))
    told(page, "Đã ban hành phiên bản 1.")
    return TemplateVersion.objects.get()


def report_three_quarters(quarter: Quarter, version: TemplateVersion) -> None:
    """What the volunteer's union sent before: the history that a slip stands out against."""
    volunteer, officer = quarter.cast.local_volunteer, quarter.cast.commune_officer
    for period, money in HISTORY.items():
        _accepted(volunteer, officer, version, parse_period(period), gifts="20", money=money)


def _accepted(post: Post, by: Post, version: TemplateVersion, period: Period, **figures: str) -> None:
    sent = send_draft(draft_for(post, version, period, LATER, **figures), post, LATER)
    accept(submission=sent, actor=by, at=LATER)
