"""Reports: what is owed, filled in, sent, accepted or returned. The same rules and messages as on the page."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from ninja import Query

from nhipcau.access.models import TokenScope
from nhipcau.api.auth import ApiRequest
from nhipcau.api.declare import Area
from nhipcau.api.errors import spoken
from nhipcau.api.paging import Listed, Paging, listed
from nhipcau.api.routers.units import named
from nhipcau.api.schemas.base import Words
from nhipcau.api.schemas.reports import (
    DutyOut,
    FindingOut,
    OpenReport,
    ReasonOut,
    ReportDetail,
    ReportOut,
    ReturnReport,
    Revision,
    SaveReport,
    SourceOut,
)
from nhipcau.core.errors import NotFound
from nhipcau.core.periods import parse_period
from nhipcau.org.models import Role
from nhipcau.org.scope import Scope
from nhipcau.reports.design.definition import load
from nhipcau.reports.design.templates import version_for
from nhipcau.reports.filling.drafting import EDITABLE, DraftChanges, open_draft, refill, save_draft
from nhipcau.reports.filling.duties import Duty, duties
from nhipcau.reports.filling.workflow import accept, mark_ready, send_back, submit, take_back
from nhipcau.reports.models import Submission, SubmissionState
from nhipcau.reports.queries import (
    get_submission_for,
    reasons_of,
    revisions_of,
    shown_cells,
    sources_by_cell,
    visible_submissions,
    waiting_for,
)
from nhipcau.reports.told import plain, source_told
from nhipcau.reports.totals.around import findings_of

PERIODS_BACK = 24
FILLERS = (Role.REPORTER, Role.APPROVER)
area = Area("reports", "/reports")


@area.get("", answer=Listed[ReportOut])
def reports(
    request: ApiRequest,
    paging: Query[Paging],
    template: Words = "",
    period: Words = "",
    state: SubmissionState | None = None,
    unit: uuid.UUID | None = None,
) -> Any:
    """Reports that the post may see, the newest first."""
    rows = visible_submissions(request.scope)
    rows = rows.filter(version__template__code=template) if template else rows
    rows = rows.filter(period=parse_period(period).key) if period else rows
    rows = rows.filter(state=state) if state else rows
    rows = rows.filter(unit=request.scope.get_unit(unit)) if unit else rows
    return listed(request, rows, paging, lambda some: _shown(some, request.scope))


@area.get("/waiting", "reports:queue", roles=(Role.APPROVER,), answer=Listed[ReportOut])
def waiting(request: ApiRequest, paging: Query[Paging]) -> Any:
    """Reports of the units directly below that wait to be accepted or returned, the oldest first."""
    return listed(request, waiting_for(request.scope), paging, lambda some: _shown(some, request.scope))


@area.get("/duties", "reports:mine", answer=Listed[DutyOut])
def owed(request: ApiRequest, paging: Query[Paging]) -> Any:
    """What the own unit owes and has made: by template the latest periods, the newest first."""
    rows = [duty for group in duties(request.scope, PERIODS_BACK) for duty in group]
    return listed(request, rows, paging, lambda some: map(_duty, some))


@area.post("", "reports:open", scope=TokenScope.RECORD, roles=FILLERS, answer=ReportDetail)
def begin(request: ApiRequest, given: OpenReport) -> Any:
    """The own unit's report in hand for a template and period, or a new one filled from the registers."""
    scope, period = request.scope, parse_period(given.period)
    version = version_for(given.template, period)
    draft = open_draft(unit=scope.unit, version=version, period=period, actor=scope.post, at=request.moment)
    return _detail(draft, scope)


@area.get("/{uuid:report}", "reports:report", answer=ReportDetail)
def report(request: ApiRequest, report: uuid.UUID) -> Any:
    """One report."""
    return _detail(get_submission_for(request.scope, report), request.scope)


@area.put("/{uuid:report}", "reports:report", scope=TokenScope.RECORD, answer=ReportDetail)
def save(request: ApiRequest, report: uuid.UUID, given: SaveReport) -> Any:
    """Save what was typed: all of it, or, if any figure cannot be read, none."""
    found = get_submission_for(request.scope, report)
    changes = DraftChanges(given.edits, given.figures, given.narrative, given.explanations)
    save_draft(submission=found, changes=changes, actor=request.scope.post, at=request.moment)
    return _anew(found, request.scope)


@area.post("/{uuid:report}/refill", "reports:report", scope=TokenScope.RECORD, answer=ReportDetail)
def read_again(request: ApiRequest, report: uuid.UUID) -> Any:
    """Read the registers again: figures with a source take what is recorded now."""
    found = get_submission_for(request.scope, report)
    refill(submission=found, actor=request.scope.post, at=request.moment)
    return _anew(found, request.scope)


@area.post("/{uuid:report}/ready", "reports:report", scope=TokenScope.SUBMIT, answer=ReportDetail)
def ready(request: ApiRequest, report: uuid.UUID) -> Any:
    """The reporter is done: errors are corrected, warnings explained."""
    found = get_submission_for(request.scope, report)
    mark_ready(submission=found, actor=request.scope.post, at=request.moment)
    return _anew(found, request.scope)


@area.post("/{uuid:report}/take-back", "reports:report", scope=TokenScope.SUBMIT, answer=ReportDetail)
def taken_back(request: ApiRequest, report: uuid.UUID) -> Any:
    """Before it is sent, a ready report is opened again."""
    found = get_submission_for(request.scope, report)
    take_back(submission=found, actor=request.scope.post, at=request.moment)
    return _anew(found, request.scope)


@area.post("/{uuid:report}/submit", "reports:report", scope=TokenScope.APPROVE, answer=ReportDetail)
def sent(request: ApiRequest, report: uuid.UUID) -> Any:
    """The unit's approver sends a ready report up."""
    found = get_submission_for(request.scope, report)
    submit(submission=found, actor=request.scope.post, at=request.moment)
    return _anew(found, request.scope)


@area.post(
    "/{uuid:report}/accept",
    "reports:review",
    "reports:accept_clean",
    scope=TokenScope.APPROVE,
    roles=(Role.APPROVER,),
    answer=ReportDetail,
)
def accepted(request: ApiRequest, report: uuid.UUID) -> Any:
    """The level above takes the report in."""
    found = get_submission_for(request.scope, report)
    accept(submission=found, actor=request.scope.post, at=request.moment)
    return _anew(found, request.scope)


@area.post(
    "/{uuid:report}/return",
    "reports:review",
    scope=TokenScope.APPROVE,
    roles=(Role.APPROVER,),
    answer=ReportDetail,
)
def returned(request: ApiRequest, report: uuid.UUID, given: ReturnReport) -> Any:
    """The level above returns it with its reasons."""
    found = get_submission_for(request.scope, report)
    send_back(
        submission=found, reason=given.reason, by_cell=given.by_cell, actor=request.scope.post, at=request.moment
    )
    return _anew(found, request.scope)


@area.get("/{uuid:report}/history", "reports:report", answer=Listed[Revision])
def history(request: ApiRequest, paging: Query[Paging], report: uuid.UUID) -> Any:
    """Every revision of the same report that the post may see, with its steps and reasons."""
    rows = revisions_of(request.scope, get_submission_for(request.scope, report))
    return listed(request, rows, paging, lambda some: map(_revision, some))


@area.get("/{uuid:report}/sources/{str:cell}", "reports:sources", answer=Listed[SourceOut])
def sources(request: ApiRequest, paging: Query[Paging], report: uuid.UUID, cell: str) -> Any:
    """The recorded activities and letters that one cell was filled from."""
    found = get_submission_for(request.scope, report)
    item = load(found.version.definition).indicator(cell)
    if item is None or not item.is_entered:
        raise NotFound("Báo cáo này không có ô ấy.")
    rows = sources_by_cell(found).get(cell, [])
    return listed(request, rows, paging, lambda some: [SourceOut(**source_told(one)) for one in some])


def _anew(found: Submission, scope: Scope) -> ReportDetail:
    """As it stands after the step."""
    return _detail(get_submission_for(scope, found.uid), scope)


def _shown(rows: Sequence[Submission], scope: Scope) -> list[ReportOut]:
    units = named([one.unit for one in rows], scope.day)
    return [
        ReportOut(
            uid=one.uid,
            unit=unit,
            template=one.version.template.code,
            version=one.version.number,
            period=one.period,
            revision=one.revision,
            state=one.state,
            submitted_at=one.submitted_at,
            decided_at=one.decided_at,
        )
        for one, unit in zip(rows, units, strict=True)
    ]


def _detail(one: Submission, scope: Scope) -> ReportDetail:
    decimals = {item.code: item.decimals for item in load(one.version.definition).indicators()}
    cells = shown_cells(one, scope.unit)
    # Who fills it in and who is to accept it see what the rules say, as on their pages.
    told = one.unit_id == scope.unit.pk and one.state in (*EDITABLE, SubmissionState.READY)
    if one.state == SubmissionState.SUBMITTED and scope.post.has_role(Role.APPROVER):
        told = waiting_for(scope).filter(pk=one.pk).exists()
    return ReportDetail(
        **_shown([one], scope)[0].dict(),
        edits=one.edits,
        values={code: plain(cell, decimals[code]) for code, cell in cells.items()},
        narrative=one.narrative,
        explanations=one.explanations,
        findings=_findings(one) if told else [],
        returned=_reasons(one),
    )


def _findings(one: Submission) -> list[FindingOut]:
    return [
        FindingOut(
            rule=found.rule,
            severity=found.severity,
            message=spoken(found.message),
            cells=list(found.cells),
            explained=bool(one.explanations.get(found.rule, "").strip()),
        )
        for found in findings_of(one)
    ]


def _reasons(one: Submission) -> list[ReasonOut]:
    return [ReasonOut(cell=reason.cell, reason=reason.reason) for reason in reasons_of(one)]


def _revision(one: Submission) -> Revision:
    return Revision(
        uid=one.uid,
        revision=one.revision,
        state=one.state,
        created_at=one.created_at,
        ready_by=one.ready_by.title if one.ready_by else None,
        submitted_by=one.submitted_by.title if one.submitted_by else None,
        submitted_at=one.submitted_at,
        decided_by=one.decided_by.title if one.decided_by else None,
        decided_at=one.decided_at,
        returned=_reasons(one),
    )


def _duty(duty: Duty) -> DutyOut:
    return DutyOut(
        template=duty.definition.code,
        name=duty.definition.name,
        period=duty.period.key,
        due=duty.due,
        overdue=duty.overdue,
        ended=duty.ended,
        report=duty.report.uid if duty.report else None,
        state=duty.report.state if duty.report else None,
    )
