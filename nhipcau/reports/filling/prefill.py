"""The form fills itself: each indicator's declared source is read from the registers of the unit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nhipcau.activities.models import Activity
from nhipcau.activities.queries import counted
from nhipcau.core.numbers import Cell, CellState
from nhipcau.core.periods import Period
from nhipcau.documents.models import Direction, Document, RegisterEntry
from nhipcau.org.models import Unit
from nhipcau.reports.design.definition import Definition, Indicator, Source
from nhipcau.reports.design.figures import Cells


@dataclass(frozen=True)
class Origin:
    """One record behind a cell, and how much of it."""

    cell: str
    value: int
    activity: Activity | None = None
    document: Document | None = None


def prefill(definition: Definition, unit: Unit, period: Period) -> tuple[Cells, list[Origin]]:
    """Cells and their origins. A unit that recorded nothing of a kind has a missing cell, not a zero."""
    first, last = period.first_day(definition.calendar), period.last_day(definition.calendar)
    cells: Cells = {}
    origins: list[Origin] = []
    cache: dict[str, list[Activity]] = {}
    for item in definition.entered():
        if item.source is None:
            continue
        own = list(_origins(item, item.source, unit, first, last, cache))
        if own:
            cells[item.code] = Cell(CellState.VALUE, sum(origin.value for origin in own))
            origins.extend(own)
    return cells, origins


def _origins(
    item: Indicator, source: Source, unit: Unit, first: dt.date, last: dt.date, cache: dict[str, list[Activity]]
) -> Iterator[Origin]:
    if source.letters:
        for document in issued_letters(unit, source.letters, first, last):
            yield Origin(item.code, 1, document=document)
        return
    if source.activity not in cache:
        cache[source.activity] = list(counted(unit, source.activity, first, last))
    for activity in cache[source.activity]:
        if all(activity.facets.get(facet) == choice for facet, choice in source.where.items()):
            value = activity.values.get(source.measure) if source.measure else 1
            if value is not None:
                yield Origin(item.code, value, activity=activity)


def issued_letters(unit: Unit, types: Sequence[str], first: dt.date, last: dt.date) -> list[Document]:
    """The unit's outgoing letters of those types dated within the interval, in the order of the register."""
    entries = RegisterEntry.objects.filter(
        register__unit=unit,
        register__direction=Direction.OUTGOING,
        document__doc_type__in=types,
        void_reason="",
        document__dated__gte=first,
        document__dated__lte=last,
    )
    ordered = entries.select_related("document").order_by("register__year", "number")
    return [entry.document for entry in ordered if entry.document is not None]
