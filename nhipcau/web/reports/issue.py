"""Phát hành: out for signature or issued in one step, then the issued report with its files and its sources."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nhipcau.core.errors import Conflict, InvalidInput, NotFound
from nhipcau.core.official import OfficialDocument
from nhipcau.core.periods import parse_period
from nhipcau.documents.outgoing.signedcopy import is_digitally_signed
from nhipcau.documents.queries import citations
from nhipcau.documents.rights import OFFICERS, REGISTRARS
from nhipcau.documents.storing import files
from nhipcau.documents.storing.evidence import MEDIA_TYPES
from nhipcau.org.queries import name_of, names_of
from nhipcau.press.docx import to_docx
from nhipcau.press.pdf import to_pdf
from nhipcau.reports.design.definition import load
from nhipcau.reports.issuing.drafts import active_draft, draft_behind
from nhipcau.reports.issuing.editions import draft_document, issue_report, latest_issued
from nhipcau.reports.issuing.gathering import from_seal, gather
from nhipcau.reports.issuing.signing import open_for_signature
from nhipcau.reports.models import IssuedReport
from nhipcau.reports.queries import contributing_reports, get_issued_for
from nhipcau.reports.sealing.seals import words_of
from nhipcau.reports.sealing.staleness import open_flags
from nhipcau.reports.totals.consolidation import Coverage
from nhipcau.web.declare import FORM, always, page
from nhipcau.web.reports.branches import Branch, find
from nhipcau.web.reports.signers import signer_of, signers
from nhipcau.web.reports.signing import attachment
from nhipcau.web.reports.words import Text, of_issued
from nhipcau.web.request import PageRequest
from nhipcau.web.words import in_words, named, titled

PRINTERS: dict[str, Callable[[OfficialDocument], bytes]] = {"docx": to_docx, "pdf": to_pdf}


@page(methods=FORM, fresh=always)
def issue(request: PageRequest, code: str, period: str, unit: uuid.UUID) -> HttpResponse:
    """Choose who signs and open the draft for signature, or issue in one step what was signed outside.

    With `dieu-chinh` the draft is that of a restatement of a report whose figures changed after it was issued.
    """
    found = find(request.scope, code, period, unit)
    standing = latest_issued(found.version, found.period, found.unit)
    restates = standing if standing and _asked(request) and open_flags(standing.seal).exists() else None
    if standing is not None and restates is None:
        return redirect("reports:issued", uid=standing.uid)
    draft = active_draft(found.version, found.period, found.unit, restates.edition + 1 if restates else 0)
    if draft is not None and found.unit.pk == request.scope.unit.pk:
        return redirect("reports:signing", uid=draft.uid)
    if request.method != "POST":
        return _form(request, found, restates)
    try:
        if restates is not None or request.POST.get("buoc") == "trinh-ky":
            return _open(request, found, restates)
        made = issue_report(
            version=found.version,
            period=found.period,
            unit=found.unit,
            signer=signer_of(request.scope, found.unit, request.POST.get("nguoi-ky", "")),
            actor=request.scope.post,
            at=request.moment,
        )
    except InvalidInput as refusal:
        return _form(request, found, restates, refusal)
    messages.success(request, _("Đã phát hành báo cáo số %(number)s.") % {"number": made.document.number})
    return redirect("reports:issued", uid=made.uid)


def _asked(request: PageRequest) -> bool:
    return "dieu-chinh" in (request.POST if request.method == "POST" else request.GET)


def _open(request: PageRequest, found: Branch, restates: IssuedReport | None) -> HttpResponse:
    draft = open_for_signature(
        version=found.version,
        period=found.period,
        unit=found.unit,
        signer=signer_of(request.scope, found.unit, request.POST.get("nguoi-ky", "")),
        actor=request.scope.post,
        at=request.moment,
        restates=restates,
        reason=request.POST.get("ly-do", ""),
    )
    messages.success(request, _("Đã mở bản trình ký; số liệu được chốt từ lúc này."))
    return redirect("reports:signing", uid=draft.uid)


@page(takes="reports.draft_taken", of="unit")
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
    name = f"ban-thao-{found.definition.code}-{found.period.key}.{kind}"
    return attachment(PRINTERS[kind](document), name, MEDIA_TYPES[f".{kind}"])


@page()
def issued(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """An issued report: number, files, contributors, letters."""
    made = get_issued_for(request.scope, uid)
    contributors = contributing_reports(made.seal)
    names = names_of([made.unit_id, *(report.unit_id for report in contributors)], request.scope.day)
    definition, period = load(made.version.definition), parse_period(made.period)
    branch = Branch(made.version, definition, period, made.unit)
    context = {
        "issued": made,
        "name": named(definition),
        "period": in_words(period),
        "unit_name": names[made.unit_id].name,
        "coverage": Coverage(**words_of(made.seal)["printed"]["coverage"]),
        "contributors": [(names[report.unit_id].name, report) for report in contributors],
        "paragraphs": _words(made),
        "letters": citations(made.document),
        "stale": open_flags(made.seal).exists(),
        "newer": IssuedReport.objects.filter(restates=made).select_related("document").first(),
        "own": made.unit_id == request.scope.unit.pk,
        "figures_url": branch.url("consolidated"),
        "restate_url": f"{branch.url('issue')}?dieu-chinh=1",
        "digital": made.signed_copy is not None and is_digitally_signed(files.read(made.signed_copy)),
    }
    return render(request, "web/reports/issued.html", context)


def _words(made: IssuedReport) -> list[tuple[str, Text]]:
    """Its narrative as printed, the leader's changes included."""
    draft = draft_behind(made.document)
    parts = from_seal(made.seal, draft.narrative if draft else None)
    said = of_issued(parts)
    blocks = [(titled(one), said.text(parts.narrative.get(one.code, ""))) for one in parts.definition.narrative]
    return [(title, text) for title, text in blocks if text]


@page(takes="reports.issued_taken", of="issued")
def issued_file(request: PageRequest, uid: uuid.UUID, kind: str) -> HttpResponse:
    """The issued report's own file, bit for bit."""
    made = get_issued_for(request.scope, uid)
    kept = {"docx": made.docx, "pdf": made.pdf}.get(kind)
    if kept is None:
        raise NotFound("Báo cáo này chỉ có tệp .docx và .pdf.")
    return attachment(files.read(kept), f"{made.document.number.replace('/', '-')}.{kind}", kept.media_type)


@page()
def signed_copy(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """The signed and sealed copy of an issued report, as it was sent in."""
    made = get_issued_for(request.scope, uid)
    if made.signed_copy is None:
        raise NotFound(_("Báo cáo này phát hành không kèm bản đã ký."))
    return attachment(files.read(made.signed_copy), made.signed_name, made.signed_copy.media_type)


def _form(
    request: PageRequest, found: Branch, restates: IssuedReport | None, refusal: InvalidInput | None = None
) -> HttpResponse:
    scope = request.scope
    own = found.unit.pk == scope.unit.pk
    context = {
        "branch": found,
        "name": named(found.definition),
        "period": in_words(found.period),
        "unit_name": name_of(found.unit, scope.day).name,
        "signers": signers(scope, found.unit),
        "chosen": request.POST.get("nguoi-ky", ""),
        "may_issue": own and scope.post.has_role(*REGISTRARS),
        "own": own,
        "back": found.url("consolidated"),
        "docx_url": found.url("draft_file", kind="docx"),
        "pdf_url": found.url("draft_file", kind="pdf"),
        "may_open": own and scope.post.has_role(*OFFICERS),
        "restates": restates,
        "reason": request.POST.get("ly-do", ""),
        "refusal": refusal,
    }
    status = 422 if refusal else 200
    return render(request, "web/reports/issue.html", context | _ready(request, found), status=status)


def _ready(request: PageRequest, found: Branch) -> dict[str, object]:
    """Figures' coverage and gaps, or why nothing can be issued yet."""
    try:
        parts = gather(version=found.version, period=found.period, unit=found.unit, at=request.moment)
    except Conflict as conflict:
        return {"blocked": conflict.message}
    return {"node": parts.node, "missing": parts.missing, "letters": parts.letters}
