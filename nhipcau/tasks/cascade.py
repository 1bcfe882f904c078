"""A unit answers for what it was given: acknowledge, pass on to its children, report done; above may reopen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q

from nhipcau.audit.actions import record
from nhipcau.audit.screen import screen
from nhipcau.core.errors import Conflict, Fault, InvalidInput
from nhipcau.core.said import Said, english
from nhipcau.core.text import clean
from nhipcau.documents.lineage.amending import has_ended
from nhipcau.documents.models import DocumentState, StoredFile
from nhipcau.documents.outgoing.letters import OutgoingLetter, enter, prepare
from nhipcau.documents.rights import LEADERS, OFFICERS, require_own
from nhipcau.documents.storing.evidence import Paper, accept_paper, checked_papers
from nhipcau.documents.storing.files import sha256
from nhipcau.org.models import Post
from nhipcau.tasks.assigning import Roles, add_units, new_task, require_units
from nhipcau.tasks.due import Due, chosen
from nhipcau.tasks.models import (
    Assignment,
    AssignmentEvidence,
    AssignmentRole,
    AssignmentState,
    RedirectionState,
    Task,
)
from nhipcau.tasks.required import require_answered

_NOTE = 4000


def acknowledge(*, assignment: Assignment, actor: Post, at: dt.datetime) -> Assignment:
    """The unit says that it has the task. Repeating it, or saying so after the work is done, changes nothing."""
    require_own(assignment.unit, *OFFICERS, actor=actor, at=at)
    with transaction.atomic():
        return owed(assignment, actor=actor, at=at)


def acknowledge_all(*, actor: Post, at: dt.datetime) -> int:
    """The unit says that it has everything it was given; how much that was. Repeating it changes nothing.

    What was given back as somebody else's is not taken on by it, nor what a struck letter asked.
    """
    require_own(actor.unit, *OFFICERS, actor=actor, at=at)
    with transaction.atomic():
        given = Assignment.objects.select_for_update(of=("self",)).filter(
            unit=actor.unit, state=AssignmentState.ASSIGNED
        )
        struck = Q(task__obligation__document__state=DocumentState.VOID) | Q(task__letter__state=DocumentState.VOID)
        mine = given.exclude(struck).exclude(redirections__state=RedirectionState.ASKED)
        waiting = list(mine.select_related("task").order_by("pk"))
        for one in waiting:
            _acknowledge(one, actor, at)
    return len(waiting)


def owed(assignment: Assignment, *, actor: Post, at: dt.datetime) -> Assignment:
    """The assignment locked, in force and acknowledged, inside the caller's transaction."""
    assignment = in_force(assignment)
    if assignment.state == AssignmentState.ASSIGNED:
        _acknowledge(assignment, actor, at)
    return assignment


def reissue(
    *,
    assignment: Assignment,
    units: Roles,
    actor: Post,
    at: dt.datetime,
    title: str = "",
    letter: OutgoingLetter | None = None,
    due: dt.date | None = None,
    due_reason: str = "",
    beyond: bool = False,
    needs_evidence: bool | None = None,
) -> Task:
    """Pass the task on to units below, with a letter of one's own (registered, citing the directive) if given.

    Passing on acknowledges. The due date is the one above unless `due` sets another with its reason; a later one
    only with `beyond`, and it says so. Safe to repeat: the standing task gains the units it lacks and no second
    letter is numbered.
    Raises InvalidInput, BoundaryRefused, NotFound, NotAllowed, Conflict (done already, or only to take note).
    """
    scope = require_own(assignment.unit, *LEADERS, actor=actor, at=at)
    title, due_reason = clean(title, multiline=True), clean(due_reason)
    screen({"title": title or assignment.task.title, "due_reason": due_reason}, "task", actor=actor, at=at)
    if len(title) > _NOTE:
        raise InvalidInput(
            "Nội dung việc quá dài.",
            [Fault("title", Said(f"không quá {_NOTE} chữ cái", f"at most {_NOTE} characters"))],
        )
    require_units(scope, units)
    if scope.unit in units:
        raise InvalidInput("Đơn vị không giao lại việc cho chính mình.", [Fault("units", "chọn đơn vị cấp dưới")])
    standing = Task.objects.filter(parent=assignment).first()
    above = assignment.task
    when = chosen(due, due_reason, today=scope.day, latest=assignment.due, beyond=beyond) if due else None
    if letter is not None and _needs_letter(standing):
        letter = prepare(letter, unit=scope.unit, actor=actor, at=at)
    with transaction.atomic():
        assignment = in_force(assignment)
        task = _passed_on(
            assignment,
            title or above.title,
            when,
            above.needs_evidence if needs_evidence is None else needs_evidence,
            actor,
            at,
        )
        if letter is not None and _needs_letter(task):
            directive = above.letter or above.obligation.document
            task.letter = enter(letter, unit=scope.unit, cites=[directive], actor=actor, at=at)
            task.save(update_fields=["letter"])
        add_units(task, units, actor=actor, at=at, action="tasks.passed_on")
    return task


def _needs_letter(task: Task | None) -> bool:
    """Whether a letter sent now carries the work: none does yet, or the one that did has ended."""
    return task is None or task.letter is None or has_ended(task.letter)


def complete(
    *,
    assignment: Assignment,
    note: str,
    actor: Post,
    at: dt.datetime,
    evidence: Sequence[tuple[str, bytes]] = (),
) -> Assignment:
    """Report the work done, with papers (`evidence`: name and bytes) where the task asks for one.

    Safe to repeat with the same note and papers. Raises InvalidInput (no paper, a photograph, …),
    BoundaryRefused, Conflict (reported differently before), NotFound, NotAllowed.
    """
    require_own(assignment.unit, *OFFICERS, actor=actor, at=at)
    if assignment.role == AssignmentRole.INFORM:
        raise Conflict("Đơn vị chỉ nhận việc này để biết nên không phải báo cáo kết quả.")
    note = clean(note, multiline=True)
    if len(note) > _NOTE:
        raise InvalidInput(
            "Kết quả ghi quá dài.",
            [Fault("note", Said(f"không quá {_NOTE} chữ cái", f"at most {_NOTE} characters"))],
        )
    screen({"note": note}, "comment", actor=actor, at=at)
    papers = checked_papers([Paper(*one) for one in evidence], actor=actor, at=at)
    with transaction.atomic():
        assignment = in_force(assignment)
        if assignment.state == AssignmentState.DONE:
            return _same_report(assignment, note, papers)
        held = assignment.evidence.exists()
        if assignment.task.needs_evidence and not papers and not held:
            raise InvalidInput(
                "Việc này cần minh chứng khi báo cáo hoàn thành.",
                [Fault("evidence", "hãy gửi kèm ít nhất một giấy tờ (.pdf, .docx, .xlsx, .txt)")],
            )
        require_answered(assignment)
        _add_evidence(assignment, papers)
        _done(assignment, note, actor, at, papers=len(papers))
    return assignment


def finish(assignment: Assignment, *, note: str, actor: Post, at: dt.datetime) -> bool:
    """Its answer came by another way, a report: done, inside the caller's transaction and by the caller's rights.
    False where it is closed, no longer stands, or asks for something else besides."""
    try:
        assignment = in_force(assignment)
        require_answered(assignment)
    except (Conflict, InvalidInput):
        return False
    lacks = assignment.task.needs_evidence and not assignment.evidence.exists()
    if assignment.state == AssignmentState.DONE or lacks:
        return False
    _done(assignment, note, actor, at, papers=0)
    return True


def begin_again(assignment: Assignment, *, reason: str, actor: Post, at: dt.datetime) -> None:
    """That answer was sent back: open again, inside the caller's transaction and by the caller's rights."""
    assignment = locked(assignment)
    if assignment.state == AssignmentState.DONE:
        _open_again(assignment, reason, actor, at)


def reopen(*, assignment: Assignment, reason: str, actor: Post, at: dt.datetime) -> Assignment:
    """The unit that gave the task sends a report of done work back, saying what is missing.

    Safe to repeat with the same reason. Raises Conflict if nothing is reported done, NotFound, NotAllowed.
    """
    require_own(assignment.task.issued_by, *LEADERS, actor=actor, at=at)
    reason = clean(reason, multiline=True)
    screen({"reason": reason}, "reason", actor=actor, at=at)
    if not reason or len(reason) > _NOTE:
        raise InvalidInput("Trả lại phải có lý do.", [Fault("reason", "hãy ghi còn thiếu gì, cần bổ sung gì")])
    with transaction.atomic():
        assignment = locked(assignment)
        if assignment.state != AssignmentState.DONE:
            if assignment.returned_reason == reason:
                return assignment
            raise Conflict("Đơn vị chưa báo cáo hoàn thành nên không có gì để trả lại.")
        _open_again(assignment, reason, actor, at)
    return assignment


def in_force(assignment: Assignment) -> Assignment:
    """The assignment locked, if it still asks something. Raises Conflict."""
    assignment = locked(assignment)
    _require_in_force(assignment)
    return assignment


def locked(assignment: Assignment) -> Assignment:
    """The row as it stands, held until the caller's transaction ends."""
    # Only the assignment's own row: PostgreSQL cannot lock the nullable side of a join.
    rows = Assignment.objects.select_for_update(of=("self",))
    return rows.select_related("task__obligation__document", "task__letter", "unit").get(pk=assignment.pk)


def _require_in_force(assignment: Assignment) -> None:
    """Not taken back; and a letter struck from its register asks nothing, neither the directive nor the one it
    came down with."""
    task = assignment.task
    if assignment.state == AssignmentState.WITHDRAWN:
        raise Conflict(
            Said(
                f"Việc này đã thôi giao cho đơn vị. Lý do: {assignment.withdrawn_reason}",
                f"The unit is no longer asked to do this. Reason: {english(assignment.withdrawn_reason)}",
            )
        )
    for letter in (task.obligation.document, task.letter):
        if letter is not None and letter.state == DocumentState.VOID:
            raise Conflict(
                Said(
                    f"Văn bản giao việc này ({letter.number or 'chưa có số'}) đã bị hủy số nên việc không còn "
                    "hiệu lực.",
                    f"The letter that handed this out ({letter.number or 'without a number'}) was struck, "
                    "so the work no longer stands.",
                )
            )


def _acknowledge(assignment: Assignment, actor: Post, at: dt.datetime) -> None:
    assignment.state, assignment.acknowledged_at = AssignmentState.ACKNOWLEDGED, at
    assignment.acknowledged_by = actor
    assignment.save(update_fields=["state", "acknowledged_at", "acknowledged_by"])
    _record("tasks.acknowledged", assignment, actor, at)


def _done(assignment: Assignment, note: str, actor: Post, at: dt.datetime, *, papers: int) -> None:
    if assignment.state == AssignmentState.ASSIGNED:
        _acknowledge(assignment, actor, at)
    assignment.state, assignment.done_at, assignment.done_by = AssignmentState.DONE, at, actor
    assignment.done_note = note
    assignment.save(update_fields=["state", "done_at", "done_by", "done_note"])
    _record("tasks.completed", assignment, actor, at, papers=papers)


def _open_again(assignment: Assignment, reason: str, actor: Post, at: dt.datetime) -> None:
    assignment.state, assignment.done_at, assignment.done_by = AssignmentState.ACKNOWLEDGED, None, None
    assignment.returned_at, assignment.returned_reason = at, reason
    assignment.save(update_fields=["state", "done_at", "done_by", "returned_at", "returned_reason"])
    _record("tasks.reopened", assignment, actor, at)


def _as_above(above: Assignment) -> Due:
    return Due(above.due, above.late_after, above.due_reason)


def _passed_on(
    assignment: Assignment, title: str, when: Due | None, needs_evidence: bool, actor: Post, at: dt.datetime
) -> Task:
    """The task made of this assignment: the standing one, else a new one."""
    if assignment.role == AssignmentRole.INFORM:
        raise Conflict("Đơn vị chỉ nhận việc này để biết nên không giao tiếp xuống dưới.")
    task = Task.objects.filter(parent=assignment).first()
    if task is not None:
        if when is not None and when.due != task.due:
            raise Conflict("Việc này đã giao xuống với hạn khác. Bỏ trống ô hạn để giao thêm đơn vị.")
        return task
    if assignment.state == AssignmentState.DONE:
        raise Conflict("Đơn vị đã báo cáo hoàn thành nên không giao tiếp xuống dưới được nữa.")
    if assignment.state == AssignmentState.ASSIGNED:
        _acknowledge(assignment, actor, at)
    above = assignment.task
    return new_task(
        above.obligation,
        assignment.unit,
        when or _as_above(assignment),
        at,
        title=title,
        needs_evidence=needs_evidence,
        parent=assignment,
        occurrence=above.occurrence,
    )


def _add_evidence(assignment: Assignment, papers: Sequence[Paper]) -> None:
    for paper in papers:
        AssignmentEvidence.objects.get_or_create(
            assignment=assignment, file=accept_paper(paper), defaults={"name": paper.name}
        )


def _same_report(assignment: Assignment, note: str, papers: Sequence[Paper]) -> Assignment:
    held = set(
        StoredFile.objects.filter(pk__in=assignment.evidence.values("file")).values_list("sha256", flat=True)
    )
    if assignment.done_note == note and {sha256(paper.data) for paper in papers} <= held:
        return assignment
    raise Conflict("Việc này đã báo cáo hoàn thành. Muốn sửa, hãy đề nghị đơn vị giao việc trả lại.")


def _record(action: str, assignment: Assignment, actor: Post, at: dt.datetime, **data: int) -> None:
    record(
        actor=actor,
        action=action,
        obj=f"assignment:{assignment.uid}",
        at=at,
        data={"task": str(assignment.task.uid), **data},
    )
