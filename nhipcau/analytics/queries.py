"""Reading saved analyses within a scope."""

from __future__ import annotations

import uuid

from django.db.models import QuerySet

from nhipcau.analytics.models import SavedAnalysis
from nhipcau.documents.rights import reads_contents
from nhipcau.org.scope import Scope, fetch


def visible_analyses(scope: Scope) -> QuerySet[SavedAnalysis]:
    """Those of the post's own unit, by name."""
    if not reads_contents(scope):
        return SavedAnalysis.objects.none()
    return SavedAnalysis.objects.filter(unit=scope.unit).order_by("title")


def get_analysis_for(scope: Scope, uid: uuid.UUID | str) -> SavedAnalysis:
    """One of them, or NotFound."""
    return fetch(visible_analyses(scope), uid, "Không có bảng phân tích này trong phạm vi của bạn.")
