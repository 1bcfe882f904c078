"""What the pages of notes and slips need in their addresses; used by the permission table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from nhipcau.documents.actions import register_outgoing
from nhipcau.tasks.actions import InstructionInput, ask_extension, instruct, link_answer
from nhipcau.tasks.models import Instruction
from tests.cast import NOW, Cast
from tests.tasks.work import handed_out, of, on
from tests.web import directive


def instructed(cast: Cast) -> Mapping[str, object]:
    """A letter of the province on which its officer wrote that the province itself leads."""
    return {"uid": _noted(cast).document.uid}


def instruction(cast: Cast) -> Mapping[str, object]:
    """That note."""
    return {"uid": _noted(cast).uid}


def answered(cast: Cast) -> Mapping[str, object]:
    """That letter with the province's answer to it."""
    note = _noted(cast)
    letter = register_outgoing(
        unit=cast.province,
        doc_type="công văn",
        subject="Trả lời về Tháng An toàn",
        dated=NOW.date(),
        actor=cast.clerk,
        at=NOW,
    )
    link_answer(document=note.document, letter=letter, actor=cast.clerk, at=NOW)
    return {"uid": note.document.uid, "letter": letter.uid}


def _noted(cast: Cast) -> Instruction:
    return instruct(
        document=directive.registered(cast.clerk),
        instruction=InstructionInput("Tỉnh tự chủ trì.", lead=cast.province),
        actor=cast.provincial_officer,
        at=NOW,
    )


def extension(cast: Cast) -> Mapping[str, object]:
    """The commune asked the province for more time."""
    given = of(handed_out(cast), cast.commune)
    asked = ask_extension(
        assignment=given,
        until=dt.date(2026, 5, 20),
        reason="Chờ lịch của giảng viên",
        actor=cast.commune_officer,
        at=on(17),
    )
    return {"uid": asked.uid}
