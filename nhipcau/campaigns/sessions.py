"""Sessions are activities of the register; here they are counted in a campaign, or taken out of it again."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from nhipcau.activities.actions import log_activity
from nhipcau.activities.checking import ActivityInput
from nhipcau.activities.models import Activity, ActivityState, ActivityType
from nhipcau.audit.actions import record
from nhipcau.campaigns.actions import expect
from nhipcau.campaigns.models import Campaign, CampaignSession, CampaignState
from nhipcau.campaigns.queries import get_campaign_for, joined_campaigns
from nhipcau.core.errors import Conflict, Fault, InvalidInput, NotAllowed
from nhipcau.core.said import Said
from nhipcau.documents.rights import OFFICERS, require_own
from nhipcau.org.models import Post, Unit
from nhipcau.org.scope import Scope


def record_session(
    *, campaign: Campaign, unit: Unit, kind: ActivityType, given: ActivityInput, actor: Post, at: dt.datetime
) -> Activity:
    """Record an activity of the actor's own unit and count it in the campaign, in one change.

    Raises what `log_activity` does; Conflict for a campaign that is over, InvalidInput for a day outside it or a
    kind of activity that is none of its sessions.
    """
    require_own(unit, *OFFICERS, actor=actor, at=at)
    _require_countable(campaign, kind, given.held_on, actor, at)

    def count(activity: Activity) -> None:
        _count(campaign, activity, actor, at)

    return log_activity(unit=unit, kind=kind, given=given, actor=actor, at=at, along=count)


def count_session(*, campaign: Campaign, activity: Activity, actor: Post, at: dt.datetime) -> None:
    """Count an activity that the unit has recorded already. Repeating it changes nothing."""
    require_own(activity.unit, *OFFICERS, actor=actor, at=at)
    _require_countable(campaign, activity.type, activity.held_on, actor, at)
    with transaction.atomic():
        activity = Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
        if activity.state != ActivityState.RECORDED:
            raise Conflict("Hoạt động này đã rút nên không tính vào chiến dịch được.")
        _count(campaign, activity, actor, at)


def uncount_session(*, campaign: Campaign, activity: Activity, actor: Post, at: dt.datetime) -> None:
    """Take an activity out of the campaign; it stays in the register."""
    require_own(activity.unit, *OFFICERS, actor=actor, at=at)
    with transaction.atomic():
        locked = Campaign.objects.select_for_update().get(pk=campaign.pk)
        expect(locked, CampaignState.OPEN)
        gone, _ = CampaignSession.objects.filter(campaign=campaign, activity=activity).delete()
        if gone:
            _record("campaigns.session_taken_out", campaign, activity, actor, at)


def _require_countable(
    campaign: Campaign, kind: ActivityType, held_on: dt.date, actor: Post, at: dt.datetime
) -> None:
    scope = Scope(actor, at)
    expect(get_campaign_for(scope, campaign.uid), CampaignState.OPEN)
    if not joined_campaigns(scope).filter(pk=campaign.pk).exists():
        raise NotAllowed("Chiến dịch chưa bắt đầu, hoặc đơn vị bạn không thuộc phạm vi tham gia.")
    if not campaign.types.filter(type=kind).exists():
        raise InvalidInput(
            Said(
                f"Loại «{kind.label}» không được tính là buổi của chiến dịch này.",
                f"«{kind.label_en or kind.label}» does not count as a session of this campaign.",
            )
        )
    if not campaign.first_day <= held_on <= campaign.last_day:
        days = f"{campaign.first_day:%d/%m/%Y} – {campaign.last_day:%d/%m/%Y}"
        said = Said(f"chiến dịch chỉ tính buổi từ {days}", f"the campaign counts sessions of {days} only")
        raise InvalidInput("Chưa ghi được buổi này.", [Fault("held_on", said)])


def _count(campaign: Campaign, activity: Activity, actor: Post, at: dt.datetime) -> None:
    """Inside the caller's transaction; the campaign is looked at again, since it may just have been closed."""
    standing = CampaignSession.objects.filter(activity=activity).first()
    if standing is not None and standing.campaign_id != campaign.pk:
        raise Conflict("Hoạt động này đã tính vào một chiến dịch khác; một buổi chỉ tính một lần.")
    if standing is None:
        expect(Campaign.objects.select_for_update().get(pk=campaign.pk), CampaignState.OPEN)
        CampaignSession.objects.create(campaign=campaign, activity=activity)
        _record("campaigns.session_counted", campaign, activity, actor, at)


def _record(action: str, campaign: Campaign, activity: Activity, actor: Post, at: dt.datetime) -> None:
    data: dict[str, str] = {"activity": str(activity.uid)}
    record(actor=actor, action=action, obj=f"campaign:{campaign.uid}", at=at, data=data)
