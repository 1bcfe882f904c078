"""Goals of units that end: their heirs are asked for them, by their shares, so that the campaign's whole stays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nhipcau.campaigns.models import CampaignGoal, CampaignState
from nhipcau.core.said import Said
from nhipcau.core.shares import split
from nhipcau.org.journal import Journal
from nhipcau.org.parts import Change, Effect

_ADDED = Said("mục tiêu giao cho", "the goal goes to")
_SAME = Said(
    "mục tiêu theo phần trăm, giữ mức của đơn vị kế thừa", "a share in percent, the heir's own level stays"
)
_ENDS = Said("mục tiêu kết thúc cùng đơn vị", "the goal ends with the unit")


@dataclass(frozen=True)
class _Fate:
    """A goal of a unit that ends, and what one heir is asked for because of it."""

    goal: CampaignGoal
    to: int | None
    value: int
    how: Said


def given_goals(change: Change) -> list[Effect]:
    """Every goal with who is asked for it from then on."""
    return [
        Effect(
            change.names[one.goal.unit_id or 0],
            one.goal.campaign.name,
            change.names[one.to] if one.to else "",
            one.how,
        )
        for one in _fates(change)
    ]


def pass_goals(change: Change, journal: Journal) -> int:
    """Ask the heirs; the ended unit's own goal becomes 0, for it still stands among what is added up."""
    fates = list(_fates(change))
    for one in fates:
        if one.to is None or one.how is _SAME:
            continue
        standing = CampaignGoal.objects.filter(campaign=one.goal.campaign, unit=one.to, count=one.goal.count)
        before = standing.values_list("value", flat=True).first()
        if before is not None:
            journal.change(standing, value=before + one.value)
        else:
            goal = one.goal
            journal.make([
                CampaignGoal(
                    campaign=goal.campaign,
                    unit_id=one.to,
                    count=goal.count,
                    value=one.value,
                    of_members=goal.of_members,
                )
            ])  # fmt: skip
    for pk in dict.fromkeys(one.goal.pk for one in fates):
        journal.change(CampaignGoal.objects.filter(pk=pk), value=0)
    return len(fates)


def _fates(change: Change) -> Iterator[_Fate]:
    running = (CampaignState.DRAFT, CampaignState.OPEN)
    for keys in change.batches():
        goals = CampaignGoal.objects.filter(unit__in=keys, campaign__state__in=running, value__gt=0)
        for goal in goals.select_related("campaign").order_by("pk"):
            heirs = change.heirs[goal.unit_id or 0]
            yield from _among(goal, heirs) if heirs else [_Fate(goal, None, 0, _ENDS)]


def _among(goal: CampaignGoal, heirs: Sequence[tuple[int, int]]) -> Iterator[_Fate]:
    """A percentage is not divided, nor added to another: an heir that has one keeps it."""
    units, parts = [heir for heir, _ in heirs], [part for _, part in heirs]
    own = CampaignGoal.objects.filter(campaign=goal.campaign, unit__in=units, count=goal.count)
    level = dict(own.values_list("unit", "of_members"))
    values = [goal.value] * len(units) if goal.of_members else split(goal.value, parts)
    for heir, value in zip(units, values, strict=True):
        if heir in level and (goal.of_members or level[heir]):
            yield _Fate(goal, heir, value, _SAME)
        elif value:
            yield _Fate(goal, heir, value, _ADDED)
