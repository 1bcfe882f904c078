"""What became of each incoming letter, as a line of the follow-up register: read from notes, tasks and citations.

Work is read alike by alike (see `UnitIds`): of a nation's no row leaves the database.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from django.db.models import F, Max, Q
from django.db.models.functions import Coalesce

from nhipcau.core.clock import local_date
from nhipcau.documents.models import (
    Amendment,
    AmendmentKind,
    Citation,
    Direction,
    Document,
    DocumentState,
    RegisterEntry,
)
from nhipcau.org.columns import Ints, UnitIds
from nhipcau.org.models import UnitName
from nhipcau.org.queries import names_of
from nhipcau.org.scope import Scope
from nhipcau.tasks.lateness import is_late
from nhipcau.tasks.models import (
    Answer,
    Assignment,
    AssignmentRole,
    AssignmentState,
    InstructedUnit,
    Instruction,
    last_day,
)

LIMIT = 3  # the column of the time limit
_FEW = 4


@dataclass(frozen=True)
class FollowedLetter:
    """One line: the seven columns as printed, and what a page needs beside them. `limit`: the one day that holds
    for all who were given the work, None where there are several or none."""

    document: Document
    cells: tuple[str, ...]
    limit: dt.date | None
    late: bool
    open: bool
    handed: bool

    @property
    def typed(self) -> tuple[str | dt.date, ...]:
        """The columns for a workbook, in which one limit is a real day."""
        return tuple(self.limit if self.limit and place == LIMIT else cell for place, cell in enumerate(self.cells))


@dataclass(frozen=True)
class _Work:
    """Units that were given a letter's work at the first level and stand alike with it."""

    role: str
    state: str
    due: dt.date | None
    late: bool
    units: Ints

    @property
    def owing(self) -> bool:
        return self.role != AssignmentRole.INFORM


@dataclass
class _Facts:
    """What is known of one letter: its standing notes and who was given work at the first level; `departments` are
    those of them that are part of an office; `done_at`: when the last one was done, if all is."""

    notes: list[Instruction] = field(default_factory=list)
    units: list[InstructedUnit] = field(default_factory=list)
    work: list[_Work] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    departments: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    done_at: dt.datetime | None = None
    ended: Amendment | None = None

    @property
    def done(self) -> bool:
        owing = [one for one in self.work if one.owing]
        return bool(owing) and all(one.state == AssignmentState.DONE for one in owing)

    @cached_property
    def besides(self) -> Ints:
        """Who was given the work without being named in a note."""
        return np.setdiff1d(_units(self.work), [one.unit_id for one in self.units])

    @cached_property
    def below(self) -> Ints:
        """Those of `besides` that are no department."""
        return np.setdiff1d(self.besides, self.departments)

    @cached_property
    def limits(self) -> dict[dt.date, Ints]:
        """Each day by which somebody is to be done, and who."""
        owing = [one for one in self.work if one.owing]
        days = sorted({one.due for one in owing if one.due})
        return {day: _units(one for one in owing if one.due == day) for day in days}

    def told(self) -> set[int]:
        """Whom the line names."""
        named = {one.unit_id for one in self.units} | {*np.intersect1d(self.besides, self.departments).tolist()}
        for few in (self.below, *self.limits.values()):
            named |= {*few.tolist()} if len(few) <= _FEW else set()
        return named


def lines_of(entries: Iterable[RegisterEntry], scope: Scope) -> list[FollowedLetter]:
    """The line of each of these entries. Ten queries, however many they are."""
    rows = list(entries)
    facts = _facts([one.document_id for one in rows if one.document_id], scope.day)
    names = names_of({unit for found in facts.values() for unit in found.told()}, scope.day)
    return [_line(one, one.document, facts[one.document.pk], names) for one in rows if one.document]


def _facts(documents: list[int], day: dt.date) -> dict[int, _Facts]:
    """By letter; seven queries. Notes that were withdrawn and work that was taken back are left out."""
    found = {pk: _Facts() for pk in documents}
    notes = Instruction.objects.filter(document__in=documents, withdrawn_at=None).order_by("pk")
    of_note = {}
    for note in notes:
        found[note.document_id].notes.append(note)
        of_note[note.pk] = found[note.document_id]
    for unit in InstructedUnit.objects.filter(instruction__in=of_note):
        of_note[unit.instruction_id].units.append(unit)
    _take_work(found, day)
    endings = Amendment.objects.filter(target__in=documents).exclude(kind=AmendmentKind.CORRECT)
    for ending in endings.select_related("by"):
        found[ending.target_id].ended = ending
    for pk, number in answers_to(documents):
        if number not in found[pk].answers:
            found[pk].answers.append(number)
    return found


def _take_work(found: Mapping[int, _Facts], day: dt.date) -> None:
    """Who was given work of the letters, alike by alike: of a nation's no row leaves the database."""
    given = Assignment.objects.filter(task__parent=None, task__obligation__document__in=found)
    given = given.exclude(state=AssignmentState.WITHDRAWN).annotate(letter=F("task__obligation__document"))
    alike = given.annotate(due_on=Coalesce("own_due", "task__due"), last_one=last_day()).order_by()
    rows = alike.values("letter", "role", "state", "due_on", "last_one").annotate(units=UnitIds("unit_id"))
    for one in rows:
        role, state = one["role"], one["state"]
        overdue = is_late(state, role, one["last_one"], day)
        found[one["letter"]].work.append(_Work(role, state, one["due_on"], overdue, UnitIds.read(one["units"])))
    departments = given.filter(unit__kind__internal=True).values_list("letter", flat=True).order_by()
    for letter, units in departments.annotate(units=UnitIds("unit_id")).values_list("letter", "units"):
        found[letter].departments = UnitIds.read(units)
    finished = given.filter(letter__in=[pk for pk, one in found.items() if one.done])
    done = finished.exclude(role=AssignmentRole.INFORM).order_by().values("letter").annotate(last=Max("done_at"))
    for letter, last in done.values_list("letter", "last"):
        found[letter].done_at = last


def answers_to(documents: list[int]) -> Iterable[tuple[int, str]]:
    """Answers named by a person; where nobody named one, the unit's own letters that cite the incoming one."""
    in_force = Q(letter__state=DocumentState.REGISTERED)
    named = Answer.objects.filter(in_force, document__in=documents).order_by("letter__dated", "pk")
    chosen = list(named.values_list("document", "letter__number"))
    yield from chosen
    told = {pk for pk, _ in chosen}
    citing = Citation.objects.filter(
        target__in=documents,
        document__direction=Direction.OUTGOING,
        document__state=DocumentState.REGISTERED,
    ).order_by("document__dated", "pk")
    yield from (row for row in citing.values_list("target", "document__number") if row[0] not in told)


def _line(entry: RegisterEntry, letter: Document, facts: _Facts, names: Mapping[int, UnitName]) -> FollowedLetter:
    struck = bool(entry.void_reason)
    owing = [] if struck else [one for one in facts.work if one.owing]
    limits = {} if struck else facts.limits
    return FollowedLetter(
        document=letter,
        cells=(
            entry.label,
            _described(letter),
            "; ".join(dict.fromkeys(filter(None, (_receivers(facts, names), _besides(facts, names))))),
            _limits(limits, names),
            "" if struck else _progress(facts, owing),
            "; ".join(facts.answers),
            f"Hủy số: {entry.void_reason}" if struck else _ended(facts),
        ),
        limit=min(limits) if len(limits) == 1 else None,
        late=any(one.late for one in owing),
        open=any(one.state != AssignmentState.DONE for one in owing),
        handed=struck or facts.ended is not None or bool(facts.notes or facts.work),
    )


def _described(letter: Document) -> str:
    kind = letter.doc_type[:1].upper() + letter.doc_type[1:]
    head = " ".join(filter(None, (kind, letter.number)))
    dated = f"ngày {letter.dated:%d/%m/%Y}" if letter.dated else ""
    return ", ".join(filter(None, (" ".join(filter(None, (head, dated))), letter.issuer)))


def _receivers(facts: _Facts, names: Mapping[int, UnitName]) -> str:
    """Who the notes name; without a note, who was given the work."""
    if not facts.units:
        return _besides(facts, names)
    chosen = [one.unit_id for one in facts.units if one.role != AssignmentRole.INFORM]
    return _named(chosen or [one.unit_id for one in facts.units], names)


def _besides(facts: _Facts, names: Mapping[int, UnitName]) -> str:
    """Who was given the work without being named in a note; many lower unions are only counted."""
    departments = np.intersect1d(facts.besides, facts.departments)
    told = _in_order(facts.below, names) if len(facts.below) <= _FEW else f"{len(facts.below)} đơn vị cấp dưới"
    return "; ".join(filter(None, (_in_order(departments, names), told)))


def _named(units: Iterable[int], names: Mapping[int, UnitName]) -> str:
    return "; ".join(names[pk].name for pk in dict.fromkeys(units))


def _in_order(units: Ints, names: Mapping[int, UnitName]) -> str:
    return _named(sorted(units.tolist(), key=lambda pk: names[pk].sort_key), names)


def _limits(limits: Mapping[dt.date, Ints], names: Mapping[int, UnitName]) -> str:
    """One day where it holds for all; else each day with the units it holds for."""
    if len(limits) == 1:
        return f"{next(iter(limits)):%d/%m/%Y}"
    rows = []
    for day, units in limits.items():
        whose = _in_order(units, names) if len(units) <= _FEW else f"{len(units)} đơn vị"
        rows.append(f"{day:%d/%m/%Y}: {whose}")
    return "\n".join(rows)


def _progress(facts: _Facts, owing: list[_Work]) -> str:
    if not owing and facts.ended is not None:
        return "Không phải giải quyết nữa"
    if not owing:
        return "Đã có ý kiến, không phải giải quyết" if facts.notes else "Chưa giao"
    if facts.done_at is not None:
        return f"Đã xong ngày {local_date(facts.done_at):%d/%m/%Y}"
    units, unfinished = len(_units(owing)), len(_units(one for one in owing if one.state != AssignmentState.DONE))
    received = (
        "chưa tiếp nhận" if all(one.state == AssignmentState.ASSIGNED for one in owing) else "đang giải quyết"
    )
    told = f"{units - unfinished}/{units} đơn vị xong" if units > 1 else received[:1].upper() + received[1:]
    overdue = sum(len(one.units) for one in owing if one.late)
    return told + (f", {overdue} việc chậm" if overdue else "")


def _units(work: Iterable[_Work]) -> Ints:
    """Each unit once."""
    found: Ints = np.unique(np.concatenate([np.zeros(0, np.int64), *(one.units for one in work)]))
    return found


def _ended(facts: _Facts) -> str:
    if facts.ended is None:
        return ""
    return f"Văn bản {facts.ended.told}"
