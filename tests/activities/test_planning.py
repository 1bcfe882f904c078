"""Work that is to be done: seen in the calendar, counted nowhere until its figures are entered."""

from __future__ import annotations

import datetime as dt

import pytest

from nhipcau.activities.checking import ActivityInput
from nhipcau.activities.models import Activity, ActivityType, PlannedActivity
from nhipcau.activities.planning import (
    PlanInput,
    drop_plan,
    get_planned_for,
    plan_activity,
    planned_between,
    record_planned,
)
from nhipcau.boundary import BoundaryRefused
from nhipcau.core.errors import Conflict, InvalidInput, NotFound
from tests.activities.conftest import REFUSED
from tests.cast import NOW, TODAY, Cast
from tests.refusals import by_field

DAY = TODAY + dt.timedelta(days=10)
LATER = NOW + dt.timedelta(days=11)


def plan(cast: Cast, kind: ActivityType, **changed: object) -> PlannedActivity:
    given = PlanInput(**({"day": DAY, "title": "Tập huấn an toàn", "place": "Hội trường xã"} | changed))  # type: ignore[arg-type]
    return plan_activity(unit=cast.local, kind=kind, given=given, actor=cast.local_volunteer, at=NOW)


def seen(cast: Cast, at: dt.datetime = NOW) -> list[PlannedActivity]:
    scope = cast.scope(cast.commune_officer, at)
    return list(planned_between(scope, cast.commune, TODAY, DAY, branch=True))


def test_it_is_seen_above_and_is_no_activity(cast: Cast, kind: ActivityType) -> None:
    made = plan(cast, kind)
    assert seen(cast) == [made]
    assert not Activity.objects.exists(), "what is not an activity cannot be counted"
    with pytest.raises(NotFound):
        get_planned_for(cast.scope(cast.stranger), made.uid)


def test_its_figures_make_it_an_activity_once(cast: Cast, kind: ActivityType) -> None:
    made = plan(cast, kind)
    figures = {kind.measures[0]["code"]: 12}
    given = ActivityInput(held_on=DAY, values=figures, client_key="k1", facets=chosen(kind))
    done = record_planned(plan=made, given=given, actor=cast.local_volunteer, at=LATER)
    made.refresh_from_db()
    assert made.activity == done
    assert seen(cast, LATER) == []
    assert record_planned(plan=made, given=given, actor=cast.local_volunteer, at=LATER) == done
    again = ActivityInput(held_on=DAY, values=figures, facets=chosen(kind))
    with pytest.raises(Conflict):
        record_planned(plan=made, given=again, actor=cast.local_volunteer, at=LATER)
    assert Activity.objects.count() == 1


def test_its_figures_cannot_be_entered_before_its_day(cast: Cast, kind: ActivityType) -> None:
    given = ActivityInput(held_on=DAY, values={kind.measures[0]["code"]: 12}, facets=chosen(kind))
    with pytest.raises(InvalidInput) as refusal:
        record_planned(plan=plan(cast, kind), given=given, actor=cast.local_volunteer, at=NOW)
    assert "held_on" in by_field(refusal.value)


def test_a_plan_that_falls_through_keeps_its_reason(cast: Cast, kind: ActivityType) -> None:
    made = plan(cast, kind)
    for _tap in (1, 2):
        made = drop_plan(plan=made, reason="Bão số 3", actor=cast.local_volunteer, at=NOW)
    assert (made.dropped_reason, seen(cast)) == ("Bão số 3", [])
    given = ActivityInput(held_on=DAY, values={kind.measures[0]["code"]: 1}, facets=chosen(kind))
    with pytest.raises(Conflict):
        record_planned(plan=made, given=given, actor=cast.local_volunteer, at=LATER)
    assert not Activity.objects.exists()


def test_a_day_that_is_over_is_refused_and_a_second_tap_plans_nothing_twice(cast: Cast, kind: ActivityType) -> None:
    with pytest.raises(InvalidInput) as refusal:
        plan(cast, kind, day=TODAY - dt.timedelta(days=1))
    assert "day" in by_field(refusal.value)
    assert plan(cast, kind, client_key="k") == plan(cast, kind, client_key="k")
    assert PlannedActivity.objects.count() == 1


def test_the_boundary_reads_it(cast: Cast, kind: ActivityType) -> None:
    with pytest.raises(BoundaryRefused):
        plan(cast, kind, title=REFUSED)


def chosen(kind: ActivityType) -> dict[str, str]:
    return {one["code"]: one["choices"][0]["code"] for one in kind.facets}
