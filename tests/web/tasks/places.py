"""What the pages of notes and slips need in their addresses; used by the permission table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from nhipcau.documents.actions import register_outgoing
from nhipcau.tasks.actions import InstructionInput, ask_extension, give_back, instruct, link_answer
from nhipcau.tasks.actions import fan_out as begin
from nhipcau.tasks.models import Instruction, Task
from tests.cast import NOW, Cast
from tests.tasks.questions.asked import asked
from tests.tasks.work import handed_out, of, on, passed_on, training
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


def given_back(cast: Cast) -> Mapping[str, object]:
    """The commune says that the work is not its own."""
    given = of(handed_out(cast), cast.commune)
    return {"uid": give_back(assignment=given, reason="Thuộc phường", actor=cast.commune_officer, at=on(16)).uid}


def _asked(cast: Cast) -> Task:
    """What the commune passed on of a duty that asks questions."""
    task = handed_out(cast)
    asked(cast, task.obligation)
    return passed_on(cast, task)


def questions(cast: Cast) -> Mapping[str, object]:
    """What the local union has to answer."""
    return {"uid": of(_asked(cast), cast.local).uid}


def answers(cast: Cast) -> Mapping[str, object]:
    """The commune's task whose units answer questions."""
    return {"uid": _asked(cast).uid}


def answers_file(cast: Cast) -> Mapping[str, object]:
    """Their answers as a file."""
    return {**answers(cast), "kind": "csv"}


def fan_out(cast: Cast) -> Mapping[str, object]:
    """The province hands a duty to every local union."""
    duty = training(cast)
    return {"uid": begin(obligation=duty, kinds=["local"], actor=cast.provincial_officer, at=NOW).uid}


def status_file(cast: Cast) -> Mapping[str, object]:
    """A task that the commune passed on, as a table."""
    return {"uid": passed_on(cast, handed_out(cast)).uid, "kind": "xlsx"}
