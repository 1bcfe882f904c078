"""The slip that goes round with a letter: the leaders' notes, who is in charge at each unit, what is proposed.

Whoever was given work by a note sees the note; the part of another unit is seen by the office alone.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from nhipcau.core.clock import local_date
from nhipcau.core.errors import NotFound
from nhipcau.documents.models import Document, RegisterEntry
from nhipcau.documents.queries import ABSENT, get_document_for
from nhipcau.documents.rights import reads_contents
from nhipcau.org.models import UnitName
from nhipcau.org.queries import name_of, names_of, parent_of
from nhipcau.org.scope import Scope, fetch
from nhipcau.press import slip as press
from nhipcau.tasks.models import Assignment, AssignmentRole, Handling, InstructedUnit, Instruction
from nhipcau.tasks.queries import get_letter_for

ROLE_LINES = {
    AssignmentRole.LEAD: "Đơn vị chủ trì",
    AssignmentRole.SUPPORT: "Đơn vị phối hợp",
    AssignmentRole.INFORM: "Đơn vị nhận để biết",
}
_NO_DAY = "ngày … tháng … năm …"


@dataclass(frozen=True)
class NotedUnit:
    """A line of a note with what became of it; `assignment` None: the work was handed out otherwise."""

    name: str
    role: AssignmentRole
    due: dt.date | None
    assignment: Assignment | None
    handling: Handling | None

    @property
    def result(self) -> str:
        """What the slip's third part says: the proposal, else the result that was reported."""
        if self.handling is not None and self.handling.proposal:
            return self.handling.proposal
        return self.assignment.done_note if self.assignment else ""


@dataclass(frozen=True)
class Note:
    """A leader's note as this visitor may see it."""

    instruction: Instruction
    units: tuple[NotedUnit, ...]


@dataclass(frozen=True)
class LetterSlip:
    """The letter with its notes, oldest first; withdrawn ones are kept apart."""

    document: Document
    entry: RegisterEntry | None
    notes: tuple[Note, ...]
    withdrawn: tuple[Note, ...]
    own: bool


def visible_instructions(scope: Scope) -> QuerySet[Instruction]:
    """Notes on the own unit's letters and on those of units below, and notes that name the own unit."""
    if not reads_contents(scope):
        return Instruction.objects.none()
    named = InstructedUnit.objects.filter(unit=scope.unit).values("instruction")
    rows = Instruction.objects.filter(scope.own_or_below("document__unit")) | Instruction.objects.filter(
        pk__in=named
    )
    return rows.select_related("document__unit", "signed_by", "entered_by", "withdrawn_by")


def get_instruction_for(scope: Scope, uid: uuid.UUID | str) -> Instruction:
    """The note with that uid on a letter of one's own or below; one who is only named in it does not change it."""
    instruction = fetch(visible_instructions(scope), uid, "Không có bút phê này trong phạm vi của bạn.")
    get_document_for(scope, instruction.document.uid)
    return instruction


def slip_for(scope: Scope, uid: uuid.UUID | str) -> LetterSlip:
    """The slip of a visible letter. NotFound where nothing was noted on it for this visitor to see."""
    document = get_letter_for(scope, uid)
    within = document.unit_id == scope.unit.pk or scope.sees(document.unit)
    found = list(visible_instructions(scope).filter(document=document).order_by("pk"))
    if not found and not within:
        raise NotFound(ABSENT)
    rows = _lines(scope, found, office=within)
    notes = [Note(one, rows.get(one.pk, ())) for one in found]
    return LetterSlip(
        document=document,
        entry=RegisterEntry.objects.filter(document=document).first(),
        notes=tuple(note for note in notes if note.instruction.withdrawn_at is None),
        withdrawn=tuple(note for note in notes if note.instruction.withdrawn_at is not None),
        own=document.unit_id == scope.unit.pk,
    )


def _lines(scope: Scope, notes: list[Instruction], *, office: bool) -> dict[int, tuple[NotedUnit, ...]]:
    """The lines of each note in four queries. A department sees who works beside it in the office; a lower
    union sees the office's departments and itself, never its peers."""
    rows = list(InstructedUnit.objects.filter(instruction__in=notes).select_related("unit__kind", "instruction"))
    inside = office or scope.unit.kind.internal
    seen = [
        row
        for row in rows
        if inside or row.unit.kind.internal or row.unit_id in (scope.unit.pk, row.instruction.document.unit_id)
    ]
    names = names_of({row.unit_id for row in seen}, scope.day)
    work = _work(notes)
    found: dict[int, list[NotedUnit]] = {}
    for row in seen:
        own = office or row.unit_id == scope.unit.pk
        given = work.get((row.instruction_id, row.unit_id)) if own else None
        found.setdefault(row.instruction_id, []).append(_noted(row, names, given))
    return {pk: tuple(sorted(units, key=_place)) for pk, units in found.items()}


def _place(one: NotedUnit) -> int:
    return list(ROLE_LINES).index(one.role)


def _noted(row: InstructedUnit, names: Mapping[int, UnitName], given: Assignment | None) -> NotedUnit:
    return NotedUnit(
        name=names[row.unit_id].name,
        role=AssignmentRole(row.role),
        due=given.due if given else row.due,
        assignment=given,
        handling=getattr(given, "handling", None) if given else None,
    )


def _work(notes: list[Instruction]) -> dict[tuple[int, int], Assignment]:
    """The first assignment of each note and unit: a note on several obligations gives all the same units."""
    through = Instruction.tasks.through.objects.filter(instruction__in=notes).values_list("task", "instruction")
    of_task: dict[int, list[int]] = {}
    for task, instruction in through:
        of_task.setdefault(task, []).append(instruction)
    rows = (
        Assignment.objects.filter(task__in=of_task)
        .select_related("task", "handling__named_by", "done_by", "unit")
        .order_by("-pk")
    )
    return {(note, one.unit_id): one for one in rows for note in of_task[one.task_id]}


def paper(scope: Scope, found: LetterSlip) -> press.Slip:
    """The slip ready for the press, in Vietnamese whatever the visitor reads."""
    letter = found.document
    above = parent_of(letter.unit, scope.day)
    arrived = f"ngày {letter.received_on:%d/%m/%Y}" if letter.received_on else ""
    number = found.entry.label if found.entry else "…"
    return press.Slip(
        issuer=name_of(letter.unit, scope.day).name,
        parent=name_of(above, scope.day).name if above else "",
        arrival=", ".join(filter(None, (f"Số đến: {number}", arrived))),
        letter=described(letter),
        parts=[*_leaders(found), *_heads(found), *_handlers(found)],
        printed_on=scope.day,
    )


def described(letter: Document) -> str:
    """ "Kế hoạch số 56/KH-LĐLĐ ngày 10/03/2026 của …: trích yếu", as far as it is known."""
    kind = letter.doc_type[:1].upper() + letter.doc_type[1:]
    parts = [
        kind or "Văn bản",
        f"số {letter.number}" if letter.number else "",
        f"ngày {letter.dated:%d/%m/%Y}" if letter.dated else "",
        f"của {letter.issuer}" if letter.issuer else "",
    ]
    return " ".join(filter(None, parts)) + (f": {letter.subject}" if letter.subject else "")


def _leaders(found: LetterSlip) -> list[press.SlipPart]:
    title = "1. Ý kiến của lãnh đạo cơ quan"
    if not found.notes:
        lines = [press.SlipLine(ROLE_LINES[role], "") for role in (AssignmentRole.LEAD, AssignmentRole.SUPPORT)]
        return [press.SlipPart(title, "", [*lines, press.SlipLine("Thời hạn giải quyết", "")], _NO_DAY)]
    return [
        press.SlipPart(title, one.text, _by_role(note), _day(one.signed_on), one.signed_by.title)
        for note, one in ((note, note.instruction) for note in found.notes)
    ]


def _by_role(note: Note) -> list[press.SlipLine]:
    lines = []
    for role, label in ROLE_LINES.items():
        units = [unit for unit in note.units if unit.role == role]
        told = [
            unit.name + (f" (hạn {unit.due:%d/%m/%Y})" if unit.due and role != AssignmentRole.INFORM else "")
            for unit in units
        ]
        if told:
            lines.append(press.SlipLine(label, "; ".join(told)))
    return lines


def _heads(found: LetterSlip) -> list[press.SlipPart]:
    title = "2. Ý kiến của lãnh đạo đơn vị"
    named = [unit for note in found.notes for unit in note.units if unit.handling]
    parts = []
    for unit in named:
        handling = unit.handling
        assert handling is not None  # noqa: S101 - filtered above
        due = f"{handling.due:%d/%m/%Y}" if handling.due else "theo thời hạn của đơn vị"
        lines = [press.SlipLine("Giao cho", handling.handler), press.SlipLine("Thời hạn giải quyết", due)]
        signed = handling.named_by.title
        parts.append(press.SlipPart(f"{title}: {unit.name}", "", lines, _day(handling.named_on), signed))
    blank = [press.SlipLine("Giao cho", ""), press.SlipLine("Thời hạn giải quyết", "")]
    return parts or [press.SlipPart(title, "", blank, _NO_DAY)]


def _handlers(found: LetterSlip) -> list[press.SlipPart]:
    title = "3. Ý kiến đề xuất của người giải quyết"
    parts = []
    for unit in (unit for note in found.notes for unit in note.units if unit.result):
        day, signed = _word_of(unit)
        parts.append(press.SlipPart(f"{title}: {unit.name}", unit.result, (), _day(day), signed))
    return parts or [press.SlipPart(title, "", [press.SlipLine("Ý kiến", ""), press.SlipLine("", "")], _NO_DAY)]


def _word_of(unit: NotedUnit) -> tuple[dt.date | None, str]:
    """When, and by which post, the proposal was written or the result reported."""
    handling, given = unit.handling, unit.assignment
    if handling is not None and handling.proposal:
        return handling.proposed_on, handling.handler
    if given is None or given.done_at is None:
        return None, ""
    return local_date(given.done_at), given.done_by.title if given.done_by else ""


def _day(day: dt.date | None) -> str:
    return f"Ngày {day:%d} tháng {day:%m} năm {day.year}" if day else _NO_DAY
