"""Reading campaigns: the holder's own, those of units below, and those held above for one's own branch."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db.models import Exists, OuterRef, Q, QuerySet

from nhipcau.activities.models import Activity, ActivityState, ActivityType
from nhipcau.campaigns.models import Campaign, CampaignSession, CampaignState, Material, Quiz, QuizState
from nhipcau.core.errors import NotFound
from nhipcau.core.said import Said
from nhipcau.documents.rights import reads_contents
from nhipcau.org.grounds import Ground, any_of
from nhipcau.org.models import Closure
from nhipcau.org.scope import Scope, fetch


def visible_campaigns(scope: Scope) -> QuerySet[Campaign]:
    """Own campaigns, those that units below have opened, and those opened above in which the unit's branch has a
    part."""
    seen = Campaign.objects.filter(any_of(campaign_grounds(scope)))
    return seen.select_related("unit").order_by("-first_day", "-pk")


def campaign_grounds(scope: Scope) -> list[Ground]:
    """On what grounds the scope finds campaigns."""
    if not reads_contents(scope):
        return []
    opened = ~Q(state=CampaignState.DRAFT)
    below = Said("đơn vị trong nhánh đã mở chiến dịch này", "a unit of the branch has opened it")
    above = Said(
        "cấp trên đã mở, và nhánh của đơn vị tham gia", "a level above opened it, and the unit's branch has a part"
    )
    return [
        Ground(Said("chiến dịch của chính đơn vị", "a campaign of the unit itself"), Q(unit=scope.unit)),
        Ground(below, opened & scope.own_or_below("unit")),
        Ground(above, opened & _held_above(scope)),
    ]


def get_campaign_for(scope: Scope, uid: uuid.UUID | str) -> Campaign:
    """One visible campaign, or NotFound."""
    return fetch(visible_campaigns(scope), uid, "Không có chiến dịch này trong phạm vi của bạn.")


def get_own_campaign(scope: Scope, uid: uuid.UUID | str) -> Campaign:
    """One that the unit holds itself, or NotFound."""
    return fetch(
        visible_campaigns(scope).filter(unit=scope.unit), uid, "Không có chiến dịch này do đơn vị bạn tổ chức."
    )


def joined_campaigns(scope: Scope) -> QuerySet[Campaign]:
    """Running campaigns for which the unit can record a session: its own, and those held above it."""
    if not reads_contents(scope):
        return Campaign.objects.none()
    running = Campaign.objects.filter(state=CampaignState.OPEN, first_day__lte=scope.day)
    return running.filter(Q(unit=scope.unit) | _held_above(scope)).order_by("last_day", "pk")


def campaigns_for(scope: Scope, kind: ActivityType) -> QuerySet[Campaign]:
    """Those in which that kind of activity counts as a session."""
    return joined_campaigns(scope).filter(types__type=kind)


def counting(campaign: Campaign) -> QuerySet[CampaignSession]:
    """The sessions that count: not withdrawn, and their day, which may have been corrected since, within the
    campaign's."""
    return CampaignSession.objects.filter(
        campaign=campaign,
        activity__state=ActivityState.RECORDED,
        activity__held_on__range=(campaign.first_day, campaign.last_day),
    )


def sessions_of(campaign: Campaign, scope: Scope) -> QuerySet[Activity]:
    """The sessions that the scope sees: led by its units, or with its own unit taking part; newest first."""
    mine = scope.own_or_below("unit") | Q(partners__unit=scope.unit)
    held = Activity.objects.filter(mine, campaign_session__in=counting(campaign))
    return held.select_related("type", "unit").distinct().order_by("-held_on", "-pk")


def countable(campaign: Campaign, scope: Scope) -> QuerySet[Activity]:
    """What the unit recorded within the campaign's days that could count in it and counts in none yet."""
    own = Activity.objects.filter(
        unit=scope.unit,
        state=ActivityState.RECORDED,
        type__in=campaign.types.values("type"),
        held_on__gte=campaign.first_day,
        held_on__lte=campaign.last_day,
        campaign_session=None,
    )
    return own.select_related("type").order_by("-held_on", "-pk")


def is_expected(campaign: Campaign, scope: Scope) -> bool:
    """Whether the unit itself is to hold a session."""
    if scope.unit.kind.code not in campaign.kinds:
        return False
    branches = list(campaign.branches.values_list("pk", flat=True)) or [campaign.unit_id]
    reach = Closure.objects.at(scope.day).filter(ancestor__in=branches, descendant=scope.unit, axis=campaign.axis)
    return reach.exists()


def without_session(scope: Scope, within: dt.timedelta) -> QuerySet[Campaign]:
    """Running campaigns that end within that time (or have just ended) in which the unit has held nothing yet,
    whether that is expected of it or not."""
    soon = joined_campaigns(scope).filter(last_day__lte=scope.day + within)
    counted = CampaignSession.objects.filter(campaign=OuterRef("pk"), activity__state=ActivityState.RECORDED)
    led_or_joined = Q(activity__unit=scope.unit) | Q(activity__partners__unit=scope.unit)
    return soon.exclude(Exists(counted.filter(led_or_joined))).select_related("unit")


def ending_without_session(scope: Scope, within: dt.timedelta) -> list[Campaign]:
    """Those of them in which the unit is to hold one."""
    return [campaign for campaign in without_session(scope, within) if is_expected(campaign, scope)]


def shown_materials(campaign: Campaign, *, public: bool = False) -> list[Material]:
    """What readers see, in the order in which it was added, each with its versions, the newest first."""
    standing = campaign.materials.filter(withdrawn_reason="").prefetch_related("versions__file")
    return list(standing.filter(public=True) if public else standing)


def get_material(campaign: Campaign, uid: uuid.UUID | str, *, public: bool = False) -> Material:
    """One that readers see, or NotFound."""
    found = next((one for one in shown_materials(campaign, public=public) if str(one.uid) == str(uid)), None)
    if found is None:
        raise NotFound("Không có tài liệu này trong chiến dịch.")
    return found


def get_quiz(campaign: Campaign, number: int) -> Quiz:
    """A quiz of the campaign by its number, or NotFound."""
    found = campaign.quizzes.filter(number=number).first()
    if found is None:
        raise NotFound("Không có bài trắc nghiệm này trong chiến dịch.")
    return found


def open_quizzes(campaign: Campaign) -> list[Quiz]:
    """Those that can be answered now."""
    return list(campaign.quizzes.filter(state=QuizState.OPEN)) if campaign.state == CampaignState.OPEN else []


def public_campaign(token: str) -> Campaign:
    """What the address on a poster leads to, while the campaign runs or has ended; NotFound for any other."""
    shown = Campaign.objects.filter(state__in=(CampaignState.OPEN, CampaignState.CLOSED)).select_related("unit")
    found = shown.filter(token=token).first() if token else None
    if found is None:
        raise NotFound("Không có trang này; địa chỉ có thể gõ sai hoặc chiến dịch đã hủy.")
    return found


def _held_above(scope: Scope) -> Q:
    """Held by a unit above, on the campaign's own axis, and with this unit's branch among those that take part."""
    reaches = Closure.objects.at(scope.day).filter(axis=OuterRef("axis"))
    above = Exists(reaches.filter(ancestor=OuterRef("unit"), descendant=scope.unit, depth__gt=0))
    through = Campaign.branches.through.objects.filter(campaign=OuterRef("pk"))
    in_branch = Exists(
        through.filter(
            Exists(
                Closure.objects.at(scope.day).filter(
                    Q(ancestor=OuterRef("unit"), descendant=scope.unit)
                    | Q(ancestor=scope.unit, descendant=OuterRef("unit"))
                )
            )
        )
    )
    return Q(above) & (~Q(Exists(through)) | Q(in_branch))
