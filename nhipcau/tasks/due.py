"""When an obligation falls due, and why: the printed rule, the receipt and the calendar make the date."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import cast

from nhipcau.core.deadlines import DeadlineKind, DeadlineRule, due_date
from nhipcau.core.errors import Fault, InvalidInput
from nhipcau.core.recurrence import in_words, is_periodic
from nhipcau.core.said import UNSAID, Said, joined
from nhipcau.core.workdays import WorkingDays
from nhipcau.documents.queries import first_receipt
from nhipcau.tasks.models import Obligation

NO_DEADLINE = Said("Văn bản không nêu hạn cho việc này.", "The letter sets no limit for this.")


@dataclass(frozen=True)
class Due:
    """The last day in time, the last day before it counts as late, and the explanation shown to people."""

    due: dt.date | None
    late_after: dt.date | None
    reason: str


def rule_of(obligation: Obligation) -> DeadlineRule | None:
    """The obligation's deadline as printed, or None where the letter gives none."""
    if not obligation.deadline_kind:
        return None
    return DeadlineRule(
        kind=cast(DeadlineKind, obligation.deadline_kind),
        normalised=obligation.deadline_normalised,
        phrase=obligation.deadline_phrase,
        exclusive=obligation.deadline_exclusive,
    )


def columns_of(rule: DeadlineRule | None) -> dict[str, str | bool]:
    """The same as an obligation keeps it."""
    return {
        "deadline_kind": rule.kind if rule else "",
        "deadline_normalised": rule.normalised[:120] if rule else "",
        "deadline_phrase": rule.phrase[:250] if rule else "",
        "deadline_exclusive": rule.exclusive if rule else False,
    }


def recurs(obligation: Obligation) -> bool:
    """Whether it asks the same again and again, in periods of a week or more."""
    return obligation.deadline_kind == "recurring" and is_periodic(obligation.deadline_normalised)


def due_of(obligation: Obligation, working: WorkingDays) -> Due:
    """The obligation's due date, counted from its letter's date and the day of its first receipt.

    Where the dates known do not settle it there is no date, and the reason says what is missing.
    """
    rule = rule_of(obligation)
    if rule is None:
        return Due(None, None, NO_DEADLINE)
    document = obligation.document
    found = due_date(
        rule,
        document_date=document.dated,
        received_on=first_receipt(document),
        working=working,
    )
    return Due(found.due, found.late_after, joined(" ", filter(None, (_source(obligation), found.explanation))))


def next_of(obligation: Obligation, after: dt.date, working: WorkingDays) -> Due:
    """The due date of the instance after that day, of an obligation that recurs."""
    rule = rule_of(obligation)
    if rule is None:
        return Due(None, None, NO_DEADLINE)
    found = due_date(rule, document_date=after, received_on=None, working=working)
    return Due(found.due, found.late_after, joined(" ", (_source(obligation), found.explanation)))


def _source(obligation: Obligation) -> Said:
    """Of a duty that recurs: which letter asks it, and how often."""
    if not recurs(obligation):
        return UNSAID
    often = in_words(obligation.deadline_normalised)
    number = obligation.document.number
    return Said(
        f"Việc định kỳ từ văn bản {number or 'chưa có số'}, {often}.",
        f"It recurs by letter {number or 'without a number'}, {often.en}.",
    )


def chosen(
    day: dt.date, reason: str, *, today: dt.date, latest: dt.date | None = None, beyond: bool = False
) -> Due:
    """A due date set by a person. InvalidInput without a reason, in the past, or after `latest` (above's) unless
    `beyond` says that this is meant; then the date says so too."""
    faults = []
    if not reason:
        faults.append(Fault("due_reason", "hãy ghi vì sao hạn khác với hạn trong văn bản"))
    if day < today:
        faults.append(Fault("due", Said(f"hạn {day:%d/%m/%Y} đã qua", f"the limit {day:%d/%m/%Y} is past")))
    if latest and day > latest and not beyond:
        faults.append(
            Fault(
                "due",
                Said(
                    f"hạn của cấp trên là {latest:%d/%m/%Y}; muốn muộn hơn thì hãy đánh dấu ô cho muộn hơn",
                    f"the level above asks for {latest:%d/%m/%Y}; tick the box below if it may be later",
                ),
            )
        )
    if faults:
        raise InvalidInput("Chưa giao được việc: hạn chưa hợp lệ.", faults)
    vi = en = ""
    if latest and day > latest:
        vi, en = f" (muộn hơn hạn của cấp trên: {latest:%d/%m/%Y})", f" (later than above: {latest:%d/%m/%Y})"
    told = Said(
        f"Hạn do đơn vị giao việc đặt: {day:%d/%m/%Y}{vi}. Lý do: {reason}",
        f"Set by the unit that handed it out: {day:%d/%m/%Y}{en}. Reason: {reason}",
    )
    return Due(day, day, told)
