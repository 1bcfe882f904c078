"""What a letter asks: drafted from the reading, then added, edited or dropped by a person."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from nhipcau.audit.actions import record
from nhipcau.audit.screen import screen
from nhipcau.boundary import scope
from nhipcau.core.deadlines import DeadlineRule, due_date
from nhipcau.core.errors import Conflict, Fault, InvalidInput
from nhipcau.core.said import Said
from nhipcau.core.text import clean
from nhipcau.core.workdays import WorkingDays
from nhipcau.documents.models import Document, DocumentState
from nhipcau.documents.rights import LEADERS, require_own
from nhipcau.org.models import Post
from nhipcau.reader.model import Deadline, Reading
from nhipcau.tasks.due import columns_of
from nhipcau.tasks.models import Obligation

_TEXT = 4000
_NAMES = 250


@dataclass(frozen=True)
class Wording:
    """An obligation as a person words it. `deadline` None: no due date is asked."""

    text: str
    responsible: str = ""
    deadline: DeadlineRule | None = None
    helped_by: str = ""


def draft_obligations(document: Document, reading: Reading) -> list[Obligation]:
    """One row for each obligation the reader found, with its sentence, scope and deadline.

    Called in the transaction that saves the letter; they are the letter's own words, kept as they came.
    """
    return Obligation.objects.bulk_create(drafts(document, reading))


def drafts(document: Document, reading: Reading) -> list[Obligation]:
    """Those rows, not saved."""
    return [
        Obligation(
            document=document,
            position=place,
            text=found.text.replace("./.", "."),  # the mark that ends a letter belongs to the letter
            span_start=found.span[0],
            span_end=found.span[1],
            responsible=(found.responsible or "")[:_NAMES],
            helped_by=(found.helped_by or "")[:_NAMES],
            scope=found.scope,
            rule=(found.rule or "")[:80],
            **columns_of(None if found.deadline is None else _rule(reading.deadlines[found.deadline])),
        )
        for place, found in enumerate(reading.obligations, start=1)
    ]


def add_obligation(*, document: Document, wording: Wording, actor: Post, at: dt.datetime) -> Obligation:
    """An obligation typed by hand. Refused text is refused; a doubtful one needs its review first.

    Raises BoundaryRefused (ReviewNeeded if doubtful), InvalidInput, Conflict for a letter wholly outside.
    """
    wording = _checked(document, wording, actor, at)
    with transaction.atomic():
        return append(locked(document), wording, actor=actor, at=at)


def append(
    document: Document, wording: Wording, *, actor: Post, at: dt.datetime, from_note: bool = False
) -> Obligation:
    """The row of an obligation that was checked and screened, after those of the locked letter.

    `from_note`: a leader's own words, which the letter does not ask.
    """
    last = document.obligations.aggregate(last=Max("position"))["last"] or 0
    obligation = Obligation.objects.create(
        document=document,
        position=last + 1,
        text=wording.text,
        responsible=wording.responsible,
        helped_by=wording.helped_by,
        from_note=from_note,
        **columns_of(wording.deadline),
    )
    _record("tasks.obligation_added", obligation, actor, at)
    return obligation


def edit_obligation(*, obligation: Obligation, wording: Wording, actor: Post, at: dt.datetime) -> Obligation:
    """Reword an obligation that nobody was given yet.

    One that serves a refused purpose cannot be reworded into another; of a doubtful or mixed one the
    allowed part may be kept. Raises BoundaryRefused, InvalidInput, Conflict, NotFound, NotAllowed.
    """
    wording = _checked(obligation.document, wording, actor, at)
    with transaction.atomic():
        obligation = _free(obligation)
        if obligation.scope == "outside":
            raise Conflict("Yêu cầu này phục vụ mục đích ngoài phạm vi hệ thống nên không sửa thành việc khác.")
        obligation.text, obligation.responsible = wording.text, wording.responsible
        obligation.helped_by = wording.helped_by
        obligation.scope, obligation.rule = "in", ""
        for name, value in columns_of(wording.deadline).items():
            setattr(obligation, name, value)
        obligation.save()
        _record("tasks.obligation_edited", obligation, actor, at)
    return obligation


def drop_obligation(*, obligation: Obligation, actor: Post, at: dt.datetime) -> None:
    """Take away a draft that is no obligation. Conflict once it was handed out; repeating it is safe."""
    require_own(obligation.document.unit, *LEADERS, actor=actor, at=at)
    with transaction.atomic():
        if not Obligation.objects.filter(pk=obligation.pk).exists():
            return
        obligation = _free(obligation)
        _record("tasks.obligation_dropped", obligation, actor, at)
        obligation.delete()


def _checked(document: Document, wording: Wording, actor: Post, at: dt.datetime) -> Wording:
    require_own(document.unit, *LEADERS, actor=actor, at=at)
    text = clean(wording.text, multiline=True)
    names = {"responsible": clean(wording.responsible), "helped_by": clean(wording.helped_by)}
    phrase = clean(wording.deadline.phrase) if wording.deadline else ""
    screen({"text": text, **names, "deadline": phrase}, "obligation", actor=actor, at=at)
    faults = []
    if not text or len(text) > _TEXT:
        faults.append(
            Fault(
                "text",
                Said(
                    f"hãy ghi việc phải làm, không quá {_TEXT} chữ cái",
                    f"enter what is to be done, at most {_TEXT} characters",
                ),
            )
        )
    faults += [
        Fault(name, Said(f"dài quá {_NAMES} chữ cái", f"longer than {_NAMES} characters"))
        for name, value in names.items()
        if len(value) > _NAMES
    ]
    if len(phrase) > 250:
        faults.append(Fault("deadline", "lời ghi hạn dài quá 250 chữ cái"))
    if faults:
        raise InvalidInput("Chưa ghi được yêu cầu: có ô cần sửa.", faults)
    rule = wording.deadline
    if rule is not None:
        rule = DeadlineRule(rule.kind, rule.normalised, phrase or rule.normalised, rule.exclusive)
        # A rule that cannot be computed is a slip of the pen now, not a surprise when the task is handed out.
        due_date(rule, document_date=document.dated, received_on=document.received_on, working=WorkingDays())
    return Wording(text, deadline=rule, **names)


def locked(document: Document) -> Document:
    """The letter's row, locked, if work may be made of it. Conflict for one set aside and for one outside."""
    document = Document.objects.select_for_update().get(pk=document.pk)
    if document.state in (DocumentState.VOID, DocumentState.COPY, DocumentState.DISCARDED):
        raise Conflict("Văn bản này đã bỏ, đã hủy số hoặc là bản khác của văn bản đã có; hãy dùng bản đầu.")
    if document.scope == "outside":
        raise Conflict("Văn bản này phục vụ mục đích ngoài phạm vi hệ thống: chỉ vào sổ và lưu, không giao việc.")
    return document


def _free(obligation: Obligation) -> Obligation:
    obligation = Obligation.objects.select_for_update().get(pk=obligation.pk)
    if obligation.tasks.exists():
        raise Conflict("Yêu cầu này đã giao cho đơn vị nên không sửa, không bỏ được nữa.")
    return obligation


def _rule(deadline: Deadline) -> DeadlineRule:
    return DeadlineRule(deadline.kind, deadline.normalised, deadline.phrase, deadline.exclusive)


def _record(action: str, obligation: Obligation, actor: Post, at: dt.datetime) -> None:
    record(
        actor=actor,
        action=action,
        obj=f"obligation:{obligation.uid}",
        at=at,
        data={"document": str(obligation.document.uid)},
    )


def allowed_today(obligation: Obligation) -> bool:
    """Whether the obligation may become a task: in scope when read, and by the rules as they stand now."""
    return obligation.scope == "in" and scope(obligation.text).scope == "in"
