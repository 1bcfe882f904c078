"""The lines of a register one after the other, however long it is: read in portions, never held as a whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.db.models import Count, Max, Min, Q, QuerySet

from nhipcau.documents.models import Direction, RegisterEntry
from nhipcau.documents.registers.books import SERIES, amended
from nhipcau.documents.registers.forms import BOOKS, SENT, BookForm, Cell, number_of
from nhipcau.documents.registers.routing import Routed, routing
from nhipcau.documents.rights import reads_contents, reads_petitions
from nhipcau.org.models import Unit
from nhipcau.org.scope import Scope

_AT_ONCE = 1000
_DAY = "counts_on"  # the day of a line, as its form says (`BookForm.day`)


@dataclass(frozen=True)
class Range:
    """Which lines to print, both ends included; None leaves an end open.

    The day is that of arrival for an incoming letter, the letter's own for an outgoing one or a copy, and the
    day it was sent in the register of what was sent; a struck or reserved number without a letter counts on
    the day it was entered.
    """

    first: int | None = None
    last: int | None = None
    since: dt.date | None = None
    until: dt.date | None = None


WHOLE = Range()


@dataclass
class Tally:
    """What passed by while the lines were read: for the words above and below the table."""

    lines: int = 0
    void: int = 0
    free: int = 0
    first: str = ""
    last: str = ""
    since: dt.date | None = None
    until: dt.date | None = None

    def see(self, line: RegisterEntry) -> None:
        """Count one line."""
        day: dt.date = getattr(line, _DAY)
        self.lines += 1
        self.void += bool(line.void_reason)
        self.free += line.is_free
        self.first = self.first or number_of(line)
        self.last = number_of(line)
        self.since = min(self.since or day, day)
        self.until = max(self.until or day, day)


@dataclass(frozen=True)
class Chosen:
    """One register and a part of it, of the own unit if no other is named. The register of what was sent has no
    series of its own."""

    kind: str
    year: int
    series: str = SERIES
    limits: Range = WHOLE
    unit: Unit | None = None

    @property
    def form(self) -> BookForm:
        return BOOKS[self.kind]


def entries_of(scope: Scope, chosen: Chosen) -> QuerySet[RegisterEntry]:
    """The lines of the register in order, without the letters' texts."""
    closed_to = chosen.kind == Direction.PETITION and not reads_petitions(scope, chosen.unit or scope.unit)
    if closed_to or not reads_contents(scope):
        return RegisterEntry.objects.none()
    lines = RegisterEntry.objects.filter(
        register__unit=chosen.unit or scope.unit,
        register__year=chosen.year,
        register__direction__in=chosen.form.directions,
    )
    order = ["number", "suffix"]
    if chosen.kind == SENT:
        lines = lines.filter(dispatched_on__isnull=False, document__isnull=False, void_reason="")
        order = ["dispatched_on", "register", *order]
    else:
        lines = lines.filter(register__series=chosen.series)
    limits = chosen.limits
    ends = {
        "number__gte": limits.first,
        "number__lte": limits.last,
        f"{_DAY}__gte": limits.since,
        f"{_DAY}__lte": limits.until,
    }
    lines = lines.annotate(**{_DAY: chosen.form.day}).filter(
        **{end: to for end, to in ends.items() if to is not None}
    )
    # A year of letters in memory is a few megabytes without their texts, and hundreds with them.
    heavy = ("document__text", "document__folded", "document__reading")
    lines = lines.select_related("document", "register", "block").prefetch_related(amended())
    return lines.defer(*heavy).order_by(*order)


def rows_of(scope: Scope, chosen: Chosen, tally: Tally) -> Iterator[tuple[Cell, ...]]:
    """The cells of each line, a thousand lines at a time; `tally` counts them as they pass."""
    stream = entries_of(scope, chosen).iterator(chunk_size=_AT_ONCE)
    while lines := list(islice(stream, _AT_ONCE)):
        for line, cells in zip(lines, cells_of(chosen, lines), strict=True):
            tally.see(line)
            yield cells


def cells_of(chosen: Chosen, lines: Sequence[RegisterEntry]) -> list[tuple[Cell, ...]]:
    """The cells of these lines, as many as are asked for."""
    known = _routed(lines) if chosen.form.routed else {}
    return [chosen.form.fill(line, known.get(line.document_id or 0)) for line in lines]


def tally_of(entries: QuerySet[RegisterEntry]) -> Tally:
    """The tally of the lines of `entries_of`, counted by the database. Three queries, however many there are."""
    free = Q(document=None, petition_on=None, void_reason="")
    counted = entries.order_by().aggregate(
        lines=Count("pk"),
        void=Count("pk", filter=~Q(void_reason="")),
        free=Count("pk", filter=free),
        since=Min(_DAY),
        until=Max(_DAY),
    )
    bare = entries.prefetch_related(None)
    first, last = bare.first(), bare.last()
    return Tally(**counted, first=number_of(first) if first else "", last=number_of(last) if last else "")


def _routed(lines: Sequence[RegisterEntry]) -> dict[int, Routed]:
    return routing([line.document_id for line in lines if line.document_id is not None])
