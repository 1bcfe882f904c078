"""Sổ theo dõi giải quyết văn bản đến: what became of every letter that came in (Decree 30/2020/NĐ-CP, App. IV).

Seven columns: number of arrival · kind, number, day and issuer · receiver · time limit · progress · answer ·
notes. All of it is read from notes, tasks and citations; nothing is typed twice.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from django.db.models import Q

from nhipcau.core.clock import local_date
from nhipcau.core.official import Column
from nhipcau.documents.models import (
    Amendment,
    AmendmentKind,
    Citation,
    Direction,
    Document,
    DocumentState,
    RegisterEntry,
)
from nhipcau.documents.rights import reads_contents
from nhipcau.org.models import UnitName
from nhipcau.org.queries import name_of, names_of, parent_of
from nhipcau.org.scope import Scope
from nhipcau.press.register import RegisterSheet
from nhipcau.press.workbook import to_xlsx
from nhipcau.tasks.lateness import late
from nhipcau.tasks.models import (
    Answer,
    Assignment,
    AssignmentRole,
    AssignmentState,
    InstructedUnit,
    Instruction,
)

COLUMNS = (
    Column("Số đến", 6, "center"),
    Column("Tên loại, số, ký hiệu, ngày, tháng và tên cơ quan, tổ chức ban hành", 26),
    Column("Đơn vị hoặc người nhận", 17),
    Column("Thời hạn giải quyết", 13),
    Column("Tiến độ giải quyết", 16),
    Column("Số, ký hiệu văn bản trả lời", 12),
    Column("Ghi chú", 10),
)
_LIMIT = 3  # the column of the time limit
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
        return tuple(
            self.limit if self.limit and place == _LIMIT else cell for place, cell in enumerate(self.cells)
        )


@dataclass(frozen=True)
class AnsweringLetter:
    """A letter of our own that answers; `named` by a person, else found by its citation."""

    letter: Document
    named: bool


@dataclass
class _Facts:
    """What is known of one letter: its standing notes and who was given work at the first level."""

    notes: list[Instruction]
    units: list[InstructedUnit]
    work: list[Assignment]
    answers: list[str]
    ended: Amendment | None = None


def followed(scope: Scope, first: dt.date, last: dt.date) -> list[FollowedLetter]:
    """The own unit's incoming letters that arrived in the closed range, in order; a constant number of queries."""
    if not reads_contents(scope):
        return []
    entries = list(
        RegisterEntry.objects.filter(
            register__unit=scope.unit,
            register__direction=Direction.INCOMING,
            document__received_on__range=(first, last),
        )
        .select_related("document", "register")
        .order_by("register__year", "register__series", "number", "suffix")
    )
    facts = _facts([one.document_id for one in entries if one.document_id])
    names = _names(facts.values(), scope.day)
    return [_line(one, one.document, facts[one.document.pk], names, scope.day) for one in entries if one.document]


def write_workbook(scope: Scope, first: dt.date, last: dt.date, out: BinaryIO) -> None:
    """The register of that range as .xlsx into `out`."""
    lines = followed(scope, first, last)
    to_xlsx(_sheet(scope, first, last, ()), (line.typed for line in lines), out)


def sheet(scope: Scope, first: dt.date, last: dt.date) -> RegisterSheet:
    """The register of that range, ready for the press."""
    return _sheet(scope, first, last, [line.cells for line in followed(scope, first, last)])


def _sheet(scope: Scope, first: dt.date, last: dt.date, rows: Sequence[tuple[str, ...]]) -> RegisterSheet:
    above = parent_of(scope.unit, scope.day)
    return RegisterSheet(
        title="Sổ theo dõi giải quyết văn bản đến",
        issuer=name_of(scope.unit, scope.day).name,
        parent=name_of(above, scope.day).name if above else "",
        subtitle=[f"Từ ngày {first:%d/%m/%Y} đến ngày {last:%d/%m/%Y}"],
        columns=COLUMNS,
        rows=rows,
        printed_on=scope.day,
    )


def _facts(documents: list[int]) -> dict[int, _Facts]:
    """By letter; five queries. Notes that were withdrawn and work that was taken back are left out."""
    found = {pk: _Facts([], [], [], []) for pk in documents}
    notes = Instruction.objects.filter(document__in=documents, withdrawn_at=None).order_by("pk")
    of_note = {}
    for note in notes:
        found[note.document_id].notes.append(note)
        of_note[note.pk] = found[note.document_id]
    for unit in InstructedUnit.objects.filter(instruction__in=of_note).select_related("unit__kind"):
        of_note[unit.instruction_id].units.append(unit)
    given = Assignment.objects.filter(task__parent=None, task__obligation__document__in=documents)
    standing = given.exclude(state=AssignmentState.WITHDRAWN).select_related("task__obligation", "unit__kind")
    for one in standing.order_by("pk"):
        found[one.task.obligation.document_id].work.append(one)
    endings = Amendment.objects.filter(target__in=documents).exclude(kind=AmendmentKind.CORRECT)
    for ending in endings.select_related("by"):
        found[ending.target_id].ended = ending
    for pk, number in _answers(documents):
        if number not in found[pk].answers:
            found[pk].answers.append(number)
    return found


def _answers(documents: list[int]) -> Iterable[tuple[int, str]]:
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


def answering(document: Document) -> list[AnsweringLetter]:
    """The letters that answer this one (fetched through a scope), oldest first."""
    numbers = [number for _, number in _answers([document.pk])]
    named = set(document.answers.values_list("letter", flat=True))
    letters = Document.objects.filter(
        Q(answers_to__document=document) | Q(citations__target=document),
        unit=document.unit,
        direction=Direction.OUTGOING,
        state=DocumentState.REGISTERED,
        number__in=numbers,
    )
    return [AnsweringLetter(one, one.pk in named) for one in letters.distinct().order_by("dated", "pk")]


def _names(facts: Collection[_Facts], day: dt.date) -> dict[int, UnitName]:
    noted = {one.unit_id for found in facts for one in found.units}
    return names_of(noted | {one.unit_id for found in facts for one in found.work}, day)


def _line(
    entry: RegisterEntry, letter: Document, facts: _Facts, names: Mapping[int, UnitName], day: dt.date
) -> FollowedLetter:
    struck = bool(entry.void_reason)
    owing = [] if struck else [one for one in facts.work if one.role != AssignmentRole.INFORM]
    overdue = [one for one in owing if late(one, day)]
    limits = {one.due for one in owing if one.due}
    return FollowedLetter(
        document=letter,
        cells=(
            entry.label,
            _described(letter),
            "; ".join(dict.fromkeys(filter(None, (_receivers(facts, names), _besides(facts, names))))),
            _limits(owing, names),
            "" if struck else _progress(facts, owing, len(overdue)),
            "; ".join(facts.answers),
            f"Hủy số: {entry.void_reason}" if struck else _ended(facts),
        ),
        limit=min(limits) if len(limits) == 1 else None,
        late=bool(overdue),
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
    noted = {one.unit_id for one in facts.units}
    given = [one for one in facts.work if one.unit_id not in noted]
    departments = [one.unit_id for one in given if one.unit.kind.internal]
    below = list(dict.fromkeys(one.unit_id for one in given if not one.unit.kind.internal))
    told = _named(below, names) if len(below) <= _FEW else f"{len(below)} đơn vị cấp dưới"
    return "; ".join(filter(None, (_named(departments, names), told)))


def _named(units: Iterable[int], names: Mapping[int, UnitName]) -> str:
    return "; ".join(names[pk].name for pk in dict.fromkeys(units))


def _limits(owing: list[Assignment], names: Mapping[int, UnitName]) -> str:
    """One day where it holds for all; else each day with the units it holds for."""
    by_day: dict[dt.date, list[int]] = defaultdict(list)
    for one in owing:
        if one.due:
            by_day[one.due].append(one.unit_id)
    if len(by_day) == 1:
        return f"{next(iter(by_day)):%d/%m/%Y}"
    rows = []
    for day, units in sorted(by_day.items()):
        whose = _named(units, names) if len(set(units)) <= _FEW else f"{len(set(units))} đơn vị"
        rows.append(f"{day:%d/%m/%Y}: {whose}")
    return "\n".join(rows)


def _progress(facts: _Facts, owing: list[Assignment], overdue: int) -> str:
    if not owing and facts.ended is not None:
        return "Không phải giải quyết nữa"
    if not owing:
        return "Đã có ý kiến, không phải giải quyết" if facts.notes else "Chưa giao"
    done = [one for one in owing if one.state == AssignmentState.DONE]
    if len(done) == len(owing):
        last = max(local_date(one.done_at) for one in done if one.done_at)
        return f"Đã xong ngày {last:%d/%m/%Y}"
    units, finished = len({one.unit_id for one in owing}), _finished(owing)
    received = "đang giải quyết" if any(one.acknowledged_at for one in owing) else "chưa tiếp nhận"
    told = f"{finished}/{units} đơn vị xong" if units > 1 else received[:1].upper() + received[1:]
    return told + (f", {overdue} việc chậm" if overdue else "")


def _ended(facts: _Facts) -> str:
    if facts.ended is None:
        return ""
    return f"Văn bản {facts.ended.told}"


def _finished(owing: list[Assignment]) -> int:
    """Units that have done all they were given of this letter."""
    unfinished = {one.unit_id for one in owing if one.state != AssignmentState.DONE}
    return len({one.unit_id for one in owing} - unfinished)
