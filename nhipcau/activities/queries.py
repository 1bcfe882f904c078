"""Reading the activity register."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db.models import Q, QuerySet

from nhipcau.activities.models import Activity, ActivityState, ActivityType
from nhipcau.core.errors import NotFound
from nhipcau.core.said import Said
from nhipcau.documents.rights import reads_contents
from nhipcau.org.models import Unit
from nhipcau.org.scope import Scope, fetch


def visible_activities(scope: Scope) -> QuerySet[Activity]:
    """Activities of the scope's units, and those in which its own unit took part."""
    if not reads_contents(scope):
        return Activity.objects.none()
    mine = scope.own_or_below("unit") | Q(partners__unit=scope.unit)
    return Activity.objects.filter(mine).select_related("type", "unit").distinct().order_by("-held_on", "-pk")


def get_activity_for(scope: Scope, uid: uuid.UUID | str) -> Activity:
    """One visible activity, or NotFound."""
    return fetch(visible_activities(scope), uid, "Không có hoạt động này trong phạm vi của bạn.")


def get_type(code: str) -> ActivityType:
    """An activity type by its code, or NotFound."""
    kind = ActivityType.objects.filter(code=code).first()
    if kind is None:
        raise NotFound(Said(f"Không có loại hoạt động «{code}».", f"There is no kind of activity «{code}»."))
    return kind


def counted(unit: Unit, kind_code: str, first: dt.date, last: dt.date) -> QuerySet[Activity]:
    """What counts in the unit's own figures: its led, recorded activities of the closed interval."""
    return Activity.objects.filter(
        unit=unit, type__code=kind_code, state=ActivityState.RECORDED, held_on__gte=first, held_on__lte=last
    ).order_by("held_on", "pk")


def last_of_type(scope: Scope, kind: ActivityType) -> Activity | None:
    """The unit's latest activity of that type, to repeat from."""
    recorded = Activity.objects.filter(unit=scope.unit, type=kind, state=ActivityState.RECORDED)
    return recorded.order_by("-recorded_at").first()
