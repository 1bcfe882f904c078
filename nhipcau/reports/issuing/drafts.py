"""Drafts on their way through signature: which one stands, what it prints, who may see it."""

from __future__ import annotations

import uuid

from django.db.models import Q, QuerySet

from nhipcau.core.errors import Conflict
from nhipcau.core.periods import Period
from nhipcau.core.said import Said
from nhipcau.documents.models import Document
from nhipcau.documents.rights import reads_contents
from nhipcau.org.grounds import Ground, any_of
from nhipcau.org.models import Unit
from nhipcau.org.scope import Scope, fetch
from nhipcau.reports.models import IssuedReport, SigningDraft, SigningState, StaleFlag, TemplateVersion
from nhipcau.reports.sealing.staleness import open_flags

ACTIVE = (SigningState.OUT, SigningState.NUMBERED)
_WITH = ("seal__version__template", "seal__unit", "version__template", "unit", "signer", "docx", "document__entry")


def active_draft(version: TemplateVersion, period: Period, unit: Unit, edition: int) -> SigningDraft | None:
    """The draft of that edition that is out for signature or numbered."""
    drafts = SigningDraft.objects.filter(unit=unit, version=version, period=period.key, edition=edition)
    return drafts.filter(state__in=ACTIVE).select_related(*_WITH).first()


def visible_drafts(scope: Scope) -> QuerySet[SigningDraft]:
    """The unit's own drafts, newest first; nobody above sees what is not issued."""
    drafts = SigningDraft.objects.filter(any_of(signing_grounds(scope)))
    return drafts.select_related(*_WITH).order_by("-created_at", "-pk")


def signing_grounds(scope: Scope) -> list[Ground]:
    """On what grounds the scope finds drafts for signature."""
    said = Said("bản trình ký của chính đơn vị", "a draft for signature of the unit itself")
    return [Ground(said, Q(unit=scope.unit))] if reads_contents(scope) else []


def get_draft_for(scope: Scope, uid: uuid.UUID | str) -> SigningDraft:
    """One visible draft, or NotFound."""
    return fetch(visible_drafts(scope), uid, "Không có bản trình ký này trong phạm vi của bạn.")


def restated_by(draft: SigningDraft) -> IssuedReport | None:
    """The issued report that a draft of a restatement replaces."""
    if not draft.edition:
        return None
    same = IssuedReport.objects.filter(unit=draft.unit_id, version=draft.version_id, period=draft.period)
    return same.select_related("document", "seal__version", "unit", "version").get(edition=draft.edition - 1)


def issued_from(draft: SigningDraft) -> IssuedReport | None:
    """The report issued from a draft."""
    return IssuedReport.objects.filter(document=draft.document_id).first() if draft.document_id else None


def draft_behind(document: Document) -> SigningDraft | None:
    """The draft that a letter was numbered from, unless it was withdrawn."""
    return SigningDraft.objects.filter(document=document).exclude(state=SigningState.WITHDRAWN).first()


def changed_below(draft: SigningDraft) -> list[StaleFlag]:
    """What changed below since the draft's figures were sealed."""
    return list(open_flags(draft.seal))


def require_decided(draft: SigningDraft, *, as_sealed: bool) -> None:
    """Conflict if figures changed while the draft is out, unless the officer goes on with those sealed."""
    if as_sealed or draft.state == SigningState.NUMBERED:
        return
    changed = changed_below(draft)
    if changed:
        count = len({flag.cause.unit_id for flag in changed})
        raise Conflict(
            Said(
                f"Từ lúc mở bản trình ký, số liệu của {count} đơn vị đã thay đổi. "
                "Hãy rút bản trình ký (ghi lý do) rồi mở bản mới, hoặc chọn phát hành theo số liệu đã chốt.",
                f"Since the draft for signature was opened, the figures of {count} units have "
                "changed. Withdraw it (with a reason) and open a new one, or choose to issue by the "
                "settled figures.",
            )
        )


def locked(draft: SigningDraft) -> SigningDraft:
    """The draft as it stands now, its unit and itself locked. Conflict if its words changed meanwhile."""
    Unit.objects.select_for_update().get(pk=draft.unit_id)
    now = SigningDraft.objects.select_for_update(of=("self",)).select_related(*_WITH).get(pk=draft.pk)
    if now.narrative != draft.narrative:
        raise Conflict("Người khác vừa sửa lời của bản trình ký này. Hãy mở lại trang để xem rồi làm tiếp.")
    return now


def expect(draft: SigningDraft, *states: SigningState) -> None:
    """Conflict unless the draft is in one of the states."""
    if draft.state not in states:
        wanted = " hoặc ".join(f"«{state.label}»" for state in states)
        raise Conflict(
            Said(
                f"Bản trình ký {draft.get_state_display()}; bước này cần trạng thái {wanted}.",
                f"The draft for signature is «{draft.state}»; this step needs another state.",
            )
        )
