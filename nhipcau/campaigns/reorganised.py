"""What a reorganisation means for campaigns: who goes on with one, where its branches and goals lie afterwards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from nhipcau.audit.actions import record
from nhipcau.campaigns.models import (
    Campaign,
    CampaignState,
    CampaignStep,
    ClosingReport,
    ClosingState,
    Quiz,
    QuizEdition,
    QuizState,
    StepKind,
)
from nhipcau.campaigns.reorganised_goals import given_goals, pass_goals
from nhipcau.campaigns.tally import end_waiting
from nhipcau.core.actors import Actor
from nhipcau.core.said import Said, joined
from nhipcau.org.journal import Journal
from nhipcau.org.models import Closure
from nhipcau.org.parts import Balance, Change, Effect

RUNNING = (CampaignState.DRAFT, CampaignState.OPEN)
_GOES = Said("chuyển sang, tổ chức tiếp", "goes on under")
_ENDS = Said("hủy bỏ, không có đơn vị kế thừa", "called off, no unit takes its place")
_BRANCH = Said("phạm vi tham gia tính theo", "that part of the campaign is now")
_Part = Campaign.branches.through


@dataclass(frozen=True)
class _Fate:
    """A campaign of a unit that ends: who holds it afterwards (nobody: it is called off), for what parts."""

    campaign: Campaign
    to: int | None
    branches: Sequence[int] = ()


class CampaignPart:
    """Campaigns pass to the main successor, else to the level above for the units that went elsewhere, else they
    are called off. Branches that ended are followed to where they lie; goals of units that end go to their heirs.
    """

    name = "campaigns"
    label: str = Said("Chiến dịch", "Campaigns")

    def preview(self, change: Change, at: dt.datetime) -> list[Effect]:
        """Campaigns with their holders, then branches, then goals."""
        names = change.names
        held = [
            Effect(
                names[one.campaign.unit_id],
                one.campaign.name,
                names[one.to] if one.to else "",
                _GOES if one.to else _ENDS,
            )
            for one in _fates(change)
        ]
        taking_part = [Effect(names[ended], row.name, names[to], _BRANCH) for row, ended, to in _branches(change)]
        return [*held, *taking_part, *given_goals(change)]

    def apply(self, change: Change, journal: Journal, *, actor: Actor, at: dt.datetime) -> int:
        """Branches and goals first, so that a campaign's own new branches are not followed twice."""
        followed = [(row.pk, to) for row, _ended, to in _branches(change)]
        journal.make(_Part(campaign_id=campaign, unit_id=to) for campaign, to in followed)
        goals = pass_goals(change, journal)
        fates = list(_fates(change))
        for one in fates:
            _settle(one, change, journal, at)
        if fates or followed or goals:
            passed = sum(one.to is not None for one in fates)
            record(
                actor=actor,
                action="campaigns.inherited",
                obj=f"reorganisation:{change.event.uid}",
                at=at,
                data={
                    "passed": passed,
                    "cancelled": len(fates) - passed,
                    "branches": len(followed),
                    "goals": goals,
                },
            )
        return len(fates) + len(followed) + goals

    def undo(self, change: Change, at: dt.datetime) -> list[str]:
        """Nothing but rows that changed since."""
        return []

    def conserve(self, change: Change, at: dt.datetime) -> list[Balance]:
        """What was held stays in the register of activities, whose totals the reports compare."""
        return []


def _fates(change: Change) -> Iterator[_Fate]:
    """Those under way, and those over whose closing report has no number yet: somebody is to write it."""
    numbered = ClosingReport.objects.filter(campaign=OuterRef("pk")).exclude(state=ClosingState.DRAFT)
    begun = set(change.begun)
    for keys in change.batches():
        held = Campaign.objects.filter(unit__in=keys, state__in=(*RUNNING, CampaignState.CLOSED))
        for one in held.filter(~Exists(numbered)).order_by("pk"):
            taker, above = change.takers[one.unit_id], change.above[one.unit_id]
            reach = [] if taker in begun or one.branches.exists() else _under(taker or above, one, change)
            if taker is not None or one.state == CampaignState.CLOSED:
                yield _Fate(one, taker or above, reach)
            else:
                yield _Fate(one, above if reach or one.branches.exists() else None, reach)


def _under(holder: int | None, campaign: Campaign, change: Change) -> list[int]:
    """Of what stands for the old holder's branch, the units that lie below the new one: it has others, too, which
    the campaign never asked."""
    below = Closure.objects.at(change.day).filter(
        ancestor=holder, axis=campaign.axis, depth__gt=0, descendant__in=change.branch_after(campaign.unit_id)
    )
    return sorted(below.values_list("descendant", flat=True))


def _branches(change: Change) -> Iterator[tuple[Campaign, int, int]]:
    """(campaign, branch that ended, what stands for it). The old row stays: what was held there still counts."""
    for keys in change.batches():
        rows = _Part.objects.filter(unit__in=keys, campaign__state__in=RUNNING)
        listed = list(rows.select_related("campaign").order_by("pk"))
        concerned = {row.campaign_id for row in listed}
        named = set(_Part.objects.filter(campaign__in=concerned).values_list("campaign", "unit"))
        for row in listed:
            for to in change.branch_after(row.unit_id):
                if (row.campaign_id, to) not in named:
                    named.add((row.campaign_id, to))
                    yield row.campaign, row.unit_id, to


def _settle(one: _Fate, change: Change, journal: Journal, at: dt.datetime) -> None:
    """The campaign changes hands or is called off, with a step that everybody who takes part reads."""
    row = Campaign.objects.filter(pk=one.campaign.pk)
    if one.to is None:
        journal.change(row, state=str(CampaignState.CANCELLED))
        end_waiting(QuizEdition.objects.select_for_update().filter(quiz__campaign=one.campaign))
        journal.change(
            Quiz.objects.filter(campaign=one.campaign, state=QuizState.OPEN), state=str(QuizState.CLOSED)
        )
        kind, reason = StepKind.CANCELLED, joined("", [change.cause, ": ", _ENDS, "."])
    else:
        journal.change(row, unit_id=one.to)
        journal.make(_Part(campaign_id=one.campaign.pk, unit_id=unit) for unit in one.branches)
        kind, reason = StepKind.PASSED, joined("", [change.cause, ": ", _GOES, " ", change.names[one.to], "."])
    journal.make([CampaignStep(campaign=one.campaign, kind=kind, reason=str(reason)[:500], at=at)])
