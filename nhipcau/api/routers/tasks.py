"""Work that was given: acknowledged, answered, given more time, handed out."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.http import HttpResponse
from ninja import File, Form, Query, UploadedFile

from nhipcau.access.models import TokenScope
from nhipcau.api.auth import ApiRequest
from nhipcau.api.declare import Area
from nhipcau.api.errors import spoken
from nhipcau.api.files import download, papers
from nhipcau.api.paging import Listed, Paging, listed
from nhipcau.api.routers.units import named
from nhipcau.api.schemas.base import Words
from nhipcau.api.schemas.tasks import (
    Acknowledged,
    AnswerExtension,
    AskExtension,
    AssignmentOut,
    CountsOut,
    ExtensionOut,
    GiveOut,
    PaperOut,
    ReasonGiven,
    StatusRow,
    TaskOut,
    WorkOut,
)
from nhipcau.documents.rights import LEADERS, OFFICERS
from nhipcau.org.models import Unit
from nhipcau.org.scope import Scope
from nhipcau.tasks import actions
from nhipcau.tasks.models import Assignment, Extension, Task
from nhipcau.tasks.queries import (
    WorkItem,
    download_evidence,
    evidence_of,
    extensions_to_answer,
    get_assignment_for,
    get_extension_for,
    get_obligation_for,
    get_task_for,
    visible_tasks,
    worklist,
)
from nhipcau.tasks.status import UnitStatus, branch_status

area = Area("tasks", "/tasks")


@area.get("", "home", answer=Listed[WorkOut])
def work(request: ApiRequest, paging: Query[Paging]) -> Any:
    """What the own unit still owes, the soonest due first."""
    return listed(request, worklist(request.scope), paging, lambda some: map(_work, some))


@area.post(
    "/acknowledge-all", "tasks:acknowledge_all", scope=TokenScope.RECORD, roles=OFFICERS, answer=Acknowledged
)
def acknowledge_all(request: ApiRequest) -> Any:
    """Everything that was given and not yet acknowledged."""
    return Acknowledged(count=actions.acknowledge_all(actor=request.scope.post, at=request.moment))


@area.get("/issued", "tasks:index", roles=OFFICERS, answer=Listed[TaskOut])
def issued(request: ApiRequest, paging: Query[Paging]) -> Any:
    """Tasks issued by the own unit or below, and those the own unit was given, the newest first."""
    rows = visible_tasks(request.scope)
    return listed(request, rows, paging, lambda some: _tasks(some, request.scope))


@area.get("/issued/{uuid:task}/status", "tasks:status", roles=OFFICERS, answer=Listed[StatusRow])
def status(request: ApiRequest, paging: Query[Paging], task: uuid.UUID) -> Any:
    """Who has acknowledged and done it: the units it was handed to, each with all those below."""
    found = branch_status(request.scope, get_task_for(request.scope, task))
    return listed(request, found.rows, paging, lambda some: map(_row, some))


@area.get("/extensions", answer=Listed[ExtensionOut])
def extensions(request: ApiRequest, paging: Query[Paging]) -> Any:
    """Requests for more time that wait for the own unit, the oldest first."""
    rows = extensions_to_answer(request.scope)
    return listed(request, rows, paging, lambda some: [_extension(one, request.scope) for one in some])


@area.post(
    "/extensions/{uuid:extension}/answer",
    "tasks:answer_extension",
    scope=TokenScope.ISSUE,
    roles=LEADERS,
    answer=ExtensionOut,
)
def answer_extension(request: ApiRequest, extension: uuid.UUID, given: AnswerExtension) -> Any:
    """Grant a date, or none with the reason."""
    found = get_extension_for(request.scope, extension)
    done = actions.answer_extension(extension=found, **given.dict(), actor=request.scope.post, at=request.moment)
    return _extension(done, request.scope)


@area.get("/{uuid:assignment}", "tasks:assignment", roles=OFFICERS, answer=AssignmentOut)
def assignment(request: ApiRequest, assignment: uuid.UUID) -> Any:
    """One task at one unit: the own one or one below."""
    return _assignment(get_assignment_for(request.scope, assignment), request.scope)


@area.post(
    "/{uuid:assignment}/acknowledge", "tasks:acknowledge", scope=TokenScope.RECORD, roles=OFFICERS,
    answer=AssignmentOut,
)  # fmt: skip
def acknowledge(request: ApiRequest, assignment: uuid.UUID) -> Any:
    """The unit says that it has the task."""
    found = get_assignment_for(request.scope, assignment)
    actions.acknowledge(assignment=found, actor=request.scope.post, at=request.moment)
    return _anew(found, request.scope)


@area.post(
    "/{uuid:assignment}/complete", "tasks:complete", scope=TokenScope.RECORD, roles=OFFICERS, answer=AssignmentOut
)
def complete(
    request: ApiRequest,
    assignment: uuid.UUID,
    note: Form[Words] = "",
    evidence: File[list[UploadedFile]] = [],  # noqa: B006 - ninja reads the default, nobody changes it
) -> Any:
    """Report the work done, as a form: `note`, and papers as `evidence` where the task asks for one."""
    found = get_assignment_for(request.scope, assignment)
    shown = [(paper.name, paper.data) for paper in papers(evidence)]
    actions.complete(assignment=found, note=note, evidence=shown, actor=request.scope.post, at=request.moment)
    return _anew(found, request.scope)


@area.post("/{uuid:assignment}/reopen", "tasks:reopen", scope=TokenScope.ISSUE, roles=LEADERS, answer=AssignmentOut)
def reopen(request: ApiRequest, assignment: uuid.UUID, given: ReasonGiven) -> Any:
    """The unit that gave the work sends a report of done work back."""
    found = get_assignment_for(request.scope, assignment)
    actions.reopen(assignment=found, reason=given.reason, actor=request.scope.post, at=request.moment)
    return _anew(found, request.scope)


@area.post(
    "/{uuid:assignment}/extension", "tasks:ask_extension", scope=TokenScope.RECORD, roles=OFFICERS,
    answer=ExtensionOut,
)  # fmt: skip
def ask_extension(request: ApiRequest, assignment: uuid.UUID, given: AskExtension) -> Any:
    """The unit asks for more time, and why."""
    found = get_assignment_for(request.scope, assignment)
    asked = actions.ask_extension(
        assignment=found, until=given.until, reason=given.reason, actor=request.scope.post, at=request.moment
    )
    return _extension(asked, request.scope)


@area.post("/{uuid:assignment}/pass-on", "tasks:pass_on", scope=TokenScope.ISSUE, roles=LEADERS, answer=TaskOut)
def pass_on(request: ApiRequest, assignment: uuid.UUID, given: GiveOut) -> Any:
    """What the unit was given goes on to units below, without a letter of its own."""
    scope = request.scope
    task = actions.reissue(
        assignment=get_assignment_for(scope, assignment),
        units={scope.get_unit(uid): role for uid, role in given.units.items()},
        due=given.due,
        due_reason=given.due_reason,
        needs_evidence=given.needs_evidence or None,
        actor=scope.post,
        at=request.moment,
    )
    return _tasks([task], scope)[0]


@area.file("/{uuid:assignment}/evidence/{uuid:file}", "tasks:evidence", roles=OFFICERS)
def evidence(request: ApiRequest, assignment: uuid.UUID, file: uuid.UUID) -> HttpResponse:
    """One paper."""
    given = download_evidence(request.scope, assignment, file)
    return download(request, "tasks.evidence_taken", f"assignment:{assignment}", given)


directives = Area("directives", "/obligations")


@directives.post("/{uuid:obligation}/assign", "tasks:assign", scope=TokenScope.ISSUE, roles=LEADERS, answer=TaskOut)
def assign(request: ApiRequest, obligation: uuid.UUID, given: GiveOut) -> Any:
    """Hand what a registered letter asks to units below, or to the own one."""
    scope = request.scope
    task = actions.assign(
        obligation=get_obligation_for(scope, obligation),
        units={scope.get_unit(uid): role for uid, role in given.units.items()},
        due=given.due,
        due_reason=given.due_reason,
        needs_evidence=given.needs_evidence,
        actor=scope.post,
        at=request.moment,
    )
    return _tasks([task], scope)[0]


def _work(item: WorkItem) -> WorkOut:
    return WorkOut(
        uid=item.assignment.uid,
        title=item.title,
        letter=item.letter.number,
        due=item.due,
        due_reason=spoken(item.due_reason),
        late=item.late,
        days_left=item.days_left,
        next=item.next_step.value,
        reminders=len(item.reminders),
        given_back=item.given_back,
    )


def _anew(found: Assignment, scope: Scope) -> AssignmentOut:
    return _assignment(get_assignment_for(scope, found.uid), scope)


def _assignment(one: Assignment, scope: Scope) -> AssignmentOut:
    unit, issuer = named([one.unit, one.task.issued_by], scope.day)
    return AssignmentOut(
        uid=one.uid,
        task=one.task.uid,
        unit=unit,
        issued_by=issuer,
        title=one.task.title,
        role=one.role,
        state=one.state,
        due=one.due,
        late_after=one.late_after,
        due_reason=spoken(one.due_reason),
        needs_evidence=one.task.needs_evidence,
        acknowledged_at=one.acknowledged_at,
        done_at=one.done_at,
        done_note=one.done_note,
        returned_reason=one.returned_reason,
        withdrawn_reason=spoken(one.withdrawn_reason),
        evidence=[
            PaperOut(uid=paper.file.uid, name=paper.name, media_type=paper.file.media_type)
            for paper in evidence_of(one)
        ],
    )


def _extension(one: Extension, scope: Scope) -> ExtensionOut:
    return ExtensionOut(
        uid=one.uid,
        assignment=one.assignment.uid,
        unit=named([one.assignment.unit], scope.day)[0],
        title=one.assignment.task.title,
        due=one.assignment.due,
        until=one.until,
        reason=one.reason,
        state=one.state,
        granted=one.granted,
        answer=one.answer,
    )


def _tasks(rows: Sequence[Task], scope: Scope) -> list[TaskOut]:
    issuers: list[Unit] = [one.issued_by for one in rows]
    return [
        TaskOut(
            uid=one.uid,
            title=one.title,
            due=one.due,
            late_after=one.late_after,
            issued_by=issuer,
            needs_evidence=one.needs_evidence,
            created_at=one.created_at,
        )
        for one, issuer in zip(rows, named(issuers, scope.day), strict=True)
    ]


def _row(one: UnitStatus) -> StatusRow:
    return StatusRow(
        assignment=one.assignment,
        unit=one.unit,
        name=one.name,
        role=one.role,
        state=one.state,
        due=one.due,
        late=one.late,
        acknowledged_at=one.acknowledged_at,
        done_at=one.done_at,
        below=CountsOut(**asdict(one.below)),
    )
