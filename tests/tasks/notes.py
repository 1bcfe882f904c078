"""Notes of the cast: the province's officer writes on the plan that arrived."""

from __future__ import annotations

import datetime as dt

from nhipcau.documents.models import Document
from nhipcau.org.models import Unit
from nhipcau.tasks.actions import InstructionInput, instruct
from nhipcau.tasks.models import Assignment, Instruction
from tests.cast import NOW, Cast
from tests.departments import set_up
from tests.documents.letters import registered

TEXT = "Giao Ban Chính sách pháp luật chủ trì tham mưu kế hoạch, Ban Tài chính phối hợp dự trù kinh phí."
LEAD_DUE, SUPPORT_DUE = dt.date(2026, 3, 27), dt.date(2026, 3, 20)


def given(departments: dict[str, Unit], **others: object) -> InstructionInput:
    """Policy leads, finance helps by a date of its own, the office is told."""
    said: dict[str, object] = {
        "text": TEXT,
        "lead": departments["T.CS"],
        "support": [departments["T.TC"]],
        "inform": [departments["T.VP"]],
        "lead_due": LEAD_DUE,
        "support_due": SUPPORT_DUE,
    }
    return InstructionInput(**(said | others))  # type: ignore[arg-type]


def noted(cast: Cast, departments: dict[str, Unit] | None = None, document: Document | None = None) -> Instruction:
    """The note entered by the leader, on 16 March."""
    return instruct(
        document=document or registered(cast.clerk),
        instruction=given(departments or set_up()),
        actor=cast.provincial_officer,
        at=NOW,
    )


def work_of(note: Instruction, unit: Unit) -> Assignment:
    """What the note gave that unit."""
    return Assignment.objects.get(task__instructions=note, unit=unit)
