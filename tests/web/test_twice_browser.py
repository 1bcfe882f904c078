"""A finger that bounces on a button of a form that has no key of its own: one act is done."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from nhipcau.audit.models import Entry
from nhipcau.documents.models import Document
from nhipcau.tasks.models import Obligation
from tests.cast import Cast
from tests.tasks.work import training
from tests.web.browsing import MARKS, sign_in

pytestmark = MARKS
WORDS = "Báo cáo số công đoàn cơ sở đã tập huấn."


def typed(page: Page, cast: Cast) -> Document:
    """A form without a key of its own, filled in."""
    letter = training(cast).document
    sign_in(page, "vanthu")
    page.goto(f"/viec/van-ban/{letter.uid}/them-yeu-cau/")
    page.get_by_label("Việc phải làm").fill(WORDS)
    return letter


def done(letter: Document) -> int:
    return Obligation.objects.filter(document=letter, text=WORDS).count()


def test_a_double_click_does_it_once(page: Page, live_cast: Cast) -> None:
    letter, before = typed(page, live_cast), Entry.objects.count()
    page.locator("form[method=post] button.primary").dblclick()
    expect(page.get_by_text(WORDS).first).to_be_visible()
    assert (done(letter), Entry.objects.count()) == (1, before + 1)


def test_two_presses_that_both_reach_the_server_do_it_once(page: Page, live_cast: Cast) -> None:
    letter, before = typed(page, live_cast), Entry.objects.count()
    answers = page.evaluate(
        """async () => {
            const form = document.querySelector("form[method=post]:has(textarea)");
            const press = () => fetch(form.action, {method: "POST", body: new FormData(form), redirect: "manual"});
            return (await Promise.all([press(), press()])).map(({type}) => type);
        }"""
    )
    assert answers == ["opaqueredirect", "opaqueredirect"]
    assert (done(letter), Entry.objects.count()) == (1, before + 1)
