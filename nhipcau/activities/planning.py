"""Work that is to be done: planned with its day and place, dropped with a reason, or recorded once it is done."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet

from nhipcau.activities.actions import log_activity
from nhipcau.activities.checking import ActivityInput
from nhipcau.activities.models import Activity, ActivityType, PlannedActivity
from nhipcau.audit.actions import record
from nhipcau.audit.screen import screen
from nhipcau.core.clock import local_date
from nhipcau.core.errors import Conflict, Fault, InvalidInput
from nhipcau.core.said import Said
from nhipcau.core.text import clean
from nhipcau.documents.registers.books import checked_reason
from nhipcau.documents.rights import OFFICERS, reads_contents, require_own
from nhipcau.org.grounds import Ground, any_of
from nhipcau.org.models import Axis, Post, Unit
from nhipcau.org.queries import branch_ids
from nhipcau.org.scope import Scope, fetch

LONGEST_TITLE, LONGEST_PLACE = 300, 200
FARTHEST = dt.timedelta(days=731)


@dataclass(frozen=True)
class PlanInput:
    """What a person fills in."""

    day: dt.date
    title: str = ""
    place: str = ""
    client_key: str | None = None


def plan_activity(
    *, unit: Unit, kind: ActivityType, given: PlanInput, actor: Post, at: dt.datetime
) -> PlannedActivity:
    """Plan one activity of the actor's own unit, from today on. Repeating a `client_key` is safe."""
    require_own(unit, *OFFICERS, actor=actor, at=at)
    title, place = clean(given.title), clean(given.place)
    faults = [
        Fault(name, Said(f"dài quá {most} chữ cái", f"longer than {most} characters"))
        for name, text, most in (("title", title, LONGEST_TITLE), ("place", place, LONGEST_PLACE))
        if len(text) > most
    ]
    if not local_date(at) <= given.day <= local_date(at) + FARTHEST:
        faults.append(
            Fault("day", "ngày dự kiến phải từ hôm nay, trong vòng hai năm; việc đã làm thì ghi hoạt động")
        )
    if faults:
        raise InvalidInput("Chưa ghi được hoạt động dự kiến.", faults)
    screen({"title": title, "place": place}, "narrative", actor=actor, at=at)
    with transaction.atomic():
        Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)
        key = given.client_key
        standing = PlannedActivity.objects.filter(client_key=key).first() if key else None
        if standing is not None:
            if (standing.unit_id, standing.type_id, standing.day) != (unit.pk, kind.pk, given.day):
                raise Conflict("Biểu mẫu này đã được dùng để ghi hoạt động khác; hãy mở lại trang rồi ghi.")
            return standing
        plan = PlannedActivity.objects.create(
            client_key=key,
            unit=unit,
            type=kind,
            day=given.day,
            title=title,
            place=place,
            planned_by=actor,
            planned_at=at,
        )
        data = {"unit": str(unit.uid), "type": kind.code, "day": given.day.isoformat()}
        record(actor=actor, action="activities.planned", obj=f"planned:{plan.uid}", at=at, data=data)
    return plan


def drop_plan(*, plan: PlannedActivity, reason: str, actor: Post, at: dt.datetime) -> PlannedActivity:
    """It falls through; the reason stays. Safe to repeat. Conflict if it has been recorded."""
    require_own(plan.unit, *OFFICERS, actor=actor, at=at)
    reason = checked_reason(reason, "Thôi hoạt động dự kiến phải có lý do.", actor=actor, at=at)
    with transaction.atomic():
        plan = _open(plan)
        if not plan.dropped_reason:
            plan.dropped_reason = reason
            plan.save(update_fields=["dropped_reason"])
            record(actor=actor, action="activities.plan_dropped", obj=f"planned:{plan.uid}", at=at)
    return plan


def record_planned(*, plan: PlannedActivity, given: ActivityInput, actor: Post, at: dt.datetime) -> Activity:
    """Enter what it came to: from now on it is an activity like any other, and counts. Raises what `log_activity`
    does; Conflict if it was recorded or dropped before."""

    def become(activity: Activity) -> None:
        standing = _open(plan, besides=activity)
        if standing.dropped_reason:
            raise Conflict("Hoạt động dự kiến này đã thôi; hãy ghi hoạt động mới.")
        standing.activity = activity
        standing.save(update_fields=["activity"])

    return log_activity(unit=plan.unit, kind=plan.type, given=given, actor=actor, at=at, along=become)


def planned_between(
    scope: Scope, unit: Unit, first: dt.date, last: dt.date, *, branch: bool
) -> QuerySet[PlannedActivity]:
    """What a visible unit, or its whole branch, still plans in the closed interval, earliest first."""
    if not reads_contents(scope):
        return PlannedActivity.objects.none()
    wanted = Q(unit=unit)
    if branch:
        below = [branch_ids(unit, scope.day, axis) for axis in Axis.values]
        wanted |= Q(unit__in=below[0]) | Q(unit__in=below[1])
    rows = PlannedActivity.objects.filter(wanted, activity=None, dropped_reason="", day__gte=first, day__lte=last)
    return rows.select_related("type", "unit").order_by("day", "pk")


def get_planned_for(scope: Scope, uid: uuid.UUID | str) -> PlannedActivity:
    """One of a unit in sight, or NotFound."""
    rows = PlannedActivity.objects.filter(any_of(planned_grounds(scope)))
    return fetch(
        rows.select_related("type", "unit", "activity"),
        uid,
        "Không có hoạt động dự kiến này trong phạm vi của bạn.",
    )


def planned_grounds(scope: Scope) -> list[Ground]:
    """On what grounds the scope finds planned activities."""
    said = Said("do đơn vị ấy hoặc đơn vị dưới nó dự kiến", "planned by that unit or by one below it")
    return [Ground(said, scope.own_or_below("unit"))] if reads_contents(scope) else []


def _open(plan: PlannedActivity, besides: Activity | None = None) -> PlannedActivity:
    """The row locked, not recorded by another activity than `besides`."""
    plan = PlannedActivity.objects.select_for_update(of=("self",)).select_related("unit", "type").get(pk=plan.pk)
    if plan.activity_id is not None and (besides is None or plan.activity_id != besides.pk):
        raise Conflict("Hoạt động dự kiến này đã được ghi số liệu.")
    return plan
