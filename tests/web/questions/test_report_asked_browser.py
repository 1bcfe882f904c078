"""The report that a piece of work asks for, looked at on the pages."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from nhipcau.reports.filling.asked import ask_report
from nhipcau.tasks.actions import assign
from tests import quarterly
from tests.cast import NOW, Cast
from tests.quarterly import PERIOD
from tests.tasks.work import LEAD, on, training
from tests.web.browsing import MARKS, inspect, sign_in

pytestmark = MARKS


def test_the_work_names_its_report_and_leads_to_it(page: Page, live_cast: Cast) -> None:
    duty = training(live_cast)
    template = quarterly.publish().template
    ask_report(obligation=duty, template=template, period=PERIOD, actor=live_cast.provincial_officer, at=NOW)
    units = {live_cast.commune: LEAD, live_cast.sibling_commune: LEAD}
    task = assign(obligation=duty, units=units, actor=live_cast.provincial_officer, at=on(16))
    sign_in(page, "tinh")
    page.goto(f"/bieu-hoi/yeu-cau/{duty.uid}/bao-cao/")
    inspect(page, "questions-report")
    page.goto(f"/viec/tien-do/{task.uid}/")
    inspect(page, "tasks-status-report")
    page.context.clear_cookies()
    sign_in(page, "xa")
    page.goto(f"/viec/{task.assignments.get(unit=live_cast.commune).uid}/")
    inspect(page, "tasks-assignment-report")
    page.get_by_role("button", name="Mở báo cáo phải gửi").press("Enter")
    expect(page.get_by_role("heading", name="Báo cáo quý")).to_be_visible()
