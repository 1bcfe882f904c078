"""Keeping the search in step with the letters: called by every action that writes one, in its transaction."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection, transaction
from django.db.models import QuerySet

from nhipcau.documents.models import Document, DocumentState, SearchRow
from nhipcau.documents.search import engine as searchengine
from nhipcau.documents.search.words import terms

CHUNK = 200
# A copy is found through its first; of what was put aside nothing may be found.
NEVER = (DocumentState.COPY, DocumentState.DISCARDED)


def keep(document: Document) -> None:
    """Make the letter findable as it now stands, or not at all if its state says so. Call it after saving."""
    if document.state in NEVER:
        SearchRow.objects.filter(document=document).delete()
        return
    row = row_of(document)
    values = {"unit_id": row.unit_id, "waiting": row.waiting, "dated": row.dated, "terms": row.terms}
    SearchRow.objects.update_or_create(document=document, defaults=values)


def row_of(document: Document) -> SearchRow:
    """The row as it ought to be, unsaved."""
    return SearchRow(
        document=document,
        unit_id=document.unit_id,
        waiting=document.state == DocumentState.READ,
        dated=document.dated,
        terms=terms(document),
    )


def findable() -> QuerySet[Document]:
    """The letters that search is to know."""
    return Document.objects.exclude(state__in=NEVER).defer("folded", "reading").order_by("pk")


def rebuild() -> int:
    """Make every row and the index anew, in one transaction; how many letters can be found now."""
    with transaction.atomic(), connection.cursor() as cursor:
        return searchengine.engine().fill(cursor, _load)


def _load() -> int:
    return sum(len(SearchRow.objects.bulk_create(rows)) for rows in _fresh())


def _fresh() -> Iterator[list[SearchRow]]:
    last = 0
    while chunk := list(findable().filter(pk__gt=last)[:CHUNK]):
        yield [row_of(document) for document in chunk]
        last = chunk[-1].pk
