"""The worklist: what came back, what waits for approval, what the branch is late with; each with its due date."""

from __future__ import annotations

import datetime as dt

from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from nhipcau.org.models import Post
from nhipcau.reports.filling.workflow import send_back
from nhipcau.web.sections import WorkItem
from tests.cast import NOW, Cast
from tests.web.reports import scenes
from tests.web.reports.conftest import As
from tests.web.reports.crowded import crowd

LATE = "Đơn vị cấp dưới chậm báo cáo"
BACK = "Báo cáo bị trả lại"
MOST_STATEMENTS = 25


def work(acting: As, post: Post) -> dict[str, list[WorkItem]]:
    return {str(part.title): part.items for part in acting(post).get("/").context["sections"]}


def test_what_the_branch_is_late_with_has_its_day_and_reason_and_leads_to_who(cast: Cast, acting: As) -> None:
    version = scenes.publish()
    figures = {"gifts": "1", "money": "100.000"}
    scenes.accepted(version, cast.local_volunteer, cast.commune_officer, figures, period=scenes.JANUARY)
    [item] = work(acting, cast.commune_officer)[LATE]
    assert (item.state, item.overdue, item.action) == ("1 đơn vị chưa gửi", True, "Xem đơn vị nào")
    assert item.due is not None
    assert item.due < NOW.date()
    assert item.reason
    page = acting(cast.commune_officer).get(item.url)
    assert [row.name for row in page.context["rows"]] == [
        "Công đoàn cơ sở Công ty May Hải Âu", "Công đoàn cơ sở Trường Tiểu học Hải Long",
    ], "late is looked after as well as missing"  # fmt: skip
    assert LATE not in work(acting, cast.local_volunteer)


def test_the_units_own_report_is_not_told_among_those_below(cast: Cast, acting: As) -> None:
    version = scenes.publish()
    figures = {"gifts": "1", "money": "100.000"}
    scenes.accepted(version, cast.stranger, cast.provincial_officer, figures, period=scenes.JANUARY)
    [item] = work(acting, cast.provincial_officer)[LATE]
    assert item.state == "4 đơn vị chưa gửi", "of six one is in, and one is the province itself"


def test_who_is_not_late_is_not_told(cast: Cast, acting: As, settings: Settings) -> None:
    scenes.publish()
    settings.DEMO_CLOCK = (NOW - dt.timedelta(days=40)).isoformat()
    assert LATE not in work(acting, cast.commune_officer)


def test_a_report_that_came_back_stands_apart_with_its_reason(cast: Cast, acting: As) -> None:
    report = scenes.sent(scenes.publish(), cast.local_volunteer, {"gifts": "3"})
    send_back(submission=report, reason="Xem lại", by_cell={"gifts": "?"}, actor=cast.commune_officer, at=NOW)
    found = work(acting, cast.local_volunteer)
    [item] = found[BACK]
    assert (item.source, item.action) == ("Xem lại · 1 ô bị trả lại", "Sửa và gửi lại")
    assert item.due == dt.date(2026, 3, 20)
    assert item.url not in {one.url for one in found["Báo cáo của đơn vị"]}


def test_what_waits_to_be_accepted_says_by_when_and_why(cast: Cast, acting: As) -> None:
    version = scenes.publish()
    scenes.sent(version, cast.local_volunteer, {"gifts": "3"})
    [item] = work(acting, cast.commune_officer)["Báo cáo chờ tiếp nhận"]
    assert (item.due, item.overdue) == (dt.date(2026, 3, 20), False)
    assert item.reason
    assert item.source == "gửi sớm nhất lúc 09:00 16/03/2026"


def test_a_larger_branch_asks_no_more(cast: Cast, acting: As) -> None:
    scenes.consolidated(cast)
    client, counts = acting(cast.commune_officer), []
    for more in (0, 20):
        if more:
            crowd(count=more)
        client.get("/")  # totals are brought up to date once
        with CaptureQueriesContext(connection) as queries:
            page = client.get("/")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= MOST_STATEMENTS
    said = [item.state for part in page.context["sections"] for item in part.items if str(part.title) == LATE]
    assert said == ["22 đơn vị chưa gửi"]
