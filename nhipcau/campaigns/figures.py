"""The figures of a closed campaign, frozen with the activities that they come from."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from nhipcau.activities.models import ActivityState
from nhipcau.campaigns.counts import REACHED, SESSIONS, key_of
from nhipcau.campaigns.coverage import Covered, Figures, cover, days_of
from nhipcau.campaigns.models import Campaign, ClosingReport, ClosingSource
from nhipcau.campaigns.queries import counting
from nhipcau.campaigns.tally import STEP
from nhipcau.core.errors import Conflict
from nhipcau.org.queries import names_of

MOST_NAMED = 30


@dataclass(frozen=True)
class Frozen:
    """What a closing report is made of: figures as plain JSON, and the rows behind them, not saved yet."""

    figures: dict[str, Any]
    sources: list[ClosingSource]


def freeze(campaign: Campaign, at: dt.datetime) -> Frozen:
    """Figures and sources of one moment, inside the caller's transaction. Conflict if an activity was corrected
    while they were read: then they would not add up."""
    covered = cover(campaign, at)
    whole = covered.at(campaign.unit)
    sources = _sources(campaign, covered)
    for count in covered.counts:
        if sum(source.values.get(count.key, 0) for source in sources) != whole.counts[count.key]:
            raise Conflict("Vừa có hoạt động được sửa trong lúc lập số liệu; hãy làm lại.")
    return Frozen(_figures(campaign, covered, whole, at), sources)


def digest_of(figures: dict[str, Any], sources: Iterable[ClosingSource]) -> str:
    """SHA-256 over the canonical form: a JSON list of the figures and, in order, of what stands behind them."""
    behind = sorted([str(one.activity.uid), one.edits, one.values] for one in sources)
    canonical = json.dumps([figures, behind], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(canonical.encode()).hexdigest()


def changed_since(report: ClosingReport) -> list[ClosingSource]:
    """Sources whose activity was corrected or withdrawn after the figures were frozen."""
    sources = report.sources.select_related("activity__type", "activity__unit")
    return [
        one for one in sources if one.activity.state != ActivityState.RECORDED or one.activity.edits != one.edits
    ]


def behind(report: ClosingReport, key: str) -> list[ClosingSource]:
    """The sources of one figure, newest first: they add up to it."""
    sources = report.sources.select_related("activity__type", "activity__unit").order_by("-activity__held_on", "pk")
    return [one for one in sources if one.values.get(key)]


def _sources(campaign: Campaign, covered: Covered) -> list[ClosingSource]:
    by_type = {one.type_id: one for one in campaign.types.select_related("type")}
    keys = {count.key for count in covered.counts}
    links = counting(campaign).select_related("activity")
    inside = set(covered.tree.ids.tolist())
    found = []
    for link in links.order_by("pk").iterator(500):
        activity = link.activity
        kind = by_type.get(activity.type_id)
        if kind is None or activity.unit_id not in inside:
            continue
        values = {} if kind.sessions else {SESSIONS: 1}
        for code, value in activity.values.items():
            key = key_of(kind, code)
            if key in keys:
                values[key] = values.get(key, 0) + value
        found.append(ClosingSource(activity=activity, edits=activity.edits, values=values))
    return found


def _figures(campaign: Campaign, covered: Covered, whole: Figures, at: dt.datetime) -> dict[str, Any]:
    below, missing = covered.below(campaign.unit), covered.without_session(campaign.unit)
    names = names_of([*(one.unit_id for one in below), *missing], days_of(campaign, at).last)
    below.sort(key=lambda one: names[one.unit_id].sort_key)
    missing.sort(key=lambda pk: names[pk].sort_key)
    return {
        "expected": whole.expected,
        "held": whole.held,
        "members": whole.members,
        "counts": [
            {
                "key": one.key,
                "label": one.label,
                "unit": one.unit,
                "decimals": one.decimals,
                "value": whole.counts[one.key],
                "goal": whole.goals.get(one.key),
            }
            for one in covered.counts
        ],
        "units": [
            {
                "name": names[one.unit_id].name,
                "expected": one.expected,
                "held": one.held,
                "sessions": one.counts[SESSIONS],
                "reached": one.counts.get(REACHED),
            }
            for one in below
        ],
        "missing": [names[pk].name for pk in missing[:MOST_NAMED]],
        "missing_count": len(missing),
        "quizzes": _quizzes(campaign),
    }


def _quizzes(campaign: Campaign) -> list[dict[str, Any]]:
    """Takers in whole tens and the share of right answers, of the newest wording of each; none below ten."""
    found = []
    for quiz in campaign.quizzes.all():
        newest = quiz.editions.first()
        if newest is None or newest.takers < STEP:
            continue
        right = sum(row[one["right"]] for row, one in zip(newest.counts, newest.questions, strict=True))
        share = right * 100 // (newest.takers * len(newest.questions))
        found.append({"title": quiz.title, "takers": newest.takers, "right_percent": share})
    return found


def total(figures: dict[str, Any], key: str) -> int:
    """The frozen value of a count."""
    return int(next(one["value"] for one in figures["counts"] if one["key"] == key))


def keys(figures: dict[str, Any]) -> Sequence[str]:
    """The keys of the frozen counts."""
    return [one["key"] for one in figures["counts"]]
