"""Phát hành: a draft to sign, then the number, then the issued report with its files and what it rests on."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from nhipcau.core.errors import Conflict, InvalidInput, NotFound
from nhipcau.core.periods import parse_period
from nhipcau.documents import files
from nhipcau.documents.evidence import MEDIA_TYPES
from nhipcau.documents.queries import citations
from nhipcau.documents.rights import REGISTRARS
from nhipcau.org.queries import name_of, names_of
from nhipcau.press.docx import to_docx
from nhipcau.press.pdf import to_pdf
from nhipcau.reports.consolidation import Coverage
from nhipcau.reports.definition import load
from nhipcau.reports.gathering import gather
from nhipcau.reports.issuing import draft_document, issue_report, latest_issued
from nhipcau.reports.models import IssuedReport
from nhipcau.reports.queries import contributing_reports, get_issued_for
from nhipcau.reports.seals import words_of
from nhipcau.reports.staleness import open_flags
from nhipcau.web.declare import FORM, page
from nhipcau.web.reports import pieces
from nhipcau.web.reports.consolidated import Branch, find
from nhipcau.web.reports.signers import signer_of, signers
from nhipcau.web.request import PageRequest

PRINTERS = {"docx": to_docx, "pdf": to_pdf}


@page(methods=FORM)
def issue(request: PageRequest, code: str, period: str, unit: uuid.UUID) -> HttpResponse:
    """Choose who signed, look at the draft, give it its number."""
    found = find(request.scope, code, period, unit)
    standing = latest_issued(found.version, found.period, found.unit)
    if standing is not None:
        return redirect("reports:issued", uid=standing.uid)
    if request.method != "POST":
        return _form(request, found)
    try:
        made = issue_report(
            version=found.version,
            period=found.period,
            unit=found.unit,
            signer=signer_of(request.scope, found.unit, request.POST.get("nguoi-ky", "")),
            actor=request.scope.post,
            at=request.moment,
        )
    except InvalidInput as refusal:
        return _form(request, found, refusal, status=422)
    messages.success(request, _("Đã phát hành báo cáo số %(number)s.") % {"number": made.document.number})
    return redirect("reports:issued", uid=made.uid)


@page()
def draft_file(request: PageRequest, code: str, period: str, unit: uuid.UUID, kind: str) -> HttpResponse:
    """The draft with a blank number and date, as .docx or PDF."""
    found = find(request.scope, code, period, unit)
    if kind not in PRINTERS or found.unit.pk != request.scope.unit.pk:
        raise NotFound("Không có bản thảo này.")
    document = draft_document(
        version=found.version,
        period=found.period,
        unit=found.unit,
        signer=signer_of(request.scope, found.unit, request.GET.get("nguoi-ky", "")),
        at=request.moment,
    )
    return _file(PRINTERS[kind](document), f"ban-thao-{found.definition.code}-{found.period.key}.{kind}", kind)


@page()
def issued(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """An issued report: number, files, contributors, letters."""
    made = get_issued_for(request.scope, uid)
    contributors = contributing_reports(made.seal)
    names = names_of([made.unit_id, *(report.unit_id for report in contributors)], request.scope.day)
    definition, period = load(made.version.definition), parse_period(made.period)
    context = {
        "issued": made,
        "name": pieces.named(definition),
        "period": pieces.in_words(period),
        "unit_name": names[made.unit_id].name,
        "coverage": Coverage(**words_of(made.seal)["printed"]["coverage"]),
        "contributors": [(names[report.unit_id].name, report) for report in contributors],
        "letters": citations(made.document),
        "stale": open_flags(made.seal).exists(),
        "newer": IssuedReport.objects.filter(restates=made).select_related("document").first(),
        "own": made.unit_id == request.scope.unit.pk,
        "figures_url": Branch(made.version, definition, period, made.unit).url("consolidated"),
    }
    return render(request, "web/reports/issued.html", context)


@page()
def issued_file(request: PageRequest, uid: uuid.UUID, kind: str) -> HttpResponse:
    """The issued report's own file, bit for bit."""
    made = get_issued_for(request.scope, uid)
    kept = {"docx": made.docx, "pdf": made.pdf}.get(kind)
    if kept is None:
        raise NotFound("Báo cáo này chỉ có tệp .docx và .pdf.")
    return _file(files.read(kept), f"{made.document.number.replace('/', '-')}.{kind}", kind)


def _form(
    request: PageRequest, found: Branch, refusal: InvalidInput | None = None, status: int = 200
) -> HttpResponse:
    scope = request.scope
    own = found.unit.pk == scope.unit.pk
    context = {
        "branch": found,
        "name": pieces.named(found.definition),
        "period": pieces.in_words(found.period),
        "unit_name": name_of(found.unit, scope.day).name,
        "signers": signers(scope, found.unit),
        "chosen": request.POST.get("nguoi-ky", ""),
        "may_issue": own and scope.post.has_role(*REGISTRARS),
        "own": own,
        "back": found.url("consolidated"),
        "docx_url": found.url("draft_file", kind="docx"),
        "pdf_url": found.url("draft_file", kind="pdf"),
        "refusal": refusal,
    }
    return render(request, "web/reports/issue.html", context | _ready(request, found), status=status)


def _ready(request: PageRequest, found: Branch) -> dict[str, object]:
    """Figures' coverage and gaps, or why nothing can be issued yet."""
    try:
        parts = gather(version=found.version, period=found.period, unit=found.unit, at=request.moment)
    except Conflict as conflict:
        return {"blocked": conflict.message}
    return {"node": parts.node, "missing": parts.missing, "letters": parts.letters}


def _file(data: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(data, content_type=MEDIA_TYPES[f".{kind}"])
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return response
