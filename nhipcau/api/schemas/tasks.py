"""Work that was given, and how far it is."""

from __future__ import annotations

import datetime as dt
import uuid

from ninja import Field, Schema

from nhipcau.api.schemas.base import Given
from nhipcau.api.schemas.units import UnitOut
from nhipcau.tasks.models import AssignmentRole


class WorkOut(Schema):
    """Open work of the own unit. `next`: acknowledge, reissue (hand on to units below) or complete."""

    uid: uuid.UUID
    title: str
    letter: str
    due: dt.date | None
    due_reason: str
    late: bool
    days_left: int | None
    next: str
    reminders: int
    given_back: bool


class PaperOut(Schema):
    """A paper by its number; see the endpoint beside it for its bytes."""

    uid: uuid.UUID
    name: str
    media_type: str


class AssignmentOut(Schema):
    """A task at one unit."""

    uid: uuid.UUID
    task: uuid.UUID
    unit: UnitOut
    issued_by: UnitOut
    title: str
    role: str
    state: str
    due: dt.date | None
    late_after: dt.date | None
    due_reason: str
    needs_evidence: bool
    acknowledged_at: dt.datetime | None
    done_at: dt.datetime | None
    done_note: str
    returned_reason: str
    withdrawn_reason: str
    evidence: list[PaperOut]


class ReasonGiven(Given):
    """Why."""

    reason: str = Field(max_length=4000)


class AskExtension(ReasonGiven):
    """Until when more time is asked for, and why."""

    until: dt.date


class AnswerExtension(Given):
    """A date, or none with the reason; later than one's own date only with `beyond`."""

    granted: dt.date | None = None
    answer: str = Field("", max_length=4000)
    beyond: bool = False


class ExtensionOut(Schema):
    """A request for more time."""

    uid: uuid.UUID
    assignment: uuid.UUID
    unit: UnitOut
    title: str
    due: dt.date | None
    until: dt.date
    reason: str
    state: str
    granted: dt.date | None
    answer: str


class ObligationOut(Schema):
    """What a letter asks; only what is `in` scope is handed out."""

    uid: uuid.UUID
    text: str
    responsible: str
    helped_by: str
    scope: str
    deadline_phrase: str
    deadline: str
    assigned: bool


class GiveOut(Given):
    """To whom, as what; with another date than the letter's only for a reason."""

    units: dict[uuid.UUID, AssignmentRole] = Field(min_length=1, max_length=1000)
    due: dt.date | None = None
    due_reason: str = Field("", max_length=1000)
    needs_evidence: bool = False


class CountsOut(Schema):
    """Assignments that owe an answer, and how far they are."""

    expected: int
    acknowledged: int
    done: int
    late: int
    silent: int


class StatusRow(Schema):
    """How one unit stands, and those it passed the task on to."""

    assignment: uuid.UUID
    unit: uuid.UUID
    name: str
    role: str
    state: str
    due: dt.date | None
    late: bool
    acknowledged_at: dt.datetime | None
    done_at: dt.datetime | None
    below: CountsOut


class TaskOut(Schema):
    """A task as it was handed out."""

    uid: uuid.UUID
    title: str
    due: dt.date | None
    late_after: dt.date | None
    issued_by: UnitOut
    needs_evidence: bool
    created_at: dt.datetime


class Acknowledged(Schema):
    """How many were acknowledged."""

    count: int
