"""What becomes of tasks when their letter is recalled or replaced: open ones close or move, finished work stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

from django.db.models import Count, Max, Q, QuerySet

from nhipcau.audit.actions import record
from nhipcau.core.text import canonical, fold
from nhipcau.documents.amending import Touched
from nhipcau.documents.models import AmendmentKind, Direction, Document, DocumentState
from nhipcau.org.models import Post
from nhipcau.org.queries import names_of
from nhipcau.tasks.models import Assignment, AssignmentRole, AssignmentState, Obligation, Task

_KEPT = (
    "text", "responsible", "scope", "rule", "from_note",
    "deadline_kind", "deadline_normalised", "deadline_phrase", "deadline_exclusive",
)  # fmt: skip
_OPEN = (AssignmentState.ASSIGNED, AssignmentState.ACKNOWLEDGED)


class TaskPart:
    """The tasks made of letters, at every level: a task passed on keeps the obligation it came from."""

    def passed_on_with(self, letters: Collection[int]) -> list[Document]:
        """Letters of the units in between that were sent with the work."""
        sent = Document.objects.filter(tasks_sent__obligation__document__in=letters)
        return list(sent.exclude(pk__in=letters).exclude(state=DocumentState.VOID).distinct().order_by("pk"))

    def preview(self, letters: Collection[int], day: dt.date) -> list[Touched]:
        """Open and finished work by unit; two queries."""
        rows = (
            _owed(letters)
            .values("unit")
            .annotate(open=Count("pk", filter=Q(state__in=_OPEN)), done=Count("pk", filter=~Q(state__in=_OPEN)))
            .order_by("-open", "unit")
        )
        counts = [(row["unit"], row["open"], row["done"]) for row in rows]
        names = names_of([unit for unit, _, _ in counts], day)
        return [Touched(names[unit].name, open_, done) for unit, open_, done in counts]

    def apply(
        self, kind: AmendmentKind, by: Document, letters: Sequence[Document], *, actor: Post, at: dt.datetime
    ) -> int:
        """Close or move what is open. Returns how many assignments were touched."""
        open_ = _owed([letter.pk for letter in letters]).filter(state__in=_OPEN)
        touched = list(open_.select_for_update(of=("self",)).select_related("task__obligation").order_by("pk"))
        if kind == AmendmentKind.RECALL:
            _close(touched, by, actor, at)
        else:
            _move(touched, by, actor, at)
        return len(touched)


def _owed(letters: Collection[int]) -> QuerySet[Assignment]:
    rows = Assignment.objects.filter(task__obligation__document__in=letters)
    return rows.exclude(role=AssignmentRole.INFORM).exclude(state=AssignmentState.WITHDRAWN)


def _close(touched: Sequence[Assignment], by: Document, actor: Post, at: dt.datetime) -> None:
    day = f" ngày {by.dated:%d/%m/%Y}" if by.dated else ""
    reason = f"Văn bản đã bị thu hồi theo {by.number or 'văn bản chưa có số'}{day}."
    Assignment.objects.filter(pk__in=[one.pk for one in touched]).update(
        state=AssignmentState.WITHDRAWN, withdrawn_at=at, withdrawn_reason=reason
    )
    _log("tasks.recalled", touched, by, actor, at)


def _move(touched: Sequence[Assignment], by: Document, actor: Post, at: dt.datetime) -> None:
    """Each task that has open work goes over as a whole, so that who answers to whom stays as it is."""
    homes: dict[int, Document] = {}
    moved: dict[int, Obligation] = {}
    for one in touched:
        old = one.task.obligation
        if old.pk not in moved:
            unit = old.document.unit_id
            if unit not in homes:
                homes[unit] = _held_by(unit, by) or by
            moved[old.pk] = _counterpart(old, homes[unit])
        Task.objects.filter(pk=one.task_id).update(obligation=moved[old.pk])
    _log("tasks.moved", touched, by, actor, at)


def _held_by(unit: int, by: Document) -> Document | None:
    """The new letter as that unit has it in its own register."""
    rows = Document.objects.filter(
        unit=unit,
        direction=Direction.INCOMING,
        state=DocumentState.REGISTERED,
        number_key=by.number_key,
        dated=by.dated,
    ).exclude(number_key="")
    issuer = fold(canonical(by.issuer))
    return next((one for one in rows.order_by("pk") if fold(canonical(one.issuer)) == issuer), None)


def _counterpart(old: Obligation, home: Document) -> Obligation:
    """The obligation in the new letter: as it was moved before, else appended with its old words and limit."""
    standing = Obligation.objects.filter(document=home, moved_from=old).first()
    if standing is not None:
        return standing
    last = home.obligations.aggregate(last=Max("position"))["last"] or 0
    values = {name: getattr(old, name) for name in _KEPT}
    return Obligation.objects.create(document=home, position=last + 1, moved_from=old, **values)


def _log(action: str, touched: Sequence[Assignment], by: Document, actor: Post, at: dt.datetime) -> None:
    units: dict[str, int] = {}
    for one in touched:
        units[str(one.task.uid)] = units.get(str(one.task.uid), 0) + 1
    for task, count in units.items():
        record(actor=actor, action=action, obj=f"task:{task}", at=at, data={"by": str(by.uid), "units": count})
