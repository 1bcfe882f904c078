"""Where on an area's pages others lead back to."""

from __future__ import annotations

from django.urls import reverse

from nhipcau.documents.models import Document, DocumentState


def duties_of(document: Document) -> str:
    """Where the obligations of the letter stand."""
    waiting = document.state == DocumentState.READ
    return reverse(f"documents:{'confirm' if waiting else 'document'}", kwargs={"uid": document.uid}) + "#yeu-cau"
