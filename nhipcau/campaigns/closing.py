"""The closing report: drafted from the figures, numbered after signature, issued with the signed copy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from nhipcau.audit.actions import Plain, record
from nhipcau.audit.screen import screen
from nhipcau.campaigns.actions import expect as expect_campaign
from nhipcau.campaigns.closing_paper import DOC_TYPE, WORDS, document_of
from nhipcau.campaigns.figures import digest_of, freeze
from nhipcau.campaigns.models import Campaign, CampaignState, ClosingReport, ClosingSource, ClosingState
from nhipcau.core.clock import local_date
from nhipcau.core.errors import Conflict, Fault, InvalidInput
from nhipcau.core.official import plain_text
from nhipcau.core.said import Said
from nhipcau.core.text import clean
from nhipcau.documents.models import Document
from nhipcau.documents.outgoing.letters import OutgoingLetter, enter, prepare
from nhipcau.documents.outgoing.signedcopy import accepted_copy, is_digitally_signed
from nhipcau.documents.registers.books import checked_reason, strike
from nhipcau.documents.rights import OFFICERS, REGISTRARS, require_own
from nhipcau.documents.storing import files, media
from nhipcau.org.models import Post
from nhipcau.press.docx import to_docx
from nhipcau.press.pdf import to_pdf

MOST_WORDS = 8000
_BATCH = 1000


def draft_report(*, campaign: Campaign, actor: Post, at: dt.datetime) -> ClosingReport:
    """Freeze the figures of a closed campaign as a draft; done again, while nothing is numbered, they are read anew
    and the words stay."""
    require_own(campaign.unit, *OFFICERS, actor=actor, at=at)
    with transaction.atomic():
        campaign = Campaign.objects.select_for_update(of=("self",)).select_related("unit").get(pk=campaign.pk)
        expect_campaign(campaign, CampaignState.CLOSED)
        report = ClosingReport.objects.filter(campaign=campaign).first() or ClosingReport(campaign=campaign)
        expect(report, ClosingState.DRAFT)
        frozen = freeze(campaign, at)
        report.figures, report.frozen_at = frozen.figures, at
        report.digest = digest_of(frozen.figures, frozen.sources)
        report.save()
        report.sources.all().delete()
        for source in frozen.sources:
            source.report = report
        ClosingSource.objects.bulk_create(frozen.sources, batch_size=_BATCH)
        _record("campaigns.report_drafted", report, actor, at, sources=len(frozen.sources))
    return report


def write_report(
    *,
    report: ClosingReport,
    narrative: Mapping[str, str],
    authority: str,
    signer: Post,
    actor: Post,
    at: dt.datetime,
) -> ClosingReport:
    """Keep the holder's words, and who will sign."""
    require_own(report.campaign.unit, *OFFICERS, actor=actor, at=at)
    words = {code: clean(narrative.get(code, ""), multiline=True) for code in WORDS}
    faults = [
        Fault(code, Said(f"dài quá {MOST_WORDS} chữ cái", f"longer than {MOST_WORDS} characters"))
        for code, text in words.items()
        if len(text) > MOST_WORDS
    ]
    if signer.unit_id != report.campaign.unit_id:
        faults.append(Fault("signer", "người ký phải giữ chức danh của chính đơn vị"))
    if faults:
        raise InvalidInput("Chưa lưu được lời báo cáo.", faults)
    authority = clean(authority)
    screen({**words, "authority": authority}, "narrative", actor=actor, at=at)
    with transaction.atomic():
        now = _locked(report)
        expect(now, ClosingState.DRAFT)
        now.narrative, now.authority, now.signer = words, authority[:200], signer
        now.save(update_fields=["narrative", "authority", "signer"])
        _record("campaigns.report_written", now, actor, at)
    return now


def number_report(*, report: ClosingReport, signed_on: dt.date, actor: Post, at: dt.datetime) -> ClosingReport:
    """After signature: number the report and date it with the day it was signed. Repeating it changes nothing."""
    require_own(report.campaign.unit, *REGISTRARS, actor=actor, at=at)
    if report.state == ClosingState.NUMBERED:
        return report
    expect(report, ClosingState.DRAFT)
    if report.signer is None:
        raise Conflict("Báo cáo chưa chọn người ký; hãy chọn và lưu trước khi cấp số.")
    first, today = local_date(report.frozen_at), local_date(at)
    if not first <= signed_on <= today:
        days = f"{first:%d/%m/%Y} – {today:%d/%m/%Y}"
        said = Said(f"ngày ký phải trong khoảng {days}", f"the day of signature must be within {days}")
        raise InvalidInput("Chưa cấp số được.", [Fault("signed_on", said)])
    letter = prepare(_letter(report, signed_on), unit=report.campaign.unit, actor=actor, at=at)
    with transaction.atomic():
        now = _locked(report)
        if now.state == ClosingState.NUMBERED:
            return now
        expect(now, ClosingState.DRAFT)
        if (now.digest, now.narrative) != (report.digest, report.narrative):
            raise Conflict("Người khác vừa sửa báo cáo này; hãy mở lại trang để xem rồi cấp số.")
        document = enter(letter, unit=now.campaign.unit, cites=(), actor=actor, at=at)
        _print(now, document)
        now.document, now.state = document, ClosingState.NUMBERED
        now.save(update_fields=["document", "state", "pdf"])
        _record("campaigns.report_numbered", now, actor, at, document=str(document.uid))
    return now


def take_back(*, report: ClosingReport, reason: str, actor: Post, at: dt.datetime) -> ClosingReport:
    """A number given by mistake is struck in the register with its reason; the report is a draft again."""
    require_own(report.campaign.unit, *REGISTRARS, actor=actor, at=at)
    reason = checked_reason(reason, "Rút số phải có lý do.", actor=actor, at=at)
    with transaction.atomic():
        now = _locked(report)
        if now.state == ClosingState.DRAFT:
            return now
        expect(now, ClosingState.NUMBERED)
        document, now.document, now.pdf, now.state = now.document, None, None, ClosingState.DRAFT
        now.save(update_fields=["document", "pdf", "state"])
        if document is not None:
            strike(document.entry, reason, actor=actor, at=at)
        _record("campaigns.report_taken_back", now, actor, at)
    return now


def attach_signed(
    *, report: ClosingReport, data: bytes, name: str, actor: Post, at: dt.datetime, sure: bool = False
) -> ClosingReport:
    """Keep the sealed scan or the digitally signed PDF beside the numbered report: with that it is issued.

    A PDF whose text holds neither the number nor the check code is refused unless the clerk is `sure` of it.
    """
    require_own(report.campaign.unit, *REGISTRARS, actor=actor, at=at)
    if report.state == ClosingState.ISSUED:
        return report
    expect(report, ClosingState.NUMBERED)
    number = report.document.number if report.document else ""
    copy = accepted_copy(
        data, name, unit=report.campaign.unit, number=number, check_code=report.digest[:12],
        sure=sure, actor=actor, at=at,
    )  # fmt: skip
    with transaction.atomic():
        now = _locked(report)
        if now.state == ClosingState.ISSUED:
            return now
        expect(now, ClosingState.NUMBERED)
        now.signed_copy, now.signed_name, now.state = (
            files.store(copy.data, copy.kind),
            copy.name,
            ClosingState.ISSUED,
        )
        now.save(update_fields=["signed_copy", "signed_name", "state"])
        signature = is_digitally_signed(copy.data)
        _record("campaigns.report_issued", now, actor, at, file=now.signed_copy.sha256, signature=signature)
    return now


def holds_number(document: Document) -> str | None:
    """Why the number of this letter cannot be struck in the register."""
    if ClosingReport.objects.filter(document=document).exists():
        return "Số này đã cấp cho báo cáo kết thúc một chiến dịch; rút số ở trang báo cáo đó nếu chưa phát hành."
    return None


def expect(report: ClosingReport, *states: ClosingState) -> None:
    """Conflict unless the report is in one of the states."""
    if report.state not in states:
        now = ClosingState(report.state)
        raise Conflict(
            Said(f"Báo cáo này {now.label}, không làm được bước này.", f"The report is {now.value}; not this step.")
        )


def _letter(report: ClosingReport, dated: dt.date) -> OutgoingLetter:
    paper = document_of(report, None, dated)
    return OutgoingLetter(
        doc_type=DOC_TYPE,
        subject=paper.subject,
        dated=dated,
        text=plain_text(paper),
        recipients=paper.recipients,
        signer=paper.signer,
        place=paper.place or "",
    )


def _print(report: ClosingReport, document: Document) -> None:
    paper = document_of(report, document.number, document.dated)
    document.original = files.store(to_docx(paper), media.DOCX)
    document.original_name = f"{document.number.replace('/', '-')}.docx"
    document.save(update_fields=["original", "original_name"])
    report.pdf = files.store(to_pdf(paper), media.PDF)


def _locked(report: ClosingReport) -> ClosingReport:
    rows = ClosingReport.objects.select_for_update(of=("self",))
    return rows.select_related("campaign__unit", "document__entry", "signer").get(pk=report.pk)


def _record(action: str, report: ClosingReport, actor: Post, at: dt.datetime, **more: Plain) -> None:
    data: dict[str, Plain] = {"digest": report.digest, **more}
    record(actor=actor, action=action, obj=f"campaign:{report.campaign.uid}", at=at, data=data)
