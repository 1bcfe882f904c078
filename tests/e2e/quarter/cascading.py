"""16–18 March: one plan of the province, re-issued level by level; on the lowest, two take it and one is silent."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from nhipcau.tasks.models import Assignment
from tests.e2e.office import fits, told
from tests.e2e.quarter.desks import Quarter
from tests.web import directive
from tests.web.browsing import photograph, tap

TRAINING = re.compile("tổ chức tập huấn an toàn")


def hand_out(quarter: Quarter) -> None:
    """The plan stands in the register; the officer hands its training to both communes."""
    letter = directive.registered(quarter.cast.clerk)
    page = quarter.tinh
    page.goto(f"/viec/van-ban/{letter.uid}/giao/")
    for box in page.locator("[name=obligation]:checked").all():
        box.uncheck()
    page.get_by_label(TRAINING).check()
    fits(page, "q02-giao-viec")
    tap(page.get_by_role("button", name="Giao việc"))
    told(page, "Đã giao 1 việc cho 2 đơn vị.")


def pass_on(quarter: Quarter) -> None:
    """Either commune takes the work and passes it on to its local unions."""
    quarter.at(3, 17)
    for page, count in ((quarter.xa, 2), (quarter.phuong, 1)):
        _take(page)
        tap(page.get_by_role("link", name="Giao xuống cấp dưới"))
        tap(page.get_by_role("button", name="Giao xuống", exact=True))
        told(page, f"Đã giao 1 việc cho {count} đơn vị.")
        expect(page.locator("table.status tbody")).to_have_count(count)


def do(quarter: Quarter) -> None:
    """The volunteer, on a telephone, and the school take the work and report it done; then the commune does."""
    quarter.at(3, 18)
    for page in (quarter.coso, quarter.truong):
        _take(page)
        photograph(page, "q02-viec")
        _complete(page, "Đã tổ chức một lớp tập huấn, 35 lượt người dự.")
    quarter.xa.goto("/")
    tap(quarter.xa.get_by_role("link", name=TRAINING).first)
    _complete(quarter.xa, "Hai công đoàn cơ sở đã tập huấn xong.")
    assert Assignment.objects.filter(state="done").count() == 3


def _take(page: Page) -> None:
    page.goto("/")
    tap(page.get_by_role("link", name=TRAINING).first)
    tap(page.get_by_role("button", name="Tiếp nhận", exact=True))
    told(page, "Đã tiếp nhận")


def _complete(page: Page, note: str) -> None:
    tap(page.get_by_role("link", name="Báo hoàn thành"))
    page.get_by_label("Kết quả").fill(note)
    tap(page.get_by_role("button", name="Báo hoàn thành"))
    told(page, "Đã báo hoàn thành.")
