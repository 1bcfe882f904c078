"""Who held a session and what it came to, at every unit of a campaign's branch: straight from the register.

One set query reads what was recorded, one who took part in another's session; the tree adds them up. Activities
count where their lead unit last lay within the campaign. A unit is expected if its kind takes part and it stands at
the end of the days looked at.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from django.db.models import BigIntegerField, Count, Sum
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce

from nhipcau.activities.models import ActivityPartner, PartnerAnswer
from nhipcau.campaigns.counts import SESSIONS, counts_by, key_of
from nhipcau.campaigns.counts import Count as Counted
from nhipcau.campaigns.goals import added_up, goals_at_every_node
from nhipcau.campaigns.models import Campaign, CampaignType
from nhipcau.campaigns.queries import counting
from nhipcau.core.clock import local_date
from nhipcau.core.errors import NotFound
from nhipcau.org.branches import Branch, Span, branch_during
from nhipcau.org.columns import NOWHERE, Ints, Places, integers
from nhipcau.org.models import Unit, UnitKind
from nhipcau.org.queries import ended_during
from nhipcau.org.unit_facts import unit_facts


@dataclass(frozen=True)
class Figures:
    """One unit with everything below it. `held` of `expected` units led a session or took part in one; `members`
    are those of the expected units; `goals` holds only what was asked for."""

    unit_id: int
    expected: int
    held: int
    members: int
    counts: Mapping[str, int]
    goals: Mapping[str, int]

    @property
    def missing(self) -> int:
        return self.expected - self.held


@dataclass(frozen=True)
class Covered:
    """The figures of every unit of the branch, as arrays over the tree."""

    counts: tuple[Counted, ...]
    tree: Branch
    places: Places
    expected: Ints
    held: Ints
    members: Ints
    sums: Mapping[str, Ints]
    alone: Mapping[str, Ints]
    goals: Mapping[str, Ints]

    def at(self, unit: Unit) -> Figures:
        """The unit with its branch. NotFound for one that is not in the campaign's branch."""
        place = self.places.one(unit.pk)
        if place == NOWHERE:
            raise NotFound("Đơn vị này không thuộc phạm vi của chiến dịch.")
        return self._figures(place, self.sums)

    def own(self, unit: Unit) -> Figures:
        """What the unit itself did, without those below it."""
        place = self.places.one(unit.pk)
        here = self._figures(place, self.alone)
        below = [self._figures(child, self.sums) for child in self._children(place)]
        return Figures(
            unit.pk,
            here.expected - sum(one.expected for one in below),
            here.held - sum(one.held for one in below),
            here.members - sum(one.members for one in below),
            here.counts,
            {},
        )

    def below(self, unit: Unit) -> list[Figures]:
        """The units directly below that have anything to do with the campaign, in the order of the tree."""
        found = (self._figures(place, self.sums) for place in self._children(self.places.one(unit.pk)))
        return [one for one in found if one.expected or any(one.counts.values())]

    def without_session(self, unit: Unit) -> list[int]:
        """Ids of the expected units of that unit's branch that have neither led a session nor taken part in one."""
        first = self.places.one(unit.pk)
        last = int(self.tree.end[first])
        leaf_expected, leaf_held = self._single(self.expected), self._single(self.held)
        chosen = np.flatnonzero((leaf_expected[first:last] > 0) & (leaf_held[first:last] == 0)) + first
        return [int(pk) for pk in self.tree.ids[chosen]]

    def path(self, unit: Unit, top: Unit) -> list[int]:
        """Ids from `top` down to the unit; from the top of the tree if the unit lies elsewhere."""
        found: list[int] = []
        place = self.places.one(unit.pk)
        while place != NOWHERE:
            found.insert(0, int(self.tree.ids[place]))
            place = NOWHERE if found[0] == top.pk else int(self.tree.above[place])
        return found

    def every(self, unit: Unit) -> list[tuple[int, Figures]]:
        """(depth, figures) of the unit and of everything below it that has to do with the campaign."""
        first = self.places.one(unit.pk)
        top = int(self.tree.depth[first])
        rows = ((int(self.tree.depth[i]) - top, self._figures(i, self.sums)) for i in self._slice(first))
        return [(depth, one) for depth, one in rows if one.expected or any(one.counts.values())]

    def _single(self, summed: Ints) -> Ints:
        """What every position adds of its own to a sum over branches."""
        own = summed.copy()
        children = np.flatnonzero(self.tree.above != NOWHERE)
        np.subtract.at(own, self.tree.above[children], summed[children])
        return own

    def _slice(self, first: int) -> range:
        return range(first, int(self.tree.end[first]))

    def _children(self, place: int) -> list[int]:
        inside = np.arange(place + 1, int(self.tree.end[place]))
        return [int(i) for i in inside[self.tree.above[inside] == place]]

    def _figures(self, place: int, sums: Mapping[str, Ints]) -> Figures:
        return Figures(
            int(self.tree.ids[place]),
            int(self.expected[place]),
            int(self.held[place]),
            int(self.members[place]),
            {key: int(column[place]) for key, column in sums.items()},
            {key: int(column[place]) for key, column in self.goals.items() if column[place] != NOWHERE},
        )


def cover(campaign: Campaign, at: dt.datetime) -> Covered:
    """The figures of the whole branch as they stand now."""
    span = days_of(campaign, at)
    tree = branch_during(campaign.unit, span, campaign.axis)
    places = Places(tree.ids)
    expected = _expected(campaign, tree, places, span)
    facts = unit_facts()
    members = facts.members[facts.rows(tree.ids)] * expected
    types = list(campaign.types.select_related("type"))
    counts = counts_by(types)
    alone = _recorded(campaign, types, counts, places, len(tree.ids))
    held = (alone[SESSIONS] > 0).astype(np.int64)
    held[places.among(_partners(campaign))] = 1
    goals = goals_at_every_node(tree, places, campaign.goals.all(), expected, members)
    return Covered(
        counts=tuple(counts),
        tree=tree,
        places=places,
        expected=added_up(tree, expected),
        held=added_up(tree, held * expected),
        members=added_up(tree, members),
        sums={key: added_up(tree, column) for key, column in alone.items()},
        alone=alone,
        goals=goals,
    )


def days_of(campaign: Campaign, at: dt.datetime) -> Span:
    """From the first day to today, or to the last day once it is over."""
    return Span(campaign.first_day, max(campaign.first_day, min(local_date(at), campaign.last_day)))


def _expected(campaign: Campaign, tree: Branch, places: Places, span: Span) -> Ints:
    """1 at every unit that is to hold a session."""
    facts = unit_facts()
    kinds = list(UnitKind.objects.filter(code__in=campaign.kinds).values_list("pk", flat=True))
    mask: Ints = np.isin(facts.kind[facts.rows(tree.ids)], kinds).astype(np.int64)
    ended = np.fromiter(ended_during(span, campaign.axis), np.int64)
    mask[places.among(ended)] = 0
    branches = list(campaign.branches.values_list("pk", flat=True))
    if branches:
        inside = np.zeros(len(tree.ids), np.int64)
        for place in places.among(np.array(branches, np.int64)):
            inside[place : tree.end[place]] = 1
        mask *= inside
    return mask


def _recorded(
    campaign: Campaign, types: list[CampaignType], counts: list[Counted], places: Places, size: int
) -> dict[str, Ints]:
    """By key of a count, what every unit recorded itself."""
    columns = {count.key: np.zeros(size, np.int64) for count in counts}
    by_type = {one.type_id: one for one in types}
    codes = sorted({measure["code"] for one in types for measure in one.type.measures})
    sums = {
        f"sum_{number}": Coalesce(Sum(Cast(KeyTextTransform(code, "activity__values"), BigIntegerField())), 0)
        for number, code in enumerate(codes)
    }
    grouped = (
        counting(campaign).values_list("activity__unit", "activity__type").annotate(records=Count("pk"), **sums)
    )
    rows = integers(grouped.order_by())
    rows = rows[places(rows[:, 0]) != NOWHERE]
    for pk, kind in by_type.items():
        units, _, records, *figures = rows[rows[:, 1] == pk].T
        here = places(units)
        if not kind.sessions:
            np.add.at(columns[SESSIONS], here, records)
        for code, figure in zip(codes, figures, strict=True):
            key = key_of(kind, code)
            if key in columns:
                np.add.at(columns[key], here, figure)
    return columns


def _partners(campaign: Campaign) -> Ints:
    """Units that took part in a session which another one leads and records."""
    rows = ActivityPartner.objects.filter(
        activity__campaign_session__in=counting(campaign), unit__isnull=False
    ).exclude(answer=PartnerAnswer.DECLINED)
    return np.fromiter(rows.values_list("unit", flat=True).distinct(), np.int64)
