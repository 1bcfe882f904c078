"""The slip at the unit that got the letter: its head names the post in charge, that post writes its proposal."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from nhipcau.audit.actions import record
from nhipcau.audit.screen import screen
from nhipcau.boundary.names import person_names
from nhipcau.core.errors import Conflict, Fault, InvalidInput
from nhipcau.core.said import Said
from nhipcau.core.text import clean
from nhipcau.documents.models import Direction, Document, DocumentState
from nhipcau.documents.rights import LEADERS, OFFICERS, require_own
from nhipcau.org.models import Post
from nhipcau.tasks.cascade import owed
from nhipcau.tasks.models import Answer, Assignment, AssignmentState, Handling

_TEXT = 4000


def name_handler(
    *, assignment: Assignment, handler: str, actor: Post, at: dt.datetime, due: dt.date | None = None
) -> Handling:
    """Part two of the slip: which post of the unit deals with the letter, and until when. Naming acknowledges.

    `handler` is a title ("Chuyên viên chính sách"), never a person's name. Naming another post replaces the
    first while the work is open. Raises InvalidInput, BoundaryRefused, Conflict, NotFound, NotAllowed.
    """
    scope = require_own(assignment.unit, *OFFICERS, actor=actor, at=at)
    handler = clean(handler)
    screen({"handler": handler}, "post", actor=actor, at=at)
    faults = []
    if not handler or len(handler) > 160:
        faults.append(Fault("handler", "hãy ghi chức danh, không quá 160 chữ cái"))
    elif names := person_names(handler):
        faults.append(
            Fault(
                "handler",
                Said(
                    f"có vẻ là tên người ({', '.join(names)}); hãy ghi chức danh",
                    f"this seems to be a person's name ({', '.join(names)}); enter a post",
                ),
            )
        )
    if due and due < scope.day:
        faults.append(Fault("due", Said(f"hạn {due:%d/%m/%Y} đã qua", f"the limit {due:%d/%m/%Y} is past")))
    elif due and assignment.due and assignment.due >= scope.day and due > assignment.due:
        faults.append(
            Fault(
                "due",
                Said(
                    f"hạn của đơn vị là {assignment.due:%d/%m/%Y}; không được muộn hơn",
                    f"the unit's limit is {assignment.due:%d/%m/%Y}; it may not be later",
                ),
            )
        )
    if faults:
        raise InvalidInput("Chưa phân công được: có ô cần sửa.", faults)
    with transaction.atomic():
        assignment = _open(assignment, actor, at)
        handling = Handling.objects.filter(assignment=assignment).first()
        if handling is not None and (handling.handler, handling.due) == (handler, due):
            return handling
        handling, _ = Handling.objects.update_or_create(
            assignment=assignment,
            defaults={"handler": handler, "due": due, "named_by": actor, "named_on": scope.day},
        )
        _record("tasks.handler_named", assignment, actor, at)
    return handling


def propose(*, assignment: Assignment, text: str, actor: Post, at: dt.datetime) -> Handling:
    """Part three of the slip: what the post in charge proposes, or what came of it. May be reworded while open.

    Raises InvalidInput, BoundaryRefused, Conflict (nobody named yet, done, taken back), NotFound, NotAllowed.
    """
    scope = require_own(assignment.unit, *OFFICERS, actor=actor, at=at)
    text = clean(text, multiline=True)
    screen({"text": text}, "comment", actor=actor, at=at)
    if not text or len(text) > _TEXT:
        raise InvalidInput(
            "Chưa ghi được ý kiến đề xuất.",
            [
                Fault(
                    "text",
                    Said(
                        f"hãy ghi ý kiến, không quá {_TEXT} chữ cái",
                        f"enter the opinion, at most {_TEXT} characters",
                    ),
                )
            ],
        )
    with transaction.atomic():
        assignment = _open(assignment, actor, at)
        handling = Handling.objects.filter(assignment=assignment).first()
        if handling is None:
            raise Conflict("Chưa phân công người giải quyết. Hãy ghi chức danh phụ trách trước.")
        if handling.proposal == text:
            return handling
        handling.proposal, handling.proposed_by, handling.proposed_on = text, actor, scope.day
        handling.save(update_fields=["proposal", "proposed_by", "proposed_on"])
        _record("tasks.proposed", assignment, actor, at)
    return handling


def link_answer(*, document: Document, letter: Document, actor: Post, at: dt.datetime) -> Answer:
    """Name an outgoing letter of the unit as the answer to an incoming one. Repeating it changes nothing.

    Raises InvalidInput (not an outgoing letter in force, or dated before the arrival), NotFound, NotAllowed.
    """
    for one in (document, letter):
        require_own(one.unit, *LEADERS, actor=actor, at=at)
    faults = []
    if letter.direction != Direction.OUTGOING or letter.state != DocumentState.REGISTERED:
        faults.append(Fault("letter", "hãy chọn một văn bản đi còn hiệu lực của đơn vị"))
    elif letter.dated and document.received_on and letter.dated < document.received_on:
        faults.append(Fault("letter", "văn bản trả lời không thể ký trước ngày văn bản đến"))
    if document.direction != Direction.INCOMING or document.state != DocumentState.REGISTERED:
        faults.append(Fault("", "chỉ văn bản đến đã vào sổ mới có văn bản trả lời"))
    if faults:
        raise InvalidInput("Chưa gắn được văn bản trả lời.", faults)
    with transaction.atomic():
        answer, made = Answer.objects.get_or_create(
            document=document, letter=letter, defaults={"linked_by": actor, "linked_at": at}
        )
        if made:
            _log_answer("tasks.answer_linked", document, letter, actor, at)
    return answer


def unlink_answer(*, document: Document, letter: Document, actor: Post, at: dt.datetime) -> None:
    """Take such a link away; repeating it changes nothing. Raises NotFound, NotAllowed."""
    require_own(document.unit, *LEADERS, actor=actor, at=at)
    with transaction.atomic():
        gone, _ = Answer.objects.filter(document=document, letter=letter).delete()
        if gone:
            _log_answer("tasks.answer_unlinked", document, letter, actor, at)


def _open(assignment: Assignment, actor: Post, at: dt.datetime) -> Assignment:
    """The assignment locked, acknowledged, and still to be done."""
    assignment = owed(assignment, actor=actor, at=at)
    if assignment.state == AssignmentState.DONE:
        raise Conflict("Đơn vị đã báo cáo hoàn thành nên phiếu giải quyết không sửa được nữa.")
    return assignment


def _record(action: str, assignment: Assignment, actor: Post, at: dt.datetime) -> None:
    data = {"task": str(assignment.task.uid)}
    record(actor=actor, action=action, obj=f"assignment:{assignment.uid}", at=at, data=data)


def _log_answer(action: str, document: Document, letter: Document, actor: Post, at: dt.datetime) -> None:
    data = {"letter": str(letter.uid)}
    record(actor=actor, action=action, obj=f"document:{document.uid}", at=at, data=data)
