"""Chờ tiếp nhận: reports of the units directly below; accept, return with reasons, or take in all clean ones."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nhipcau.core.clock import local_date
from nhipcau.core.errors import NhipCauError, NotFound
from nhipcau.core.periods import Period, parse_period
from nhipcau.org.models import Role
from nhipcau.org.queries import name_of, names_of
from nhipcau.org.scope import Scope
from nhipcau.reports.design.checks import Finding
from nhipcau.reports.design.definition import Definition, load
from nhipcau.reports.design.figures import Cells, cells_of, with_formulas
from nhipcau.reports.filling.resubmission import Comparison, since_accepted, since_returned
from nhipcau.reports.filling.workflow import accept, send_back, signed_papers
from nhipcau.reports.models import Submission
from nhipcau.reports.queries import get_submission_for, previous_figures, shown_cells, waiting_for
from nhipcau.reports.totals.around import findings_of, findings_of_all
from nhipcau.reports.totals.consolidation import due_date_of
from nhipcau.reports.totals.suppression import veil_all
from nhipcau.web.declare import FORM, POST, page
from nhipcau.web.reports import pieces
from nhipcau.web.reports.changes import Change, changes, largest
from nhipcau.web.reports.resent import comparisons
from nhipcau.web.reports.words import of_report
from nhipcau.web.request import PageRequest
from nhipcau.web.words import in_words, named, titled

ON_A_PAGE = 100
SHOWN_CHANGES = 3
GRAVITY = {"error": 0, "warning": 1, "info": 2}
DONE = "reports_accepted"
REASON = "ly-do:"


@dataclass(frozen=True)
class Waiting:
    """One report in the queue."""

    report: Submission
    unit_name: str
    name: str
    period: str
    late: bool
    revision: bool
    compared: bool
    changes: list[Change]
    findings: list[Finding]
    resent: Comparison | None  # sent again after a return, or a correction
    unsigned: bool

    @property
    def clean(self) -> bool:
        """Nothing any rule speaks about, nothing it waits for, and sent for the first time: what was sent again is
        looked at."""
        return not self.findings and not self.unsigned and self.resent is None

    @property
    def standing_out(self) -> tuple[bool, int, int, int]:
        """Its place in the queue: the gravest finding first (a figure unlike its peers or its past is one), then
        the most findings, then the most figures far from last period."""
        gravest = min((GRAVITY[one.severity] for one in self.findings), default=len(GRAVITY))
        return self.clean, gravest, -len(self.findings), -len(self.changes)


@page(Role.APPROVER)
def waiting(request: PageRequest) -> HttpResponse:
    """The queue: what stands out most first, then the clean ones, oldest first."""
    page_obj = Paginator(waiting_for(request.scope), ON_A_PAGE).get_page(request.GET.get("page"))
    rows = _rows(list(page_obj.object_list), request.scope)
    rows.sort(key=lambda row: row.standing_out)
    context = {
        "rows": rows,
        "page_obj": page_obj,
        "clean": [row for row in rows if row.clean],
        "done": request.session.pop(DONE, None),
        "tabs": pieces.tabs(request.scope, "reports:queue"),
        "keys": [
            ("j", _("xuống báo cáo sau")),
            ("k", _("lên báo cáo trước")),
            ("Enter", _("mở báo cáo")),
            ("a", _("tiếp nhận báo cáo đang chọn")),
            ("r", _("mở để trả lại, ghi lý do")),
            ("?", _("danh sách này")),
        ],
    }
    return render(request, "web/reports/queue.html", context)


@page(Role.APPROVER, methods=POST)
def accept_clean(request: PageRequest) -> HttpResponse:
    """Accept the reports that were listed as clean, one action each; what fails is told one by one."""
    taken, failed = [], []
    for uid in dict.fromkeys(request.POST.getlist("bao-cao")):
        try:
            report = get_submission_for(request.scope, uid)
            name = name_of(report.unit, request.scope.day).name
        except NotFound as error:
            failed.append(error.message)
            continue
        again = since_returned([report]) or since_accepted([report])
        if again or findings_of(report):
            failed.append(_("%(unit)s: có chỗ cần xem, hãy mở ra trước khi tiếp nhận.") % {"unit": name})
            continue
        try:
            accept(submission=report, actor=request.scope.post, at=request.moment)
        except NhipCauError as error:
            failed.append(f"{name}: {error.message}")
        else:
            taken.append((name, str(report.uid)))
    request.session[DONE] = {"taken": taken, "failed": failed}
    return redirect("reports:queue")


@page(Role.APPROVER, methods=FORM)
def review(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """One waiting report beside last period; `viec=nhan` accepts it, `viec=tra` returns it with reasons."""
    report = get_submission_for(request.scope, uid)
    if request.method == "POST":
        return _decide(request, report)
    if not waiting_for(request.scope).filter(pk=report.pk).exists():
        return redirect("reports:report", uid=uid)
    return _review(request, report)


def _decide(request: PageRequest, report: Submission) -> HttpResponse:
    name = name_of(report.unit, request.scope.day).name
    scope = request.scope
    if request.POST.get("viec") == "nhan":
        accept(submission=report, actor=scope.post, at=request.moment)
        messages.success(request, _("Đã tiếp nhận báo cáo của %(unit)s.") % {"unit": name})
        return redirect("reports:queue") if request.POST.get("ve") == "hang-cho" else _next(scope)
    reason, by_cell = request.POST.get("ly-do", ""), _by_cell(request.POST)
    if not reason.strip() and not by_cell:
        told = _("Hãy ghi lý do trả lại: lý do chung, hoặc lý do ở từng ô.")
        return _review(request, report, refused=told, status=422)
    send_back(submission=report, reason=reason, by_cell=by_cell, actor=scope.post, at=request.moment)
    messages.success(request, _("Đã trả lại báo cáo cho %(unit)s kèm lý do.") % {"unit": name})
    return _next(scope)


def _by_cell(posted: Mapping[str, str]) -> dict[str, str]:
    return {
        name.removeprefix(REASON): text for name, text in posted.items() if name.startswith(REASON) and text.strip()
    }


def _next(scope: Scope) -> HttpResponse:
    """On to the next waiting report; the queue when none is left."""
    following = waiting_for(scope).first()
    return redirect("reports:review", uid=following.uid) if following else redirect("reports:queue")


def _review(request: PageRequest, report: Submission, refused: str = "", status: int = 200) -> HttpResponse:
    definition, period = load(report.version.definition), parse_period(report.period)
    cells = shown_cells(report, request.scope.unit)
    earlier = _earlier(report, definition)
    findings, said = findings_of(report), of_report(report, request.scope.unit)
    rules = {rule.code: rule for rule in definition.rules}
    by_code = {row.item.code: row for row in changes(definition, cells, earlier)}
    context = {
        "report": report,
        "unit_name": name_of(report.unit, request.scope.day).name,
        "name": named(definition),
        "period": in_words(period),
        "late": pieces.sent_late(report, definition, period),
        "sealed_anew": _sealed_anew(report),
        "sections": [
            (titled(section), [_cell(by_code[i.code], findings, request) for i in section.indicators])
            for section in definition.sections
        ],
        "findings": [(finding, report.explanations.get(finding.rule, "")) for finding in findings],
        "rules": rules,
        "paragraphs": [(titled(b), said.text(report.narrative.get(b.code, ""))) for b in definition.narrative],
        "resent": comparisons(report, request.scope),
        "unsigned": definition.signed_copy and not signed_papers(report).exists(),
        "papers": list(report.papers.order_by("pk")),
        "remaining": waiting_for(request.scope).count(),
        "reason": request.POST.get("ly-do", ""),
        "refused": refused,
        "keys": [
            ("j", _("xuống chỉ tiêu sau")),
            ("k", _("lên chỉ tiêu trước")),
            ("n", _("tới số khác nhiều hoặc mắc quy tắc")),
            ("c", _("ghi lý do trả ô đang chọn; Enter hoặc Esc: ghi xong")),
            ("a", _("tiếp nhận")),
            ("r", _("ghi lý do trả lại chung")),
            ("?", _("danh sách này")),
        ],
    }
    return render(request, "web/reports/review.html", context, status=status)


def _sealed_anew(report: Submission) -> dt.datetime | None:
    """When figures that were sent earlier were sealed again; the day of sending stays what it was."""
    if report.seal is None or report.submitted_at is None or report.seal.at <= report.submitted_at:
        return None
    return report.seal.at


def _cell(row: Change, findings: list[Finding], request: PageRequest) -> dict[str, object]:
    code = row.item.code
    return {
        "change": row,
        "findings": [finding for finding in findings if code in finding.cells],
        "field": REASON + code if row.item.is_entered else "",
        "reason": request.POST.get(REASON + code, ""),
    }


def _earlier(report: Submission, definition: Definition) -> Cells | None:
    cells = previous_figures([report]).get(report.pk)
    return veil_all(definition, with_formulas(definition, cells)) if cells is not None else None


def _rows(reports: list[Submission], scope: Scope) -> list[Waiting]:
    names = names_of({report.unit_id for report in reports}, scope.day)
    earlier = previous_figures(reports)
    definitions = {report.version_id: load(report.version.definition) for report in reports}
    resent = since_accepted(reports) | since_returned(reports)
    asked = {(report.version_id, report.period) for report in reports}
    dues = {key: due_date_of(definitions[key[0]], parse_period(key[1])) for key in asked}
    return [
        _row(
            report,
            names[report.unit_id].name,
            dues[report.version_id, report.period],
            definitions[report.version_id],
            earlier.get(report.pk),
            resent.get(report.pk),
            findings,
        )
        for report, findings in zip(reports, findings_of_all(reports), strict=True)
    ]


def _row(
    report: Submission,
    unit_name: str,
    due: dt.date,
    definition: Definition,
    earlier: Cells | None,
    resent: Comparison | None,
    findings: list[Finding],
) -> Waiting:
    period: Period = parse_period(report.period)
    cells = cells_of(report)
    shown = veil_all(definition, with_formulas(definition, cells))
    before = veil_all(definition, with_formulas(definition, earlier)) if earlier is not None else None
    return Waiting(
        report=report,
        unit_name=unit_name,
        name=named(definition),
        period=in_words(period),
        late=report.submitted_at is not None and local_date(report.submitted_at) > due,
        revision=report.revision > 1,
        compared=before is not None,
        changes=largest(changes(definition, shown, before), SHOWN_CHANGES),
        findings=findings,
        resent=resent,
        unsigned=definition.signed_copy and not signed_papers(report).exists(),
    )
