"""Making a campaign, opening it, changing its end. Only the holder acts; the units below join by recording."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.db import transaction

from nhipcau.activities.models import ActivityType
from nhipcau.activities.types import measures_of
from nhipcau.audit.actions import Plain, record
from nhipcau.audit.screen import screen
from nhipcau.campaigns.addresses import new_token
from nhipcau.campaigns.counts import guessed
from nhipcau.campaigns.models import (
    Campaign,
    CampaignState,
    CampaignStep,
    CampaignType,
    QuizEdition,
    QuizState,
    StepKind,
)
from nhipcau.campaigns.tally import end_waiting
from nhipcau.core.clock import local_date
from nhipcau.core.errors import Conflict, Fault, InvalidInput
from nhipcau.core.said import Said
from nhipcau.core.text import clean
from nhipcau.documents.registers.books import checked_reason
from nhipcau.documents.rights import OFFICERS, require_own
from nhipcau.org.models import Axis, Closure, Post, Role, Unit, UnitKind

DECIDING = (Role.BOARD, Role.APPROVER)
LONGEST = dt.timedelta(days=366 * 2)
_NAME, _PURPOSE = 200, 4000


@dataclass(frozen=True)
class CampaignInput:
    """What a person fills in. `types`: kinds of activity that count as sessions; `branches`: units directly or
    farther below, none for the whole branch."""

    name: str
    purpose: str
    first_day: dt.date
    last_day: dt.date
    kinds: Sequence[str]
    types: Sequence[ActivityType] = ()
    branches: Sequence[Unit] = ()
    client_key: str | None = None


@dataclass(frozen=True)
class Counted:
    """Which measures of a kind of activity hold sessions and attendances; "" for none."""

    sessions: str = ""
    reached: str = ""


def create_campaign(*, unit: Unit, given: CampaignInput, actor: Post, at: dt.datetime) -> Campaign:
    """A draft, seen by the holder alone. Repeating a `client_key` is safe."""
    given = _checked(unit, given, actor, at)
    with transaction.atomic():
        if given.client_key and (standing := Campaign.objects.filter(client_key=given.client_key).first()):
            if standing.unit_id != unit.pk:
                raise Conflict("Biểu mẫu này đã được dùng ở đơn vị khác; hãy mở lại trang rồi làm lại.")
            return standing
        campaign = Campaign.objects.create(
            unit=unit,
            axis=_axis_of(unit, local_date(at)),
            name=given.name,
            purpose=given.purpose,
            first_day=given.first_day,
            last_day=given.last_day,
            kinds=list(given.kinds),
            client_key=given.client_key,
            created_at=at,
            created_by=actor,
        )
        campaign.branches.set(given.branches)
        _choose_types(campaign, given.types)
        _record("campaigns.created", campaign, actor, at)
    return campaign


def edit_campaign(*, campaign: Campaign, given: CampaignInput, actor: Post, at: dt.datetime) -> Campaign:
    """Change a draft. What was opened stays as it was told, but for its end (see `extend`) and its goals."""
    given = _checked(campaign.unit, given, actor, at)
    with transaction.atomic():
        campaign = _locked(campaign)
        expect(campaign, CampaignState.DRAFT)
        campaign.name, campaign.purpose = given.name, given.purpose
        campaign.first_day, campaign.last_day, campaign.kinds = given.first_day, given.last_day, list(given.kinds)
        campaign.save()
        campaign.branches.set(given.branches)
        _choose_types(campaign, given.types)
        _record("campaigns.edited", campaign, actor, at)
    return campaign


def choose_measures(
    *, campaign: Campaign, measures: Mapping[str, Counted], actor: Post, at: dt.datetime
) -> Campaign:
    """Say by code of a kind of activity which of its measures are its sessions and its attendances."""
    require_own(campaign.unit, *OFFICERS, actor=actor, at=at)
    with transaction.atomic():
        campaign = _locked(campaign)
        expect(campaign, CampaignState.DRAFT, CampaignState.OPEN)
        for one in campaign.types.select_related("type"):
            chosen = measures.get(one.type.code)
            if chosen is None:
                continue
            known = {"", *(measure.code for measure in measures_of(one.type.measures) if not measure.decimals)}
            if chosen.sessions not in known or chosen.reached not in known:
                raise InvalidInput("Chưa lưu được.", [Fault(one.type.code, "không có số liệu này ở loại buổi ấy")])
            if chosen.sessions and chosen.sessions == chosen.reached:
                raise InvalidInput(
                    "Chưa lưu được.",
                    [Fault(one.type.code, "một số liệu không thể vừa là số buổi vừa là lượt người")],
                )
            one.sessions, one.reached = chosen.sessions, chosen.reached
            one.save(update_fields=["sessions", "reached"])
        _record("campaigns.measures_chosen", campaign, actor, at)
    return campaign


def open_campaign(*, campaign: Campaign, actor: Post, at: dt.datetime) -> Campaign:
    """From now on the units of the branch see it and can record sessions for it."""
    require_own(campaign.unit, *DECIDING, actor=actor, at=at)
    with transaction.atomic():
        campaign = _locked(campaign)
        if campaign.state == CampaignState.OPEN:
            return campaign
        expect(campaign, CampaignState.DRAFT)
        if not campaign.types.exists():
            raise Conflict("Chiến dịch chưa chọn loại hoạt động nào được tính là buổi; hãy chọn rồi mở.")
        if campaign.last_day < local_date(at):
            raise Conflict("Ngày cuối của chiến dịch đã qua; hãy sửa thời gian rồi mở.")
        campaign.token = campaign.token or new_token()
        _move(campaign, CampaignState.OPEN, StepKind.OPENED, "", actor, at)
    return campaign


def extend(*, campaign: Campaign, last_day: dt.date, reason: str, actor: Post, at: dt.datetime) -> Campaign:
    """Give the campaign more time, with a reason that everybody who takes part reads."""
    reason = _reasoned(campaign, reason, actor, at)
    with transaction.atomic():
        campaign = _locked(campaign)
        expect(campaign, CampaignState.OPEN)
        if last_day <= max(campaign.last_day, local_date(at) - dt.timedelta(days=1)):
            raise InvalidInput("Chưa gia hạn được.", [Fault("last_day", "ngày cuối mới phải sau ngày cuối cũ")])
        if last_day - campaign.first_day > LONGEST:
            raise InvalidInput("Chưa gia hạn được.", [Fault("last_day", "chiến dịch không dài quá hai năm")])
        campaign.last_day = last_day
        _move(campaign, CampaignState.OPEN, StepKind.EXTENDED, reason, actor, at)
    return campaign


def close(*, campaign: Campaign, actor: Post, at: dt.datetime) -> Campaign:
    """No session is counted in or out any more; the figures stand."""
    require_own(campaign.unit, *DECIDING, actor=actor, at=at)
    with transaction.atomic():
        campaign = _locked(campaign)
        if campaign.state == CampaignState.CLOSED:
            return campaign
        expect(campaign, CampaignState.OPEN)
        if local_date(at) < campaign.first_day:
            raise Conflict("Chiến dịch chưa đến ngày bắt đầu; nếu không làm nữa thì hủy bỏ, có ghi lý do.")
        _end_quizzes(campaign)
        _move(campaign, CampaignState.CLOSED, StepKind.CLOSED, "", actor, at)
    return campaign


def cancel(*, campaign: Campaign, reason: str, actor: Post, at: dt.datetime) -> Campaign:
    """Call it off, with a reason. What was held stays in the register of activities."""
    reason = _reasoned(campaign, reason, actor, at)
    with transaction.atomic():
        campaign = _locked(campaign)
        if campaign.state == CampaignState.CANCELLED:
            return campaign
        expect(campaign, CampaignState.DRAFT, CampaignState.OPEN)
        _end_quizzes(campaign)
        _move(campaign, CampaignState.CANCELLED, StepKind.CANCELLED, reason, actor, at)
    return campaign


def expect(campaign: Campaign, *states: CampaignState) -> None:
    """Conflict unless the campaign is in one of the states."""
    if campaign.state not in states:
        now = CampaignState(campaign.state)
        raise Conflict(
            Said(
                f"Chiến dịch «{campaign.name}» {now.label}, không làm được việc này nữa.",
                f"The campaign «{campaign.name}» is {now.value}; this can no longer be done.",
            )
        )


def _locked(campaign: Campaign) -> Campaign:
    return Campaign.objects.select_for_update(of=("self",)).select_related("unit").get(pk=campaign.pk)


def _move(
    campaign: Campaign, state: CampaignState, kind: StepKind, reason: str, actor: Post, at: dt.datetime
) -> None:
    campaign.state = state
    campaign.save(update_fields=["state", "last_day", "token"])
    last_day = campaign.last_day if kind is StepKind.EXTENDED else None
    CampaignStep.objects.create(campaign=campaign, kind=kind, reason=reason, last_day=last_day, at=at, by=actor)
    _record(f"campaigns.{kind.value}", campaign, actor, at, last_day=campaign.last_day.isoformat())


def _end_quizzes(campaign: Campaign) -> None:
    end_waiting(QuizEdition.objects.select_for_update().filter(quiz__campaign=campaign))
    campaign.quizzes.filter(state=QuizState.OPEN).update(state=QuizState.CLOSED)


def _record(action: str, campaign: Campaign, actor: Post, at: dt.datetime, **data: Plain) -> None:
    record(actor=actor, action=action, obj=f"campaign:{campaign.uid}", at=at, data=data)


def _reasoned(campaign: Campaign, reason: str, actor: Post, at: dt.datetime) -> str:
    require_own(campaign.unit, *DECIDING, actor=actor, at=at)
    return checked_reason(reason, "Hãy ghi lý do để các đơn vị tham gia biết.", actor=actor, at=at)


def _checked(unit: Unit, given: CampaignInput, actor: Post, at: dt.datetime) -> CampaignInput:
    """Rights, form and boundary: all that precedes the transaction."""
    require_own(unit, *OFFICERS, actor=actor, at=at)
    given = replace(given, name=clean(given.name), purpose=clean(given.purpose, multiline=True))
    screen({"name": given.name, "purpose": given.purpose}, "campaign", actor=actor, at=at)
    faults = [
        Fault(name, Said(f"hãy ghi, không quá {most} chữ cái", f"fill this in, at most {most} characters"))
        for name, text, most in (("name", given.name, _NAME), ("purpose", given.purpose, _PURPOSE))
        if not text or len(text) > most
    ]
    if given.last_day < given.first_day:
        faults.append(Fault("last_day", "ngày cuối phải từ ngày đầu trở đi"))
    elif given.last_day - given.first_day > LONGEST:
        faults.append(Fault("last_day", "chiến dịch không dài quá hai năm"))
    known = set(UnitKind.objects.filter(code__in=given.kinds, internal=False).values_list("code", flat=True))
    if not given.kinds or set(given.kinds) - known:
        faults.append(Fault("kinds", "hãy chọn loại đơn vị sẽ tổ chức"))
    faults += _outside(unit, given.branches, local_date(at))
    if faults:
        raise InvalidInput("Chưa lưu được chiến dịch: có ô cần sửa.", faults)
    return given


def _outside(unit: Unit, branches: Sequence[Unit], day: dt.date) -> list[Fault]:
    below = Closure.objects.at(day).filter(ancestor=unit, descendant__in=branches, depth__gt=0)
    inside = set(below.values_list("descendant", flat=True))
    if {one.pk for one in branches} - inside:
        return [Fault("branches", "chỉ chọn được đơn vị ở dưới đơn vị mình")]
    return []


def _axis_of(unit: Unit, day: dt.date) -> str:
    """The axis on which the unit has a branch; the territory where it has one on both, or on none."""
    below = Closure.objects.at(day).filter(ancestor=unit, depth__gt=0)
    axes = set(below.values_list("axis", flat=True).distinct())
    return str(Axis.SECTOR) if axes == {Axis.SECTOR} else str(Axis.TERRITORY)


def _choose_types(campaign: Campaign, types: Sequence[ActivityType]) -> None:
    """Kinds that stay keep the measures chosen for them; a new one gets those that its units of measure suggest."""
    campaign.types.exclude(type__in=types).delete()
    standing = set(campaign.types.values_list("type", flat=True))
    for kind in types:
        if kind.pk not in standing:
            sessions, reached = guessed(kind)
            CampaignType.objects.create(campaign=campaign, type=kind, sessions=sessions, reached=reached)
