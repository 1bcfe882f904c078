"""The approver's queue by keyboard alone: down, help, accept, return by cell, all clean ones; keys never fire in a
field."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from nhipcau.org.models import Role
from nhipcau.reports.filling.workflow import mark_ready, submit
from nhipcau.reports.models import Submission, SubmissionState
from tests.cast import NOW, Cast, _officer, unit
from tests.web.browsing import DESK, MARKS, inspect, sign_in, tab_to
from tests.web.reports import scenes
from tests.web.reports.crowded import crowd

pytestmark = MARKS
QUEUE = "/bao-cao/cho-tiep-nhan/"


@pytest.fixture
def waiting(live_cast: Cast) -> list[Submission]:
    """One that a rule speaks about, one far from last period, two without anything."""
    version = scenes.publish()
    crowd(count=2)
    posts = [live_cast.local_volunteer] + [
        _officer(one, "Chủ tịch", f"coso{n}", Role.REPORTER, Role.APPROVER)
        for n, one in enumerate((live_cast.other_local, unit("XA-001"), unit("XA-002")))
    ]
    before = {"gifts": "5", "money": "1.000.000"}
    scenes.accepted(version, posts[0], live_cast.commune_officer, before, period=scenes.JANUARY)
    figures = ({"gifts": "20", "money": "9.000.000"}, {"dialogues": "30"}, {"gifts": "1"}, {"gifts": "2"})
    found = []
    for post, sent in zip(posts, figures, strict=True):
        report = scenes.draft(version, post, sent)
        Submission.objects.filter(pk=report.pk).update(explanations={"doi-thoai-nhieu": "đợt cao điểm"})
        found.append(submit(submission=mark_ready(submission=report, actor=post, at=NOW), actor=post, at=NOW))
    return found


def test_the_queue_is_worked_through_by_keyboard(page: Page, live_cast: Cast, waiting: list[Submission]) -> None:
    page.set_viewport_size(DESK)
    sign_in(page, "xa")
    page.goto(QUEUE)
    rows = page.locator("[data-queue] tbody th a")
    expect(rows.first).to_contain_text("Hải Long")
    expect(rows.first).to_be_focused()
    page.keyboard.press("?")
    expect(page.locator("#phim-tat")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#phim-tat")).to_be_hidden()
    expect(rows.first).to_be_focused()
    page.keyboard.press("j")
    expect(rows.nth(1)).to_be_focused()
    expect(rows.nth(1)).to_contain_text("May Hải Âu")
    page.keyboard.press("k")
    expect(rows.first).to_be_focused()
    page.keyboard.press("j")
    with page.expect_navigation():
        page.keyboard.press("a")
    expect(page.get_by_text("Đã tiếp nhận báo cáo của")).to_be_visible()
    expect(rows).to_have_count(3)
    assert Submission.objects.get(pk=waiting[0].pk).state == SubmissionState.ACCEPTED
    _return_by_cell(page)
    assert {(one.cell, one.reason) for one in waiting[1].return_reasons.all()} == {
        ("dialogues", "ra jack: 30 cuộc?"),
        ("", "Xem lại."),
    }


def _return_by_cell(page: Page) -> None:
    with page.expect_navigation():
        page.keyboard.press("Enter")
    review = page.locator("[data-review]")
    expect(review).to_be_focused()
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport()
    page.keyboard.press("n")
    summary = page.locator("tr.wrong .back summary")
    expect(summary).to_be_focused()
    page.keyboard.press("c")
    field = page.locator("[name='ly-do:dialogues']")
    expect(field).to_be_focused()
    page.keyboard.type("ra jack: 30 cuộc?")
    expect(field).to_have_value("ra jack: 30 cuộc?")
    page.keyboard.press("Enter")
    expect(summary).to_be_focused()
    page.keyboard.press("r")
    reason = page.locator("#ly-do")
    expect(reason).to_be_focused()
    page.keyboard.type("Xem lại.")
    button = page.get_by_role("button", name="Trả lại", exact=True)
    tab_to(page, button)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_text("Đã trả lại báo cáo cho")).to_be_visible()


def test_what_is_returned_from_the_queue_shows_whose_it_is_and_the_next_opens_at_its_head(
    page: Page, live_cast: Cast, waiting: list[Submission]
) -> None:
    page.set_viewport_size(DESK)
    sign_in(page, "xa")
    page.goto(QUEUE)
    with page.expect_navigation():
        page.keyboard.press("r")
    head, reason = page.get_by_role("heading", level=1), page.locator("#ly-do")
    expect(reason).to_be_focused()
    expect(head).to_be_in_viewport()
    tab_to(page, page.get_by_role("button", name="Trả lại", exact=True))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator(".summary")).to_be_focused()
    tab_to(page, reason)
    page.keyboard.type("Xem lại số suất quà.")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_text("Đã trả lại báo cáo cho")).to_be_in_viewport()
    expect(head).to_be_in_viewport()
    expect(page.locator("[data-review]")).to_be_focused()
    with page.expect_navigation():
        page.keyboard.press("a")
    expect(page.get_by_text("Đã tiếp nhận báo cáo của")).to_be_in_viewport()


def test_the_clean_ones_are_seen_before_they_are_accepted(
    page: Page, live_cast: Cast, waiting: list[Submission]
) -> None:
    page.set_viewport_size(DESK)
    sign_in(page, "xa")
    page.goto(QUEUE)
    button = page.locator("[data-many]")
    expect(button).to_have_text("Tiếp nhận 3 báo cáo này")
    tab_to(page, page.locator(".bulk summary"))
    page.keyboard.press("Enter")
    last = page.locator(".bulk [name=bao-cao]").last
    tab_to(page, last)
    page.keyboard.press("Space")
    expect(button).to_have_text("Tiếp nhận 2 báo cáo này")
    inspect(page, "cho-tiep-nhan-phim")
    page.set_viewport_size(DESK)
    page.keyboard.press("?")
    expect(page.locator("#phim-tat")).to_be_visible()
    inspect(page, "phim-tat")
    page.set_viewport_size(DESK)
    page.keyboard.press("Escape")
    tab_to(page, button)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_text("Đã tiếp nhận 2 báo cáo:")).to_be_visible()
    expect(page.locator("[data-queue] tbody tr")).to_have_count(2)
