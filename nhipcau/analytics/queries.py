"""Reading saved analyses within a scope."""

from __future__ import annotations

import uuid

from django.db.models import Q, QuerySet

from nhipcau.analytics.models import SavedAnalysis
from nhipcau.core.said import Said
from nhipcau.documents.rights import reads_contents
from nhipcau.org.grounds import Ground, any_of
from nhipcau.org.scope import Scope, fetch


def visible_analyses(scope: Scope) -> QuerySet[SavedAnalysis]:
    """Those of the post's own unit, by name."""
    return SavedAnalysis.objects.filter(any_of(analysis_grounds(scope))).order_by("title")


def analysis_grounds(scope: Scope) -> list[Ground]:
    """On what grounds the scope finds saved analyses."""
    said = Said("chính đơn vị đã lưu", "the unit itself has saved it")
    return [Ground(said, Q(unit=scope.unit))] if reads_contents(scope) else []


def get_analysis_for(scope: Scope, uid: uuid.UUID | str) -> SavedAnalysis:
    """One of them, or NotFound."""
    return fetch(visible_analyses(scope), uid, "Không có bảng phân tích này trong phạm vi của bạn.")
