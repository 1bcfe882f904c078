"""Reading reports within a scope."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from django.db import connection
from django.db.models import F, Q, QuerySet

from nhipcau.core.errors import NotFound
from nhipcau.core.once import once
from nhipcau.core.periods import Period, parse_period
from nhipcau.core.said import Said
from nhipcau.documents.rights import reads_contents
from nhipcau.org.grounds import Ground, any_of
from nhipcau.org.models import Closure, Unit, UnitName
from nhipcau.org.queries import below_or_left, children_of, left_below, names_of, unions_below
from nhipcau.org.scope import Scope, fetch
from nhipcau.reports.design.definition import Definition, load
from nhipcau.reports.design.figures import Cells, cells_of, with_formulas
from nhipcau.reports.design.templates import definition_of, every_form, version_for
from nhipcau.reports.models import (
    EntrySource,
    IssuedReport,
    ReportTemplate,
    ReturnReason,
    Seal,
    StaleFlag,
    Submission,
    SubmissionSource,
    SubmissionState,
    TemplateVersion,
)
from nhipcau.reports.sealing.seals import contributors_of
from nhipcau.reports.totals.owing import may_owe
from nhipcau.reports.totals.suppression import veil_all

IN_HAND = (SubmissionState.DRAFT, SubmissionState.READY, SubmissionState.RETURNED)
SEEN_ABOVE = (
    SubmissionState.SUBMITTED,
    SubmissionState.RETURNED,
    SubmissionState.ACCEPTED,
    SubmissionState.SUPERSEDED,
)


def visible_submissions(scope: Scope) -> QuerySet[Submission]:
    """The unit's own reports in any state, and those of units below once they were submitted."""
    reports = Submission.objects.filter(any_of(submission_grounds(scope)))
    return reports.select_related("unit__kind", "version__template").order_by("-created_at")


def submission_grounds(scope: Scope) -> list[Ground]:
    """On what grounds the scope finds reports."""
    if not reads_contents(scope):
        return []
    below = scope.own_or_below("unit") & Q(state__in=SEEN_ABOVE)
    sent = Said("báo cáo đã gửi của đơn vị trong nhánh", "a report that a unit of the branch has sent")
    return [
        Ground(Said("báo cáo của chính đơn vị", "a report of the unit itself"), Q(unit=scope.unit)),
        Ground(sent, below),
    ]


def get_submission_for(scope: Scope, uid: uuid.UUID | str) -> Submission:
    """One visible report, or NotFound."""
    return fetch(visible_submissions(scope), uid, "Không có báo cáo này trong phạm vi của bạn.")


_PERIODS = (
    "WITH RECURSIVE found(version, period) AS ("
    "SELECT v.id, (SELECT min(s.period) FROM reports_submission s WHERE s.version_id = v.id) "
    "FROM reports_templateversion v WHERE v.template_id = %s UNION ALL "
    "SELECT version, (SELECT min(s.period) FROM reports_submission s WHERE s.version_id = found.version "
    "AND s.period > found.period) FROM found WHERE found.period IS NOT NULL) "
    "SELECT DISTINCT period FROM found WHERE period IS NOT NULL"
)


def reported_periods(version: TemplateVersion) -> set[str]:
    """Keys of the periods that anybody has reported on. From one to the next along the index: a million reports are
    of a few periods."""
    with connection.cursor() as cursor:
        cursor.execute(_PERIODS, [version.template_id])
        return {period for (period,) in cursor.fetchall()}


def revisions_of(scope: Scope, report: Submission) -> QuerySet[Submission]:
    """Every visible revision of a report fetched through the scope, the newest first."""
    same = visible_submissions(scope).filter(
        unit=report.unit_id, version__template=report.version.template_id, period=report.period
    )
    return same.select_related("ready_by", "submitted_by", "decided_by").order_by("-revision")


def waiting_for(scope: Scope) -> QuerySet[Submission]:
    """Reports of the units directly below that wait to be accepted or returned, oldest first; those of units that
    have ended wait with whoever is left above them."""
    if not reads_contents(scope):
        return Submission.objects.none()
    below = below_or_left(scope.unit, scope.day)
    children = Q(pk__in=[])
    for axis, units in below.items():
        children |= Q(version__template__axis=axis, unit__in=units)
    anywhere = set(chain.from_iterable(below.values()))  # named apart, so that they are found by their index
    waiting = Submission.objects.filter(children, unit__in=anywhere, state=SubmissionState.SUBMITTED)
    return waiting.select_related("unit__kind", "version__template", "seal__version").order_by("submitted_at")


def waiting_anywhere(scope: Scope) -> Sequence[QuerySet[Submission]]:
    """Where none of these is there, nothing is `waiting_for`."""
    sent = Submission.objects.filter(state=SubmissionState.SUBMITTED)
    left = [pk for units in left_below(scope.unit, scope.day).values() for pk in units]
    below = sent.filter(unit__in=unions_below(scope.unit, scope.day).values("child"))
    return [below, sent.filter(unit__in=left)] if left else [below]


def own_open(unit: Unit) -> QuerySet[Submission]:
    """The unit's own reports in hand: drafts, waiting for approval, returned."""
    reports = Submission.objects.filter(unit=unit, state__in=IN_HAND)
    return reports.select_related("version__template", "unit__kind").order_by("created_at")


def entered_unconfirmed(unit: Unit) -> QuerySet[Submission]:
    """What the level above entered for the unit and the unit has not confirmed yet, oldest first."""
    entered = Submission.objects.filter(unit=unit, state=SubmissionState.ACCEPTED, entered_by_unit__isnull=False)
    entered = entered.filter(confirmed_at__isnull=True).exclude(entry_source=EntrySource.HISTORY)
    return entered.select_related("version__template", "entered_by_unit").order_by("decided_at")


def is_unconfirmed(report: Submission) -> bool:
    """Whether the report, read already, is one of these."""
    entered = report.entered_by_unit_id is not None and not report.is_history
    return entered and report.state == SubmissionState.ACCEPTED and report.confirmed_at is None


def visible_templates(scope: Scope) -> QuerySet[ReportTemplate]:
    """The installation's own, and those that the post's unit, one above or one below it has made."""
    line = Closure.objects.at(scope.day)
    above = line.filter(descendant=scope.unit).values("ancestor")
    below = line.filter(ancestor=scope.unit).values("descendant")
    return ReportTemplate.objects.filter(Q(owner=None) | Q(owner__in=above) | Q(owner__in=below)).order_by("name")


def seen_forms(scope: Scope) -> list[list[TemplateVersion]]:
    """The versions of each of them, the newest first; nothing is asked of the tree where no unit has made one."""
    known = every_form()
    if all(newest.template.owner_id is None for newest, *_ in known):
        return known
    seen = set(visible_templates(scope).values_list("pk", flat=True))
    return [versions for versions in known if versions[0].template_id in seen]


@dataclass(frozen=True)
class Asked:
    """The totals that somebody asks for: of which version, period and unit."""

    version: TemplateVersion
    definition: Definition
    period: Period
    unit: Unit


def require_readable(scope: Scope, code: str) -> None:
    """NotFound for a template out of sight, or for a post that reads no contents."""
    if not reads_contents(scope):
        raise NotFound("Chức danh này không xem số liệu báo cáo.")
    if not visible_templates(scope).filter(code=code).exists():
        raise NotFound("Không có biểu mẫu này.")


def asked_for(scope: Scope, code: str, period: str, unit: uuid.UUID | str) -> Asked:
    """What the words name; NotFound for a unit or a template out of sight, or for a post that reads no contents."""
    require_readable(scope, code)
    key = parse_period(period)
    version = version_for(code, key)
    return Asked(version, load(version.definition), key, scope.get_unit(unit))


def forms_for(unit: Unit) -> list[list[TemplateVersion]]:
    """The versions, the newest first, of every template that this unit may owe, wherever it lies (see `Owing`)."""
    return [versions for versions in every_form() if may_owe(definition_of(versions[0]), unit)]


@dataclass(frozen=True)
class NarrativeBelow:
    """A child's paragraph, as accepted; its fields name figures of the report."""

    unit: Unit
    name: UnitName
    text: str
    report: Submission
    has_below: bool


def narratives_below(scope: Scope, version: TemplateVersion, period: Period, block: str) -> list[NarrativeBelow]:
    """What the units directly below wrote under one heading, in the order of the tree."""
    day = period.last_day(load(version.definition).calendar)
    children = list(children_of(scope.unit, day, version.template.axis))
    names = names_of([child.pk for child in children], scope.day)
    reports = Submission.objects.filter(
        unit__in=children,
        version__template=version.template_id,
        period=period.key,
        state=SubmissionState.ACCEPTED,
    ).select_related("version__template", "unit", "seal")
    written = {report.unit_id: report for report in reports if report.narrative.get(block, "")}
    line = Closure.objects.at(day).filter(ancestor__in=written).exclude(descendant=F("ancestor"))
    heads = set(line.values_list("ancestor", flat=True).distinct())
    return [
        NarrativeBelow(
            child, names[child.pk], written[child.pk].narrative[block], written[child.pk], child.pk in heads
        )
        for child in children
        if child.pk in written
    ]


def issued_grounds(scope: Scope) -> list[Ground]:
    """On what grounds the scope finds issued reports."""
    said = Said("do đơn vị ấy hoặc đơn vị dưới nó phát hành", "issued by that unit or by one below it")
    return [Ground(said, scope.own_or_below("unit"))] if reads_contents(scope) else []


def get_issued_for(scope: Scope, uid: uuid.UUID | str) -> IssuedReport:
    """One issued report of a visible unit, or NotFound."""
    issued = IssuedReport.objects.filter(any_of(issued_grounds(scope)))
    issued = issued.select_related("document__entry", "unit", "version__template", "seal__version", "restates")
    return fetch(issued, uid, "Không có báo cáo đã phát hành này trong phạm vi của bạn.")


@dataclass(frozen=True)
class StaleReport:
    """A report of the unit that changed below after it was sealed. `seal` is what is answered: that of the issued
    document where there is one, else the last one sent. One flag per cause."""

    seal: Seal
    issued: IssuedReport | None
    flags: list[StaleFlag]


def unanswered_flags(unit: Unit) -> QuerySet[StaleFlag]:
    """Changes below the unit's sealed reports to which nobody has answered."""
    return StaleFlag.objects.filter(seal__unit=unit, answer="")


def stale_reports(unit: Unit) -> list[StaleReport]:
    """What the unit still has to answer, oldest change first."""
    waiting = unanswered_flags(unit)
    waiting = waiting.select_related("seal__version__template", "cause__submission", "cause__unit", "replaced")
    grouped: dict[tuple[int, str], dict[int, StaleFlag]] = {}
    for flag in waiting.order_by("raised_at", "-seal__place"):
        grouped.setdefault((flag.seal.version_id, flag.seal.period), {}).setdefault(flag.cause_id, flag)
    issued = {one.seal_id: one for one in IssuedReport.objects.filter(unit=unit, restatement=None)}
    found = []
    for flags in grouped.values():
        rows = list(flags.values())
        document = next((issued[flag.seal_id] for flag in rows if flag.seal_id in issued), None)
        found.append(StaleReport(document.seal if document else rows[0].seal, document, rows))
    return found


def contributing_reports(seal: Seal) -> list[Submission]:
    """The reports a sealed total was added up from, the unit's own first, then by level."""
    behind = [
        seal.submission_id,
        *Seal.objects.filter(pk__in=contributors_of(seal)).values_list("submission", flat=True),
    ]
    reports = Submission.objects.filter(pk__in=behind).select_related("unit__kind")
    return list(reports.order_by("unit__kind__rank", "unit"))


@once
def own_reports(unit: Unit) -> list[Submission]:
    """Every revision of the unit's own reports, the first first. Those of one version share it: it is read once."""
    versions = {version.pk: version for form in every_form() for version in form}
    reports = list(Submission.objects.filter(unit=unit).select_related("unit__kind").order_by("revision", "pk"))
    for report in reports:
        report.version = versions[report.version_id]
    return reports


def latest_own(scope: Scope) -> dict[tuple[int, str], Submission]:
    """The unit's own latest revision by (template id, period key)."""
    return {(report.version.template_id, report.period): report for report in own_reports(scope.unit)}


def previous_figures(reports: Sequence[Submission]) -> dict[int, Cells]:
    """By submission id: the accepted figures of the same unit and template one period earlier, in one query."""
    wanted = {(r.unit_id, r.version.template_id, parse_period(r.period).previous().key): r.pk for r in reports}
    earlier = Submission.objects.filter(
        unit__in={unit for unit, _, _ in wanted},
        period__in={key for _, _, key in wanted},
        state=SubmissionState.ACCEPTED,
    ).select_related("version")
    keyed = ((wanted.get((e.unit_id, e.version.template_id, e.period)), e) for e in earlier)
    return {pk: cells_of(report) for pk, report in keyed if pk is not None}


def shown_cells(report: Submission, viewer: Unit) -> Cells:
    """The figures of one report, formulas included, as the viewer's unit may see them: its own whole, of another
    unit's nothing of what is suppressed."""
    definition = load(report.version.definition)
    return shown_to(definition, with_formulas(definition, cells_of(report)), report.unit, viewer)


def shown_to(definition: Definition, cells: Cells, unit: Unit, viewer: Unit) -> Cells:
    """The unit's own figures as the viewer's unit may see them."""
    return cells if unit.pk == viewer.pk else veil_all(definition, cells)


def reasons_of(report: Submission) -> QuerySet[ReturnReason]:
    """Why the report as last sent was returned: the whole first, then cell by cell."""
    return report.return_reasons.filter(seal=report.seal_id).order_by("cell", "pk")


def sources_by_cell(report: Submission) -> dict[str, list[SubmissionSource]]:
    """The recorded activities and letters behind each cell."""
    grouped: dict[str, list[SubmissionSource]] = {}
    for source in report.sources.select_related("activity__type", "document", "file").order_by("pk"):
        grouped.setdefault(source.cell, []).append(source)
    return grouped
