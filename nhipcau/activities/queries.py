"""Reading the activity register."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db.models import Q, QuerySet

from nhipcau.activities.models import (
    Activity,
    ActivityPartner,
    ActivityState,
    ActivityType,
    PartnerAnswer,
    WaitingPhoto,
)
from nhipcau.core.errors import NotFound
from nhipcau.core.said import Said
from nhipcau.documents.rights import reads_contents
from nhipcau.org.grounds import Ground, any_of
from nhipcau.org.models import Axis, Unit
from nhipcau.org.queries import branch_ids
from nhipcau.org.scope import Scope, fetch


def visible_activities(scope: Scope) -> QuerySet[Activity]:
    """Activities of the scope's units, and those in which its own unit took part or answers for one that did."""
    return (
        Activity.objects.filter(any_of(activity_grounds(scope)))
        .select_related("type", "unit")
        .order_by("-held_on", "-pk")
    )


def activity_grounds(scope: Scope) -> list[Ground]:
    """On what grounds the scope finds activities."""
    if not reads_contents(scope):
        return []
    taken_part = ActivityPartner.objects.filter(Q(unit=scope.unit) | Q(heir=scope.unit)).values("activity")
    recorded = Said("do đơn vị ấy hoặc đơn vị dưới nó ghi", "recorded by that unit or by one below it")
    joint = Said("chính đơn vị cùng làm", "the unit itself took part")
    return [Ground(recorded, scope.own_or_below("unit")), Ground(joint, Q(pk__in=taken_part))]


def held_between(scope: Scope, unit: Unit, first: dt.date, last: dt.date, *, branch: bool) -> QuerySet[Activity]:
    """What a unit, or its whole branch, did in the closed interval, as far as the scope sees it; what was withdrawn
    is left out.

    The scope's own unit also finds the joint ones it took part in, unless it said "not us".
    """
    if not reads_contents(scope):
        return Activity.objects.none()
    wanted = Q(unit=unit)
    if branch:
        below = [branch_ids(unit, scope.day, axis) for axis in Axis.values]
        wanted |= Q(unit__in=below[0]) | Q(unit__in=below[1])
    wanted &= scope.own_or_below("unit")
    if unit.pk == scope.unit.pk:
        taken_part = [PartnerAnswer.ASKED, PartnerAnswer.CONFIRMED]
        wanted |= Q(partners__unit=unit, partners__answer__in=taken_part)
    held = Activity.objects.filter(wanted, state=ActivityState.RECORDED, held_on__gte=first, held_on__lte=last)
    return held.select_related("type", "unit").distinct().order_by("held_on", "pk")


def get_activity_for(scope: Scope, uid: uuid.UUID | str) -> Activity:
    """One visible activity, or NotFound."""
    return fetch(visible_activities(scope), uid, "Không có hoạt động này trong phạm vi của bạn.")


def get_partner_for(scope: Scope, uid: uuid.UUID | str, number: int) -> ActivityPartner:
    """A partner of a visible activity for whom this post's unit answers, or NotFound."""
    activity = get_activity_for(scope, uid)
    found = activity.partners.select_related("unit", "heir", "activity__unit").filter(pk=number).first()
    if found is None or found.answering.pk != scope.unit.pk:
        raise NotFound("Đơn vị bạn không trả lời thay cho bên phối hợp này.")
    return found


def get_waiting_photo_for(scope: Scope, uid: uuid.UUID | str, photo: uuid.UUID | str) -> WaitingPhoto:
    """A photograph that the post's own unit has not looked at yet; for everybody else it does not exist."""
    activity = get_activity_for(scope, uid)
    waiting = WaitingPhoto.objects.filter(activity=activity, activity__unit=scope.unit)
    return fetch(waiting.select_related("activity__unit"), photo, "Không có ảnh này trong phạm vi của bạn.")


def to_look_at(scope: Scope) -> QuerySet[Activity]:
    """The unit's own activities with photographs that nobody has looked at, oldest first."""
    own = Activity.objects.filter(unit=scope.unit, state=ActivityState.RECORDED, waiting_photos__isnull=False)
    own = own if reads_contents(scope) else own.none()
    return own.select_related("type").distinct().order_by("recorded_at", "pk")


def to_confirm(scope: Scope) -> QuerySet[ActivityPartner]:
    """Where the unit is named as a partner, or took the place of one, and has not said yet whether that one took
    part, oldest first."""
    asked = ActivityPartner.objects.filter(
        Q(unit=scope.unit, heir=None) | Q(heir=scope.unit),
        answer=PartnerAnswer.ASKED,
        activity__state=ActivityState.RECORDED,
    )
    asked = asked if reads_contents(scope) else asked.none()
    return asked.select_related("activity__type", "activity__unit").order_by("activity__recorded_at", "pk")


def declined(scope: Scope) -> QuerySet[ActivityPartner]:
    """Partners of the unit's own activities that say "not us": the lead is to correct the record."""
    refused = ActivityPartner.objects.filter(
        activity__unit=scope.unit, answer=PartnerAnswer.DECLINED, activity__state=ActivityState.RECORDED
    )
    refused = refused if reads_contents(scope) else refused.none()
    return refused.select_related("activity__type", "unit").order_by("answered_at", "pk")


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
