"""A campaign as the pages show it: names, figures in words, what this post may do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from nhipcau.campaigns import queries
from nhipcau.campaigns.actions import DECIDING
from nhipcau.campaigns.counts import REACHED, Count, counts_of, reach_in_words
from nhipcau.campaigns.coverage import Covered, Figures, cover, days_of
from nhipcau.campaigns.models import Campaign, CampaignState, ClosingReport, ClosingState
from nhipcau.core.errors import NotFound
from nhipcau.core.numbers import format_value
from nhipcau.org.columns import NOWHERE
from nhipcau.org.models import Unit, UnitKind
from nhipcau.org.queries import name_of, names_of
from nhipcau.org.scope import Scope
from nhipcau.web.activities.shown import shown as shown_activities
from nhipcau.web.words import labelled

FEW = 10
TONES = {
    CampaignState.DRAFT: "neutral",
    CampaignState.OPEN: "info",
    CampaignState.CLOSED: "good",
    CampaignState.CANCELLED: "warn",
}


@dataclass(frozen=True)
class Row:
    """One line of the list."""

    campaign: Campaign
    holder: str
    own: bool

    @property
    def tone(self) -> str:
        return TONES[CampaignState(self.campaign.state)]


@dataclass(frozen=True)
class Result:
    """One count, ready to print; `goal` "" where none was set."""

    label: str
    value: str
    unit: str
    goal: str


def results(found: Figures, counts: tuple[Count, ...]) -> list[Result]:
    """Every count of a unit with its branch; attendances are told apart in words (see `reach_in_words`)."""
    return [
        Result(
            labelled(one),
            format_value(found.counts[one.key], one.decimals),
            one.unit,
            format_value(found.goals[one.key], one.decimals) if one.key in found.goals else "",
        )
        for one in counts
    ]


def looks(campaign: Campaign, covered: Covered, scope: Scope) -> bool:
    """Whether the campaign has figures for this post: of its own branch, or of a holder below it."""
    return covered.places.one(scope.unit.pk) != NOWHERE or scope.sees(campaign.unit)


def top_of(campaign: Campaign, covered: Covered, scope: Scope) -> Unit:
    """Where a post looks from: its own unit, or the holder below it. NotFound for a unit that came to the holder's
    branch only after the campaign: what the branch did before is none of its figures."""
    if not looks(campaign, covered, scope):
        raise NotFound("Đơn vị này không thuộc phạm vi của chiến dịch.")
    return scope.unit if covered.places.one(scope.unit.pk) != NOWHERE else campaign.unit


def results_in_brief(campaign: Campaign, covered: Covered, unit: Unit, scope: Scope) -> dict[str, Any]:
    """What a unit with its branch came to, in a few lines."""
    found = covered.at(unit)
    return {
        "figures": found,
        "results": results(found, covered.counts),
        "reach": reach_in_words(found.counts[REACHED], found.members) if REACHED in found.counts else "",
        "branch": unit.pk != scope.unit.pk or found.expected > 1 or bool(covered.below(unit)),
        "result_unit": name_of(unit, days_of(campaign, scope.at).last).name,
    }


def campaign_page(campaign: Campaign, scope: Scope) -> dict[str, Any]:
    """Everything on the page of one campaign."""
    own = campaign.unit_id == scope.unit.pk
    joins = queries.joined_campaigns(scope).filter(pk=campaign.pk).exists()
    held = queries.sessions_of(campaign, scope).filter(unit=scope.unit)
    context: dict[str, Any] = {
        "campaign": campaign,
        "tone": TONES[CampaignState(campaign.state)],
        "holder": name_of(campaign.unit, scope.day).name,
        "own": own,
        "decides": own and scope.post.has_role(*DECIDING),
        "joins": joins,
        "expected": queries.is_expected(campaign, scope),
        "overdue": campaign.state == CampaignState.OPEN and campaign.last_day < scope.day,
        "ways": _ways(campaign) if joins else [],
        "sessions": shown_activities(held[:FEW], scope),
        "countable": shown_activities(queries.countable(campaign, scope)[:FEW], scope) if joins else [],
        "steps": _steps(campaign),
        "materials": [(one, one.versions.all()[0]) for one in queries.shown_materials(campaign)],
        "reported": ClosingReport.objects.filter(campaign=campaign, state=ClosingState.ISSUED).exists(),
        "quizzes": list(campaign.quizzes.all()) if own else queries.open_quizzes(campaign),
        "printable": bool(campaign.token) and campaign.state == CampaignState.OPEN,
        "editable": own and campaign.state in (CampaignState.DRAFT, CampaignState.OPEN),
        "branches": _names(campaign, scope),
        "kinds": _kinds(campaign),
        "asked": _asked(campaign) if campaign.state == CampaignState.DRAFT else [],
    }
    covered = cover(campaign, scope.at) if campaign.state != CampaignState.DRAFT else None
    if covered and looks(campaign, covered, scope):
        context |= results_in_brief(campaign, covered, top_of(campaign, covered, scope), scope)
    return context


def _ways(campaign: Campaign) -> list[tuple[str, str]]:
    """(address, label) of the forms by which a session is recorded, one for each kind."""
    base = reverse("activities:record")
    return [
        (f"{base}?{urlencode({'loai': one.type.code, 'chien-dich': str(campaign.uid)})}", labelled(one.type))
        for one in campaign.types.select_related("type")
    ]


def _steps(campaign: Campaign) -> list[dict[str, object]]:
    return [
        {
            "title": step.get_kind_display(),
            "moment": step.at,
            "note": step.reason,
            "until": step.last_day,
            "state": "done",
        }
        for step in campaign.steps.all()
    ]


def _asked(campaign: Campaign) -> list[str]:
    """What every unit is asked for, each in words."""
    goals = {goal.count: goal for goal in campaign.goals.filter(unit=None)}
    found = []
    for one in counts_of(campaign):
        if one.key not in goals:
            continue
        goal = goals[one.key]
        value = format_value(goal.value, 0 if goal.of_members else one.decimals)
        unit = _("% số đoàn viên") if goal.of_members else one.unit
        found.append(f"{labelled(one)}: {value} {unit}")
    return found


def _names(campaign: Campaign, scope: Scope) -> list[str]:
    names = names_of(campaign.branches.values_list("pk", flat=True), scope.day)
    return [name.name for name in sorted(names.values(), key=lambda name: name.sort_key)]


def _kinds(campaign: Campaign) -> list[str]:
    return [labelled(one) for one in UnitKind.objects.filter(code__in=campaign.kinds)]
