"""6 July: added up with its gaps named, issued, and one figure of the issued report followed to its activity."""

from __future__ import annotations

import io

import docx
from playwright.sync_api import expect

from nhipcau.activities.models import Activity
from nhipcau.reports.models import TemplateVersion
from nhipcau.reports.totals.lineage import trace
from tests.e2e.office import fetch, told
from tests.e2e.quarter.desks import Quarter, look
from tests.e2e.quarter.publishing import SECOND
from tests.e2e.quarter.silence import BRICKWORKS
from tests.web.browsing import photograph, tap

NUMBER = "01/BC-LĐLĐ"


def issue(quarter: Quarter) -> None:
    """The draft names who is missing; signed on paper, numbered, issued with its sealed copy."""
    quarter.at(7, 6)
    page = quarter.vanthu
    page.goto(f"/bao-cao/tong-hop/quy-cham-lo/2026-Q2/{quarter.cast.province.uid}/")
    expect(page.locator("details", has_text="Chưa gửi: 2 đơn vị")).to_contain_text(BRICKWORKS)
    tap(page.get_by_role("link", name="Trình ký, phát hành"))
    page.get_by_label("Trưởng ban Chính sách").check()
    tap(page.get_by_role("button", name="Mở bản trình ký"))
    told(page, "Đã mở bản trình ký")
    page.get_by_label("Ngày ký").fill("06/07/2026")
    tap(page.get_by_role("button", name="Cấp số"))
    expect(page.locator("main")).to_contain_text(f"Số {NUMBER}, ngày 06/07/2026")
    signed = fetch(page, page.get_by_role("link", name="Tải .pdf")) + b"\n/ByteRange [0 1 2 3]"
    page.get_by_label("Bản đã ký, đóng dấu").set_input_files(
        {"name": "Báo cáo đã ký.pdf", "mimeType": "application/pdf", "buffer": signed}
    )
    tap(page.get_by_role("button", name="Gửi và phát hành"))
    expect(page.get_by_role("heading", name=f"Báo cáo số {NUMBER}")).to_be_visible()
    photograph(page, "q06-da-phat-hanh")
    assert "14.200.000" in _cells(fetch(page, page.get_by_role("link", name="Tải .docx")))


def _cells(file: bytes) -> set[str]:
    return {
        cell.text for table in docx.Document(io.BytesIO(file)).tables for row in table.rows for cell in row.cells
    }


def follow_a_figure(quarter: Quarter, version: TemplateVersion) -> None:
    """14,200,000 đồng: down the commune to the volunteer's union, and there to the gifts of 10 June."""
    page = quarter.tinh
    page.goto(f"/bao-cao/tong-hop/quy-cham-lo/2026-Q2/{quarter.cast.province.uid}/")
    figure = page.locator("[data-drill=nguon-money]")
    expect(figure).to_contain_text("14.200.000")
    figure.click()
    page.locator(".source").get_by_role("row", name="xã An Hải").get_by_role("link").click()
    page.locator(".source .source").get_by_role("row", name="May Hải Âu").get_by_role("link").click()
    look(page, "q06-nguon")
    tap(page.locator(".origins a"))
    expect(page.locator("main")).to_contain_text("10/06/2026")
    found = trace(
        version=version, indicator="money", period=SECOND, unit=quarter.cast.province, at=quarter.at(7, 6, 10)
    )
    assert sum(leaf.value for leaf in found.leaves) == found.total == 14_200_000
    assert Activity.objects.get(type__code="tang_qua").values["money"] == 6_200_000
