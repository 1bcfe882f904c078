"""What is told from above or beside: announcements, campaigns, activities done together, delegations."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _

from nhipcau.activities.models import ActivityPartner
from nhipcau.activities.queries import declined as declined_by
from nhipcau.activities.queries import to_confirm
from nhipcau.campaigns.models import CampaignStep, StepKind
from nhipcau.campaigns.queries import visible_campaigns
from nhipcau.documents.rights import reads_contents
from nhipcau.org.delegating import delegations_reaching
from nhipcau.org.queries import called
from nhipcau.org.scope import Scope
from nhipcau.tasks.announcements.models import Announcement, Correction
from nhipcau.tasks.announcements.queries import addressed_to, unread
from nhipcau.web.notices.kinds import MOST, Notice
from nhipcau.web.templatetags.nhip import vi_date
from nhipcau.web.words import labelled, spoken


def announced(scope: Scope, since: dt.datetime) -> list[Notice]:
    """New ones, and those taken back since."""
    rows = list(addressed_to(scope).filter(posted_at__gte=since)[:MOST])
    names = called({one.unit_id for one in rows}, scope.day)
    found = []
    for one in rows:
        found.append(_announcement(one, "posted", one.posted_at, _("thông báo mới"), names[one.unit_id]))
        if one.withdrawn_at:
            found.append(_announcement(one, "withdrawn", one.withdrawn_at, _("đã thu hồi"), names[one.unit_id]))
    return found


def corrected(scope: Scope, since: dt.datetime) -> list[Notice]:
    """Put right after it was told."""
    rows = Correction.objects.filter(announcement__in=addressed_to(scope).order_by().values("pk"), at__gte=since)
    rows = rows.select_related("announcement").order_by("-at", "-pk")
    return [
        _announcement(one.announcement, f"corrected:{one.pk}", one.at, _("đã đính chính"), one.note)
        for one in rows[:MOST]
    ]


def reminded(scope: Scope, since: dt.datetime) -> list[Notice]:
    """Still not opened by anybody of the unit, and reminded of."""
    rows = unread(scope).filter(reminded_at__gte=since).order_by("-reminded_at")
    return [
        _announcement(one, "reminded", one.reminded_at, _("nhắc đọc"), "") for one in rows[:MOST] if one.reminded_at
    ]


def campaigns(scope: Scope, since: dt.datetime) -> list[Notice]:
    """Steps of campaigns held above in which the unit has a part."""
    above = visible_campaigns(scope).exclude(scope.own_or_below("unit")).order_by().values("pk")
    rows = CampaignStep.objects.filter(campaign__in=above, at__gte=since).select_related("campaign")
    steps = list(rows.order_by("-at", "-pk")[:MOST])
    names = called({one.campaign.unit_id for one in steps}, scope.day)
    return [
        Notice(
            key=f"campaign:{one.pk}",
            at=one.at,
            title=one.campaign.name,
            url=reverse("campaigns:campaign", kwargs={"uid": one.campaign.uid}),
            told=_("%(step)s, đến %(day)s")
            % {"step": spoken(StepKind(one.kind).label), "day": vi_date(one.last_day or one.campaign.last_day)},
            source=names[one.campaign.unit_id],
        )
        for one in steps
    ]


def joint(scope: Scope, since: dt.datetime) -> list[Notice]:
    """Another unit says that ours took part."""
    if not reads_contents(scope):
        return []
    rows = list(to_confirm(scope).filter(activity__recorded_at__gte=since)[:MOST])
    names = called({one.activity.unit_id for one in rows}, scope.day)
    told = _("mời xác nhận cùng làm")
    return [_partner(one, one.activity.recorded_at, told, names[one.activity.unit_id]) for one in rows]


def declined(scope: Scope, since: dt.datetime) -> list[Notice]:
    """A partner says that it took no part in what ours recorded."""
    if not reads_contents(scope):
        return []
    rows = list(declined_by(scope).filter(answered_at__gte=since)[:MOST])
    names = called({one.unit_id for one in rows if one.unit_id}, scope.day)
    told = _("báo không cùng làm")
    return [
        _partner(one, one.answered_at, told, names.get(one.unit_id or 0, "")) for one in rows if one.answered_at
    ]


def delegated(scope: Scope, since: dt.datetime) -> list[Notice]:
    """Others gave this post their work for a time, or took it back."""
    found = []
    for one in delegations_reaching(scope.post, since)[:MOST]:
        until = _("làm thay từ %(first)s đến hết %(last)s") % {
            "first": vi_date(one.starts_at),
            "last": vi_date(one.last_day),
        }
        moments = [(one.given_at, "given", until), (one.ended_at, "ended", _("đã kết thúc ủy quyền"))]
        found += [
            Notice(f"delegation:{one.pk}:{what}", at, one.giver.title, reverse("org:delegations"), told)
            for at, what, told in moments
            if at and at >= since
        ]
    return found


def _announcement(one: Announcement, what: str, at: dt.datetime, told: str, source: str) -> Notice:
    return Notice(
        key=f"announcement:{one.pk}:{what}",
        at=at,
        title=one.title,
        url=reverse("announcements:announcement", kwargs={"uid": one.uid}),
        told=told,
        source=source,
    )


def _partner(one: ActivityPartner, at: dt.datetime, told: str, source: str) -> Notice:
    held = one.activity
    return Notice(
        key=f"partner:{one.pk}:{one.answer}",
        at=at,
        title=f"{held.title or labelled(held.type)}, {vi_date(held.held_on)}",
        url=reverse("activities:detail", kwargs={"uid": held.uid}),
        told=told,
        source=source,
    )
