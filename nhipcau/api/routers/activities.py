"""The register of activities: recorded, corrected in the open, withdrawn with a reason."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from ninja import Query

from nhipcau.access.models import TokenScope
from nhipcau.activities.actions import log_activity, withdraw_activity
from nhipcau.activities.checking import ActivityInput
from nhipcau.activities.correcting import correct_activity
from nhipcau.activities.models import Activity, ActivityPartner, ActivityState, ActivityType
from nhipcau.activities.queries import get_activity_for, get_type, visible_activities
from nhipcau.api.auth import ApiRequest
from nhipcau.api.declare import Area
from nhipcau.api.files import download
from nhipcau.api.paging import Listed, Paging, listed
from nhipcau.api.routers.units import named
from nhipcau.api.schemas.activities import (
    ActivityDetail,
    ActivityOut,
    CorrectActivity,
    Filled,
    NumberedPaper,
    PartnerOut,
    RecordActivity,
    TypeOut,
)
from nhipcau.api.schemas.base import Words
from nhipcau.api.schemas.tasks import ReasonGiven
from nhipcau.campaigns.queries import get_campaign_for
from nhipcau.campaigns.sessions import record_session
from nhipcau.core.errors import NotAllowed, NotFound
from nhipcau.documents.rights import OFFICERS
from nhipcau.documents.storing import files
from nhipcau.org.queries import names_of
from nhipcau.org.scope import Scope

area = Area("activities", "/activities")


@area.get("", "activities:list", answer=Listed[ActivityOut])
def activities(
    request: ApiRequest,
    paging: Query[Paging],
    type: Words = "",
    unit: uuid.UUID | None = None,
    since: dt.date | None = None,
    until: dt.date | None = None,
    state: ActivityState | None = None,
) -> Any:
    """Activities of the own unit and below, and those it took part in, the latest first."""
    rows = visible_activities(request.scope)
    rows = rows.filter(type__code=type) if type else rows
    rows = rows.filter(unit=request.scope.get_unit(unit)) if unit else rows
    rows = rows.filter(held_on__gte=since) if since else rows
    rows = rows.filter(held_on__lte=until) if until else rows
    rows = rows.filter(state=state) if state else rows
    return listed(request, rows, paging, lambda some: shown(some, request.scope))


@area.get("/types", answer=Listed[TypeOut])
def types(request: ApiRequest, paging: Query[Paging]) -> Any:
    """The kinds of activity, with what is counted of each."""
    return listed(request, ActivityType.objects.order_by("label", "pk"), paging, lambda some: map(_type, some))


@area.post("", "activities:record", scope=TokenScope.RECORD, roles=OFFICERS, answer=ActivityDetail)
def record(request: ApiRequest, given: RecordActivity) -> Any:
    """Record one activity of the own unit."""
    scope, kind = request.scope, get_type(given.type)
    told: dict[str, Any] = {"unit": scope.unit, "kind": kind, "given": _filled(given)}
    told |= {"actor": scope.post, "at": request.moment}
    if given.campaign is None:
        return _detail(log_activity(**told), scope)
    return _detail(record_session(campaign=get_campaign_for(scope, given.campaign), **told), scope)


@area.get("/{uuid:activity}", "activities:detail", answer=ActivityDetail)
def activity(request: ApiRequest, activity: uuid.UUID) -> Any:
    """One activity."""
    return _detail(get_activity_for(request.scope, activity), request.scope)


@area.put("/{uuid:activity}", "activities:correct", scope=TokenScope.RECORD, roles=OFFICERS, answer=ActivityDetail)
def correct(request: ApiRequest, activity: uuid.UUID, given: CorrectActivity) -> Any:
    """Put right what was recorded; what stood before stays in its history. Papers stay as they are."""
    scope, found = request.scope, get_activity_for(request.scope, activity)
    if found.unit_id != scope.unit.pk:
        raise NotAllowed("Chỉ đơn vị ghi hoạt động sửa được hoạt động ấy.")
    done = correct_activity(
        activity=found,
        given=_filled(given),
        edits=given.edits,
        reason=given.reason,
        actor=scope.post,
        at=request.moment,
    )
    return _detail(get_activity_for(scope, done.uid), scope)


@area.post(
    "/{uuid:activity}/withdraw", "activities:withdraw", scope=TokenScope.RECORD, roles=OFFICERS,
    answer=ActivityDetail,
)  # fmt: skip
def withdraw(request: ApiRequest, activity: uuid.UUID, given: ReasonGiven) -> Any:
    """Take back what was recorded by mistake; it stays, struck out."""
    found = get_activity_for(request.scope, activity)
    done = withdraw_activity(activity=found, reason=given.reason, actor=request.scope.post, at=request.moment)
    return _detail(get_activity_for(request.scope, done.uid), request.scope)


@area.file("/{uuid:activity}/papers/{int:number}", "activities:paper")
def paper(request: ApiRequest, activity: uuid.UUID, number: int) -> HttpResponse:
    """One paper, or a photograph as it was kept."""
    found = get_activity_for(request.scope, activity).evidence.select_related("file").filter(pk=number).first()
    if found is None:
        raise NotFound("Hoạt động này không có giấy tờ ấy.")
    given = (files.read(found.file), found.name, found.file.media_type)
    return download(request, "activities.paper_taken", f"activity:{activity}", given)


def _filled(given: Filled) -> ActivityInput:
    return ActivityInput(
        held_on=given.held_on,
        values=given.values,
        facets=given.facets,
        title=given.title,
        place=given.place,
        paper_location=given.paper_location,
        partner_bodies=given.partners,
    )


def _type(kind: ActivityType) -> TypeOut:
    return TypeOut.from_orm(kind)


def shown(rows: Sequence[Activity], scope: Scope) -> list[ActivityOut]:
    """Activities as they stand in a list."""
    units = named([one.unit for one in rows], scope.day)
    return [
        ActivityOut(
            unit=unit,
            type=one.type.code,
            **{name: getattr(one, name) for name in _PLAIN},
        )
        for one, unit in zip(rows, units, strict=True)
    ]


_PLAIN = (
    *("uid", "held_on", "title", "place", "values", "facets", "paper_location", "state", "edits", "recorded_at"),
)


def _detail(one: Activity, scope: Scope) -> ActivityDetail:
    partners = list(one.partners.order_by("pk"))
    names = names_of([partner.unit_id for partner in partners if partner.unit_id], scope.day)
    papers = one.evidence.select_related("file").order_by("pk")

    def called(partner: ActivityPartner) -> str:
        return names[partner.unit_id].name if partner.unit_id else partner.outside

    return ActivityDetail(
        **shown([one], scope)[0].dict(),
        partners=[PartnerOut(name=called(partner), answer=partner.answer) for partner in partners],
        papers=[
            NumberedPaper(number=paper.pk, name=paper.name, media_type=paper.file.media_type) for paper in papers
        ],
        withdrawn_reason=one.withdrawn_reason,
    )
