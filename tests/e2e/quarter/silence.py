"""19 March – 15 May: the brickworks says nothing. The ladder runs twice every working day and climbs once."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter

from playwright.sync_api import Page, expect

from nhipcau.org.models import Unit
from nhipcau.org.queries import working_days
from nhipcau.outbox.jobs import run_due
from nhipcau.tasks import jobs
from nhipcau.tasks.models import Assignment, Reminder
from tests.e2e.office import told
from tests.e2e.quarter.desks import Quarter, look
from tests.web.browsing import photograph, tap

BRICKWORKS = "Công đoàn cơ sở Xí nghiệp Gạch Sơn Ca"
LOOKED = dt.date(2026, 5, 12)


def let_the_days_pass(quarter: Quarter) -> None:
    """Remind, repeat; then the officer looks and asks; then whoever handed the work out is told."""
    sent: dict[dt.date, Counter[int]] = {}
    day, working = dt.date(2026, 3, 18), working_days()
    while day < dt.date(2026, 5, 15):
        day = working.add(day, 1)
        sent[day] = _a_morning(quarter, day)
        if day == LOOKED:
            look_and_ask(quarter)
    assert {day: dict(rungs) for day, rungs in sent.items() if rungs} == {
        dt.date(2026, 3, 19): {1: 1},  # two working days of silence at the brickworks
        dt.date(2026, 5, 6): {1: 1},  # three working days are left to its commune, which has taken the work
        dt.date(2026, 5, 11): {2: 2},
        dt.date(2026, 5, 14): {3: 2},
    }
    assert _climbed(quarter.cast.sibling_local) == [1, 2, 0, 3]
    assert _climbed(quarter.cast.sibling_commune) == [1, 2, 3]


def _a_morning(quarter: Quarter, day: dt.date) -> Counter[int]:
    """The worker runs, is started again and runs once more: the second run sends nothing."""
    at = quarter.at(day.month, day.day, 8)
    counts = []
    for _ in range(2):
        before = Reminder.objects.count()
        jobs.schedule(at=at)
        run_due(at=at)
        counts.append(Reminder.objects.count() - before)
    assert counts[1] == 0, day
    return Counter(Reminder.objects.filter(day=day).values_list("rung", flat=True))


def _climbed(unit: Unit) -> list[int]:
    reminders = Assignment.objects.get(unit=unit).reminders.order_by("sent_at")
    return list(reminders.values_list("rung", flat=True))


def look_and_ask(quarter: Quarter) -> None:
    """The commune's officer sees who is late, with the office's telephone, and reminds by hand: once a day."""
    page = quarter.phuong
    quarter.at(LOOKED.month, LOOKED.day, 10)
    page.goto("/viec/")
    tap(page.get_by_role("link", name=re.compile("tập huấn an toàn")).first)
    row = page.get_by_role("row", name=BRICKWORKS)
    expect(row).to_contain_text("2 lần, gần nhất 11/05/2026")
    look(page, "q03-ai-da-lam")
    tap(page.get_by_role("button", name="Nhắc 1 đơn vị chậm"))
    told(page, "Đã nhắc 1 đơn vị.")
    tap(page.get_by_role("button", name="Nhắc 1 đơn vị chậm"))
    told(page, "đã được nhắc hôm nay")


def see_it_above(quarter: Quarter) -> None:
    """On 14 May both levels above find it on their first page, each what it handed out itself."""
    quarter.at(5, 14, 9)
    _told_of(quarter.phuong, BRICKWORKS)
    _told_of(quarter.tinh, "Công đoàn phường Bình Sơn")


def _told_of(page: Page, unit: str) -> None:
    page.goto("/")
    photograph(page, f"q03-bao-cap-tren-{unit}")
    expect(page.locator("main")).to_contain_text(unit)
