"""What a campaign asks of its units: of every unit that is to hold a session, or of one unit with its branch."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

import numpy as np
from django.db import transaction

from nhipcau.audit.actions import record
from nhipcau.audit.screen import screen
from nhipcau.boundary import unplanned
from nhipcau.campaigns.actions import expect
from nhipcau.campaigns.counts import REACHED, Count, counts_of
from nhipcau.campaigns.models import Campaign, CampaignGoal, CampaignState
from nhipcau.core.clock import local_date
from nhipcau.core.errors import Fault, InvalidInput
from nhipcau.core.said import Said
from nhipcau.documents.rights import OFFICERS, require_own
from nhipcau.org.branches import Branch
from nhipcau.org.columns import NOWHERE, Ints, Places
from nhipcau.org.models import Closure, Post, Unit

GREATEST = 10**12


@dataclass(frozen=True)
class Asked:
    """One figure to reach; `of_members`: as a share of the members in %, for attendances alone."""

    value: int
    of_members: bool = False


def set_goals(
    *, campaign: Campaign, unit: Unit | None, asked: Mapping[str, Asked | None], actor: Post, at: dt.datetime
) -> None:
    """Set by key of a count what every unit is asked for (`unit` None), or one unit with all below it; None takes a
    goal back. None is set for political study, disputes, accidents and the like (`boundary.unplanned`)."""
    require_own(campaign.unit, *OFFICERS, actor=actor, at=at)
    if any(asked.values()):
        screen({"goals": f"Chỉ tiêu tham gia {campaign.name}"}, "campaign", actor=actor, at=at)
    _check(campaign, unit, asked, at)
    with transaction.atomic():
        locked = Campaign.objects.select_for_update().get(pk=campaign.pk)
        expect(locked, CampaignState.DRAFT, CampaignState.OPEN)
        for key, goal in asked.items():
            standing = CampaignGoal.objects.filter(campaign=campaign, unit=unit, count=key)
            if goal is None:
                standing.delete()
            elif not standing.update(value=goal.value, of_members=goal.of_members):
                CampaignGoal.objects.create(
                    campaign=campaign, unit=unit, count=key, value=goal.value, of_members=goal.of_members
                )
        record(
            actor=actor,
            action="campaigns.goals_set",
            obj=f"campaign:{campaign.uid}",
            at=at,
            data={"unit": str(unit.uid) if unit else None, "counts": sorted(asked)},
        )


def _check(campaign: Campaign, unit: Unit | None, asked: Mapping[str, Asked | None], at: dt.datetime) -> None:
    known = {one.key: one for one in counts_of(campaign)}
    faults = [Fault(key, "chiến dịch không đếm số này") for key in asked if key not in known]
    for key, goal in asked.items():
        if goal is None or key not in known:
            continue
        if not 0 <= goal.value <= (1000 if goal.of_members else GREATEST):
            faults.append(Fault(key, "số này quá lớn hoặc âm; hãy xem lại"))
        if goal.of_members and key != REACHED:
            faults.append(Fault(key, "chỉ lượt người dự mới đặt theo phần trăm số đoàn viên"))
        if why := _unplanned(campaign, known[key]):
            faults.append(Fault(key, why))
    if unit is not None:
        reach = Closure.objects.at(local_date(at)).filter(ancestor=campaign.unit_id, descendant=unit)
        if not reach.exists():
            faults.append(Fault("unit", "đơn vị này không thuộc phạm vi của chiến dịch"))
    if faults:
        raise InvalidInput("Chưa lưu được mục tiêu.", faults)


def _unplanned(campaign: Campaign, count: Count) -> Said | None:
    """Why no number is set for the count: for what it is about, or what the campaign is."""
    kinds = [one.type for one in campaign.types.select_related("type")]
    of_one = [kind for kind in kinds if count.key.startswith(f"{kind.code}.")]
    labels = [(f"{kind.label}. {count.label}", f"{kind.label_en}. {count.label_en}") for kind in of_one or kinds]
    texts = [*chain(*labels), f"{campaign.name}. {campaign.purpose}"]
    return next(filter(None, map(unplanned, texts)), None)


def goals_at_every_node(
    tree: Branch, places: Places, goals: Iterable[CampaignGoal], expected: Ints, members: Ints
) -> dict[str, Ints]:
    """By key of a count, the goal at every position of the tree; `NOWHERE` where there is none at all.

    `expected` is 1 at units that are to hold a session, `members` theirs. A unit's own goal stands for everything
    below it; those set deeper down are parts of it.
    """
    by_count: dict[str, list[CampaignGoal]] = {}
    for goal in goals:
        by_count.setdefault(goal.count, []).append(goal)
    return {key: _one_count(tree, places, listed, expected, members) for key, listed in by_count.items()}


def _one_count(tree: Branch, places: Places, goals: list[CampaignGoal], expected: Ints, members: Ints) -> Ints:
    size = len(tree.ids)
    whole, asked = np.zeros(size, np.int64), np.zeros(size, np.int64)
    for goal in goals:
        if goal.unit_id is None:
            whole, asked = added_up(tree, _figure(goal, expected, members)), added_up(tree, expected)
    above = tree.above
    own = [(places.one(goal.unit_id), goal) for goal in goals if goal.unit_id is not None]
    branch_members = added_up(tree, members)
    for place, goal in sorted((pair for pair in own if pair[0] != NOWHERE), key=lambda pair: -tree.depth[pair[0]]):
        more = int(_figure(goal, np.ones(1, np.int64), branch_members[place : place + 1])[0]) - int(whole[place])
        here = place
        while here != NOWHERE:
            whole[here] += more
            asked[here] = max(asked[here], 1)
            here = int(above[here])
    return np.where(asked > 0, whole, NOWHERE)


def _figure(goal: CampaignGoal, units: Ints, members: Ints) -> Ints:
    """The goal as a figure: a share of the members is rounded up to whole ones."""
    if goal.of_members:
        return np.where(units > 0, -(-members * goal.value // 100), 0)
    return units * goal.value


def added_up(tree: Branch, own: Ints) -> Ints:
    """Own figures added up over every branch: positions lie in depth-first order, so that a branch is a slice."""
    running = np.concatenate([np.zeros(1, np.int64), np.cumsum(own)])
    total: Ints = running[tree.end] - running[:-1]
    return total
