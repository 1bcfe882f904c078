"""Reading reports within a scope."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from nhipcau.core.errors import NotFound
from nhipcau.core.periods import Period
from nhipcau.org.models import Unit, UnitName
from nhipcau.org.queries import children_of, names_of
from nhipcau.org.scope import Scope
from nhipcau.reports.definition import load
from nhipcau.reports.models import IssuedReport, ReportTemplate, Submission, SubmissionState, TemplateVersion

SEEN_ABOVE = (
    SubmissionState.SUBMITTED,
    SubmissionState.RETURNED,
    SubmissionState.ACCEPTED,
    SubmissionState.SUPERSEDED,
)


def visible_submissions(scope: Scope) -> QuerySet[Submission]:
    """The unit's own reports in any state, and those of units below once they were submitted."""
    below = scope.own_or_below("unit") & Q(state__in=SEEN_ABOVE)
    reports = Submission.objects.filter(Q(unit=scope.unit) | below)
    return reports.select_related("unit__kind", "version__template").order_by("-created_at")


def get_submission_for(scope: Scope, uid: uuid.UUID | str) -> Submission:
    """One visible report, or NotFound."""
    try:
        return visible_submissions(scope).get(uid=uid)
    except (Submission.DoesNotExist, ValidationError, ValueError) as error:
        raise NotFound("Không có báo cáo này trong phạm vi của bạn.") from error


def waiting_for(scope: Scope) -> QuerySet[Submission]:
    """Reports of the units directly below that wait to be accepted or returned, oldest first."""
    children = children_of(scope.unit, scope.day).values("pk")
    waiting = Submission.objects.filter(unit__in=children, state=SubmissionState.SUBMITTED)
    return waiting.select_related("unit__kind", "version__template").order_by("submitted_at")


def own_open(scope: Scope) -> QuerySet[Submission]:
    """The unit's own reports in hand: drafts, waiting for approval, returned."""
    states = (SubmissionState.DRAFT, SubmissionState.READY, SubmissionState.RETURNED)
    reports = Submission.objects.filter(unit=scope.unit, state__in=states)
    return reports.select_related("version__template", "unit__kind").order_by("created_at")


def templates_for(unit: Unit) -> list[TemplateVersion]:
    """The newest version of every template that this kind of unit reports on."""
    chosen = []
    for template in ReportTemplate.objects.order_by("name"):
        version = template.versions.select_related("template").order_by("-number").first()
        if version is not None and unit.kind.code in load(version.definition).reporters:
            chosen.append(version)
    return chosen


@dataclass(frozen=True)
class NarrativeBelow:
    """A child's paragraph, as accepted."""

    unit: Unit
    name: UnitName
    text: str


def narratives_below(scope: Scope, version: TemplateVersion, period: Period, block: str) -> list[NarrativeBelow]:
    """What the units directly below wrote under one heading, in the order of the tree."""
    children = list(children_of(scope.unit, period.last_day(load(version.definition).calendar)))
    names = names_of([child.pk for child in children], scope.day)
    reports = Submission.objects.filter(
        unit__in=children,
        version__template=version.template_id,
        period=period.key,
        state=SubmissionState.ACCEPTED,
    )
    texts = {report.unit_id: report.narrative.get(block, "") for report in reports}
    return [NarrativeBelow(c, names[c.pk], texts[c.pk]) for c in children if texts.get(c.pk)]


def get_issued_for(scope: Scope, uid: uuid.UUID | str) -> IssuedReport:
    """One issued report of a visible unit, or NotFound."""
    try:
        issued = IssuedReport.objects.filter(scope.own_or_below("unit"))
        return issued.select_related("document__entry", "unit", "version__template").get(uid=uid)
    except (IssuedReport.DoesNotExist, ValidationError, ValueError) as error:
        raise NotFound("Không có báo cáo đã phát hành này trong phạm vi của bạn.") from error
