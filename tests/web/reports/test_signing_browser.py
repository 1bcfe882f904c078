"""Signing in a browser: the leader's file is read back, the clerk numbers and issues; axe on every step."""

from __future__ import annotations

import io
from pathlib import Path

import docx
from playwright.sync_api import Page, expect

from nhipcau.documents.storing import files
from nhipcau.press.pdf import to_pdf
from nhipcau.reports.issuing.signing import paper
from nhipcau.reports.models import SigningDraft
from tests.cast import Cast
from tests.web.browsing import DESK, MARKS, follow, inspect, sign_in, sign_out, tap
from tests.web.reports import scenes

pytestmark = MARKS


def leaders_file(draft: SigningDraft, folder: Path, old: str, new: str) -> Path:
    document = docx.Document(io.BytesIO(files.read(draft.docx)))
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    next(one for one in (*document.paragraphs, *cells) if one.text == old).text = new
    path = folder / f"{len(list(folder.iterdir()))}.docx"
    document.save(str(path))
    return path


def test_from_the_draft_to_the_issued_report(page: Page, live_cast: Cast, tmp_path: Path) -> None:
    draft = scenes.out_for_signature(live_cast)
    scenes.corrected(live_cast, draft.version)
    page.set_viewport_size(DESK)
    sign_in(page, "tinh")
    follow(page.get_by_role("link", name="Mở bản trình ký").first)
    inspect(page, "signing-out")
    page.set_viewport_size(DESK)
    wrong = leaders_file(draft, tmp_path, "25", "52")
    page.get_by_label("Tệp Word lãnh đạo đã sửa").set_input_files(wrong)
    tap(page.get_by_role("button", name="Đọc tệp, xem khác biệt"))
    expect(page.locator(".summary")).to_contain_text("25 → 52")
    inspect(page, "signing-refused")
    page.set_viewport_size(DESK)
    better = leaders_file(draft, tmp_path, scenes.SAID, "Đã trao quà kịp thời, đúng người.")
    page.get_by_label("Tệp Word lãnh đạo đã sửa").set_input_files(better)
    tap(page.get_by_role("button", name="Đọc tệp, xem khác biệt"))
    expect(page.locator("ins")).to_have_text(["kịp thời, đúng người."])
    inspect(page, "signing-changes")
    tap(page.get_by_role("button", name="Giữ lời văn này"))
    expect(page.get_by_text("Đã giữ lời văn lãnh đạo sửa.")).to_be_visible()
    sign_out(page)
    _number_and_issue(page, draft, tmp_path)


def _number_and_issue(page: Page, draft: SigningDraft, folder: Path) -> None:
    sign_in(page, "vanthu")
    page.set_viewport_size(DESK)
    tap(page.get_by_role("link", name="Mở bản trình ký").first)
    page.get_by_label("Phát hành theo số liệu đã chốt, dù có đơn vị vừa sửa").check()
    tap(page.get_by_role("button", name="Cấp số"))
    expect(page.get_by_text("Số 01/BC-LĐLĐ, ngày 16/03/2026")).to_be_visible()
    inspect(page, "signing-numbered")
    draft.refresh_from_db()
    scan = folder / "ban-ky.pdf"
    scan.write_bytes(to_pdf(paper(draft)) + b"\n/ByteRange [0 1 2 3]")
    page.get_by_label("Bản đã ký, đóng dấu").set_input_files(scan)
    page.get_by_role("button", name="Gửi và phát hành").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Báo cáo số 01/BC-LĐLĐ")
    inspect(page, "signing-issued")
    follow(page.get_by_role("link", name="Trình ký bản điều chỉnh"))
    inspect(page, "signing-restate")
