"""Where letters went, for the register of incoming letters: who leads and helps, and the day of the note.

Who was named in a note, by name; who was given work without one, by name as long as they are few. Of a letter that
went to a whole nation the units are counted by the database, and none is read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Count, Min, Q, QuerySet

from nhipcau.core.clock import local_date
from nhipcau.documents.registers.routing import Routed
from nhipcau.org.queries import called
from nhipcau.tasks.models import Assignment, AssignmentRole, AssignmentState, InstructedUnit, Instruction

FEW = 4  # lower unions given work without a note are named up to so many, and counted beyond


@dataclass
class _Letter:
    """`noted`: who the notes name, and whether only to be informed; `given`: departments and few lower unions with
    work, whether departments; `below`: how many lower unions have work."""

    days: list[dt.date] = field(default_factory=list)
    noted: dict[int, bool] = field(default_factory=dict)
    given: dict[int, bool] = field(default_factory=dict)
    below: int = 0
    since: dt.date | None = None

    @property
    def named(self) -> list[int]:
        """Whose names are printed."""
        if self.noted:
            return [pk for pk, informed in self.noted.items() if not informed] or list(self.noted)
        return [pk for pk, department in self.given.items() if department or self.below <= FEW]

    def told(self, names: Mapping[int, str]) -> str:
        many = [f"{self.below} đơn vị cấp dưới"] if not self.noted and self.below > FEW else []
        return "; ".join([*(names[pk] for pk in self.named), *many])


def routed(documents: Collection[int]) -> Mapping[int, Routed]:
    """By letter; those that nobody routed are absent. A constant number of queries."""
    found = {pk: _Letter() for pk in documents}
    _notes(found)
    _work(found)
    went = {pk: one for pk, one in found.items() if one.noted or one.given or one.below}
    days = {pk: min(one.days, default=one.since) for pk, one in went.items()}
    latest = max((day for day in days.values() if day), default=None)
    if latest is None:
        return {}
    names = called({pk for one in went.values() for pk in one.named}, latest)
    return {pk: Routed(one.told(names), days[pk]) for pk, one in went.items()}


def _notes(found: Mapping[int, _Letter]) -> None:
    """Notes that were withdrawn are left out."""
    notes = Instruction.objects.filter(document__in=list(found), withdrawn_at=None).order_by("pk")
    of_note = {}
    for pk, document, day in notes.values_list("pk", "document", "signed_on"):
        found[document].days.append(day)
        of_note[pk] = found[document]
    units = InstructedUnit.objects.filter(instruction__in=list(of_note))
    for note, unit, role in units.values_list("instruction", "unit", "role"):
        informed = role == AssignmentRole.INFORM
        of_note[note].noted[unit] = informed and of_note[note].noted.get(unit, True)


def _work(found: Mapping[int, _Letter]) -> None:
    """Work at the first level; what was taken back is left out."""
    document, internal = "task__obligation__document", "unit__kind__internal"
    given = Assignment.objects.filter(**{"task__parent": None, f"{document}__in": list(found)})
    standing = given.exclude(state=AssignmentState.WITHDRAWN).order_by()
    counted = standing.values(document).annotate(
        below=Count("unit", filter=Q(**{internal: False}), distinct=True), since=Min("created_at")
    )
    for pk, below, since in counted.values_list(document, "below", "since"):
        found[pk].below, found[pk].since = below, local_date(since)
    few = [pk for pk, one in found.items() if one.below <= FEW]
    for pk, unit, department in _in_order(standing, Q(**{internal: True}) | Q(**{f"{document}__in": few})):
        found[pk].given[unit] = department


def _in_order(standing: QuerySet[Assignment], which: Q) -> Iterable[tuple[int, int, bool]]:
    """(letter, unit, department): departments first, in the order in which they were given the work."""
    rows = standing.filter(which).order_by("-unit__kind__internal", "pk")
    return rows.values_list("task__obligation__document", "unit", "unit__kind__internal")
