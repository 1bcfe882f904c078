"""What was answered, level by level: counts and sums of each question, how far each branch is, who is missing.

Whoever was asked and passed the work on to nobody is to answer; whoever passed it on may answer besides. Only what
was sent is counted, and nobody's draft is looked at.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import numpy as np
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from nhipcau.org.models import Unit, UnitName
from nhipcau.org.queries import called, names_of
from nhipcau.org.scope import Scope
from nhipcau.tasks.below import Below
from nhipcau.tasks.heat import work_of
from nhipcau.tasks.models import Assignment, AssignmentState, Task
from nhipcau.tasks.models.questions import Question
from nhipcau.tasks.questions.kinds import KINDS, NO, YES, Value, labelled

MOST_MISSING = 200
_CHUNK = 2000


@dataclass
class Summed:
    """One question over a branch: how many answered, their sum, how often each answer was given, the days."""

    question: Question
    answered: int = 0
    total: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    first: str = ""
    last: str = ""

    @property
    def adds(self) -> bool:
        return KINDS[self.question.kind].adds

    @property
    def shares(self) -> list[tuple[str, int]]:
        """The answers that may be chosen, in the question's order, each with its count."""
        if not KINDS[self.question.kind].counts:
            return []
        kind = self.question.kind
        listed = (YES, NO) if kind == "yes_no" else [str(one) for one in self.question.options]
        return [(labelled(kind, one), self.counts[one]) for one in listed]

    @property
    def first_day(self) -> dt.date | None:
        return dt.date.fromisoformat(self.first) if self.first else None

    @property
    def last_day(self) -> dt.date | None:
        return dt.date.fromisoformat(self.last) if self.last else None

    def take(self, value: Value) -> None:
        """One more answer."""
        self.answered += 1
        if isinstance(value, int):
            self.total += value
        elif KINDS[self.question.kind].counts:
            self.counts[str(value)] += 1
        elif self.question.kind == "date" and isinstance(value, str):
            self.first, self.last = min(self.first or value, value), max(self.last, value)


@dataclass(frozen=True)
class BranchAnswers:
    """One unit directly below with all under it. `unit` None: the office itself. `sums`: of the questions that add
    up. `passed_up`: whether the unit itself has reported its part done (None: it was not given the work)."""

    unit: uuid.UUID | None
    name: str
    expected: int
    answered: int
    sums: tuple[int, ...]
    passed_up: bool | None
    opens: bool


@dataclass(frozen=True)
class Tally:
    """A branch's answers to one task's questions."""

    unit: Unit
    name: str
    expected: int
    answered: int
    questions: tuple[Summed, ...]
    branches: tuple[BranchAnswers, ...]
    missing: tuple[str, ...]

    @property
    def missing_count(self) -> int:
        return self.expected - self.answered

    @property
    def adding(self) -> list[Question]:
        """The questions whose answers add up: the columns of the branches."""
        return [one.question for one in self.questions if one.adds]


def tally(scope: Scope, task: Task, unit: Unit) -> Tally:
    """The answers of a branch in sight to the questions of the task's duty (of its instance, if it recurs)."""
    asked = _asked(scope, task, unit)
    questions = [Summed(one) for one in questions_of_task(task)]
    below = Below(unit, scope.day)
    rows = list(asked.values_list("unit", "sheet__values", "answered"))
    places = below.place(np.fromiter((row[0] for row in rows), np.int64, len(rows))).tolist()
    adding = [str(one.question.position) for one in questions if one.adds]
    expected, answered = Counter[int](), Counter[int]()
    sums = np.zeros((len(below.ids), len(adding)), object)
    for (_unit, values, sent), place in zip(rows, places, strict=True):
        expected[place] += 1
        if not sent:
            continue
        answered[place] += 1
        for one in questions:
            if (value := values.get(str(one.question.position))) is not None:
                one.take(value)
        sums[place] += [values.get(key, 0) for key in adding]
    names = names_of([unit.pk, *below.ids[1:]], scope.day)
    branches = _branches(scope, task, unit, below, names, expected, answered, sums)
    return Tally(
        unit,
        names[unit.pk].name,
        len(rows),
        sum(answered.values()),
        tuple(questions),
        tuple(branches),
        _missing(scope, asked),
    )


def questions_of_task(task: Task) -> list[Question]:
    """What the task's duty asks, in order."""
    return list(Question.objects.filter(questionnaire__obligation=task.obligation_id).order_by("position"))


@dataclass(frozen=True)
class AnswerRow:
    """One unit of the list that is taken away: its answers by the question's position, none while it is missing."""

    unit: str
    issuer: str
    assignment: Assignment
    values: Mapping[str, Value]


def answer_rows(scope: Scope, task: Task) -> Iterator[AnswerRow]:
    """Everybody in sight who is to answer, in Vietnamese order of the units' names; read in chunks."""
    named = UnitName.objects.filter(unit=OuterRef("unit")).order_by("-valid_from")
    rows = _asked(scope, task, scope.unit).select_related("sheet")
    same = Task.objects.filter(obligation=task.obligation_id, occurrence=task.occurrence)
    tasks = {one.pk: one for one in same}  # as many as units that passed it on, not as many as answer
    ordered = rows.alias(place=Subquery(named.values("sort_key")[:1])).order_by(F("place"), "pk")
    stream = ordered.iterator(chunk_size=_CHUNK)
    while chunk := list(islice(stream, _CHUNK)):
        for one in chunk:
            one.task = tasks[one.task_id]
        names = called({one.unit_id for one in chunk} | {one.task.issued_by_id for one in chunk}, scope.day)
        for one in chunk:
            values: Any = one.sheet.values if getattr(one, "answered", False) else {}
            yield AnswerRow(names[one.unit_id], names[one.task.issued_by_id], one, values)


def _asked(scope: Scope, task: Task, unit: Unit) -> QuerySet[Any]:
    """Who is to answer, with `answered`."""
    onward = Task.objects.filter(parent=OuterRef("pk"))
    sent = Q(state=AssignmentState.DONE, sheet__sent_at__isnull=False)
    work = work_of(scope, unit).filter(task__obligation=task.obligation_id, task__occurrence=task.occurrence)
    return work.annotate(answered=Coalesce(sent, False)).filter(~Exists(onward) | sent).order_by("pk")  # noqa: FBT003


def _branches(
    scope: Scope,
    task: Task,
    unit: Unit,
    below: Below,
    names: Mapping[int, UnitName],
    expected: Mapping[int, int],
    answered: Mapping[int, int],
    sums: Any,
) -> list[BranchAnswers]:
    given = work_of(scope, unit).filter(task__obligation=task.obligation_id, task__occurrence=task.occurrence)
    own = dict(given.filter(unit__in=below.ids[1:]).values_list("unit", "state"))
    uids = dict(Unit.objects.filter(pk__in=below.ids[1:]).values_list("pk", "uid"))
    found = [
        BranchAnswers(
            uids.get(pk),
            names[pk or unit.pk].name,
            expected[place],
            answered[place],
            tuple(sums[place]),
            own[pk] == AssignmentState.DONE if pk in own else None,
            below.sizes[place] > 1,
        )
        for place, pk in enumerate(below.ids)
        if expected[place]
    ]
    keys = {names[pk].name: names[pk].sort_key for pk in names}
    return sorted(found, key=lambda one: (one.unit is not None, keys[one.name]))


def _missing(scope: Scope, asked: QuerySet[Any]) -> tuple[str, ...]:
    """The names of those that have not answered, as many as a page can show."""
    units: Sequence[int] = list(asked.filter(answered=False).values_list("unit", flat=True)[:MOST_MISSING])
    names = names_of(units, scope.day)
    return tuple(one.name for one in sorted(names.values(), key=lambda one: one.sort_key))
