"""What units are told from above."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from ninja import Query

from nhipcau.access.models import TokenScope
from nhipcau.api.auth import ApiRequest
from nhipcau.api.declare import Area
from nhipcau.api.files import download
from nhipcau.api.paging import Listed, Paging, listed
from nhipcau.api.routers.units import named
from nhipcau.api.schemas.activities import NumberedPaper
from nhipcau.api.schemas.telling import AnnouncementDetail, AnnouncementOut, Tell
from nhipcau.core.errors import Fault, InvalidInput
from nhipcau.core.said import Said
from nhipcau.documents.rights import LEADERS
from nhipcau.org.models import UnitKind
from nhipcau.org.scope import Scope
from nhipcau.tasks.announcements import queries
from nhipcau.tasks.announcements.models import Announcement
from nhipcau.tasks.announcements.posting import Notice, announce, open_announcement

area = Area("announcements", "/announcements")


@area.get("", "announcements:list", answer=Listed[AnnouncementOut])
def announcements(request: ApiRequest, paging: Query[Paging], sent: bool = False) -> Any:
    """What the post was told, the newest first; `sent`: what the own unit told others."""
    scope = request.scope
    rows = queries.sent_by(scope) if sent else queries.addressed_to(scope)
    return listed(request, rows, paging, lambda some: _shown(some, scope))


@area.post("", "announcements:tell", scope=TokenScope.ISSUE, roles=LEADERS, answer=AnnouncementDetail)
def tell(request: ApiRequest, given: Tell) -> Any:
    """Tell the units below."""
    scope, kinds = request.scope, list(UnitKind.objects.filter(code__in=given.kinds))
    if len(kinds) != len(set(given.kinds)):
        unknown = Said("có loại đơn vị không tồn tại", "there is no such kind of unit")
        raise InvalidInput("Chưa đăng được thông báo.", [Fault("kinds", unknown)])
    notice = Notice(
        title=given.title,
        text=given.text,
        branches=[scope.get_unit(uid) for uid in given.branches],
        kinds=kinds,
        roles=given.roles,
        valid_until=given.valid_until,
    )
    return _detail(announce(given=notice, actor=scope.post, at=request.moment), scope)


@area.get("/{uuid:announcement}", "announcements:announcement", answer=AnnouncementDetail)
def announcement(request: ApiRequest, announcement: uuid.UUID) -> Any:
    """One announcement; asking for it is not yet reading it."""
    return _detail(queries.get_announcement_for(request.scope, announcement), request.scope)


@area.post(
    "/{uuid:announcement}/read", "announcements:announcement", scope=TokenScope.RECORD, answer=AnnouncementDetail
)
def read(request: ApiRequest, announcement: uuid.UUID) -> Any:
    """The unit has read it."""
    scope = request.scope
    told = queries.get_announcement_for(scope, announcement)
    open_announcement(announcement=told, actor=scope.post, at=request.moment)
    return _detail(told, scope)


@area.file("/{uuid:announcement}/papers/{int:number}", "announcements:paper")
def paper(request: ApiRequest, announcement: uuid.UUID, number: int) -> HttpResponse:
    """A paper that goes with it."""
    given = queries.download(request.scope, announcement, number)
    return download(request, "announcements.paper_taken", f"announcement:{announcement}", given)


def _shown(rows: Sequence[Announcement], scope: Scope) -> list[AnnouncementOut]:
    unread = set(queries.unread(scope).filter(pk__in=[one.pk for one in rows]).values_list("pk", flat=True))
    return [
        AnnouncementOut(
            uid=one.uid,
            unit=unit,
            title=one.title,
            posted_at=one.posted_at,
            valid_until=one.valid_until,
            withdrawn=one.withdrawn_at is not None,
            unread=one.pk in unread,
        )
        for one, unit in zip(rows, named([one.unit for one in rows], scope.day), strict=True)
    ]


def _detail(one: Announcement, scope: Scope) -> AnnouncementDetail:
    papers = one.files.select_related("file").order_by("pk")
    return AnnouncementDetail(
        **_shown([one], scope)[0].dict(),
        text=one.text,
        withdrawn_reason=one.withdrawn_reason,
        papers=[
            NumberedPaper(number=paper.pk, name=paper.name, media_type=paper.file.media_type) for paper in papers
        ],
    )
