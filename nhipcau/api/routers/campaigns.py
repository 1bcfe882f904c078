"""Campaigns: what they are for, what the branch came to, which sessions count."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from ninja import Query

from nhipcau.access.models import TokenScope
from nhipcau.activities.queries import get_activity_for
from nhipcau.api.auth import ApiRequest
from nhipcau.api.declare import Area
from nhipcau.api.files import download
from nhipcau.api.paging import Listed, Paging, listed
from nhipcau.api.routers.activities import shown as activities_shown
from nhipcau.api.routers.units import named
from nhipcau.api.schemas.activities import ActivityOut
from nhipcau.api.schemas.telling import CampaignOut, Counted, FiguresOut, MaterialOut
from nhipcau.campaigns import queries
from nhipcau.campaigns.coverage import Figures, cover, days_of
from nhipcau.campaigns.models import Campaign, Material
from nhipcau.campaigns.sessions import count_session, uncount_session
from nhipcau.core.errors import NotFound
from nhipcau.documents.rights import OFFICERS
from nhipcau.documents.storing import files
from nhipcau.org.models import Unit
from nhipcau.org.scope import Scope

area = Area("campaigns", "/campaigns")


@area.get("", "campaigns:list", answer=Listed[CampaignOut])
def campaigns(request: ApiRequest, paging: Query[Paging]) -> Any:
    """The own ones, those of units below, and those in which the branch has a part; the latest first."""
    rows = queries.visible_campaigns(request.scope)
    return listed(request, rows, paging, lambda some: _shown(some, request.scope))


@area.get("/{uuid:campaign}", "campaigns:campaign", answer=CampaignOut)
def campaign(request: ApiRequest, campaign: uuid.UUID) -> Any:
    """One campaign."""
    return _shown([queries.get_campaign_for(request.scope, campaign)], request.scope)[0]


@area.get("/{uuid:campaign}/results", "campaigns:results", answer=Listed[FiguresOut])
def results(request: ApiRequest, paging: Query[Paging], campaign: uuid.UUID, unit: uuid.UUID | None = None) -> Any:
    """What a unit (the own one unless named) and then each directly below it came to, with their branches."""
    scope, found = request.scope, queries.get_campaign_for(request.scope, campaign)
    covered = cover(found, request.moment)
    chosen = scope.get_unit(unit) if unit else scope.unit
    rows = [covered.at(chosen), *covered.below(chosen)]
    return listed(request, rows, paging, lambda some: _figures(some, found, request))


@area.get("/{uuid:campaign}/sessions", "campaigns:campaign", answer=Listed[ActivityOut])
def sessions(request: ApiRequest, paging: Query[Paging], campaign: uuid.UUID) -> Any:
    """The sessions that the post sees: of its unit and below, and those its unit took part in."""
    scope = request.scope
    rows = queries.sessions_of(queries.get_campaign_for(scope, campaign), scope)
    return listed(request, rows, paging, lambda some: activities_shown(some, scope))


@area.post(
    "/{uuid:campaign}/sessions", "campaigns:count_in", scope=TokenScope.RECORD, roles=OFFICERS, answer=CampaignOut
)
def count_in(request: ApiRequest, campaign: uuid.UUID, given: Counted) -> Any:
    """Count an activity of the own unit that was recorded before."""
    scope = request.scope
    found, activity = queries.get_campaign_for(scope, campaign), get_activity_for(scope, given.activity)
    count_session(campaign=found, activity=activity, actor=scope.post, at=request.moment)
    return _shown([found], scope)[0]


@area.post(
    "/{uuid:campaign}/sessions/take-out", "campaigns:take_out", scope=TokenScope.RECORD, roles=OFFICERS,
    answer=CampaignOut,
)  # fmt: skip
def take_out(request: ApiRequest, campaign: uuid.UUID, given: Counted) -> Any:
    """Take an activity out of the campaign; it stays in the register."""
    scope = request.scope
    found, activity = queries.get_campaign_for(scope, campaign), get_activity_for(scope, given.activity)
    uncount_session(campaign=found, activity=activity, actor=scope.post, at=request.moment)
    return _shown([found], scope)[0]


@area.get("/{uuid:campaign}/materials", "campaigns:material", answer=Listed[MaterialOut])
def materials(request: ApiRequest, paging: Query[Paging], campaign: uuid.UUID) -> Any:
    """What there is to read or to show, in the order in which it was added."""
    rows = queries.shown_materials(queries.get_campaign_for(request.scope, campaign))
    return listed(request, rows, paging, lambda some: map(_material, some))


@area.file("/{uuid:campaign}/materials/{uuid:material}/file", "campaigns:material_file")
def material_file(request: ApiRequest, campaign: uuid.UUID, material: uuid.UUID) -> HttpResponse:
    """The file of a material, in its newest version."""
    found = queries.get_material(queries.get_campaign_for(request.scope, campaign), material)
    newest = found.versions.all()[0]
    if newest.file is None:
        raise NotFound("Tài liệu này không có tệp.")
    given = (files.read(newest.file), newest.name, newest.file.media_type)
    return download(request, "campaigns.material_taken", f"campaign:{campaign}", given)


def _shown(rows: Sequence[Campaign], scope: Scope) -> list[CampaignOut]:
    return [
        CampaignOut(
            uid=one.uid,
            unit=unit,
            name=one.name,
            purpose=one.purpose,
            first_day=one.first_day,
            last_day=one.last_day,
            state=one.state,
        )
        for one, unit in zip(rows, named([one.unit for one in rows], scope.day), strict=True)
    ]


def _figures(rows: Sequence[Figures], campaign: Campaign, request: ApiRequest) -> list[FiguresOut]:
    units = Unit.objects.in_bulk([one.unit_id for one in rows])
    day = days_of(campaign, request.moment).last
    shown = named([units[one.unit_id] for one in rows], day)
    return [
        FiguresOut(
            unit=unit,
            expected=one.expected,
            held=one.held,
            members=one.members,
            counts=dict(one.counts),
            goals=dict(one.goals),
        )
        for one, unit in zip(rows, shown, strict=True)
    ]


def _material(one: Material) -> MaterialOut:
    newest = one.versions.all()[0]
    return MaterialOut(uid=one.uid, kind=one.kind, title=newest.title, text=newest.text, version=newest.number)
