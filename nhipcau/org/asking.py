"""Several questions in one statement: which of these rows are there at all."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db.models import Exists, QuerySet

from nhipcau.org.models import Unit
from nhipcau.org.scope import Scope


def which(scope: Scope, rows: Mapping[str, Collection[QuerySet[Any]]]) -> set[str]:
    """The names of which at least one of the rows stands; nothing of a row itself is read."""
    asked = {
        f"asked_{place}_{part}": (name, Exists(some))
        for place, (name, several) in enumerate(rows.items())
        for part, some in enumerate(several)
    }
    if not asked:
        return set()
    exists = {key: question for key, (_, question) in asked.items()}
    found: Sequence[dict[str, bool]] = Unit.objects.filter(pk=scope.unit.pk).values(**exists)  # type: ignore[assignment]
    return {asked[key][0] for row in found for key, stands in row.items() if stands}
