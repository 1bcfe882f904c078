"""What a unit had planned when it ended: whoever takes its place goes on, or it is dropped with the reason."""

from __future__ import annotations

import datetime as dt

import pytest

from nhipcau.activities.models import ActivityType, PlannedActivity
from nhipcau.activities.planning import PlanInput, drop_plan, get_planned_for, plan_activity
from nhipcau.audit.models import Entry
from nhipcau.core.errors import Conflict
from nhipcau.org.event_file import read_event
from nhipcau.org.models import Reorganisation
from nhipcau.org.reorganising import preview, undo
from tests.activities.conftest import Log
from tests.cast import NOW, SETUP, Cast
from tests.reorganisations import AFTER, file, happen

MERGER = "event,81/QĐ-LĐLĐ,Sáp nhập,,,2026-10-01\nsap-nhap,XA,,,,,,,,,,XB\n"
DISSOLVED = "event,82/QĐ-LĐLĐ,Giải thể,,,2026-10-01\ngiai-the,XA\nmove,A1,,,XB\nmove,A2,,,XB\n"
DAY = dt.date(2026, 11, 20)


@pytest.fixture
def plan(cast: Cast, log: Log) -> PlannedActivity:
    """The commune An Hải will hold a dialogue in November."""
    given = PlanInput(DAY, title="Đối thoại quý IV")
    kind = ActivityType.objects.order_by("pk")[0]
    return plan_activity(unit=cast.commune, kind=kind, given=given, actor=cast.commune_officer, at=NOW)


def effects(rows: str) -> list[tuple[str, str, str, str]]:
    touched = preview(event=read_event(file(rows)), actor=SETUP, at=AFTER).touched
    return [(e.unit, e.what, e.to, e.how) for part in touched if part.name == "planned" for e in part.effects]


def test_the_successor_sees_it_coming_and_goes_on_with_it(cast: Cast, plan: PlannedActivity) -> None:
    there = "Đối thoại quý IV, 20/11/2026"
    assert effects(MERGER) == [("Công đoàn xã An Hải", there, "Công đoàn phường Bình Sơn", "chuyển sang, làm tiếp")]
    happen(MERGER, AFTER)
    found = get_planned_for(cast.scope(cast.stranger, AFTER), plan.uid)
    assert (found.unit, found.planned_by) == (cast.sibling_commune, cast.commune_officer)
    assert Entry.objects.get(action="activities.plans_inherited").data == '{"dropped":0,"passed":1}'


def test_without_a_successor_it_is_dropped_and_says_why(cast: Cast, plan: PlannedActivity) -> None:
    happen(DISSOLVED, AFTER)
    plan.refresh_from_db()
    assert (plan.unit, plan.dropped_reason) == (
        cast.commune, "Đơn vị kết thúc hoạt động từ 01/10/2026 theo 82/QĐ-LĐLĐ"
    )  # fmt: skip


def test_what_was_dropped_before_stays_where_it_was(cast: Cast, plan: PlannedActivity) -> None:
    drop_plan(plan=plan, reason="Trùng lịch", actor=cast.commune_officer, at=NOW)
    assert effects(MERGER) == []
    happen(MERGER, AFTER)
    plan.refresh_from_db()
    assert (plan.unit, plan.dropped_reason) == (cast.commune, "Trùng lịch")


def test_undoing_gives_it_back_unless_the_successor_has_dealt_with_it(cast: Cast, plan: PlannedActivity) -> None:
    before = list(PlannedActivity.objects.values())
    happen(MERGER, AFTER)
    undo(event=Reorganisation.objects.get(), actor=SETUP, at=AFTER)
    assert list(PlannedActivity.objects.values()) == before
    happen(MERGER, AFTER)
    plan.refresh_from_db()
    drop_plan(plan=plan, reason="Trùng lịch", actor=cast.stranger, at=AFTER.replace(hour=11))
    with pytest.raises(Conflict, match="thôi 1 hoạt động dự kiến"):
        undo(event=Reorganisation.objects.get(), actor=SETUP, at=AFTER.replace(hour=12))
