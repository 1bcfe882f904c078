"""Issue a consolidated report: seal, number, lay out, print, keep; all in one transaction, the number included."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from nhipcau.audit.actions import Plain, record
from nhipcau.audit.screen import screen
from nhipcau.boundary import digest as boundary_digest
from nhipcau.core.clock import local_date
from nhipcau.core.errors import Conflict, Fault, InvalidInput
from nhipcau.core.official import OfficialDocument, plain_text
from nhipcau.core.periods import Period, parse_period
from nhipcau.core.text import clean
from nhipcau.documents.models import Document
from nhipcau.documents.outgoing.letters import OutgoingLetter, enter, prepare
from nhipcau.documents.storing import files
from nhipcau.documents.storing.evidence import MEDIA_TYPES
from nhipcau.org.models import Post, Unit
from nhipcau.press.docx import to_docx
from nhipcau.press.pdf import to_pdf
from nhipcau.reports.issuing.drafts import (
    ACTIVE,
    active_draft,
    draft_behind,
    expect,
    issued_from,
    locked,
    require_decided,
    restated_by,
)
from nhipcau.reports.issuing.gathering import Parts, from_seal, gather, printed
from nhipcau.reports.issuing.layout import head_of, lay_out
from nhipcau.reports.models import (
    Answer,
    IssuedReport,
    Seal,
    SealKind,
    SigningDraft,
    SigningState,
    TemplateVersion,
)
from nhipcau.reports.sealing import seals
from nhipcau.reports.sealing.staleness import answer_earlier, answer_flags, open_flags, settle


@dataclass(frozen=True)
class Edition:
    """Which edition of a report is issued: the first, or a restatement of `restates` for a reason."""

    restates: IssuedReport | None = None
    reason: str = ""

    @property
    def number(self) -> int:
        return self.restates.edition + 1 if self.restates else 0


def issue_report(
    *,
    version: TemplateVersion,
    period: Period,
    unit: Unit,
    signer: Post,
    actor: Post,
    at: dt.datetime,
    as_sealed: bool = False,
) -> IssuedReport:
    """Issue the unit's consolidated report, signed outside by the holder of `signer`.

    Issuing again returns the report already issued, its newest edition, with the same number. A draft that is out
    for signature is continued: its signer, its figures as sealed, its prose as kept (see `issue_draft`). Raises
    Conflict until the unit's own report for the period is accepted.
    """
    settle(at=at)
    standing = latest_issued(version, period, unit)
    if standing is not None:
        return standing
    draft = active_draft(version, period, unit, 0)
    if draft is not None:
        return issue_draft(draft=draft, actor=actor, at=at, as_sealed=as_sealed)
    return _issue(gather(version=version, period=period, unit=unit, at=at), Edition(), signer, actor, at)


def restate_issue(
    *, issued: IssuedReport, reason: str, signer: Post, actor: Post, at: dt.datetime, as_sealed: bool = False
) -> IssuedReport:
    """Issue a numbered restatement of a report whose figures changed after it was issued.

    Repeating it returns the restatement; one that is out for signature is continued with its own reason. Raises
    Conflict if nothing changed, InvalidInput without a reason.
    """
    settle(at=at)
    newest = latest_issued(issued.version, parse_period(issued.period), issued.unit) or issued
    if newest.pk != issued.pk and not open_flags(newest.seal).exists():
        return newest
    draft = active_draft(newest.version, parse_period(newest.period), newest.unit, newest.edition + 1)
    if draft is not None:
        return issue_draft(draft=draft, actor=actor, at=at, as_sealed=as_sealed)
    reason = clean(reason, multiline=True)
    screen({"reason": reason}, "reason", actor=actor, at=at)
    if not reason:
        raise InvalidInput("Chưa phát hành được.", [Fault("reason", "hãy ghi lý do điều chỉnh")])
    if not open_flags(newest.seal).exists():
        raise Conflict("Số liệu của báo cáo đã phát hành không thay đổi; không có gì để điều chỉnh.")
    period = parse_period(newest.period)
    parts = gather(version=newest.version, period=period, unit=newest.unit, at=at)
    return _issue(parts, Edition(newest, reason), signer, actor, at)


def issue_draft(*, draft: SigningDraft, actor: Post, at: dt.datetime, as_sealed: bool = False) -> IssuedReport:
    """Issue what a signing draft says in one step, numbered today unless it was numbered already.

    Raises Conflict if figures changed since the draft was opened, unless `as_sealed`.
    """
    require_decided(draft, as_sealed=as_sealed)
    edition = edition_of(draft)
    parts = from_seal(draft.seal, draft.narrative)
    letter = prepare_letter(parts, edition, draft.signer, actor, at)
    with transaction.atomic():
        draft = locked(draft)
        standing = issued_from(draft)
        if standing is not None:
            return standing
        expect(draft, *ACTIVE)
        draft.document = draft.document or enter_letter(letter, parts, edition, actor, at)
        issued = keep(parts, edition, draft.document, draft.signer, actor, at)
        draft.state = SigningState.ISSUED
        draft.save(update_fields=["document", "state"])
    settle(at=at)
    return issued


def edition_of(draft: SigningDraft) -> Edition:
    """The edition that a draft will be issued as."""
    return Edition(restated_by(draft), draft.reason)


def latest_issued(version: TemplateVersion, period: Period, unit: Unit) -> IssuedReport | None:
    """The newest edition of the unit's report for the period."""
    issued = IssuedReport.objects.filter(unit=unit, version=version, period=period.key)
    return issued.select_related("seal", "document", "version", "unit").order_by("-edition").first()


def draft_document(
    *, version: TemplateVersion, period: Period, unit: Unit, signer: Post, at: dt.datetime
) -> OfficialDocument:
    """The same report with the number and the date left blank, for signature."""
    parts = gather(version=version, period=period, unit=unit, at=at)
    return document_of(parts, signer, Edition(), None, None)


def document_of(
    parts: Parts, signer: Post, edition: Edition, number: str | None, dated: dt.date | None
) -> OfficialDocument:
    """The report laid out; a blank number and date leave room for them."""
    head = head_of(parts, signer, number, dated, _check_code(parts))
    return lay_out(parts, head, edition.restates, edition.reason)


def holds_number(document: Document) -> str | None:
    """Why the number of this letter cannot be struck: an issued report stands on it."""
    if IssuedReport.objects.filter(document=document).exists():
        return "Số này là của một báo cáo đã phát hành; báo cáo sai thì phát hành bản điều chỉnh, không huỷ số."
    draft = draft_behind(document)
    if draft is not None and draft.state == SigningState.NUMBERED:
        return "Số này đã cấp cho một bản trình ký; rút bản trình ký (ghi lý do) thì số mới được huỷ theo."
    return None


def _issue(parts: Parts, edition: Edition, signer: Post, actor: Post, at: dt.datetime) -> IssuedReport:
    letter = prepare_letter(parts, edition, signer, actor, at)
    with transaction.atomic():
        Unit.objects.select_for_update().get(pk=parts.unit.pk)
        standing = latest_issued(parts.version, parts.period, parts.unit)
        if standing is not None and standing != edition.restates:
            return standing
        if active_draft(parts.version, parts.period, parts.unit, edition.number):
            raise Conflict("Vừa có người mở bản trình ký của báo cáo này; hãy tiếp tục từ bản trình ký đó.")
        sealed = from_seal(seal_for_issue(parts, actor, at))
        document = enter_letter(letter, sealed, edition, actor, at)
        issued = keep(sealed, edition, document, signer, actor, at)
    settle(at=at)
    return issued


def prepare_letter(
    parts: Parts, edition: Edition, signer: Post, actor: Post, at: dt.datetime, dated: dt.date | None = None
) -> OutgoingLetter:
    """The report as a letter of the register, dated today if not otherwise, checked and screened before the
    transaction opens."""
    draft = document_of(parts, signer, edition, None, None)
    screen({"narrative": list(parts.narrative.values())}, "narrative", actor=actor, at=at)
    letter = OutgoingLetter(
        doc_type=draft.doc_type,
        subject=draft.subject,
        dated=dated or local_date(at),
        text=plain_text(draft),
        addressees=draft.addressees,
        recipients=draft.recipients,
        signer=draft.signer,
        place=draft.place or "",
    )
    return prepare(letter, unit=parts.unit, actor=actor, at=at)


def seal_for_issue(parts: Parts, actor: Post, at: dt.datetime) -> Seal:
    """What is about to be issued, sealed; inside the transaction, the unit locked. Conflict if it just changed."""
    seal = seals.make(report=parts.own, kind=SealKind.ISSUED, actor=actor, at=at, printed=printed(parts))
    if bytes(seal.live) != parts.payload:
        raise Conflict("Vừa có báo cáo được tiếp nhận trong lúc phát hành; hãy xem lại số liệu rồi làm lại.")
    answer_earlier(seal, reason="", by=actor.pk, at=at)
    return seal


def enter_letter(letter: OutgoingLetter, parts: Parts, edition: Edition, actor: Post, at: dt.datetime) -> Document:
    """Number and date the letter; it cites the letters of the period, and the report it restates."""
    restated: Sequence[Document] = [edition.restates.document] if edition.restates else []
    return enter(letter, unit=parts.unit, cites=[*restated, *parts.letters], actor=actor, at=at)


def keep(
    parts: Parts, edition: Edition, document: Document, signer: Post, actor: Post, at: dt.datetime
) -> IssuedReport:
    """Print the numbered report, keep its files and its seal, answer what the restatement restates."""
    if parts.seal is None:
        raise RuntimeError("a report is issued from its seal")
    paper = document_of(parts, signer, edition, document.number, document.dated)
    docx = files.store(to_docx(paper), MEDIA_TYPES[".docx"])
    pdf = files.store(to_pdf(paper), MEDIA_TYPES[".pdf"])
    document.original, document.original_name = docx, f"{document.number.replace('/', '-')}.docx"
    document.save(update_fields=["original", "original_name"])
    issued = IssuedReport.objects.create(
        unit=parts.unit,
        version=parts.version,
        period=parts.period.key,
        edition=edition.number,
        restates=edition.restates,
        reason=edition.reason,
        document=document,
        seal=parts.seal,
        docx=docx,
        pdf=pdf,
        issued_at=at,
    )
    if edition.restates:
        flags = edition.restates.seal.flags.all()
        answer_flags(flags, Answer.RESTATED, reason=edition.reason, at=at, by=actor.pk, seal=parts.seal)
    data: dict[str, Plain] = {
        "document": str(document.uid),
        "period": parts.period.key,
        "unit": str(parts.unit.uid),
        "edition": edition.number,
        "seal": parts.seal.digest,
    }
    record(actor=actor, action="reports.issued", obj=f"issued:{issued.uid}", at=at, data=data)
    return issued


def _check_code(parts: Parts) -> str:
    """The head of the seal's digest (of the figures, while there is none) and of the boundary's."""
    return f"{parts.code[:12]} · ranh giới {boundary_digest()[:8]}"
