"""When an obligation falls due, and why: the printed rule, the receipt and the calendar make the date."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import cast

from nhipcau.core.deadlines import DeadlineKind, DeadlineRule, due_date
from nhipcau.core.errors import Fault, InvalidInput
from nhipcau.core.said import Said
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
    return Due(found.due, found.late_after, found.explanation)


def chosen(day: dt.date, reason: str, *, today: dt.date, latest: dt.date | None = None) -> Due:
    """A due date set by a person. InvalidInput without a reason, in the past, or after `latest` (above's)."""
    faults = []
    if not reason:
        faults.append(Fault("due_reason", "hãy ghi vì sao hạn khác với hạn trong văn bản"))
    if day < today:
        faults.append(Fault("due", Said(f"hạn {day:%d/%m/%Y} đã qua", f"the limit {day:%d/%m/%Y} is past")))
    if latest and day > latest:
        faults.append(
            Fault(
                "due",
                Said(
                    f"hạn của cấp trên là {latest:%d/%m/%Y}; hạn giao xuống không được muộn hơn",
                    f"the level above asks for {latest:%d/%m/%Y}; your limit may not be later",
                ),
            )
        )
    if faults:
        raise InvalidInput("Chưa giao được việc: hạn chưa hợp lệ.", faults)
    vi = f"Hạn do đơn vị giao việc đặt: {day:%d/%m/%Y}. Lý do: {reason}"
    return Due(day, day, Said(vi, f"Set by the unit that handed it out: {day:%d/%m/%Y}. Reason: {reason}"))
