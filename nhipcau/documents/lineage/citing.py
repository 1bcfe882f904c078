"""What a clerk decides about cited letters that the registers lack: this is it, this is not, not needed."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet

from nhipcau.audit.actions import record
from nhipcau.core.errors import Conflict, InvalidInput
from nhipcau.documents.models import Citation, Direction, Document, DocumentState
from nhipcau.documents.registers.books import checked_reason
from nhipcau.documents.rights import REGISTRARS, require_own
from nhipcau.org.models import Post


def link_by_hand(*, citation: Citation, target: Document, actor: Post, at: dt.datetime) -> int:
    """Say which registered letter is meant, for every letter of the unit that cites it so; how many do.

    Safe to repeat. Raises InvalidInput for a letter of another unit, one without a number, the citing one itself.
    """
    unit = citation.document.unit
    require_own(unit, *REGISTRARS, actor=actor, at=at)
    numbered = target.state == DocumentState.REGISTERED
    numbered = numbered and target.direction in (Direction.INCOMING, Direction.OUTGOING)
    if target.unit_id != unit.pk or not numbered or target.pk == citation.document_id:
        raise InvalidInput("Chỉ nối được với một văn bản khác đã vào sổ của chính đơn vị.")
    with transaction.atomic():
        rows = same(citation).exclude(document=target)
        count = rows.update(target=target, possible=None, waived="")
        _log("documents.citation_linked", citation, actor, at, target=str(target.uid))
    return count


def decline(*, citation: Citation, actor: Post, at: dt.datetime) -> None:
    """Say that the letter asked about is not the one meant; it is not asked again."""
    require_own(citation.document.unit, *REGISTRARS, actor=actor, at=at)
    with transaction.atomic():
        if same(citation).exclude(possible=None).update(possible=None, declined=True):
            _log("documents.citation_declined", citation, actor, at)


def waive(*, citation: Citation, reason: str, actor: Post, at: dt.datetime) -> int:
    """Say, with a reason, that the unit does not need the letter. Conflict if it is in the registers already."""
    require_own(citation.document.unit, *REGISTRARS, actor=actor, at=at)
    reason = checked_reason(reason, "Không cần văn bản này phải có lý do.", actor=actor, at=at)
    with transaction.atomic():
        count = same(citation).update(waived=reason, possible=None)
        if not count:
            raise Conflict("Văn bản này đã có trong sổ, không cần bỏ qua nữa.")
        _log("documents.citation_waived", citation, actor, at)
    return count


def same(citation: Citation) -> QuerySet[Citation]:
    """The unit's open citations of that symbol and date."""
    return Citation.objects.filter(
        document__unit=citation.document.unit_id,
        symbol_key=citation.symbol_key,
        dated=citation.dated,
        target=None,
    )


def _log(action: str, citation: Citation, actor: Post, at: dt.datetime, **data: str) -> None:
    record(actor=actor, action=action, obj=f"document:{citation.document.uid}", at=at, data=data)
