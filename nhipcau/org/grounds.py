"""On what ground a post finds a thing: one list, which the query and the explanation of it are both made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Model, Q

from nhipcau.core.said import Said


@dataclass(frozen=True)
class Ground:
    """One rule: what it says, and which rows it lets through."""

    said: Said
    rule: Q


def any_of(grounds: Iterable[Ground]) -> Q:
    """Rows that at least one of them lets through; without grounds, none."""
    found: Q | None = None
    for ground in grounds:
        found = ground.rule if found is None else found | ground.rule
    return Q(pk__in=[]) if found is None else found


def that_hold(row: Model, grounds: Iterable[Ground]) -> list[Said]:
    """What those say that let this row through."""
    rows = type(row)._default_manager.filter(pk=row.pk)
    return [ground.said for ground in grounds if rows.filter(ground.rule).exists()]
