"""Handing an obligation to units: one task, one assignment per unit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import transaction

from nhipcau.audit.actions import record
from nhipcau.audit.screen import screen
from nhipcau.core.errors import Conflict, Fault, InvalidInput, NotFound
from nhipcau.core.said import Said
from nhipcau.core.text import clean
from nhipcau.documents.lineage.amending import has_ended
from nhipcau.documents.models import Document, DocumentState
from nhipcau.documents.rights import LEADERS, require_own
from nhipcau.org.models import Post, Unit
from nhipcau.org.queries import children_of, departments_of, working_days
from nhipcau.org.scope import Scope
from nhipcau.tasks.due import Due, chosen, due_of, recurs
from nhipcau.tasks.models import Assignment, AssignmentRole, AssignmentState, Obligation, Task
from nhipcau.tasks.obligations import allowed_today

Roles = Mapping[Unit, AssignmentRole]


def assign(
    *,
    obligation: Obligation,
    units: Roles,
    actor: Post,
    at: dt.datetime,
    due: dt.date | None = None,
    due_reason: str = "",
    needs_evidence: bool = False,
) -> Task:
    """Hand an obligation of a registered letter of the actor's own unit to units below it, or to itself.

    The due date comes from the letter's deadline and receipt, or from `due` with its reason. Units that only
    take note (`inform`) are acknowledged at once. Safe to repeat: the standing task gains the units it lacks.
    Raises NotFound (a letter or unit out of sight), InvalidInput, Conflict (scope, state, another due date).
    """
    scope = require_own(obligation.document.unit, *LEADERS, actor=actor, at=at)
    due_reason = clean(due_reason)
    screen({"title": obligation.text, "due_reason": due_reason}, "task", actor=actor, at=at)
    require_units(scope, units)
    override = chosen(due, due_reason, today=scope.day) if due else None
    with transaction.atomic():
        return hand_out(obligation, units, override, needs_evidence=needs_evidence, actor=actor, at=at)


def hand_out(
    obligation: Obligation,
    units: Roles,
    override: Due | None,
    *,
    needs_evidence: bool,
    actor: Post,
    at: dt.datetime,
) -> Task:
    """The standing task of the obligation, or a new one, given to the units, inside the caller's transaction."""
    obligation = Obligation.objects.select_for_update().get(pk=obligation.pk)
    _require_assignable(obligation)
    given = Task.objects.filter(obligation=obligation, issued_by=actor.unit, parent=None)
    task = given.order_by("-pk").first()  # of a duty that recurs, the present instance
    if task is not None and override is not None and override.due != task.due:
        raise Conflict(
            Said(
                f"Việc này đã giao với hạn khác ({_day(task.due)}). Bỏ trống ô hạn để giao thêm đơn vị.",
                f"This was handed out with another limit ({_day(task.due)}). Leave the limit empty to add units.",
            )
        )
    if task is None:
        asked = due_of(obligation, working_days())
        task = new_task(
            obligation,
            actor.unit,
            override or asked,
            at,
            title=obligation.text,
            needs_evidence=needs_evidence,
            occurrence=asked.late_after if recurs(obligation) else None,
        )
    add_units(task, units, actor=actor, at=at, action="tasks.assigned")
    return task


def assign_all(
    *,
    document: Document,
    actor: Post,
    at: dt.datetime,
    units: Roles | None = None,
    obligations: Sequence[Obligation] | None = None,
    needs_evidence: bool = False,
) -> list[Task]:
    """Hand every obligation in scope (or those given) to all direct children, or to `units`, in one act.

    All or nothing. Those outside the scope or in doubt are passed over; InvalidInput if none is left.
    """
    scope = require_own(document.unit, *LEADERS, actor=actor, at=at)
    roles = units or dict.fromkeys(children_of(scope.unit, scope.day), AssignmentRole.LEAD)
    wanted = list(document.obligations.filter(from_note=False) if obligations is None else obligations)
    if any(one.document_id != document.pk for one in wanted):
        raise NotFound("Yêu cầu này không thuộc văn bản đang giao.")
    fit = [one for one in wanted if allowed_today(one)]
    if not fit:
        raise InvalidInput("Văn bản không có yêu cầu nào giao được. Hãy ghi thêm yêu cầu bằng tay nếu cần.")
    screen({"title": [one.text for one in fit]}, "task", actor=actor, at=at)
    require_units(scope, roles)
    with transaction.atomic():
        return [hand_out(one, roles, None, needs_evidence=needs_evidence, actor=actor, at=at) for one in fit]


def require_units(scope: Scope, units: Roles) -> None:
    """At least one unit; each in sight, that is below the issuer or the issuer itself, else NotFound."""
    if not units:
        raise InvalidInput("Chưa chọn đơn vị nhận việc.", [Fault("units", "hãy chọn ít nhất một đơn vị")])
    wanted = {unit.pk for unit in units}
    visible = scope.units().filter(pk__in=wanted)
    ours = departments_of(scope.unit, scope.day).values("pk")
    # Another office's departments are led by that office alone.
    foreign = visible.filter(kind__internal=True).exclude(pk__in=ours).exclude(pk=scope.unit.pk)
    if visible.exclude(pk__in=foreign.values("pk")).count() != len(wanted):
        raise NotFound("Có đơn vị không nằm trong phạm vi của bạn nên chưa giao việc cho đơn vị nào.")


def new_task(
    obligation: Obligation,
    issuer: Unit,
    when: Due,
    at: dt.datetime,
    *,
    title: str,
    needs_evidence: bool,
    parent: Assignment | None = None,
    letter: Document | None = None,
    occurrence: dt.date | None = None,
) -> Task:
    """The row of a task, inside the caller's transaction."""
    return Task.objects.create(
        obligation=obligation,
        issued_by=issuer,
        parent=parent,
        letter=letter,
        title=title,
        due=when.due,
        late_after=when.late_after,
        due_reason=when.reason,
        needs_evidence=needs_evidence,
        occurrence=occurrence,
        created_at=at,
    )


def add_units(task: Task, units: Roles, *, actor: Post, at: dt.datetime, action: str) -> int:
    """Give the task to the units it lacks, inside the caller's transaction; returns how many were added.

    A unit that it was taken back from is given it anew.
    """
    standing = {one.unit_id: one for one in task.assignments.select_for_update().order_by("pk")}
    taken_back = {pk for pk, one in standing.items() if one.state == AssignmentState.WITHDRAWN}
    again = [unit for unit in units if unit.pk in taken_back]
    for unit in again:
        _give_again(standing[unit.pk], units[unit], at)
    fresh = [_assignment(task, unit, role, at) for unit, role in units.items() if unit.pk not in standing]
    Assignment.objects.bulk_create(fresh, batch_size=500)
    added = len(fresh) + len(again)
    if added:
        record(actor=actor, action=action, obj=f"task:{task.uid}", at=at, data={"units": added})
    return added


def _give_again(assignment: Assignment, role: AssignmentRole, at: dt.datetime) -> None:
    """As if it were given now; what was said before stays in the log."""
    new = _assignment(assignment.task, assignment.unit, role, at)
    new.pk, new.uid = assignment.pk, assignment.uid
    new.save(force_update=True)
    assignment.reminders.all().delete()


def _assignment(task: Task, unit: Unit, role: AssignmentRole, at: dt.datetime) -> Assignment:
    """Whoever only takes note owes nothing: the system acknowledges for it."""
    informed = role == AssignmentRole.INFORM
    return Assignment(
        task=task,
        unit=unit,
        role=role,
        state=AssignmentState.ACKNOWLEDGED if informed else AssignmentState.ASSIGNED,
        acknowledged_at=at if informed else None,
        created_at=at,
    )


def _require_assignable(obligation: Obligation) -> None:
    document = obligation.document
    if document.state != DocumentState.REGISTERED:
        raise Conflict("Văn bản chưa vào sổ hoặc đã hủy số nên chưa giao việc được. Hãy vào sổ trước.")
    if has_ended(document):
        raise Conflict("Văn bản đã bị thu hồi hoặc thay thế nên không giao việc mới từ văn bản này.")
    if document.scope == "outside" or obligation.scope == "outside":
        raise Conflict("Yêu cầu này phục vụ mục đích ngoài phạm vi hệ thống: chỉ lưu, không giao việc.")
    if obligation.scope != "in":
        raise Conflict("Yêu cầu này chưa rõ mục đích. Hãy sửa lại, chỉ giữ phần việc công đoàn, rồi giao.")


def _day(day: dt.date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else "không có hạn"
