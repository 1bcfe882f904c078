"""Letters as a post may see them: its own unit's, and registered ones of the units below. Peers see nothing."""

from __future__ import annotations

import datetime as dt
import uuid
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from nhipcau.core.errors import NotFound
from nhipcau.core.said import Said
from nhipcau.core.text import fold
from nhipcau.documents.models import Citation, Direction, Document, DocumentState, Scan, ScanState
from nhipcau.documents.rights import reads_contents
from nhipcau.documents.storing import files, waiting
from nhipcau.org.grounds import Ground, any_of
from nhipcau.org.scope import Scope
from nhipcau.reader.extract.apart import searchable_apart
from nhipcau.reader.language.words import from_plain

ABSENT = Said("Không có văn bản này trong phạm vi của bạn.", "There is no such letter within your scope.")
_UNFINISHED = (DocumentState.READ, DocumentState.DISCARDED)
_ASIDE = (DocumentState.COPY, DocumentState.DISCARDED)


def visible_documents(
    scope: Scope,
    *,
    text: str = "",
    direction: Direction | None = None,
    state: DocumentState | None = None,
    own_only: bool = False,
) -> QuerySet[Document]:
    """Newest first. `text`: every word must stand in number, subject, issuer or text, diacritics ignored.

    Copies and what was put aside are left out unless asked for by `state`; a letter of a unit below shows
    once it is registered.
    """
    documents = _visible(scope)
    if own_only:
        documents = documents.filter(unit=scope.unit)
    if direction:
        documents = documents.filter(direction=direction)
    documents = documents.filter(state=state) if state else documents.exclude(state__in=_ASIDE)
    for word in fold(text).split():
        documents = documents.filter(folded__contains=word)
    # Lists never need the whole text or the reading; leaving them in the database keeps pages light.
    heavy = documents.defer("text", "folded", "reading")
    return heavy.select_related("entry", "unit", "original").order_by("-created_at", "-pk")


def get_document_for(scope: Scope, uid: uuid.UUID | str) -> Document:
    """The visible document with that uid; a stranger's document does not exist."""
    try:
        return _visible(scope).select_related("entry", "unit", "original", "copy_of").get(uid=uid)
    except (Document.DoesNotExist, ValidationError, ValueError, TypeError) as error:
        raise NotFound(ABSENT) from error


def get_scan_for(scope: Scope, uid: uuid.UUID | str) -> Scan:
    """The scan that the scope's own unit sent in; another unit's does not exist."""
    try:
        return _own_scans(scope).select_related("document").get(uid=uid)
    except (Scan.DoesNotExist, ValidationError, ValueError, TypeError) as error:
        raise NotFound("Không có bản quét này trong phạm vi của bạn.") from error


def waiting_scans(scope: Scope) -> QuerySet[Scan]:
    """The unit's scans that are still to be recognised, oldest first."""
    return _own_scans(scope).filter(state=ScanState.WAITING).order_by("created_at", "pk")


def unread_scans(scope: Scope) -> QuerySet[Scan]:
    """The unit's scans that the machine could not read, oldest first: `note` says why."""
    return _own_scans(scope).filter(state=ScanState.FAILED).order_by("created_at", "pk")


def refused_scans(scope: Scope, since: dt.datetime) -> QuerySet[Scan]:
    """The unit's scans sent since then that were not taken in, newest first: `note` says why."""
    states = (ScanState.KEPT_OUT, ScanState.KNOWN)
    return _own_scans(scope).filter(state__in=states, created_at__gte=since).order_by("-created_at", "-pk")


def first_receipt(document: Document) -> dt.date | None:
    """The day the letter first came in, by itself or as one of the copies that joined it: limits run from then."""
    days = [document.received_on, *document.copies.values_list("received_on", flat=True)]
    return min((day for day in days if day), default=None)


def citations(document: Document) -> QuerySet[Citation]:
    """What the document cites, in the order found, each with its target if the unit's registers hold it."""
    return document.citations.select_related("target", "target__entry").order_by("pk")


def cited_by(document: Document) -> QuerySet[Citation]:
    """The unit's documents that cite this one."""
    return document.cited_by.select_related("document", "document__entry").order_by("-document__dated", "pk")


def download_searchable(document: Document) -> tuple[bytes, str]:
    """(PDF, file name): the scanned pages with their recognised words, made from the original when first asked for.

    The copy lies in `cache/`, which may be emptied at any time; the original stays as it came. Raises NotFound
    for a letter that was not scanned, MissingProgram where the extra `ocr` is not installed, UnreadableFile.
    """
    scan: Scan | None = getattr(document, "scan", None)
    if scan is None or document.original is None or not scan.words:
        raise NotFound("Văn bản này không phải bản quét đã nhận dạng nên không có bản để tìm kiếm.")
    original, words = document.original, from_plain(scan.words)
    made = files.derived(
        waiting.searchable_key(scan),
        lambda: searchable_apart(files.read(original), document.original_name, words),
    )
    return made, f"{Path(document.original_name).stem}-tim-kiem.pdf"


def download_original(document: Document) -> tuple[bytes, str, str]:
    """(bytes as they came, file name, media type) of a document that was fetched through a scope."""
    if document.original is None:
        raise NotFound("Văn bản này không có tệp gốc kèm theo.")
    return files.read(document.original), document.original_name, document.original.media_type


def _own_scans(scope: Scope) -> QuerySet[Scan]:
    return Scan.objects.filter(unit=scope.unit) if reads_contents(scope) else Scan.objects.none()


def document_grounds(scope: Scope) -> list[Ground]:
    """On what grounds the scope finds letters."""
    if not reads_contents(scope):
        return []
    registered = scope.own_or_below("unit") & ~Q(state__in=_UNFINISHED)
    return [
        Ground(Said("văn bản của chính đơn vị", "a letter of the unit itself"), Q(unit=scope.unit)),
        Ground(
            Said(
                "văn bản đã vào sổ của đơn vị trong nhánh: cấp trên xem được",
                "a registered letter of a unit of the branch, which the level above may read",
            ),
            registered,
        ),
    ]


def _visible(scope: Scope) -> QuerySet[Document]:
    return Document.objects.filter(any_of(document_grounds(scope)))
