"""Work that came to the wrong unit goes back, and from the giver to whom it belongs. It is never nobody's."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from nhipcau.audit.actions import record
from nhipcau.audit.screen import screen
from nhipcau.core.errors import Conflict, Fault, InvalidInput
from nhipcau.core.said import Said
from nhipcau.core.text import clean
from nhipcau.documents.rights import LEADERS, OFFICERS, require_own
from nhipcau.org.models import Post, Unit
from nhipcau.org.queries import name_of
from nhipcau.org.scope import Scope
from nhipcau.tasks.assigning import add_units, require_units
from nhipcau.tasks.cascade import in_force
from nhipcau.tasks.models import (
    CLOSED,
    Assignment,
    AssignmentRole,
    Redirection,
    RedirectionState,
)
from nhipcau.tasks.withdrawing import take_back

LONGEST = 1000
_NAMES = 250
_NOT_GIVEN_BACK = Said("Chưa trả lại được.", "It was not given back.")


def give_back(
    *, assignment: Assignment, reason: str, belongs_to: str = "", actor: Post, at: dt.datetime
) -> Redirection:
    """The unit says why the work is not its own, and whose it is if it knows. Safe to repeat while it waits.

    Raises InvalidInput, BoundaryRefused, Conflict (done, passed on, or told before that it must), NotFound,
    NotAllowed.
    """
    require_own(assignment.unit, *OFFICERS, actor=actor, at=at)
    reason, belongs_to = clean(reason, multiline=True), clean(belongs_to)
    screen({"reason": reason, "belongs_to": belongs_to}, "reason", actor=actor, at=at)
    _require_words(_NOT_GIVEN_BACK, "reason", reason)
    if len(belongs_to) > _NAMES:
        fault = Said(f"không quá {_NAMES} chữ cái", f"at most {_NAMES} characters")
        raise InvalidInput(_NOT_GIVEN_BACK, [Fault("belongs_to", fault)])
    with transaction.atomic():
        assignment = in_force(assignment)
        before = assignment.redirections.order_by("pk").last()
        if before is not None and before.state == RedirectionState.ASKED:
            if (before.reason, before.belongs_to) == (reason, belongs_to):
                return before
            raise Conflict("Đơn vị đã trả lại việc này và đang chờ đơn vị giao việc trả lời.")
        _require_returnable(assignment, before)
        asked = Redirection.objects.create(
            assignment=assignment, reason=reason, belongs_to=belongs_to, asked_by=actor, asked_at=at
        )
        _record("tasks.given_back", asked, actor, at)
    return asked


def hand_on(*, redirection: Redirection, to: Unit, answer: str = "", actor: Post, at: dt.datetime) -> Redirection:
    """Give the work to the unit it belongs to, in the same task; the first one is rid of it. Safe to repeat.

    Raises InvalidInput (the same unit again), BoundaryRefused, Conflict (answered otherwise), NotFound, NotAllowed.
    """
    scope, answer = _answering(redirection, answer, actor, at)
    with transaction.atomic():
        redirection = _waiting(redirection)
        if redirection.state != RedirectionState.ASKED:
            return _same(redirection, RedirectionState.HANDED_ON, to)
        given = in_force(redirection.assignment)
        role = AssignmentRole(given.role)
        require_units(scope, {to: role})
        if to.pk == given.unit_id:
            raise InvalidInput("Chưa chuyển được.", [Fault("to", "hãy chọn đơn vị khác với đơn vị đã trả lại")])
        add_units(given.task, {to: role}, actor=actor, at=at, action="tasks.assigned")
        name = name_of(to, scope.day).name
        _rid(given, Said(f"Việc đã chuyển cho {name}.", f"The work went on to {name}."), at)
        redirection.handed_to = given.task.assignments.get(unit=to)
        return _answered(redirection, RedirectionState.HANDED_ON, answer, actor, at)


def insist(*, redirection: Redirection, answer: str, actor: Post, at: dt.datetime) -> Redirection:
    """The work is the unit's after all, and why. Safe to repeat; errors as in `hand_on`."""
    _, answer = _answering(redirection, answer, actor, at)
    _require_words(Said("Giữ nguyên thì phải có lý do.", "Insisting needs a reason."), "answer", answer)
    with transaction.atomic():
        redirection = _waiting(redirection)
        if redirection.state != RedirectionState.ASKED:
            return _same(redirection, RedirectionState.INSISTED)
        return _answered(redirection, RedirectionState.INSISTED, answer, actor, at)


def let_go(*, redirection: Redirection, answer: str = "", actor: Post, at: dt.datetime) -> Redirection:
    """Nobody need do it: the unit is rid of the work. Safe to repeat; errors as in `hand_on`."""
    _, answer = _answering(redirection, answer, actor, at)
    with transaction.atomic():
        redirection = _waiting(redirection)
        if redirection.state != RedirectionState.ASKED:
            return _same(redirection, RedirectionState.TAKEN_BACK)
        why = Said("Đơn vị giao việc đã nhận lại việc.", "The unit that handed it out took it back.")
        _rid(redirection.assignment, why, at)
        return _answered(redirection, RedirectionState.TAKEN_BACK, answer, actor, at)


def _require_returnable(assignment: Assignment, before: Redirection | None) -> None:
    if assignment.state in CLOSED or assignment.role == AssignmentRole.INFORM:
        raise Conflict("Việc này không còn phải làm nên không có gì để trả lại.")
    if before is not None and before.state == RedirectionState.INSISTED:
        raise Conflict("Đơn vị giao việc đã trả lời rằng việc này là của đơn vị. Hãy trao đổi trực tiếp.")
    if assignment.passed_on.exists():
        raise Conflict("Đơn vị đã giao việc này xuống dưới nên không trả lại được nữa.")


def _require_words(message: Said, field: str, words: str) -> None:
    if words and len(words) <= LONGEST:
        return
    told = Said(f"hãy ghi lý do, không quá {LONGEST} chữ cái", f"give the reason, at most {LONGEST} characters")
    raise InvalidInput(message, [Fault(field, told)])


def _answering(redirection: Redirection, answer: str, actor: Post, at: dt.datetime) -> tuple[Scope, str]:
    scope = require_own(redirection.assignment.task.issued_by, *LEADERS, actor=actor, at=at)
    answer = clean(answer, multiline=True)
    screen({"answer": answer}, "reason", actor=actor, at=at)
    if answer:
        _require_words(Said("Chưa trả lời được.", "The answer was not sent."), "answer", answer)
    return scope, answer


def _waiting(redirection: Redirection) -> Redirection:
    rows = Redirection.objects.select_for_update(of=("self",))
    return rows.select_related("assignment__task__issued_by", "assignment__unit").get(pk=redirection.pk)


def _rid(given: Assignment, why: Said, at: dt.datetime) -> None:
    take_back(Assignment.objects.filter(pk=given.pk), why, at=at)


def _same(answered: Redirection, state: RedirectionState, to: Unit | None = None) -> Redirection:
    went = answered.handed_to.unit_id if answered.handed_to else None
    if (answered.state, went) == (state, to.pk if to else None):
        return answered
    raise Conflict("Việc trả lại này đã được trả lời.")


def _answered(
    redirection: Redirection, state: RedirectionState, answer: str, actor: Post, at: dt.datetime
) -> Redirection:
    redirection.state, redirection.answer = state, answer
    redirection.answered_by, redirection.answered_at = actor, at
    redirection.save()
    _record("tasks.give_back_answered", redirection, actor, at)
    return redirection


def _record(action: str, redirection: Redirection, actor: Post, at: dt.datetime) -> None:
    record(
        actor=actor,
        action=action,
        obj=f"assignment:{redirection.assignment.uid}",
        at=at,
        data={"redirection": str(redirection.uid), "state": redirection.state},
    )
