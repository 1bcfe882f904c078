"""Open work goes over to the letter that replaced its own: under the new letter's words, by the new letter's dates.

Tasks are taken from the top of the tree down, for a unit's date follows from that of the unit above it. `carry`
only works out what would come of it, so that a person can look at it before `save` writes it.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Max

from nhipcau.core.said import Said
from nhipcau.core.text import canonical, fold
from nhipcau.core.workdays import WorkingDays
from nhipcau.documents.models import Direction, Document, DocumentState
from nhipcau.reader import read_text
from nhipcau.tasks.counterparts import Demand, counterparts
from nhipcau.tasks.due import Due, due_of, recurs
from nhipcau.tasks.models import Assignment, Obligation, Reminder, Task
from nhipcau.tasks.obligations import allowed_today, drafts
from nhipcau.tasks.questions.making import carry_over
from nhipcau.tasks.relimiting import bounded, relimited

_WORDS = ("text", "responsible", "helped_by", "scope", "rule", "from_note")
_LIMIT = ("deadline_kind", "deadline_normalised", "deadline_phrase", "deadline_exclusive")
_UNSAID = Due(None, None, "")


@dataclass(frozen=True)
class Carried:
    """One task on its way over: its date before and after."""

    task: Task
    before: Due
    after: Due


class Move:
    """One replacement of `letters` (primary keys) by `by`."""

    def __init__(self, by: Document, letters: Collection[int], working: WorkingDays, today: dt.date) -> None:
        self.by, self.letters, self.working, self.today = by, set(letters), working, today
        self._homes: dict[int, Document] = {}
        self._offered: dict[int, list[Obligation]] = {}
        self._meant: dict[int, Obligation | None] = {}
        self._carried: list[Carried] = []
        self._given: dict[int, tuple[Assignment, Due, Due]] = {}

    def carry(self, tasks: Sequence[Task], open_: Collection[Assignment]) -> list[Carried]:
        """The dates of these tasks, parents before their children, and of their open assignments."""
        theirs = defaultdict(list)
        for one in open_:
            theirs[one.task_id].append(one)
        for task in sorted(tasks, key=lambda one: one.pk):
            before, after = _of_task(task), self._date(task)
            self._carried.append(Carried(task, before, after))
            for one in theirs[task.pk]:
                self._given[one.pk] = (one, *self._own(one, before, after))
        return self._carried

    def save(self) -> None:
        """Write what was carried."""
        went: dict[int, Obligation] = {}
        for one in self._carried:
            task, after = one.task, one.after
            old = task.obligation
            if old.document_id in self.letters:
                if old.pk not in went:
                    went[old.pk] = self._home_of(old)
                    carry_over(old, went[old.pk])
                task.obligation = went[old.pk]
                if task.title == old.text:
                    task.title = task.obligation.text  # the date in the old words is no longer true
            elif task.letter_id in self.letters and self.by.unit_id == task.issued_by_id:
                task.letter = self.by
            task.due, task.late_after, task.due_reason = after.due, after.late_after, after.reason
            task.save(update_fields=["obligation", "letter", "title", "due", "late_after", "due_reason"])
        for given, was, now in self._given.values():
            self._redate(given, was, now)

    # --- dates -------------------------------------------------------------------------------------------
    def _date(self, task: Task) -> Due:
        old, held = task.obligation, _of_task(task)
        if old.document_id in self.letters:
            if task.parent_id in self._given:
                return self._as_above(task)
            meant = self._counterpart_of(old)
            was, now = due_of(old, self.working).due, due_of(meant, self.working) if meant else _UNSAID
            return relimited(held, was, now, today=self.today, why=self._why(old.document))
        if task.letter is None or task.letter_id not in self.letters:
            return self._as_above(task)
        # A letter that only carried the work further down, with a date of its own.
        offered = self._offers(self.by)
        place = counterparts([Demand(task.title)], [_worded(one) for one in offered]).get(0)
        now = _UNSAID if place is None else due_of(offered[place], self.working)
        if now.due is not None:
            now = bounded(now, self._above(task)[1])
        return relimited(held, held.due, now, today=self.today, why=self._why(task.letter))

    def _as_above(self, task: Task) -> Due:
        """What was passed on moves with the date above."""
        held, (was, now) = _of_task(task), self._above(task)
        if was.due == now.due:
            return Due(held.due, held.late_after, now.reason) if held.due == was.due else held
        return relimited(held, was.due, now, today=self.today, why=now.reason)

    def _above(self, task: Task) -> tuple[Due, Due]:
        """The date of the assignment that was passed on, before and after."""
        parent = task.parent
        if parent is None:
            return _of_task(task), _of_task(task)
        held = Due(parent.due, parent.late_after, parent.due_reason)
        return self._given[parent.pk][1:] if parent.pk in self._given else (held, held)

    def _own(self, given: Assignment, before: Due, after: Due) -> tuple[Due, Due]:
        """The assignment's date before and after: one of its own stays while it is earlier than the new one."""
        if given.own_due is None:
            return before, after
        own = Due(given.own_due, given.own_due, given.own_due_reason)
        if after.due == before.due:
            return own, own
        return own, relimited(own, None, after, today=self.today, why="")

    def _redate(self, given: Assignment, was: Due, now: Due) -> None:
        if given.own_due is not None and was != now:
            given.own_due = now.due if now.due == given.own_due else None
            given.own_due_reason = now.reason if given.own_due else ""
            given.save(update_fields=["own_due", "own_due_reason"])
        if now.late_after is not None and (was.late_after is None or now.late_after > was.late_after):
            # What was sent for the old date does not stand for the new one.
            Reminder.objects.filter(assignment=given, rung__gt=0).update(past=True)

    def _why(self, old: Document) -> Said:
        vi, en = (f" ngày {self.by.dated:%d/%m/%Y}", f" of {self.by.dated:%d/%m/%Y}") if self.by.dated else ("", "")
        return Said(
            f"{old.number or 'Văn bản cũ'} đã được thay thế bằng {self.by.number or 'văn bản mới'}{vi}.",
            f"{old.number or 'The old letter'} was replaced by {self.by.number or 'a new letter'}{en}.",
        )

    # --- where the work goes -----------------------------------------------------------------------------
    def _counterpart_of(self, old: Obligation) -> Obligation | None:
        """What the new letter asks in its place, if that is plain; looked up once for all of a letter."""
        if old.pk not in self._meant:
            asked = list(old.document.obligations.filter(tasks__isnull=False).distinct().order_by("position"))
            offered = self._offers(self._home(old.document.unit_id))
            found = counterparts([_worded(one) for one in asked], [_worded(one) for one in offered])
            self._meant |= {one.pk: offered[found[at]] if at in found else None for at, one in enumerate(asked)}
        return self._meant.get(old.pk)

    def _home_of(self, old: Obligation) -> Obligation:
        """The new letter's own obligation if nothing was made of it yet, else the old words beside it."""
        home, meant = self._home(old.document.unit_id), self._counterpart_of(old)
        standing = Obligation.objects.filter(document=home, moved_from=old).first()
        if standing is not None:
            return standing
        if meant is None or (meant.pk is not None and meant.tasks.exists()):
            return _appended(old, meant, home)
        if meant.pk is None:
            meant.position = _last(home) + 1
        meant.moved_from = old
        meant.save()
        return meant

    def _home(self, unit: int) -> Document:
        """The new letter as that unit has it in its own register, else as the acting unit has it."""
        if unit not in self._homes:
            self._homes[unit] = _held_by(unit, self.by) or self.by
        return self._homes[unit]

    def _offers(self, home: Document) -> list[Obligation]:
        """What the new letter asks and may become work; of a letter of one's own that nobody has drafted yet,
        what its words ask (rows that are not saved)."""
        if home.pk not in self._offered:
            rows = list(home.obligations.filter(from_note=False, moved_from=None).order_by("position"))
            if not rows and home.direction == Direction.OUTGOING and home.text:
                rows = drafts(home, read_text(home.text))
            self._offered[home.pk] = [one for one in rows if allowed_today(one)]
        return self._offered[home.pk]


def _of_task(task: Task) -> Due:
    return Due(task.due, task.late_after, task.due_reason)


def _worded(obligation: Obligation) -> Demand:
    return Demand(obligation.text, obligation.responsible)


def _appended(old: Obligation, meant: Obligation | None, home: Document) -> Obligation:
    """The old words beside the new letter's own; by the new date if that letter names the same work.

    What the new letter does not ask does not recur any more either.
    """
    limit = meant if meant is not None and meant.deadline_kind else old
    values = {name: getattr(old, name) for name in _WORDS}
    if meant is not None or not recurs(old):
        values |= {name: getattr(limit, name) for name in _LIMIT}
    return Obligation.objects.create(document=home, position=_last(home) + 1, moved_from=old, **values)


def _last(home: Document) -> int:
    return home.obligations.aggregate(last=Max("position"))["last"] or 0


def _held_by(unit: int, by: Document) -> Document | None:
    rows = Document.objects.filter(
        unit=unit,
        direction=Direction.INCOMING,
        state=DocumentState.REGISTERED,
        number_key=by.number_key,
        dated=by.dated,
    ).exclude(number_key="")
    issuer = fold(canonical(by.issuer))
    return next((one for one in rows.order_by("pk") if fold(canonical(one.issuer)) == issuer), None)
