"""Bút phê: a leader writes on a letter who leads, who helps, who is told and by when; the work follows from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from django.db import transaction

from nhipcau.audit.actions import record
from nhipcau.audit.screen import screen
from nhipcau.core.errors import Conflict, Fault, InvalidInput, NotFound
from nhipcau.core.said import Said
from nhipcau.core.text import clean
from nhipcau.documents.models import Direction, Document, DocumentState
from nhipcau.documents.rights import LEADERS, require_own
from nhipcau.org.models import Post, Role, Unit
from nhipcau.org.queries import name_of, working_days
from nhipcau.org.scope import Scope
from nhipcau.tasks.assigning import hand_out, require_units
from nhipcau.tasks.due import Due, due_of
from nhipcau.tasks.models import (
    Assignment,
    AssignmentRole,
    AssignmentState,
    InstructedUnit,
    Instruction,
    NoteSource,
    Obligation,
    Task,
)
from nhipcau.tasks.obligations import Wording, allowed_today, append, locked
from nhipcau.tasks.withdrawing import take_back

SIGNERS = (Role.BOARD, Role.APPROVER)
_TEXT = 2000
_REASON = 1000


@dataclass(frozen=True)
class InstructionInput:
    """What the note says. Units are own departments, units below, or the own unit itself.

    `obligations`: what the letter asks and is handed out with the note; without any, the note itself is the
    work. A note without a lead hands out no duty ("Lưu"). `lead_due`, `support_due` None: the letter's own
    deadline. `signed_by`, `signed_on`: the leader and the day, where a clerk enters what stands on paper.
    `replaces` is withdrawn with `reason` in the same act. `client_key` (at most 60 characters): the form's own
    key; however often the form arrives, its note is entered once.
    """

    text: str
    lead: Unit | None = None
    support: Sequence[Unit] = ()
    inform: Sequence[Unit] = ()
    lead_due: dt.date | None = None
    support_due: dt.date | None = None
    obligations: Sequence[Obligation] = ()
    signed_by: Post | None = None
    signed_on: dt.date | None = None
    replaces: Instruction | None = None
    reason: str = ""
    client_key: str = ""
    roles: dict[Unit, AssignmentRole] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        chosen = [(self.lead, AssignmentRole.LEAD)] if self.lead else []
        chosen += [(unit, AssignmentRole.SUPPORT) for unit in self.support]
        chosen += [(unit, AssignmentRole.INFORM) for unit in self.inform]
        for unit, role in chosen:
            self.roles.setdefault(unit, role)

    def signature(self) -> tuple[Post, dt.date]:
        """Who wrote the note, and on which day; call it once both are filled in."""
        if self.signed_by is None or self.signed_on is None:
            raise ValueError("the note is not signed")
        return self.signed_by, self.signed_on

    def due_for(self, role: AssignmentRole) -> dt.date | None:
        """The deadline the note sets for that role; whoever is only told has none."""
        return {AssignmentRole.LEAD: self.lead_due, AssignmentRole.SUPPORT: self.support_due}.get(role)


def instruct(*, document: Document, instruction: InstructionInput, actor: Post, at: dt.datetime) -> Instruction:
    """Enter a leader's note on a registered letter of the actor's own unit and hand out what it says.

    All or nothing; safe to repeat with a `client_key`. Raises InvalidInput, BoundaryRefused, Conflict (a letter
    not registered or wholly outside; a unit that has the work already in another role or by another date),
    NotFound (a letter, unit or obligation out of sight), NotAllowed.
    """
    scope = require_own(document.unit, *LEADERS, actor=actor, at=at)
    given = replace(
        instruction,
        text=clean(instruction.text, multiline=True),
        reason=clean(instruction.reason, multiline=True),
        signed_by=instruction.signed_by or actor,
        signed_on=instruction.signed_on or scope.day,
    )
    screen({"text": given.text, "reason": given.reason}, "comment", actor=actor, at=at)
    screen({"title": [one.text for one in given.obligations]}, "task", actor=actor, at=at)
    _check(document, given, scope)
    if given.roles:
        require_units(scope, given.roles)
    with transaction.atomic():
        Document.objects.select_for_update().get(pk=document.pk)
        standing = _standing(document, given)
        return standing or _write(document, given, actor, at)


def withdraw(*, instruction: Instruction, reason: str, actor: Post, at: dt.datetime) -> Instruction:
    """Strike a note: what it handed out and nobody has done yet is taken back, at every level below too.

    Finished work stays. Safe to repeat with the same reason. Raises InvalidInput, Conflict, NotFound, NotAllowed.
    """
    require_own(instruction.document.unit, *LEADERS, actor=actor, at=at)
    reason = clean(reason, multiline=True)
    screen({"reason": reason}, "reason", actor=actor, at=at)
    if not reason or len(reason) > _REASON:
        raise InvalidInput("Thôi bút phê phải có lý do.", [Fault("reason", "hãy ghi vì sao thôi bút phê này")])
    with transaction.atomic():
        Document.objects.select_for_update().get(pk=instruction.document_id)
        return _strike(instruction, reason, actor, at)


def _standing(document: Document, given: InstructionInput) -> Instruction | None:
    """The note entered from this form before; the letter is locked, so the second of two finds the first one."""
    if not given.client_key:
        return None
    standing = Instruction.objects.filter(client_key=given.client_key).first()
    if standing is not None and standing.document_id != document.pk:
        raise Conflict("Biểu mẫu này đã dùng cho văn bản khác; hãy mở lại trang rồi ghi bút phê.")
    return standing


def _write(document: Document, given: InstructionInput, actor: Post, at: dt.datetime) -> Instruction:
    document = locked(document)
    if document.state != DocumentState.REGISTERED or document.direction != Direction.INCOMING:
        raise Conflict("Chỉ ghi bút phê trên văn bản đến đã vào sổ. Hãy vào sổ trước.")
    signer, signed_on = given.signature()
    if given.replaces is not None:
        _strike(given.replaces, given.reason, actor, at)
    note = Instruction.objects.create(
        document=document,
        text=given.text,
        signed_by=signer,
        signed_on=signed_on,
        source=NoteSource.SCREEN if signer == actor else NoteSource.PAPER,
        entered_by=actor,
        client_key=given.client_key or None,
        created_at=at,
    )
    InstructedUnit.objects.bulk_create(
        InstructedUnit(instruction=note, unit=unit, role=role, due=given.due_for(role))
        for unit, role in given.roles.items()
    )
    tasks = [_handed(one, given, actor, at) for one in _asked(document, given, actor, at)] if given.roles else []
    note.tasks.set(tasks)
    record(
        actor=actor,
        action="tasks.instructed",
        obj=f"instruction:{note.uid}",
        at=at,
        data={"document": str(document.uid), "units": len(given.roles), "tasks": len(tasks), "source": note.source},
    )
    return note


def _asked(document: Document, given: InstructionInput, actor: Post, at: dt.datetime) -> Iterable[Obligation]:
    """What is handed out: the chosen obligations, in one order for all, else the note itself."""
    if given.obligations:
        return sorted(given.obligations, key=lambda one: one.pk)
    lead = name_of(given.lead, given.signature()[1]).name if given.lead else ""
    return [append(document, Wording(given.text, lead), actor=actor, at=at, from_note=True)]


def _handed(obligation: Obligation, given: InstructionInput, actor: Post, at: dt.datetime) -> Task:
    """One task with the note's units; where the note sets a date of its own, the unit's assignment carries it."""
    before = _before(obligation, actor.unit, given)
    own = _date(given.lead_due, given) if given.lead_due and not given.obligations else None
    task = hand_out(obligation, given.roles, None if before else own, needs_evidence=False, actor=actor, at=at)
    for role in (AssignmentRole.LEAD, AssignmentRole.SUPPORT):
        when = _date(given.due_for(role), given)
        if when is not None and when.due != task.due:
            units = [unit for unit, given_role in given.roles.items() if given_role == role]
            fresh = task.assignments.filter(unit__in=units).exclude(unit__in=before)
            fresh.update(own_due=when.due, own_due_reason=when.reason)
    return task


def _before(obligation: Obligation, issuer: Unit, given: InstructionInput) -> set[int]:
    """The units of the note that have this work already, just as the note says; Conflict if otherwise."""
    rows = Assignment.objects.filter(task__obligation=obligation, task__issued_by=issuer, task__parent=None)
    standing = rows.filter(unit__in=given.roles).exclude(state=AssignmentState.WITHDRAWN)
    for one in standing.select_related("task", "unit"):
        wanted = given.due_for(given.roles[one.unit])
        if one.role != given.roles[one.unit] or (wanted and wanted != one.due):
            name = name_of(one.unit, given.signature()[1]).name
            vi, en = (f", hạn {one.due:%d/%m/%Y}", f", by {one.due:%d/%m/%Y}") if one.due else ("", "")
            raise Conflict(
                Said(
                    f"«{name}» đã được giao việc này với vai trò {AssignmentRole(one.role).label}{vi}. "
                    "Hãy thay bút phê cũ rồi giao lại.",
                    f"«{name}» was given this already in another role or by another day ({one.role}{en}). "
                    "Replace the old note, then hand it out again.",
                )
            )
    return {one.unit_id for one in standing}


def _date(day: dt.date | None, given: InstructionInput) -> Due | None:
    if day is None:
        return None
    signer, signed_on = given.signature()
    reason = f"Hạn ghi trong bút phê của {signer.title} ngày {signed_on:%d/%m/%Y}: {day:%d/%m/%Y}."
    return Due(day, day, reason)


def _strike(instruction: Instruction, reason: str, actor: Post, at: dt.datetime) -> Instruction:
    note = Instruction.objects.select_for_update().get(pk=instruction.pk)
    if note.withdrawn_at is not None:
        if note.withdrawn_reason == reason:
            return note
        raise Conflict(
            Said(
                f"Bút phê này đã thôi trước đó. Lý do: {note.withdrawn_reason}",
                f"This note was withdrawn before. Reason: {note.withdrawn_reason}",
            )
        )
    note.withdrawn_at, note.withdrawn_by, note.withdrawn_reason = at, actor, reason
    note.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    taken = _take_back(note, reason, at)
    record(
        actor=actor,
        action="tasks.instruction_withdrawn",
        obj=f"instruction:{note.uid}",
        at=at,
        data={"document": str(note.document.uid), "taken_back": taken},
    )
    return note


def _take_back(note: Instruction, reason: str, at: dt.datetime) -> int:
    """The open assignments of the note's units, and what those passed on; another standing note keeps its own."""
    others = Instruction.objects.filter(document=note.document, withdrawn_at=None)
    kept = set(InstructedUnit.objects.filter(instruction__in=others).values_list("instruction__tasks", "unit"))
    given = Assignment.objects.filter(task__in=note.tasks.all(), unit__in=note.units.values("unit"))
    ours = [pk for pk, task, unit in given.values_list("pk", "task", "unit") if (task, unit) not in kept]
    return take_back(Assignment.objects.filter(pk__in=ours), reason, at=at)


def _check(document: Document, given: InstructionInput, scope: Scope) -> None:
    if any(one.document_id != document.pk for one in given.obligations):
        raise NotFound("Yêu cầu này không thuộc văn bản đang ghi bút phê.")
    if given.replaces is not None and given.replaces.document_id != document.pk:
        raise NotFound("Bút phê cần thay không thuộc văn bản này.")
    if len(given.client_key) > 60:
        raise InvalidInput("Biểu mẫu không hợp lệ; hãy mở lại trang rồi ghi bút phê.")
    faults = [*_text_faults(given), *_unit_faults(given), *_signature_faults(document, given, scope)]
    faults += _date_faults(given)
    if faults:
        raise InvalidInput("Chưa ghi được bút phê: có ô cần sửa.", faults)


def _text_faults(given: InstructionInput) -> list[Fault]:
    faults = []
    if not given.text or len(given.text) > _TEXT:
        faults.append(
            Fault(
                "text",
                Said(
                    f"hãy ghi ý kiến chỉ đạo, không quá {_TEXT} chữ cái",
                    f"enter the instruction, at most {_TEXT} characters",
                ),
            )
        )
    if given.replaces is not None and (not given.reason or len(given.reason) > _REASON):
        faults.append(Fault("reason", "hãy ghi vì sao thay bút phê trước"))
    return faults


def _unit_faults(given: InstructionInput) -> list[Fault]:
    faults = []
    named = len(given.support) + len(given.inform) + (given.lead is not None)
    if named != len(given.roles):
        faults.append(Fault("units", "mỗi đơn vị chỉ có một vai trò trong bút phê"))
    if given.lead is None and given.support:
        faults.append(Fault("units", "đã có đơn vị phối hợp thì phải có một đơn vị chủ trì"))
    if given.lead is None and (given.obligations or given.lead_due):
        faults.append(Fault("units", "hãy chọn đơn vị chủ trì"))
    if given.support_due and not given.support:
        faults.append(Fault("support_due", "chưa có đơn vị phối hợp nào"))
    if any(not allowed_today(one) for one in given.obligations):
        faults.append(Fault("obligations", "có yêu cầu ngoài phạm vi hệ thống hoặc chưa rõ mục đích"))
    return faults


def _signature_faults(document: Document, given: InstructionInput, scope: Scope) -> list[Fault]:
    post, day = given.signed_by, given.signed_on
    faults = []
    if post is None or post.unit_id != scope.unit.pk or not post.has_role(*SIGNERS):
        faults.append(Fault("signed_by", "hãy chọn chức danh lãnh đạo của đơn vị đã ghi bút phê"))
    if day is None or day > scope.day or (document.received_on and day < document.received_on):
        faults.append(Fault("signed_on", "ngày bút phê từ ngày văn bản đến cho tới hôm nay"))
    return faults


def _date_faults(given: InstructionInput) -> list[Fault]:
    """Not before the note itself, and not after what the letter asks for (unless that day has passed)."""
    working = working_days()
    printed = [when for one in given.obligations if (when := due_of(one, working).due)]
    latest, signed = min(printed, default=None), given.signed_on or dt.date.min
    faults = []
    for name, day in (("lead_due", given.lead_due), ("support_due", given.support_due)):
        if day is None:
            continue
        if day < signed:
            faults.append(
                Fault(
                    name,
                    Said(
                        f"hạn {day:%d/%m/%Y} trước ngày bút phê {signed:%d/%m/%Y}",
                        f"the limit {day:%d/%m/%Y} is before the note's day {signed:%d/%m/%Y}",
                    ),
                )
            )
        elif latest and signed <= latest < day:
            faults.append(
                Fault(
                    name,
                    Said(
                        f"văn bản yêu cầu xong ngày {latest:%d/%m/%Y}; hạn không được muộn hơn",
                        f"the letter asks for it by {latest:%d/%m/%Y}; the limit may not be later",
                    ),
                )
            )
    return faults
