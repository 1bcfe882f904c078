"""Trình ký: a report goes out for signature with a blank number, comes back, is numbered, and only then issued."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from nhipcau.audit.actions import Plain, record
from nhipcau.audit.screen import screen
from nhipcau.core.clock import local_date
from nhipcau.core.errors import Conflict, Fault, InvalidInput
from nhipcau.core.ids import new_uid
from nhipcau.core.official import OfficialDocument
from nhipcau.core.periods import Period
from nhipcau.core.said import Said
from nhipcau.core.text import clean
from nhipcau.documents.models import StoredFile
from nhipcau.documents.outgoing.signedcopy import accepted_copy, is_digitally_signed
from nhipcau.documents.registers.books import checked_reason, void_entry
from nhipcau.documents.rights import OFFICERS, REGISTRARS, require_own
from nhipcau.documents.storing import files, media
from nhipcau.documents.storing.keptout import require_unstamped
from nhipcau.org.models import Post, Unit
from nhipcau.press.docx import to_docx
from nhipcau.press.readback import Edited, Grid
from nhipcau.press.rereading import read_docx_apart
from nhipcau.reports.design.checks import NARRATIVE_SLIP, check
from nhipcau.reports.issuing.drafts import active_draft, changed_below, expect, issued_from, locked, require_decided
from nhipcau.reports.issuing.editions import (
    Edition,
    document_of,
    edition_of,
    enter_letter,
    keep,
    latest_issued,
    prepare_letter,
    seal_for_issue,
)
from nhipcau.reports.issuing.expected import expected
from nhipcau.reports.issuing.gathering import Parts, from_seal, gather
from nhipcau.reports.issuing.readback import Change, compare
from nhipcau.reports.issuing.refielding import refielded
from nhipcau.reports.models import Answer, IssuedReport, SigningDraft, SigningState, TemplateVersion
from nhipcau.reports.sealing.staleness import answer_flags, open_flags, settle

WITHOUT_BLOCK = "thieu-thuyet-minh"


@dataclass(frozen=True)
class ReadBack:
    """What the leader's file changes: prose by block, the whole narrative as it would be kept, what to know."""

    changes: tuple[Change, ...]
    narrative: Mapping[str, str]
    notes: tuple[str, ...]


def open_for_signature(
    *,
    version: TemplateVersion,
    period: Period,
    unit: Unit,
    signer: Post,
    actor: Post,
    at: dt.datetime,
    restates: IssuedReport | None = None,
    reason: str = "",
) -> SigningDraft:
    """Seal the figures and lay out the report for signature, its number and date left blank.

    Repeating it returns the draft that is out. With `restates`, the newest edition issued, it is the draft of a
    numbered restatement for a `reason`. Raises Conflict if the report is issued already, if nothing changed since
    (restatement), or until the unit's own report is accepted; InvalidInput without a reason.
    """
    require_own(unit, *OFFICERS, actor=actor, at=at)
    settle(at=at)
    edition = Edition(restates, clean(reason, multiline=True) if restates else "")
    standing = active_draft(version, period, unit, edition.number)
    if standing is not None:
        return standing
    if signer.unit_id != unit.pk:
        raise InvalidInput("Chưa mở được.", [Fault("signer", "người ký phải giữ chức danh của chính đơn vị")])
    if restates is not None:
        checked_reason(reason, "Bản điều chỉnh phải có lý do.", actor=actor, at=at)
    _require_edition(edition, latest_issued(version, period, unit))
    parts = gather(version=version, period=period, unit=unit, at=at)
    screen({"narrative": list(parts.narrative.values())}, "narrative", actor=actor, at=at)
    with transaction.atomic():
        Unit.objects.select_for_update().get(pk=unit.pk)
        standing = active_draft(version, period, unit, edition.number)
        if standing is not None:
            return standing
        _require_edition(edition, latest_issued(version, period, unit))
        draft = _open(parts, edition, signer, actor, at)
    settle(at=at)
    return draft


def _require_edition(edition: Edition, newest: IssuedReport | None) -> None:
    if edition.restates is None:
        if newest is not None:
            raise Conflict(
                Said(
                    f"Báo cáo đã phát hành số {newest.document.number}; "
                    "nếu số liệu thay đổi thì trình ký bản điều chỉnh.",
                    f"The report was issued as no. {newest.document.number}; if its figures change, a "
                    "restatement goes for signature.",
                )
            )
        return
    if newest is None or newest.pk != edition.restates.pk:
        raise Conflict("Báo cáo này đã có bản điều chỉnh mới hơn; hãy điều chỉnh từ bản mới nhất.")
    if not open_flags(newest.seal).exists():
        raise Conflict("Số liệu của báo cáo đã phát hành không thay đổi; không có gì để điều chỉnh.")


def _open(parts: Parts, edition: Edition, signer: Post, actor: Post, at: dt.datetime) -> SigningDraft:
    seal = seal_for_issue(parts, actor, at)
    draft = SigningDraft(
        uid=new_uid(),
        unit=parts.unit,
        version=parts.version,
        period=parts.period.key,
        edition=edition.number,
        reason=edition.reason,
        seal=seal,
        signer=signer,
        narrative=dict(parts.narrative),
        created_by=actor,
        created_at=at,
    )
    draft.docx = _laid_out(draft)
    draft.save(force_insert=True)
    _log(draft, "reports.signing_opened", actor, at, seal=seal.digest)
    return draft


def paper(draft: SigningDraft, narrative: Mapping[str, str] | None = None) -> OfficialDocument:
    """The draft as it is printed now: numbered and dated if it was, its prose as kept (or as given)."""
    parts = from_seal(draft.seal, draft.narrative if narrative is None else narrative)
    letter = draft.document
    number, dated = (letter.number, letter.dated) if letter is not None else (None, None)
    return document_of(parts, draft.signer, edition_of(draft), number, dated)


def _laid_out(draft: SigningDraft) -> StoredFile:
    return files.store(to_docx(paper(draft), mark=str(draft.uid)), media.DOCX)


def preview(*, draft: SigningDraft, data: bytes, name: str, actor: Post, at: dt.datetime) -> ReadBack:
    """What reading the leader's .docx back would change; nothing is kept.

    Raises InvalidInput naming every figure and every other fixed part that was changed, lost, added or doubled,
    and slips in the prose; UnreadableFile for a file that is not this draft; BoundaryRefused.
    """
    require_own(draft.unit, *OFFICERS, actor=actor, at=at)
    expect(draft, SigningState.OUT)
    name = media.clean_name(name)
    files.require_size(data)
    media.require(data, name, (media.DOCX,))
    edited = read_docx_apart(data, name)
    words = _words(edited)
    require_unstamped(words, unit=draft.unit, actor=actor, at=at)
    parts = from_seal(draft.seal, draft.narrative)
    printed = expected(paper(draft), parts.definition, draft.narrative)
    found = compare(printed, edited, str(draft.uid))
    changed, altered = _kept_words(parts, found.changes)
    if found.faults or altered:
        raise _refusal([*found.faults, *altered])
    screen({f"narrative.{code}": text for code, text in changed.items()}, "narrative", actor=actor, at=at)
    screen({"tệp": [words, name]}, "letter", actor=actor, at=at)
    narrative = dict(draft.narrative) | changed
    notes = [*found.notes, *_slips(parts, narrative, changed)]
    return ReadBack(found.changes, narrative, tuple(notes))


def _kept_words(parts: Parts, changes: Sequence[Change]) -> tuple[dict[str, str], list[Fault]]:
    """By block the words as they would be kept, their figures as fields; figures that were changed."""
    found = {
        one.block: refielded(
            parts.definition, one.title, parts.narrative[one.block], parts.figures, clean(one.after, multiline=True)
        )
        for one in changes
    }
    return {code: one.text for code, one in found.items()}, [each for one in found.values() for each in one.faults]


def _refusal(faults: Sequence[Fault]) -> InvalidInput:
    return InvalidInput(
        Said(
            f"Chưa giữ gì của tệp này: có {len(faults)} chỗ sửa vào phần không sửa được trong Word. Số liệu "
            "sai thì sửa ở báo cáo của đơn vị có số liệu ấy, rồi mở bản trình ký mới.",
            f"Nothing of this file was kept: {len(faults)} changes are in parts that cannot "
            "be edited in Word. Correct a wrong figure in the report of its unit, then open a "
            "new draft for signature.",
        ),
        faults,
    )


def _words(edited: Edited) -> str:
    """Everything the file says, comments and deletions included."""
    lines = [
        "\n".join(" | ".join(row) for row in item.rows) if isinstance(item, Grid) else item.text
        for item in edited.items
    ]
    return "\n".join((*lines, edited.aside, *edited.margins))


def _slips(parts: Parts, narrative: Mapping[str, str], changed: Mapping[str, str]) -> list[str]:
    """Notes on the changed prose; InvalidInput for slips that a draft report would be refused for."""
    found = check(parts.definition, parts.node.cells, narrative)
    found = [one for one in found if set(one.cells) & set(changed)]
    slips = [one for one in found if one.rule in (NARRATIVE_SLIP, WITHOUT_BLOCK) and one.severity == "error"]
    if slips:
        titles = {block.code: block.title for block in parts.definition.narrative}
        faults = [Fault(titles.get(one.cells[0], ""), one.message) for one in slips]
        raise InvalidInput("Chưa giữ gì của tệp này: lời văn đã sửa có chỗ phải xem lại.", faults)
    return [one.message for one in found if one.severity == "info"]


def read_back(*, draft: SigningDraft, data: bytes, name: str, actor: Post, at: dt.datetime) -> ReadBack:
    """Keep the prose that the leader changed in the .docx of this draft, and the file; see `preview`.

    A file that changes nothing changes nothing here. The draft is laid out anew, its number still blank.
    """
    found = preview(draft=draft, data=data, name=name, actor=actor, at=at)
    if not found.changes:
        return found
    files.write(data)
    with transaction.atomic():
        now = locked(draft)
        expect(now, SigningState.OUT)
        now.narrative, now.read_back_at = dict(found.narrative), at
        now.read_back = files.store(data, media.DOCX)
        now.docx = _laid_out(now)
        now.save(update_fields=["narrative", "read_back", "read_back_at", "docx"])
        blocks = sorted(change.block for change in found.changes)
        _log(now, "reports.read_back", actor, at, blocks=blocks, file=now.read_back.sha256)
    return found


def number(
    *, draft: SigningDraft, signed_on: dt.date, actor: Post, at: dt.datetime, as_sealed: bool = False
) -> SigningDraft:
    """After signature: number the report and date it with the day it was signed. Nothing is issued yet.

    `as_sealed` goes on with the sealed figures although some changed since. Repeating it returns the numbered
    draft. Raises InvalidInput for a day before the draft or after today, Conflict if figures changed.
    """
    require_own(draft.unit, *REGISTRARS, actor=actor, at=at)
    settle(at=at)
    if draft.state == SigningState.NUMBERED:
        return _same_day(draft, signed_on)
    expect(draft, SigningState.OUT)
    _require_day(draft, signed_on, at)
    require_decided(draft, as_sealed=as_sealed)
    edition, parts = edition_of(draft), from_seal(draft.seal, draft.narrative)
    letter = prepare_letter(parts, edition, draft.signer, actor, at, dated=signed_on)
    with transaction.atomic():
        now = locked(draft)
        if now.state == SigningState.NUMBERED:
            return _same_day(now, signed_on)
        expect(now, SigningState.OUT)
        require_decided(now, as_sealed=as_sealed)
        document = enter_letter(letter, parts, edition, actor, at)
        now.document, now.state = document, SigningState.NUMBERED
        now.save(update_fields=["document", "state"])
        document.original = files.store(to_docx(paper(now)), media.DOCX)
        document.original_name = f"{document.number.replace('/', '-')}.docx"
        document.save(update_fields=["original", "original_name"])
        changed = len(changed_below(now))
        _log(now, "reports.numbered", actor, at, document=str(document.uid), stale=changed)
    return now


def _same_day(draft: SigningDraft, signed_on: dt.date) -> SigningDraft:
    letter = draft.document
    if letter is not None and letter.dated != signed_on:
        raise Conflict(
            Said(
                f"Báo cáo đã cấp số {letter.number} ngày {letter.dated:%d/%m/%Y}. Nếu sai ngày thì rút "
                "bản trình ký.",
                f"The report was numbered {letter.number} on {letter.dated:%d/%m/%Y}. If the day is "
                "wrong, withdraw the draft.",
            )
        )
    return draft


def _require_day(draft: SigningDraft, day: dt.date, at: dt.datetime) -> None:
    opened, today = local_date(draft.created_at), local_date(at)
    if not opened <= day <= today:
        raise InvalidInput(
            "Chưa cấp số được.",
            [
                Fault(
                    "signed_on",
                    Said(
                        f"ngày ký phải từ {opened:%d/%m/%Y} (ngày mở bản trình ký) đến {today:%d/%m/%Y}",
                        f"the day of signature must be from {opened:%d/%m/%Y} (when the draft was opened) to "
                        f"{today:%d/%m/%Y}",
                    ),
                )
            ],
        )


def attach_signed(
    *, draft: SigningDraft, data: bytes, name: str, actor: Post, at: dt.datetime, sure: bool = False
) -> IssuedReport:
    """Keep the sealed scan or the digitally signed PDF beside the numbered report: with that it is issued.

    A PDF whose text holds neither the number nor the check code is refused unless the clerk is `sure` of it.
    A PDF is kept bit for bit, a picture without its metadata. Repeating it returns the issued report. Raises
    InvalidInput (another kind of file), UnreadableFile, KeptOut, BoundaryRefused, Conflict (not numbered yet).
    """
    require_own(draft.unit, *REGISTRARS, actor=actor, at=at)
    standing = issued_from(draft)
    if standing is not None:
        return standing
    expect(draft, SigningState.NUMBERED)
    number = draft.document.number if draft.document else ""
    copy = accepted_copy(
        data, name, unit=draft.unit, number=number, check_code=draft.seal.digest[:12], sure=sure, actor=actor, at=at
    )
    edition, parts = edition_of(draft), from_seal(draft.seal, draft.narrative)
    with transaction.atomic():
        now = locked(draft)
        standing = issued_from(now)
        if standing is not None:
            return standing
        expect(now, SigningState.NUMBERED)
        if now.document is None:
            raise RuntimeError("a numbered draft has its letter")
        issued = keep(parts, edition, now.document, now.signer, actor, at)
        issued.signed_copy, issued.signed_name = files.store(copy.data, copy.kind), copy.name
        issued.save(update_fields=["signed_copy", "signed_name"])
        now.state = SigningState.ISSUED
        now.save(update_fields=["state"])
        signature = is_digitally_signed(copy.data)
        _log(now, "reports.copy_attached", actor, at, file=issued.signed_copy.sha256, signature=signature)
    settle(at=at)
    return issued


def withdraw(*, draft: SigningDraft, reason: str, actor: Post, at: dt.datetime) -> SigningDraft:
    """Take a draft back with a reason; a number it took is struck in the register with the same reason.

    Repeating it changes nothing. Conflict once it is issued.
    """
    numbered = draft.state == SigningState.NUMBERED
    require_own(draft.unit, *(REGISTRARS if numbered else OFFICERS), actor=actor, at=at)
    reason = checked_reason(reason, "Rút bản trình ký phải có lý do.", actor=actor, at=at)
    with transaction.atomic():
        now = locked(draft)
        if now.state == SigningState.WITHDRAWN:
            return now
        expect(now, SigningState.OUT, SigningState.NUMBERED)
        now.state, now.withdrawn_reason = SigningState.WITHDRAWN, reason
        now.save(update_fields=["state", "withdrawn_reason"])
        answer_flags(now.seal.flags.all(), Answer.DISMISSED, reason=reason, at=at, by=actor.pk)
        if now.document is not None:
            void_entry(entry=now.document.entry, reason=reason, actor=actor, at=at)
        _log(now, "reports.signing_withdrawn", actor, at)
    return now


def digest_of_words(narrative: Mapping[str, str]) -> str:
    """SHA-256 over the prose as canonical JSON, UTF-8: what the log keeps of it."""
    words = json.dumps(dict(narrative), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(words.encode()).hexdigest()


def _log(draft: SigningDraft, action: str, actor: Post, at: dt.datetime, **more: Plain) -> None:
    data: dict[str, Plain] = {
        "unit": str(draft.unit.uid),
        "period": draft.period,
        "edition": draft.edition,
        "words": digest_of_words(draft.narrative),
    }
    record(actor=actor, action=action, obj=f"signing:{draft.uid}", at=at, data=data | more)
