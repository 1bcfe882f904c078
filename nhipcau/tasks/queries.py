"""Tasks as a post may see them: what its unit was given, and everything given to units below. Never siblings."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from nhipcau.core.errors import NotFound
from nhipcau.core.said import Said
from nhipcau.documents.models import Amendment, AmendmentKind, Direction, Document, DocumentState
from nhipcau.documents.queries import ABSENT as NO_LETTER
from nhipcau.documents.queries import get_document_for, visible_documents
from nhipcau.documents.rights import reads_contents
from nhipcau.documents.storing import files
from nhipcau.org.grounds import Ground, any_of
from nhipcau.org.queries import has_below
from nhipcau.org.scope import Scope, fetch
from nhipcau.tasks.lateness import late
from nhipcau.tasks.models import (
    CLOSED,
    Assignment,
    AssignmentEvidence,
    AssignmentRole,
    AssignmentState,
    Extension,
    ExtensionState,
    FanOut,
    Handling,
    Instruction,
    Obligation,
    Redirection,
    RedirectionState,
    Reminder,
    Task,
)

ABSENT = Said("Không có việc này trong phạm vi của bạn.", "There is no such work within your scope.")
# What a letter says and how the machine read it: many times the rest of a row of work, of which none is shown.
_HEAVY = tuple(
    f"task__{letter}__{text}"
    for letter in ("letter", "obligation__document")
    for text in ("text", "folded", "reading")
)
_NEWS = dt.timedelta(days=7)
_BAD_UID = (ValidationError, ValueError, TypeError)


class Step(StrEnum):
    """What a unit does next with a task it was given."""

    ACKNOWLEDGE = "acknowledge"
    REISSUE = "reissue"
    COMPLETE = "complete"


@dataclass(frozen=True)
class WorkItem:
    """One open task of the unit: when it is due and why, what to do next, how often it was reminded.

    `given_back`: the unit said that it is not its own and waits for the answer.
    """

    assignment: Assignment
    title: str
    due: dt.date | None
    late_after: dt.date | None
    due_reason: str
    late: bool
    days_left: int | None
    next_step: Step
    reminders: tuple[Reminder, ...]
    letter: Document
    given_back: bool = False


def visible_assignments(scope: Scope) -> QuerySet[Assignment]:
    """Assignments of the own unit and of units below."""
    return Assignment.objects.filter(any_of(assignment_grounds(scope)))


def assignment_grounds(scope: Scope) -> list[Ground]:
    """On what grounds the scope finds what units were given."""
    if not reads_contents(scope):
        return []
    said = Said("việc giao cho đơn vị ấy hoặc đơn vị dưới nó", "work given to that unit or to one below it")
    return [Ground(said, Q(unit__in=scope.unit_ids()))]


def get_assignment_for(scope: Scope, uid: uuid.UUID | str) -> Assignment:
    """The visible assignment with that uid, with task, letter, unit and obligation."""
    rows = visible_assignments(scope).select_related(
        "unit", "task__issued_by", "task__letter", "task__obligation__document", "task__parent"
    )
    try:
        return rows.get(uid=uid)
    except (Assignment.DoesNotExist, *_BAD_UID) as error:
        raise NotFound(ABSENT) from error


def visible_tasks(scope: Scope) -> QuerySet[Task]:
    """Tasks issued by the own unit or a unit below, and those that the own unit was given; newest first."""
    rows = Task.objects.filter(any_of(_listed_grounds(scope)))
    return rows.select_related("issued_by", "letter", "obligation__document").order_by("-created_at", "-pk")


def get_task_for(scope: Scope, uid: uuid.UUID | str) -> Task:
    """The visible task with that uid; one that went past the own unit straight to units below is seen too."""
    rows = Task.objects.filter(any_of(task_grounds(scope)))
    try:
        return rows.select_related("issued_by", "letter", "obligation__document").get(uid=uid)
    except (Task.DoesNotExist, *_BAD_UID) as error:
        raise NotFound(ABSENT) from error


def _listed_grounds(scope: Scope) -> list[Ground]:
    if not reads_contents(scope):
        return []
    given = Assignment.objects.filter(task=OuterRef("pk"), unit=scope.unit)
    issued = Said("việc do đơn vị ấy hoặc đơn vị dưới nó giao", "a task handed out by that unit or by one below it")
    own = Said("việc được giao cho chính đơn vị", "a task that the unit itself was given")
    return [Ground(issued, scope.own_or_below("issued_by")), Ground(own, Q(Exists(given)))]


def task_grounds(scope: Scope) -> list[Ground]:
    """On what grounds the scope finds tasks."""
    listed = _listed_grounds(scope)
    if not listed:
        return []
    reaches = visible_assignments(scope).filter(task=OuterRef("pk"))
    past = Said("việc được giao thẳng xuống đơn vị trong nhánh", "a task that went straight to units of the branch")
    return [*listed, Ground(past, Q(Exists(reaches)))]


def extensions_to_answer(scope: Scope) -> QuerySet[Extension]:
    """Requests for more time that wait for the own unit, the oldest first."""
    rows = Extension.objects.filter(state=ExtensionState.ASKED, assignment__task__issued_by=scope.unit)
    rows = rows if reads_contents(scope) else rows.none()
    return rows.select_related("assignment__task__parent", "assignment__unit").order_by("asked_at", "pk")


def redirections_to_answer(scope: Scope) -> QuerySet[Redirection]:
    """Work that units gave back to the own unit as somebody else's, the oldest first."""
    rows = Redirection.objects.filter(state=RedirectionState.ASKED, assignment__task__issued_by=scope.unit)
    rows = rows.exclude(assignment__state__in=CLOSED) if reads_contents(scope) else rows.none()
    return rows.select_related("assignment__task", "assignment__unit").order_by("asked_at", "pk")


def get_redirection_for(scope: Scope, uid: uuid.UUID | str) -> Redirection:
    """Work that was given back to the own unit, answered or not."""
    rows = Redirection.objects.filter(assignment__task__issued_by=scope.unit)
    rows = rows.select_related("assignment__task__issued_by", "assignment__unit")
    return fetch(rows if reads_contents(scope) else rows.none(), uid, ABSENT)


def get_fan_out_for(scope: Scope, uid: uuid.UUID | str) -> FanOut:
    """A task on its way to a whole branch, issued by the own unit or one below."""
    rows = FanOut.objects.filter(scope.own_or_below("task__issued_by")).select_related("task__obligation__document")
    return fetch(rows if reads_contents(scope) else rows.none(), uid, ABSENT)


def get_extension_for(scope: Scope, uid: uuid.UUID | str) -> Extension:
    """A request that was put to the own unit, answered or not."""
    rows = Extension.objects.filter(assignment__task__issued_by=scope.unit)
    if not reads_contents(scope):
        raise NotFound(ABSENT)
    try:
        return rows.select_related("assignment__task__parent", "assignment__unit").get(uid=uid)
    except (Extension.DoesNotExist, *_BAD_UID) as error:
        raise NotFound(ABSENT) from error


def get_obligation_for(scope: Scope, uid: uuid.UUID | str) -> Obligation:
    """The obligation with that uid if its letter is visible; a unit given a task sees it through the task."""
    try:
        obligation = Obligation.objects.select_related("document__unit").get(uid=uid)
    except (Obligation.DoesNotExist, *_BAD_UID) as error:
        raise NotFound(ABSENT) from error
    get_document_for(scope, obligation.document.uid)
    return obligation


def visible_obligations(scope: Scope) -> QuerySet[Obligation]:
    """What the letters of the own unit ask; a leader's own words on one are no request of it."""
    rows = Obligation.objects.filter(document__unit=scope.unit, from_note=False)
    return rows if reads_contents(scope) else rows.none()


def obligations_of(document: Document) -> QuerySet[Obligation]:
    """What a letter (fetched through a scope) asks, in its order, each with `assigned`: handed out or not, and how
    many `questions` the units answer.

    A leader's own words on it are no request of the letter.
    """
    handed = Task.objects.filter(obligation=OuterRef("pk"), parent=None)
    asked = document.obligations.filter(from_note=False).select_related("moved_from__document")
    asked = asked.prefetch_related("moved_to__document")
    questions = Count("questionnaire__questions")
    return asked.annotate(assigned=Exists(handed), questions=questions).order_by("position")


def get_letter_for(scope: Scope, uid: uuid.UUID | str) -> Document:
    """A letter of one's own or below, or one that a task handed to the own unit came from.

    Of the issuing unit's letters a unit below sees exactly these: the letter the task was sent with, else
    the document whose obligation it is.
    """
    try:
        return get_document_for(scope, uid)
    except NotFound:
        if not reads_contents(scope):
            raise
    try:
        rows = Document.objects.filter(any_of(handed_letter_grounds(scope))).distinct()
        return Document.objects.select_related("unit", "original").get(pk__in=rows.values("pk"), uid=uid)
    except (Document.DoesNotExist, *_BAD_UID) as error:
        raise NotFound(NO_LETTER) from error


def handed_letter_grounds(scope: Scope) -> list[Ground]:
    """On what grounds the scope finds letters of units above."""
    if not reads_contents(scope):
        return []
    handed = Task.objects.filter(assignments__unit=scope.unit)
    came_with = Q(tasks_sent__in=handed) | Q(obligations__tasks__in=handed.filter(letter=None))
    # What ended a letter of ours, or one that we were given work from, can be read.
    ended = Q(amends__target__unit=scope.unit) | Q(amends__target__obligations__tasks__in=handed)
    ended |= Q(amends__target__tasks_sent__in=handed)
    # And what work came from before its letter was replaced.
    before = Q(obligations__moved_to__tasks__in=handed)
    before |= Q(amendments__kind=AmendmentKind.REPLACE, amendments__by__tasks_sent__in=handed)
    stands = ~Q(state=DocumentState.VOID)
    return [
        Ground(
            Said("việc giao cho đơn vị đi kèm văn bản này", "work given to the unit came with it"),
            came_with & stands,
        ),
        Ground(
            Said(
                "nó thu hồi, thay thế hoặc đính chính văn bản của đơn vị, hoặc văn bản đơn vị nhận việc theo",
                "it recalls, replaces or corrects a letter of the unit's, or one that the unit was given work from",
            ),
            ended & stands,
        ),
        Ground(
            Said(
                "việc của đơn vị đến từ văn bản này trước khi nó được thay thế",
                "work of the unit came from it before it was replaced",
            ),
            before & stands,
        ),
    ]


def own_assignment(scope: Scope, task: Task) -> Assignment | None:
    """What the own unit was given of a duty that a task fetched through a scope hands on: in it or above it."""
    same = Q(task=task) | Q(passed_on=task)
    rows = Assignment.objects.filter(same, unit=scope.unit).exclude(role=AssignmentRole.INFORM)
    return rows.exclude(state=AssignmentState.WITHDRAWN).first() if reads_contents(scope) else None


def owed(scope: Scope) -> QuerySet[Assignment]:
    """What the own unit was given to do and has not done, of letters that stand."""
    rows = Assignment.objects.filter(unit=scope.unit).exclude(state__in=CLOSED)
    rows = rows.exclude(role=AssignmentRole.INFORM).exclude(task__obligation__document__state=DocumentState.VOID)
    return rows if reads_contents(scope) else rows.none()


def worklist(scope: Scope) -> list[WorkItem]:
    """What the own unit still owes, the soonest due first, without date last. Three queries."""
    passed_on = Task.objects.filter(parent=OuterRef("pk"))
    given_back = Redirection.objects.filter(assignment=OuterRef("pk"), state=RedirectionState.ASKED)
    rows = (
        owed(scope)
        .select_related("unit", "task__issued_by", "task__letter", "task__obligation__document")
        .defer(*_HEAVY)
        .prefetch_related("reminders")
        .annotate(passed=Exists(passed_on), back=Exists(given_back))
    )
    has_children = has_below(scope.unit, scope.day)
    items = [_item(one, scope.day, can_pass=has_children and not one.passed) for one in rows]
    return sorted(items, key=lambda item: (item.due is None, item.due or scope.day, item.assignment.pk))


def units_with_open_work(units: Collection[int]) -> set[int]:
    """Of these units, those that still owe something."""
    rows = Assignment.objects.filter(unit__in=units).exclude(state__in=CLOSED).exclude(role=AssignmentRole.INFORM)
    return set(rows.values_list("unit", flat=True))


def taken_back(scope: Scope) -> QuerySet[Assignment]:
    """What the own unit need not do any more since the last week, newest first, each with the reason."""
    since = scope.at - _NEWS
    rows = Assignment.objects.filter(unit=scope.unit, state=AssignmentState.WITHDRAWN, withdrawn_at__gte=since)
    rows = rows.exclude(role=AssignmentRole.INFORM) if reads_contents(scope) else rows.none()
    return rows.select_related("task__letter", "task__obligation__document").order_by("-withdrawn_at", "-pk")


def given_with(scope: Scope, letter: Document) -> QuerySet[Assignment]:
    """What the own unit was given of a letter, or with it."""
    rows = Assignment.objects.filter(Q(task__obligation__document=letter) | Q(task__letter=letter), unit=scope.unit)
    rows = rows if reads_contents(scope) else rows.none()
    return rows.select_related("task").order_by("-pk")


def informed(scope: Scope) -> QuerySet[Assignment]:
    """Tasks the own unit was given only to take note of, newest first."""
    rows = Assignment.objects.filter(unit=scope.unit, role=AssignmentRole.INFORM)
    rows = rows.exclude(state=AssignmentState.WITHDRAWN)
    rows = rows if reads_contents(scope) else rows.none()
    return rows.select_related("task__issued_by", "task__letter", "task__obligation__document").order_by("-pk")


def handling_of(assignment: Assignment) -> Handling | None:
    """Who is in charge of an assignment fetched through a scope, and what that post proposes."""
    return Handling.objects.filter(assignment=assignment).select_related("named_by", "proposed_by").first()


def awaiting_note(scope: Scope) -> QuerySet[Document]:
    """The own unit's registered incoming letters that no leader has written on and no work was made of."""
    # Task by task: of a nation's it is asked whether one stands, and not which.
    standing = Assignment.objects.filter(task=OuterRef("pk")).exclude(state=AssignmentState.WITHDRAWN)
    handed = Task.objects.filter(Exists(standing), obligation__document__unit=scope.unit)
    noted = Instruction.objects.filter(document=OuterRef("pk"), withdrawn_at=None)
    rows = visible_documents(scope, direction=Direction.INCOMING, state=DocumentState.REGISTERED, own_only=True)
    ended = Amendment.objects.filter(target=OuterRef("pk")).exclude(kind=AmendmentKind.CORRECT)
    open_ = rows.exclude(scope="outside").exclude(Exists(noted)).exclude(Exists(ended))
    open_ = open_.exclude(pk__in=handed.values("obligation__document"))
    return open_.order_by("received_on", "pk")


def amendments_of_task(task: Task) -> list[Amendment]:
    """What happened to the letters of a task fetched through a scope: the one it was made of or moved from, and
    those that brought it down."""
    letters, obligation = {task.obligation.document_id}, task.obligation.moved_from
    while obligation is not None:
        letters.add(obligation.document_id)
        obligation = obligation.moved_from
    brought = Q(pk__in=())
    sent: Task | None = task
    while sent is not None:
        if sent.letter_id is not None:
            letters.add(sent.letter_id)
            brought |= Q(by=sent.letter_id, target__unit=sent.issued_by_id)
        sent = sent.parent.task if sent.parent else None
    rows = Amendment.objects.filter(Q(target__in=letters) | brought).select_related("by", "target", "through")
    return list(rows.order_by("decided_at", "pk"))


def evidence_of(assignment: Assignment) -> QuerySet[AssignmentEvidence]:
    """The papers of an assignment fetched through a scope."""
    return assignment.evidence.select_related("file").order_by("pk")


def download_evidence(
    scope: Scope, assignment_uid: uuid.UUID | str, file_uid: uuid.UUID | str
) -> tuple[bytes, str, str]:
    """(bytes, file name, media type) of one paper of a visible assignment."""
    assignment = get_assignment_for(scope, assignment_uid)
    try:
        paper = evidence_of(assignment).get(file__uid=file_uid)
    except (AssignmentEvidence.DoesNotExist, *_BAD_UID) as error:
        raise NotFound("Không có tệp minh chứng này.") from error
    return files.read(paper.file), paper.name, paper.file.media_type


def _item(one: Assignment, day: dt.date, *, can_pass: bool) -> WorkItem:
    task = one.task
    step = Step.REISSUE if can_pass else Step.COMPLETE
    return WorkItem(
        assignment=one,
        title=task.title,
        due=one.due,
        late_after=one.late_after,
        due_reason=one.due_reason,
        late=late(one, day),
        days_left=(one.due - day).days if one.due else None,
        next_step=Step.ACKNOWLEDGE if one.state == AssignmentState.ASSIGNED else step,
        reminders=tuple(one.reminders.all()),
        letter=task.letter or task.obligation.document,
        given_back=bool(getattr(one, "back", False)),
    )
