"""Issue a consolidated report: number, lay out, print, keep; all in one transaction, the number included."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from nhipcau.audit.actions import record
from nhipcau.audit.screen import screen
from nhipcau.boundary import digest as boundary_digest
from nhipcau.core.clock import local_date
from nhipcau.core.errors import Conflict
from nhipcau.core.official import OfficialDocument
from nhipcau.core.periods import Period
from nhipcau.documents import files
from nhipcau.documents.evidence import MEDIA_TYPES
from nhipcau.documents.models import Document
from nhipcau.documents.numbering import CODES
from nhipcau.documents.outgoing import OutgoingLetter, enter, prepare
from nhipcau.org.models import Post, Unit
from nhipcau.org.queries import branch_ids, holder_of, name_of, names_of, parent_of
from nhipcau.press.docx import to_docx
from nhipcau.press.pdf import to_pdf
from nhipcau.reports.consolidation import RECEIVED, Consolidated, consolidate, tree_day
from nhipcau.reports.definition import Definition, load
from nhipcau.reports.figures import payload
from nhipcau.reports.layout import Head, lay_out, plain_text
from nhipcau.reports.models import IssuedReport, Submission, SubmissionState, TemplateVersion
from nhipcau.reports.prefill import issued_letters


@dataclass(frozen=True)
class Parts:
    """Everything the printed report is made of, gathered once."""

    definition: Definition
    node: Consolidated
    own: Submission
    letters: Sequence[Document]
    missing: Sequence[str]
    contributors: frozenset[int]


def issue_report(
    *, version: TemplateVersion, period: Period, unit: Unit, signer: Post, actor: Post, at: dt.datetime
) -> IssuedReport:
    """Issue the unit's consolidated report, signed outside by the holder of `signer`.

    Issuing again returns the report already issued, with the same number. Raises Conflict until the unit's own
    report for the period is accepted.
    """
    standing = IssuedReport.objects.filter(unit=unit, version=version, period=period.key).first()
    if standing is not None:
        return standing
    parts = gather(version=version, period=period, unit=unit, at=at)
    draft = _document(parts, period, unit, signer, None, None)
    letter = prepare(_letter(draft, local_date(at)), unit=unit, actor=actor, at=at)
    screen({"narrative": list(parts.own.narrative.values())}, "narrative", actor=actor, at=at)
    with transaction.atomic():
        Unit.objects.select_for_update().get(pk=unit.pk)
        standing = IssuedReport.objects.filter(unit=unit, version=version, period=period.key).first()
        if standing is not None:
            return standing
        if contributors_of(parts.definition, version, period, unit) != parts.contributors:
            raise Conflict("Vừa có báo cáo được tiếp nhận trong lúc phát hành; hãy xem lại số liệu rồi làm lại.")
        document = enter(letter, unit=unit, cites=parts.letters, actor=actor, at=at)
        printed = _document(parts, period, unit, signer, document.number, document.dated)
        issued = _keep(printed, document, parts, version, period, unit, at)
        record(
            actor=actor,
            action="reports.issued",
            obj=f"issued:{issued.uid}",
            at=at,
            data={"document": str(document.uid), "period": period.key, "unit": str(unit.uid)},
        )
    return issued


def draft_document(
    *, version: TemplateVersion, period: Period, unit: Unit, signer: Post, at: dt.datetime
) -> OfficialDocument:
    """The same report with the number and the date left blank, for signature."""
    return _document(gather(version=version, period=period, unit=unit, at=at), period, unit, signer, None, None)


def gather(*, version: TemplateVersion, period: Period, unit: Unit, at: dt.datetime) -> Parts:
    """The figures, words, letters and gaps of the report. Conflict if the unit's own part is not accepted."""
    definition = load(version.definition)
    own = Submission.objects.filter(
        unit=unit, version=version, period=period.key, state=SubmissionState.ACCEPTED
    ).first()
    if own is None:
        raise Conflict(f"Báo cáo của chính đơn vị kỳ {period.label_vi} chưa được tiếp nhận; chưa phát hành được.")
    first, last = period.first_day(definition.calendar), period.last_day(definition.calendar)
    types = [t for item in definition.entered() if item.source for t in item.source.letters]
    return Parts(
        definition=definition,
        node=consolidate(version=version, period=period, unit=unit, at=at),
        own=own,
        letters=issued_letters(unit, types, first, last) if types else [],
        missing=missing_units(definition, version, period, unit),
        contributors=contributors_of(definition, version, period, unit),
    )


def contributors_of(definition: Definition, version: TemplateVersion, period: Period, unit: Unit) -> frozenset[int]:
    """The accepted reports whose figures add up to the unit's."""
    accepted = Submission.objects.filter(
        version__template=version.template_id,
        period=period.key,
        state=SubmissionState.ACCEPTED,
        unit__in=branch_ids(unit, tree_day(definition, period), version.template.axis),
    )
    return frozenset(accepted.values_list("pk", flat=True))


def holds_number(document: Document) -> str | None:
    """Why the number of this letter cannot be struck: an issued report stands on it."""
    if IssuedReport.objects.filter(document=document).exists():
        return "Số này là của một báo cáo đã phát hành; báo cáo sai thì phát hành bản điều chỉnh, không huỷ số."
    return None


def missing_units(definition: Definition, version: TemplateVersion, period: Period, unit: Unit) -> list[str]:
    """Names of the units of the branch that owe this report and have not sent it, in Vietnamese order."""
    day = tree_day(definition, period)
    reported = Submission.objects.filter(
        version__template=version.template_id, period=period.key, state__in=RECEIVED
    ).values("unit")
    owing = Unit.objects.filter(
        pk__in=branch_ids(unit, day, version.template.axis), kind__code__in=definition.reporters
    ).exclude(pk__in=reported)
    names = names_of(owing.values_list("pk", flat=True), day)
    return [name.name for name in sorted(names.values(), key=lambda name: name.sort_key)]


def _document(
    parts: Parts, period: Period, unit: Unit, signer: Post, number: str | None, dated: dt.date | None
) -> OfficialDocument:
    day = local_date(parts.node.at)
    named, above, holder = name_of(unit, day), parent_of(unit, day), holder_of(signer, day)
    code = CODES.get(parts.definition.issue.doc_type)
    head = Head(
        issuer=named.name,
        parent_issuer=name_of(above, day).name if above else parts.definition.issue.parent_issuer or None,
        place=named.place,
        signer_name=holder.person.name if holder else "",
        number=number,
        symbol=f"{code}-{named.symbol}" if code else named.symbol,
        issued_on=dated,
        check_code=_check_code(parts),
    )
    own = parts.own
    return lay_out(parts.definition, period, parts.node, own.narrative, parts.letters, parts.missing, head)


def _check_code(parts: Parts) -> str:
    """A short digest of the figures and of the boundary they were gathered under, printed at the foot."""
    figures = payload(parts.definition.cells(), parts.node.cells)
    return f"{hashlib.sha256(figures).hexdigest()[:12]} · ranh giới {boundary_digest()[:8]}"


def _letter(draft: OfficialDocument, dated: dt.date) -> OutgoingLetter:
    return OutgoingLetter(
        doc_type=draft.doc_type,
        subject=draft.subject,
        dated=dated,
        text=plain_text(draft),
        addressees=draft.addressees,
        recipients=draft.recipients,
        signer=draft.signer,
        place=draft.place or "",
    )


def _keep(
    printed: OfficialDocument,
    document: Document,
    parts: Parts,
    version: TemplateVersion,
    period: Period,
    unit: Unit,
    at: dt.datetime,
) -> IssuedReport:
    docx = files.store(to_docx(printed), MEDIA_TYPES[".docx"])
    pdf = files.store(to_pdf(printed), MEDIA_TYPES[".pdf"])
    document.original, document.original_name = docx, f"{document.number.replace('/', '-')}.docx"
    document.save(update_fields=["original", "original_name"])
    issued = IssuedReport.objects.create(
        unit=unit,
        version=version,
        period=period.key,
        document=document,
        payload=payload(version.cells, parts.node.cells),
        coverage=parts.node.coverage_json(),
        docx=docx,
        pdf=pdf,
        issued_at=at,
    )
    issued.contributors.set(parts.contributors)
    return issued
