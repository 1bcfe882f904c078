"""Bản in của đơn vị: prints, signed scans, confirming what was entered, and asking about a check code."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from nhipcau.core.errors import Conflict, InvalidInput, NotFound
from nhipcau.core.official import OfficialDocument
from nhipcau.core.periods import parse_period
from nhipcau.documents.storing import files
from nhipcau.documents.storing.evidence import MEDIA_TYPES
from nhipcau.org.models import Role
from nhipcau.org.queries import name_of
from nhipcau.press.docx import to_docx
from nhipcau.press.pdf import to_pdf
from nhipcau.reports.design.definition import load
from nhipcau.reports.filling.papers import attach_signed
from nhipcau.reports.filling.standing_in import confirm_entered
from nhipcau.reports.filling.unit_report import Checked, find_by_code, unit_report
from nhipcau.reports.models import Submission
from nhipcau.reports.queries import get_submission_for, visible_submissions
from nhipcau.web.declare import POST, page
from nhipcau.web.reports import pieces
from nhipcau.web.reports.draft import refused_beside
from nhipcau.web.request import PageRequest
from nhipcau.web.uploads import sent_papers
from nhipcau.web.words import in_words, named

PRINTERS: dict[str, Callable[[OfficialDocument], bytes]] = {"docx": to_docx, "pdf": to_pdf}


@page(takes="reports.report_taken", of="submission")
def print_file(request: PageRequest, uid: uuid.UUID, kind: str) -> HttpResponse:
    """The unit's own report to print and sign, as .docx or PDF."""
    found = get_submission_for(request.scope, uid)
    if kind not in PRINTERS:
        raise NotFound("Báo cáo này chỉ in ra .docx và .pdf.")
    data = PRINTERS[kind](unit_report(report=found, at=request.moment, viewer=request.scope.unit))
    name = f"{found.version.template.code}-{found.period}-ban-{found.revision}.{kind}"
    return _file(data, name, MEDIA_TYPES[f".{kind}"])


@page(takes="reports.report_taken", of="submission")
def paper(request: PageRequest, uid: uuid.UUID, number: int) -> HttpResponse:
    """One scan beside the report, as it was handed in."""
    kept = get_submission_for(request.scope, uid).papers.select_related("file").filter(pk=number).first()
    if kept is None:
        raise NotFound("Báo cáo này không có giấy tờ ấy.")
    return _file(files.read(kept.file), kept.name, kept.file.media_type)


@page(Role.REPORTER, Role.APPROVER, Role.CLERK, methods=POST)
def attach(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """The unit attaches the scan of its signed report."""
    found = get_submission_for(request.scope, uid)
    try:
        papers = sent_papers(request, "ban-ky")
        attach_signed(submission=found, papers=papers, actor=request.scope.post, at=request.moment)
    except (Conflict, InvalidInput) as refusal:
        return refused_beside(request, get_submission_for(request.scope, uid), refusal)
    messages.success(request, _("Đã đính kèm bản đã ký, đóng dấu."))
    return redirect("reports:report", uid=found.uid)


@page(Role.REPORTER, Role.APPROVER, methods=POST)
def confirm(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """The unit confirms what the level above entered for it."""
    found = get_submission_for(request.scope, uid)
    confirm_entered(submission=found, actor=request.scope.post, at=request.moment)
    messages.success(request, _("Đã xác nhận báo cáo do cấp trên nhập thay."))
    return redirect("reports:report", uid=found.uid)


@page()
def check(request: PageRequest) -> HttpResponse:
    """`?ma=`: what the paper with that check code is now, within one's own sight."""
    code = request.GET.get("ma", "")[:200]
    context: dict[str, object] = {"code": code.strip(), "found": None, "unknown": ""}
    status = 200
    if code.strip():
        try:
            context |= _shown(find_by_code(request.scope, code), request)
        except NotFound as unknown:
            context["unknown"], status = unknown.message, 404
    return render(request, "web/reports/check.html", context, status=status)


def _shown(found: Checked, request: PageRequest) -> dict[str, object]:
    report: Submission = found.report
    return {
        "found": found,
        "unit_name": name_of(found.seal.unit, request.scope.day).name,
        "name": named(load(report.version.definition)),
        "period": in_words(parse_period(report.period)),
        "moment": pieces.stamp(found.seal.at),
        "tone": "good" if found.holds else "warn",
        "visible": visible_submissions(request.scope).filter(pk=report.pk).exists(),
    }


def _file(data: bytes, name: str, media_type: str) -> HttpResponse:
    response = HttpResponse(data, content_type=media_type)
    response.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or "attachment"
    )
    return response
