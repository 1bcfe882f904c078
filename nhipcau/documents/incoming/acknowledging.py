"""Telling the sender that a letter arrived, on the day it did (Decree 30/2020/NĐ-CP, Articles 4.2c and 21.2c)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet

from nhipcau.audit.actions import record
from nhipcau.core.errors import Conflict
from nhipcau.core.text import canonical, fold
from nhipcau.documents.models import Direction, Document, DocumentState
from nhipcau.documents.queries import visible_documents
from nhipcau.documents.rights import REGISTRARS, require_own
from nhipcau.org.models import Post, Unit
from nhipcau.org.queries import names_of
from nhipcau.org.scope import Scope

_HERE = (DocumentState.READ, DocumentState.REGISTERED, DocumentState.COPY)
_LOOK_BACK = dt.timedelta(days=7)
_MOST = 500


@dataclass(frozen=True)
class Receipt:
    """One unit of the federation that has our letter, and the moments that the sender may know."""

    unit: str
    received_at: dt.datetime
    registered_at: dt.datetime | None
    acknowledged_at: dt.datetime | None


def acknowledge_letter(*, document: Document, actor: Post, at: dt.datetime) -> Document:
    """Tell the sender that the letter arrived. Repeating it keeps the first moment.

    Conflict for what is no incoming letter of the unit or was put aside. Raises NotFound, NotAllowed.
    """
    require_own(document.unit, *REGISTRARS, actor=actor, at=at)
    with transaction.atomic():
        document = Document.objects.select_for_update().get(pk=document.pk)
        if document.direction != Direction.INCOMING or document.state not in _HERE:
            raise Conflict("Chỉ báo đã nhận cho văn bản đến còn trong hệ thống.")
        if document.acknowledged_at is None:
            document.acknowledged_at, document.acknowledged_by = at, actor
            document.save(update_fields=["acknowledged_at", "acknowledged_by"])
            record(actor=actor, action="documents.acknowledged", obj=f"document:{document.uid}", at=at)
    return document


def acknowledge_waiting(*, unit: Unit, actor: Post, at: dt.datetime) -> int:
    """Every letter that arrived and was not acknowledged yet, in one act; returns how many there were."""
    scope = require_own(unit, *REGISTRARS, actor=actor, at=at)
    waiting = list(unanswered(scope).filter(acknowledged_at=None)[:_MOST])
    with transaction.atomic():
        for letter in waiting:
            acknowledge_letter(document=letter, actor=actor, at=at)
    return len(waiting)


def unanswered(scope: Scope) -> QuerySet[Document]:
    """The own unit's letters still to be registered, and those of the last week still to be acknowledged, the
    oldest arrival first."""
    rows = visible_documents(scope, direction=Direction.INCOMING, own_only=True)
    silent = Q(state=DocumentState.REGISTERED, acknowledged_at=None, received_on__gte=scope.day - _LOOK_BACK)
    return rows.filter(Q(state=DocumentState.READ) | silent).order_by("received_on", "pk")


def receipts(letter: Document, day: dt.date) -> list[Receipt]:
    """Who in the federation has an outgoing letter that was fetched as one's own: same number, day and issuer.

    Nothing else of what they hold is told. Two queries.
    """
    if not letter.number_key or letter.dated is None:
        return []
    rows = Document.objects.filter(
        number_key=letter.number_key, dated=letter.dated, direction=Direction.INCOMING, state__in=_HERE
    )
    rows = rows.exclude(unit=letter.unit_id).only(
        "unit", "issuer", "state", "created_at", "confirmed_at", "acknowledged_at"
    )
    wanted = fold(canonical(letter.issuer))
    first: dict[int, Document] = {}
    for row in rows.order_by("created_at", "pk")[:_MOST]:
        if fold(canonical(row.issuer)) == wanted:
            first.setdefault(row.unit_id, row)
    names = names_of(first, day)
    return [
        Receipt(
            names[unit].name,
            row.created_at,
            row.confirmed_at if row.state == DocumentState.REGISTERED else None,
            row.acknowledged_at,
        )
        for unit, row in first.items()
    ]
