"""A file that was read by mistake: put aside before it has a number."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from nhipcau.audit.actions import record
from nhipcau.core.errors import Conflict
from nhipcau.documents.incoming.scanning import erase_words
from nhipcau.documents.models import Direction, Document, DocumentState
from nhipcau.documents.registers.books import checked_reason
from nhipcau.documents.rights import REGISTRARS, require_own
from nhipcau.documents.search.rows import keep
from nhipcau.org.models import Post


def discard(*, document: Document, reason: str, actor: Post, at: dt.datetime) -> Document:
    """Put a letter that waits for confirmation aside, with the reason. Safe to repeat with the same reason.

    What the reader took from it is erased, so that no search finds it; the same file may come in again.
    Raises Conflict for a letter that has a number or joined another: a number is struck instead.
    """
    require_own(document.unit, *REGISTRARS, actor=actor, at=at)
    reason = checked_reason(reason, "Bỏ văn bản phải có lý do.", actor=actor, at=at)
    with transaction.atomic():
        document = Document.objects.select_for_update().select_related("unit").get(pk=document.pk)
        if document.state == DocumentState.DISCARDED and document.discard_reason == reason:
            return document
        if document.state != DocumentState.READ or document.direction != Direction.INCOMING:
            raise Conflict("Chỉ bỏ được văn bản còn chờ xác nhận; văn bản đã có số thì hủy số kèm lý do.")
        document.state, document.discard_reason = DocumentState.DISCARDED, reason
        document.text = document.folded = ""
        document.reading = {}
        erase_words(document)
        document.save(update_fields=["state", "discard_reason", "text", "folded", "reading"])
        keep(document)
        record(actor=actor, action="documents.discarded", obj=f"document:{document.uid}", at=at)
    return document
