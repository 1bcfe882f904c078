"""Letters and registers. What comes in is confirmed by a person beside its text, on the page."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from ninja import File, Form, Query, UploadedFile

from nhipcau.access.models import TokenScope
from nhipcau.api.auth import ApiRequest
from nhipcau.api.declare import Area
from nhipcau.api.errors import spoken
from nhipcau.api.files import download, taken
from nhipcau.api.paging import Listed, Paging, listed
from nhipcau.api.routers.units import named
from nhipcau.api.schemas.base import Words
from nhipcau.api.schemas.documents import ArrivalOut, Arrivals, EntryOut, LetterDetail, LetterOut
from nhipcau.api.schemas.tasks import ObligationOut
from nhipcau.audit.taking import note_taking
from nhipcau.documents import actions
from nhipcau.documents.models import Direction, Document, DocumentState, RegisterEntry, Scan
from nhipcau.documents.queries import download_original, get_document_for, visible_documents
from nhipcau.documents.registers.books import SERIES, register_entries
from nhipcau.documents.rights import OFFICERS, REGISTRARS, reads_petitions
from nhipcau.org.scope import Scope
from nhipcau.tasks.models import Obligation
from nhipcau.tasks.queries import get_letter_for, obligations_of

area = Area("documents", "/documents")


@area.get("", "documents:find", roles=OFFICERS, answer=Listed[LetterOut])
def letters(
    request: ApiRequest,
    paging: Query[Paging],
    q: Words = "",
    direction: Direction | None = None,
    state: DocumentState | None = None,
    own: bool = False,
) -> Any:
    """Letters of the own unit, and registered ones of those below, the newest first; `q`: every word is in it."""
    rows = visible_documents(request.scope, text=q[:200], direction=direction, state=state, own_only=own)
    return listed(request, rows, paging, lambda some: _shown(some, request.scope))


@area.post("", "documents:upload", scope=TokenScope.ISSUE, roles=REGISTRARS, answer=Arrivals)
def receive(request: ApiRequest, file: File[UploadedFile], received_on: Form[dt.date | None] = None) -> Any:
    """Take in a letter or a parcel of letters, as a form; a person confirms it on the page."""
    paper, scope = taken(file), request.scope
    told: dict[str, Any] = {"unit": scope.unit, "data": paper.data, "name": paper.name}
    told |= {"received_on": received_on or scope.day, "actor": scope.post, "at": request.moment}
    parcel = actions.receive_parcel(**told)
    if parcel is not None:
        return Arrivals(
            arrivals=[_arrival(one.name, one.document, one.scan, one.known, one.refusal) for one in parcel]
        )
    taken_in = actions.accept(**told)
    scan = taken_in if isinstance(taken_in, Scan) else None
    letter = taken_in if isinstance(taken_in, Document) else None
    return Arrivals(arrivals=[_arrival(paper.name, letter, scan)])


@area.get("/registers/{direction}/{int:year}", "documents:register", roles=OFFICERS, answer=Listed[EntryOut])
def register(
    request: ApiRequest,
    paging: Query[Paging],
    direction: Direction,
    year: int,
    series: Words = SERIES,
    unit: uuid.UUID | None = None,
) -> Any:
    """The lines of one register in order, voids kept; the own unit's unless another is named."""
    scope = request.scope
    chosen = scope.get_unit(unit) if unit else scope.unit
    rows = register_entries(scope, chosen, direction, min(year, 9999), series[:30])
    if direction == Direction.PETITION and reads_petitions(scope, chosen):
        note_taking(
            actor=scope.post,
            action="documents.petitions_read",
            obj=f"unit:{chosen.uid}",
            at=request.moment,
            data={"year": year, "by": "api"},
        )
    return listed(request, rows, paging, lambda some: map(_entry, some))


@area.get("/{uuid:letter}", "documents:document", roles=OFFICERS, answer=LetterDetail)
def letter(request: ApiRequest, letter: uuid.UUID) -> Any:
    """A letter of one's own or below, or one that work came with."""
    found = get_letter_for(request.scope, letter)
    names = ("addressees", "recipients", "signer_authority", "signer_title", "signer_name", "original_name")
    return LetterDetail(
        **_shown([found], request.scope)[0].dict(),
        has_original=found.original_id is not None,
        **{name: getattr(found, name) for name in names},
    )


@area.file("/{uuid:letter}/original", "documents:original", roles=OFFICERS)
def original(request: ApiRequest, letter: uuid.UUID) -> HttpResponse:
    """The file bit for bit, as it came."""
    found = get_letter_for(request.scope, letter)
    return download(request, "documents.original_taken", f"document:{found.uid}", download_original(found))


@area.get("/{uuid:letter}/obligations", roles=OFFICERS, answer=Listed[ObligationOut])
def obligations(request: ApiRequest, paging: Query[Paging], letter: uuid.UUID) -> Any:
    """What a letter asks, in its order."""
    rows = obligations_of(get_document_for(request.scope, letter))
    return listed(request, rows, paging, lambda some: map(_obligation, some))


def _shown(rows: Sequence[Document], scope: Scope) -> list[LetterOut]:
    return [
        LetterOut(unit=unit, register_number=_line(one), **{name: getattr(one, name) for name in _PLAIN})
        for one, unit in zip(rows, named([one.unit for one in rows], scope.day), strict=True)
    ]


_PLAIN = (
    *("uid", "direction", "state", "doc_type", "number", "issuer", "dated", "subject", "received_on", "scope"),
)


def _line(one: Document) -> str | None:
    entry: RegisterEntry | None = getattr(one, "entry", None)
    return entry.label if entry else None


def _entry(one: RegisterEntry) -> EntryOut:
    letter = one.document
    return EntryOut(
        number=one.label,
        entered_at=one.entered_at,
        document=letter.uid if letter else None,
        doc_type=letter.doc_type if letter else "",
        letter_number=letter.number if letter else "",
        dated=letter.dated if letter else None,
        subject=letter.subject if letter else "",
        void_reason=one.void_reason,
        note=one.note,
    )


def _obligation(one: Obligation) -> ObligationOut:
    return ObligationOut(
        uid=one.uid,
        text=one.text,
        responsible=one.responsible,
        helped_by=one.helped_by,
        scope=one.scope,
        deadline_phrase=one.deadline_phrase,
        deadline=one.deadline_normalised,
        assigned=bool(getattr(one, "assigned", False)),
    )


def _arrival(
    name: str, letter: Document | None, scan: Scan | None, known: bool = False, refusal: str = ""
) -> ArrivalOut:
    return ArrivalOut(
        name=name,
        letter=letter.uid if letter else None,
        scan=scan.uid if scan else None,
        known=known,
        refusal=spoken(refusal),
    )
