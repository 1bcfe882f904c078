"""What a reorganisation means for tasks: open work of a unit that ends goes to whoever takes its place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.db.models import Exists, OuterRef, QuerySet

from nhipcau.audit.actions import record
from nhipcau.core.actors import Actor
from nhipcau.core.said import Said, joined
from nhipcau.org.journal import Journal
from nhipcau.org.parts import Balance, Change, Effect
from nhipcau.tasks.models import CLOSED, Assignment, AssignmentRole, AssignmentState, Handover, Task

BATCH = 1000


@dataclass(frozen=True)
class _Fate:
    """An open assignment of a unit that ends: the unit that goes on with it, or why nobody does."""

    assignment: Assignment
    to: int | None
    reason: Said


_NO_HEIR = Said("đóng, không có đơn vị kế thừa", "closed, no unit takes its place")
_GOES = Said("chuyển sang", "goes to")
_FOLLOWED = Said("việc đã giao, theo dõi tiếp", "work handed out, to be followed up")


class TaskPart:
    """Open assignments pass to the main successor with their history; without one they close with a reason. Work
    that the unit handed out is followed up by the successor, else by the level above."""

    name = "tasks"
    label: str = Said("Việc đang mở", "Open work")

    def preview(self, change: Change, at: dt.datetime) -> list[Effect]:
        """Every open assignment of a unit that ends, then the work it handed out that is not finished."""
        kept = [
            Effect(
                change.names[fate.assignment.unit_id],
                fate.assignment.task.title,
                change.names[fate.to] if fate.to else "",
                fate.reason,
            )
            for fate in _fates(change)
        ]
        issued = [
            Effect(change.names[task.issued_by_id], task.title, change.names[to], _FOLLOWED)
            for task, to in _issued(change)
        ]
        return kept + issued

    def apply(self, change: Change, journal: Journal, *, actor: Actor, at: dt.datetime) -> int:
        """Hand over or close, in the order of the assignments."""
        fates, issued = list(_fates(change)), list(_issued(change))
        for fate in fates:
            row = Assignment.objects.filter(pk=fate.assignment.pk)
            if fate.to is None:
                journal.change(
                    row,
                    state=str(AssignmentState.WITHDRAWN),
                    withdrawn_at=at,
                    withdrawn_reason=joined("", [change.cause, ": ", fate.reason, "."]),
                )
            else:
                journal.change(row, unit_id=fate.to)
        passed = [
            Handover(
                assignment=one.assignment,
                event=change.event,
                before_id=one.assignment.unit_id,
                after_id=one.to,
                at=at,
            )
            for one in fates
            if one.to is not None
        ]
        journal.make(passed)
        for task, to in issued:
            journal.change(Task.objects.filter(pk=task.pk), issued_by_id=to)
        if fates or issued:
            record(
                actor=actor,
                action="tasks.inherited",
                obj=f"reorganisation:{change.event.uid}",
                at=at,
                data={"passed": len(passed), "closed": len(fates) - len(passed), "issued": len(issued)},
            )
        return len(fates) + len(issued)

    def undo(self, change: Change, at: dt.datetime) -> list[str]:
        """Work that a new superior handed to a unit that moved under it."""
        count = 0
        for axis_moves in _chunked(change):
            given = Assignment.objects.filter(created_at__gt=change.event.at)
            pairs = given.filter(
                unit__in=[unit for unit, _ in axis_moves], task__issued_by__in=[to for _, to in axis_moves]
            )
            moved = set(axis_moves)
            count += sum(pair in moved for pair in pairs.values_list("unit", "task__issued_by"))
        return [f"cấp trên mới đã giao {count} việc cho đơn vị chuyển đến"] if count else []

    def conserve(self, change: Change, at: dt.datetime) -> list[Balance]:
        """Tasks add up to nothing."""
        return []


def _fates(change: Change) -> Iterator[_Fate]:
    for keys in _chunks(list(change.ended)):
        rows = (
            Assignment.objects.filter(unit__in=keys).exclude(state__in=CLOSED).exclude(role=AssignmentRole.INFORM)
        )
        open_ = list(rows.select_related("task").order_by("pk"))
        takers = {change.takers[one.unit_id] for one in open_} - {None}
        given = set(
            Assignment.objects.filter(task__in={one.task_id for one in open_}, unit__in=takers).values_list(
                "task", "unit"
            )
        )
        for one in open_:
            to = change.takers[one.unit_id]
            if to is None:
                yield _Fate(one, None, _NO_HEIR)
            elif (one.task_id, to) in given:
                name = change.names[to]
                vi = f"đóng, «{name}» cũng được giao chính việc này"
                yield _Fate(one, None, Said(vi, f"closed, «{name}» was given the same work"))
            else:
                given.add((one.task_id, to))  # of two units that merge, the first hands it over
                yield _Fate(one, to, _GOES)


def _issued(change: Change) -> Iterator[tuple[Task, int]]:
    """Unfinished work that units which end handed out, and who follows it up."""
    unfinished = Assignment.objects.filter(task=OuterRef("pk")).exclude(state__in=CLOSED)
    for keys in _chunks(list(change.ended)):
        tasks: QuerySet[Task] = Task.objects.filter(Exists(unfinished), issued_by__in=keys).order_by("pk")
        for task in tasks:
            to = change.takers[task.issued_by_id] or change.above[task.issued_by_id]
            same = Task.objects.filter(
                obligation=task.obligation_id, parent=None, issued_by=to, occurrence=task.occurrence
            )
            if to is not None and not (task.parent_id is None and same.exists()):
                yield task, to


def _chunked(change: Change) -> Iterator[Sequence[tuple[int, int]]]:
    pairs = iter([(one.unit, one.after) for one in change.moved if one.after is not None])
    while chunk := list(islice(pairs, BATCH)):
        yield chunk


def _chunks(keys: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(keys), BATCH):
        yield keys[start : start + BATCH]
