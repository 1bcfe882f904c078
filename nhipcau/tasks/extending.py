"""More time for work: the unit asks with its reason, the one that handed the work out answers once."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from nhipcau.audit.actions import record
from nhipcau.audit.screen import screen
from nhipcau.core.errors import Conflict, Fault, InvalidInput
from nhipcau.core.said import Said
from nhipcau.core.text import clean
from nhipcau.documents.rights import LEADERS, OFFICERS, require_own
from nhipcau.org.models import Post
from nhipcau.tasks.cascade import locked, owed
from nhipcau.tasks.models import (
    CLOSED,
    Assignment,
    AssignmentRole,
    Extension,
    ExtensionState,
    Reminder,
)

LONGEST = 1000


def ask_extension(
    *, assignment: Assignment, until: dt.date, reason: str, actor: Post, at: dt.datetime
) -> Extension:
    """The unit asks for another date, and thereby says that it has the task. Safe to repeat while it waits.

    Raises InvalidInput (no reason, not later than the date it has), BoundaryRefused, Conflict (no date, closed, or
    another request waits), NotFound, NotAllowed.
    """
    scope = require_own(assignment.unit, *OFFICERS, actor=actor, at=at)
    reason = clean(reason, multiline=True)
    screen({"reason": reason}, "reason", actor=actor, at=at)
    with transaction.atomic():
        assignment = owed(assignment, actor=actor, at=at)
        waiting = assignment.extensions.filter(state=ExtensionState.ASKED).first()
        if waiting is not None:
            if (waiting.until, waiting.reason) == (until, reason):
                return waiting
            raise Conflict("Đơn vị đã xin gia hạn việc này và đang chờ trả lời.")
        _require_open(assignment)
        _require_later(assignment, until, reason, today=scope.day)
        asked = Extension.objects.create(
            assignment=assignment, until=until, reason=reason, asked_by=actor, asked_at=at
        )
        _record("tasks.extension_asked", asked, actor, at, until=until)
    return asked


def answer_extension(
    *,
    extension: Extension,
    granted: dt.date | None,
    answer: str = "",
    beyond: bool = False,
    actor: Post,
    at: dt.datetime,
) -> Extension:
    """Grant a date (the one asked for or another), or none with the reason. Later than the date that the granting
    unit has itself only with `beyond`. Safe to repeat with the same answer; another one is a Conflict.

    Raises InvalidInput, BoundaryRefused, Conflict, NotFound, NotAllowed.
    """
    task = extension.assignment.task
    scope = require_own(task.issued_by, *LEADERS, actor=actor, at=at)
    answer = clean(answer, multiline=True)
    screen({"answer": answer}, "reason", actor=actor, at=at)
    with transaction.atomic():
        assignment = locked(extension.assignment)
        extension = Extension.objects.select_for_update().get(pk=extension.pk)
        if extension.state != ExtensionState.ASKED:
            if (extension.granted, extension.answer) == (granted, answer):
                return extension
            raise Conflict("Yêu cầu gia hạn này đã được trả lời.")
        if granted is None:
            _require_words(answer)
        else:
            _require_open(assignment)
            _require_allowed(assignment, granted, beyond=beyond, today=scope.day)
            _move(assignment, granted, answer)
        extension.state = ExtensionState.GRANTED if granted else ExtensionState.REFUSED
        extension.granted, extension.answer = granted, answer
        extension.answered_by, extension.answered_at = actor, at
        extension.save()
        _record("tasks.extension_answered", extension, actor, at, until=granted)
    return extension


def _require_open(assignment: Assignment) -> None:
    if assignment.state in CLOSED or assignment.role == AssignmentRole.INFORM:
        raise Conflict("Việc này không còn phải làm nên không có hạn để gia hạn.")
    if assignment.due is None:
        raise Conflict("Việc này không có hạn nên không phải xin gia hạn.")


def _require_later(assignment: Assignment, until: dt.date, reason: str, *, today: dt.date) -> None:
    faults = []
    if assignment.due and until <= max(assignment.due, today):
        faults.append(
            Fault(
                "until",
                Said(
                    f"hạn mới phải sau hôm nay và sau hạn đang có ({assignment.due:%d/%m/%Y})",
                    f"the new limit must be after today and after the present one ({assignment.due:%d/%m/%Y})",
                ),
            )
        )
    if not reason or len(reason) > LONGEST:
        faults.append(
            Fault(
                "reason",
                Said(
                    f"hãy ghi vì sao cần thêm thời gian, không quá {LONGEST} chữ cái",
                    f"say why more time is needed, at most {LONGEST} characters",
                ),
            )
        )
    if faults:
        raise InvalidInput("Chưa xin được gia hạn.", faults)


def _require_words(answer: str) -> None:
    if not answer or len(answer) > LONGEST:
        raise InvalidInput(
            "Không gia hạn thì phải có lý do.",
            [
                Fault(
                    "answer",
                    Said(
                        f"hãy ghi lý do, không quá {LONGEST} chữ cái",
                        f"give the reason, at most {LONGEST} characters",
                    ),
                )
            ],
        )


def _require_allowed(assignment: Assignment, granted: dt.date, *, beyond: bool, today: dt.date) -> None:
    if assignment.due and granted <= max(assignment.due, today):
        raise InvalidInput(
            "Chưa gia hạn được.",
            [
                Fault(
                    "granted",
                    Said(
                        f"ngày mới phải sau hôm nay và sau hạn đang có ({assignment.due:%d/%m/%Y})",
                        f"the new day must be after today and after the present limit ({assignment.due:%d/%m/%Y})",
                    ),
                )
            ],
        )
    above = assignment.task.parent
    if above is not None and above.due is not None and granted > above.due and not beyond:
        raise InvalidInput(
            "Chưa gia hạn được.",
            [
                Fault(
                    "beyond",
                    Said(
                        f"hạn cấp trên giao cho đơn vị là {above.due:%d/%m/%Y}; hãy xác nhận cho muộn hơn",
                        f"the level above asked your unit for {above.due:%d/%m/%Y}; confirm that it may be later",
                    ),
                )
            ],
        )


def _not_later(due: dt.date) -> Said:
    return Said(
        f"hạn mới phải sau hôm nay và sau hạn đang có ({due:%d/%m/%Y})",
        f"the new date must be after today and after the one it has ({due:%d/%m/%Y})",
    )


def _move(assignment: Assignment, granted: dt.date, answer: str) -> None:
    """The unit has a date of its own; what was sent for the old one does not stand for it."""
    before, told = assignment.due, f" {answer}" if answer else ""
    assignment.own_due = granted
    assignment.own_due_reason = Said(
        f"Được gia hạn đến {granted:%d/%m/%Y} (hạn trước: {before:%d/%m/%Y}).{told}",
        f"Extended to {granted:%d/%m/%Y} (before: {before:%d/%m/%Y}).{told}",
    )
    assignment.save(update_fields=["own_due", "own_due_reason"])
    Reminder.objects.filter(assignment=assignment, rung__gt=0).update(past=True)


def _record(action: str, extension: Extension, actor: Post, at: dt.datetime, until: dt.date | None) -> None:
    record(
        actor=actor,
        action=action,
        obj=f"assignment:{extension.assignment.uid}",
        at=at,
        data={"until": until.isoformat() if until else None},
    )
