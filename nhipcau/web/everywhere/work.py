"""Work and what goes on: tasks, what letters ask, announcements, campaigns, the unit's own activities.

No index folds these titles; of each the newest are read, which in one unit's own work is years.
"""

from __future__ import annotations

import datetime as dt
from itertools import chain

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from nhipcau.activities.models import ActivityState
from nhipcau.activities.queries import visible_activities
from nhipcau.campaigns.models import CampaignState
from nhipcau.campaigns.queries import visible_campaigns
from nhipcau.documents.models import DocumentState
from nhipcau.org.queries import called
from nhipcau.org.scope import Scope
from nhipcau.tasks.announcements.queries import addressed_to, sent_by
from nhipcau.tasks.models import AssignmentState
from nhipcau.tasks.queries import visible_assignments, visible_obligations, visible_tasks
from nhipcau.web.everywhere.matching import Wanted
from nhipcau.web.everywhere.sources import Hit
from nhipcau.web.templatetags.nhip import vi_date
from nhipcau.web.words import labelled, spoken

MOST = 2_000


def tasks(scope: Scope, wanted: Wanted, limit: int) -> list[Hit]:
    """What the own unit was given, and what it handed out."""
    both = chain(_given(scope), _handed(scope))
    return wanted.nearest(((f"{hit.title} {hit.meta}", hit) for hit in both), limit)


def _given(scope: Scope) -> list[Hit]:
    rows = visible_assignments(scope).filter(unit=scope.unit).exclude(state=AssignmentState.WITHDRAWN)
    rows = rows.annotate(number=F("task__obligation__document__number")).order_by("-created_at", "-pk")
    fields = ("uid", "task__title", "number", "own_due", "task__due", "state")
    return [
        Hit(
            title=title,
            url=reverse("tasks:assignment", kwargs={"uid": uid}),
            meta=_joined(spoken(AssignmentState(state).label), number, _due(own or due)),
        )
        for uid, title, number, own, due, state in rows.values_list(*fields)[:MOST]
    ]


def _handed(scope: Scope) -> list[Hit]:
    rows = visible_tasks(scope).filter(issued_by=scope.unit).annotate(number=F("obligation__document__number"))
    return [
        Hit(
            title=title,
            url=reverse("tasks:status", kwargs={"uid": uid}),
            meta=_joined(_("đơn vị giao"), number, _due(due)),
        )
        for uid, title, number, due in rows.values_list("uid", "title", "number", "due")[:MOST]
    ]


def obligations(scope: Scope, wanted: Wanted, limit: int) -> list[Hit]:
    """What the unit's own letters ask and the unit has handed to nobody."""
    rows = visible_obligations(scope).exclude(tasks__issued_by=scope.unit).exclude(scope="outside")
    rows = rows.filter(document__state=DocumentState.REGISTERED)
    fields = ("text", "document__uid", "document__number", "deadline_phrase")
    listed = rows.order_by("-document", "position").values_list(*fields)[:MOST]
    hits = (
        Hit(text, reverse("documents:document", kwargs={"uid": uid}), _joined(number, when))
        for text, uid, number, when in listed
    )
    return wanted.nearest(((f"{hit.title} {hit.meta}", hit) for hit in hits), limit)


def announcements(scope: Scope, wanted: Wanted, limit: int) -> list[Hit]:
    """What the post was told, and what its unit told others, by title and text."""
    told = addressed_to(scope).filter(withdrawn_at=None)[:MOST]
    rows = {one.pk: one for one in (*told, *sent_by(scope).filter(withdrawn_at=None)[:MOST])}.values()
    names = called({one.unit_id for one in rows}, scope.day)
    return [
        Hit(
            title=one.title,
            url=reverse("announcements:announcement", kwargs={"uid": one.uid}),
            meta=_joined(names[one.unit_id], vi_date(one.posted_at)),
            text=one.text,
        )
        for one in wanted.nearest(((f"{one.title} {one.text}", one) for one in rows), limit)
    ]


def campaigns(scope: Scope, wanted: Wanted, limit: int) -> list[Hit]:
    """Own campaigns, and those above or below in which the unit has a part."""
    rows = visible_campaigns(scope)[:MOST]
    return [
        Hit(
            title=one.name,
            url=reverse("campaigns:campaign", kwargs={"uid": one.uid}),
            meta=_joined(
                f"{vi_date(one.first_day)} – {vi_date(one.last_day)}", spoken(CampaignState(one.state).label)
            ),
        )
        for one in wanted.nearest(((one.name, one) for one in rows), limit)
    ]


def activities(scope: Scope, wanted: Wanted, limit: int) -> list[Hit]:
    """What the own unit recorded, by kind, content and place."""
    own = Q(unit=scope.unit, state=ActivityState.RECORDED)
    rows = visible_activities(scope).filter(own).defer("values", "facets")[:MOST]
    hits = (
        Hit(
            title=one.title or labelled(one.type),
            url=reverse("activities:detail", kwargs={"uid": one.uid}),
            meta=_joined(labelled(one.type) if one.title else "", vi_date(one.held_on), one.place),
        )
        for one in rows
    )
    return wanted.nearest(((f"{hit.title} {hit.meta}", hit) for hit in hits), limit)


def _joined(*parts: str) -> str:
    return " · ".join(filter(None, parts))


def _due(day: dt.date | None) -> str:
    return _("hạn %(day)s") % {"day": vi_date(day)} if day else ""
