"""Which years a unit's registers cover."""

from __future__ import annotations

from nhipcau.documents.models import Direction, Register
from nhipcau.org.scope import Scope


def years(scope: Scope, direction: Direction) -> list[int]:
    """The own unit's years in that direction, this year always among them, newest first."""
    kept = Register.objects.filter(unit=scope.unit, direction=direction).values_list("year", flat=True)
    return sorted({*kept, scope.day.year}, reverse=True)
