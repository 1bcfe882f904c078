"""What becomes of tasks when their letter is recalled or replaced: open ones close or move, finished work stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

from django.db.models import Count, Q, QuerySet

from nhipcau.audit.actions import record
from nhipcau.core.clock import local_date
from nhipcau.core.said import Said
from nhipcau.documents.lineage.amending import Redated, Touched
from nhipcau.documents.models import AmendmentKind, Document, DocumentState
from nhipcau.org.models import Post
from nhipcau.org.queries import names_of, working_days
from nhipcau.tasks.models import Assignment, AssignmentRole, AssignmentState, Task
from nhipcau.tasks.moving import Move

_OPEN = (AssignmentState.ASSIGNED, AssignmentState.ACKNOWLEDGED)
_LEVELS = 8
_BATCH = 5000  # keys a statement: SQLite takes 32,766


class TaskPart:
    """The tasks made of letters or sent with them, and whatever was passed on from those, at every level."""

    def passed_on_with(self, letters: Collection[int]) -> list[Document]:
        """Letters of the units in between that were sent with the work."""
        sent = Document.objects.filter(tasks_sent__in=_reached(letters))
        return list(sent.exclude(pk__in=letters).exclude(state=DocumentState.VOID).distinct().order_by("pk"))

    def preview(self, letters: Collection[int], day: dt.date) -> list[Touched]:
        """Open and finished work by unit."""
        rows = (
            _owed(letters)
            .values("unit")
            .annotate(open=Count("pk", filter=Q(state__in=_OPEN)), done=Count("pk", filter=~Q(state__in=_OPEN)))
            .order_by("-open", "unit")
        )
        counts = [(row["unit"], row["open"], row["done"]) for row in rows]
        names = names_of([unit for unit, _, _ in counts], day)
        return [Touched(names[unit].name, open_, done) for unit, open_, done in counts]

    def redated(self, by: Document, letters: Collection[int], day: dt.date) -> list[Redated]:
        """The open tasks as the replacing letter would date them, those at the top only; writes nothing."""
        open_ = list(_open(letters))
        carried = Move(by, letters, working_days(), day).carry(_tasks_of(open_), open_)
        return [
            Redated(one.task.title, one.before.due, one.after.due, one.after.reason)
            for one in carried
            if one.task.parent_id is None or one.task.letter_id in letters
        ]

    def apply(
        self, kind: AmendmentKind, by: Document, letters: Sequence[Document], *, actor: Post, at: dt.datetime
    ) -> int:
        """Close or move what is open. Returns how many assignments were touched."""
        keys = [letter.pk for letter in letters]
        touched = list(_open(keys).select_for_update(of=("self",)))
        if kind == AmendmentKind.RECALL:
            _close(touched, by, actor, at)
        else:
            move = Move(by, keys, working_days(), local_date(at))
            move.carry(_tasks_of(touched), touched)
            move.save()
            _log("tasks.moved", touched, by, actor, at)
        return len(touched)


def _reached(letters: Collection[int]) -> set[int]:
    """Tasks made of the letters or sent with them, and those passed on from them."""
    fresh = set(
        Task.objects.filter(Q(obligation__document__in=letters) | Q(letter__in=letters)).values_list(
            "pk", flat=True
        )
    )
    found = set(fresh)
    for _ in range(_LEVELS):
        below = Task.objects.filter(parent__task__in=fresh).values_list("pk", flat=True)
        fresh = set(below) - found
        if not fresh:
            break
        found |= fresh
    return found


def _owed(letters: Collection[int]) -> QuerySet[Assignment]:
    rows = Assignment.objects.filter(task__in=_reached(letters))
    return rows.exclude(role=AssignmentRole.INFORM).exclude(state=AssignmentState.WITHDRAWN)


def _open(letters: Collection[int]) -> QuerySet[Assignment]:
    return _owed(letters).filter(state__in=_OPEN).select_related("task").order_by("pk")


def _tasks_of(assignments: Sequence[Assignment]) -> list[Task]:
    """Each task that has open work goes over as a whole, so that who answers to whom stays as it is."""
    rows = Task.objects.filter(pk__in={one.task_id for one in assignments})
    return list(rows.select_related("obligation__document", "letter", "parent__task").order_by("pk"))


def _close(touched: Sequence[Assignment], by: Document, actor: Post, at: dt.datetime) -> None:
    vi, en = (f" ngày {by.dated:%d/%m/%Y}", f" of {by.dated:%d/%m/%Y}") if by.dated else ("", "")
    reason = Said(
        f"Văn bản đã bị thu hồi theo {by.number or 'văn bản chưa có số'}{vi}.",
        f"The letter was recalled by {by.number or 'a letter without a number'}{en}.",
    )
    keys = [one.pk for one in touched]
    for start in range(0, len(keys), _BATCH):
        Assignment.objects.filter(pk__in=keys[start : start + _BATCH]).update(
            state=AssignmentState.WITHDRAWN, withdrawn_at=at, withdrawn_reason=reason
        )
    _log("tasks.recalled", touched, by, actor, at)


def _log(action: str, touched: Sequence[Assignment], by: Document, actor: Post, at: dt.datetime) -> None:
    units: dict[str, int] = {}
    for one in touched:
        units[str(one.task.uid)] = units.get(str(one.task.uid), 0) + 1
    for task, count in units.items():
        record(actor=actor, action=action, obj=f"task:{task}", at=at, data={"by": str(by.uid), "units": count})
