"""One task to every unit of a branch, in one job: in batches that one can watch, stop, and resume after a crash."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice

from django.db import transaction
from django.db.models import Exists, F, OuterRef

from nhipcau.audit.actions import record
from nhipcau.audit.screen import screen
from nhipcau.core.actors import System
from nhipcau.core.clock import local_date
from nhipcau.core.errors import Conflict, Fault, InvalidInput
from nhipcau.core.ids import new_uid
from nhipcau.core.said import Said
from nhipcau.core.text import clean
from nhipcau.documents.rights import LEADERS, require_own
from nhipcau.org.bulk import fill
from nhipcau.org.models import Post
from nhipcau.org.queries import below_of_kinds
from nhipcau.outbox.jobs import enqueue
from nhipcau.tasks.assigning import hand_out
from nhipcau.tasks.due import chosen
from nhipcau.tasks.models import (
    Assignment,
    AssignmentRole,
    AssignmentState,
    FanOut,
    FanOutState,
    Obligation,
    Reminder,
    Task,
)
from nhipcau.tasks.withdrawing import take_back

JOB = "tasks.fan_out"
ACTOR = System(JOB)
BATCH = 8000
_STOPPED = Said("Đơn vị giao việc đã dừng đợt giao này.", "The unit that handed this out stopped doing so.")


def fan_out(
    *,
    obligation: Obligation,
    kinds: Collection[str],
    actor: Post,
    at: dt.datetime,
    role: AssignmentRole = AssignmentRole.LEAD,
    due: dt.date | None = None,
    due_reason: str = "",
    needs_evidence: bool = False,
) -> FanOut:
    """Hand an obligation straight to every unit of those kinds (codes) below the actor's, in the background.

    Units that have it already keep what they have. Safe to repeat while it runs. Raises NotFound, NotAllowed,
    InvalidInput (nobody to give it to), BoundaryRefused, Conflict (scope, another due date, another such job).
    """
    scope = require_own(obligation.document.unit, *LEADERS, actor=actor, at=at)
    due_reason = clean(due_reason)
    screen({"title": obligation.text, "due_reason": due_reason}, "task", actor=actor, at=at)
    override = chosen(due, due_reason, today=scope.day) if due else None
    wanted = sorted(set(kinds))
    with transaction.atomic():
        task = hand_out(obligation, {}, override, needs_evidence=needs_evidence, actor=actor, at=at)
        running = FanOut.objects.filter(task=task, state=FanOutState.RUNNING).first()
        if running is not None:
            return _same(running, wanted, role)
        fan = FanOut(task=task, kinds=wanted, role=role, asked_by=actor, asked_at=at)
        fan.expected = len(_waiting(fan))
        if not fan.expected:
            raise InvalidInput(
                "Không có đơn vị nào để giao.",
                [Fault("kinds", "hãy chọn loại đơn vị có trong nhánh và chưa được giao việc này")],
            )
        fan.save()
        _record("tasks.fan_out_begun", fan, actor, at, units=fan.expected)
        enqueue(JOB, fan.pk, at=at)
    return fan


def cancel_fan_out(*, fan_out: FanOut, actor: Post, at: dt.datetime) -> FanOut:
    """Stop, and take back what this job gave and nobody has finished. Safe to repeat.

    Raises NotFound, NotAllowed.
    """
    require_own(fan_out.task.issued_by, *LEADERS, actor=actor, at=at)
    with transaction.atomic():
        fan = FanOut.objects.select_for_update().get(pk=fan_out.pk)
        if fan.state == FanOutState.CANCELLED:
            return fan
        fan.state, fan.ended_at = FanOutState.CANCELLED, at
        fan.save(update_fields=["state", "ended_at"])
        given = Assignment.objects.filter(task=fan.task_id, created_at=fan.asked_at)
        _record("tasks.fan_out_cancelled", fan, actor, at, taken_back=take_back(given, _STOPPED, at=at))
    return fan


def run(fan_out: int, *, at: dt.datetime) -> None:
    """Give the task to whoever waits for it, batch by batch; it ends where it was stopped, or once all have it.

    After a crash it goes on: a batch and its count are written together, and who waits is asked anew.
    """
    fan = FanOut.objects.select_related("task").get(pk=fan_out)
    if fan.state != FanOutState.RUNNING:
        return
    for batch in _batches(_waiting(fan)):
        if not _give(fan, batch):
            return
    with transaction.atomic():
        done = FanOut.objects.filter(pk=fan.pk, state=FanOutState.RUNNING, given=fan.given)
        if done.update(state=FanOutState.DONE, ended_at=at):
            _record("tasks.fanned_out", fan, ACTOR, at, units=fan.given)


@transaction.atomic
def _give(fan: FanOut, units: Sequence[int]) -> bool:
    """One batch, if nobody stopped the job or took it over meanwhile."""
    ours = FanOut.objects.filter(pk=fan.pk, state=FanOutState.RUNNING, given=fan.given)
    if not ours.update(given=F("given") + len(units)):
        return False
    fan.given += len(units)
    held = dict(Assignment.objects.filter(task=fan.task_id, unit__in=units).values_list("unit", "state"))
    told = fan.role == AssignmentRole.INFORM  # whoever only takes note owes nothing
    fresh = {
        "role": fan.role,
        "state": AssignmentState.ACKNOWLEDGED if told else AssignmentState.ASSIGNED,
        "acknowledged_at": fan.asked_at if told else None,
        "created_at": fan.asked_at,
    }
    new = [unit for unit in units if unit not in held]
    fill(Assignment, {"uid": [new_uid() for _ in new], "unit_id": new}, {"task_id": fan.task_id, **fresh})
    _give_again(fan, [unit for unit, state in held.items() if state == AssignmentState.WITHDRAWN], fresh)
    return True


def _give_again(fan: FanOut, units: Sequence[int], fresh: Mapping[str, object]) -> None:
    """It was taken back before: as if it were given now."""
    rows = Assignment.objects.filter(task=fan.task_id, unit__in=units)
    Reminder.objects.filter(assignment__in=rows).delete()
    rows.update(**fresh, acknowledged_by=None, withdrawn_at=None, withdrawn_reason="", own_due=None)


def _waiting(fan: FanOut) -> list[int]:
    """Ids of the units still to be given it, in one order."""
    task: Task = fan.task
    has = Assignment.objects.filter(task=task.pk, unit=OuterRef("descendant"))
    below = below_of_kinds(task.issued_by, fan.kinds, local_date(fan.asked_at))
    return list(below.exclude(Exists(has.exclude(state=AssignmentState.WITHDRAWN))).order_by("descendant"))


def _batches(units: list[int]) -> Iterator[list[int]]:
    stream = iter(units)
    while batch := list(islice(stream, BATCH)):
        yield batch


def _same(running: FanOut, kinds: list[str], role: AssignmentRole) -> FanOut:
    if (running.kinds, running.role) == (kinds, role):
        return running
    raise Conflict("Việc này đang được giao cho cả nhánh. Hãy chờ xong, hoặc dừng đợt đó rồi giao lại.")


def _record(action: str, fan: FanOut, actor: Post | System, at: dt.datetime, **data: int) -> None:
    record(actor=actor, action=action, obj=f"task:{fan.task.uid}", at=at, data={"fan_out": str(fan.uid), **data})
