"""What the tasks keep, by the part of the work it belongs to."""

from nhipcau.tasks.announcements import models as _announcements  # noqa: F401 - models of this app too
from nhipcau.tasks.models import questions as _questions  # noqa: F401 - models of this app too
from nhipcau.tasks.models.fanning import FanOut, FanOutState
from nhipcau.tasks.models.following import Extension, ExtensionState, Handover, Reminder, Unreached
from nhipcau.tasks.models.notes import Answer, Handling, InstructedUnit, Instruction, NoteSource
from nhipcau.tasks.models.redirecting import Redirection, RedirectionState
from nhipcau.tasks.models.work import (
    CLOSED,
    Assignment,
    AssignmentEvidence,
    AssignmentRole,
    AssignmentState,
    Obligation,
    Task,
    last_day,
)

__all__ = [
    "CLOSED",
    "Answer",
    "Assignment",
    "AssignmentEvidence",
    "AssignmentRole",
    "AssignmentState",
    "Extension",
    "ExtensionState",
    "FanOut",
    "FanOutState",
    "Handling",
    "Handover",
    "InstructedUnit",
    "Instruction",
    "NoteSource",
    "Obligation",
    "Redirection",
    "RedirectionState",
    "Reminder",
    "Task",
    "Unreached",
    "last_day",
]
