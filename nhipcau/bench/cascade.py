"""A directive to every unit of a nation: handing it out in one job, and climbing the ladder of reminders for all.

Against the ORM's own way (an object a row, 500 rows a statement), and against bare bulk inserts of the same rows:
COPY on PostgreSQL, one prepared statement on SQLite, of rows made beforehand.
"""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from nhipcau.bench.instance import temporary_instance
from nhipcau.bench.measure import Case, Options, Report, measure
from nhipcau.bench.nation import AT, analyse, build

if TYPE_CHECKING:
    from django.db.models import Model

    from nhipcau.org.models import Post
    from nhipcau.tasks.models import Obligation, Task

UNITS = 12_800
KINDS = ("province", "district", "local")
LATER = AT + dt.timedelta(days=20)  # nobody has acknowledged: every unit is reminded
BY_ORM = "an object a row, 500 rows a statement (bulk_create), in one transaction"
BARE = "bare bulk insert of the same rows, made beforehand"


def run(options: Options) -> Report:
    """`units` in all; every run hands out a duty of its own."""
    units = options.size("units", UNITS)
    with temporary_instance(options.database_url) as database:
        build(units=units, indicators=1, periods=1, reports=False, say=options.say)
        bench = _Bench(options.runs + 1)
        analyse()
        cases = [measure(bench.fan_out(), options)]
        analyse()
        cases.append(measure(bench.remind(), options))
    return Report("cascade", database, {"units": units}, cases)


class _Bench:
    """The top's officer with a letter that asks one thing for every run of every side."""

    def __init__(self, rounds: int) -> None:
        from nhipcau.documents.models import Direction, Document, DocumentState
        from nhipcau.org.models import Post, Role, Unit
        from nhipcau.tasks.models import Obligation

        top = Unit.objects.get(kind__code="confederation")
        day = AT.date()
        self.rounds = rounds
        self.actor: Post = Post.objects.create(unit=top, title="Chủ tịch", roles=[Role.BOARD], valid_from=day)
        letter = Document.objects.create(
            unit=top, direction=Direction.INCOMING, state=DocumentState.REGISTERED, dated=day, received_on=day,
            created_at=AT,
        )  # fmt: skip
        duties = [
            Obligation(document=letter, position=place, text="Tổ chức tập huấn an toàn, vệ sinh lao động")
            for place in range(1, 3 * rounds + 2)
        ]
        Obligation.objects.bulk_create(duties)
        self.duties = deque(Obligation.objects.select_related("document").order_by("pk"))

    def fan_out(self) -> Case:
        """The command and its job, as the worker runs it."""
        from nhipcau.tasks.models import Assignment

        names = _names(Assignment)
        bare = deque(self._rows(_task(self.duties.popleft(), self.actor)) for _ in range(self.rounds))
        return Case(
            name="fan_out",
            ours=self._fanned_out,
            peer=BY_ORM,
            peer_side=self._one_by_one,
            limit=BARE,
            limit_side=lambda: _insert("tasks_assignment", names, bare.popleft()),
            agree=lambda ours, peer: _held(ours) == _held(peer),
            once=True,
        )

    def remind(self) -> Case:
        """All that was handed out once more, reminded on the same day; every run is undone."""
        from nhipcau.tasks.models import Assignment, Reminder
        from nhipcau.tasks.reminding import remind

        last = self._fanned_out()
        Assignment.objects.exclude(task=last).delete()
        keys = list(Assignment.objects.values_list("pk", flat=True))
        reminder = Reminder(rung=1, cause="silent", counted_from=AT.date(), day=LATER.date(), sent_at=LATER)
        names = _names(Reminder)
        rows = [_values(reminder, names, {"assignment_id": key}) for key in keys]
        return Case(
            name="remind",
            ours=lambda: _undone(lambda: remind(at=LATER)),
            peer="every piece of work read as an object, its rung worked out, 500 rows a statement",
            peer_side=lambda: _undone(_remind_row_by_row),
            limit=BARE,
            limit_side=lambda: _undone(lambda: _insert("tasks_reminder", names, rows)),
        )

    def _fanned_out(self) -> Task:
        from nhipcau.tasks import fanning

        begun = fanning.fan_out(obligation=self.duties.popleft(), kinds=KINDS, actor=self.actor, at=AT)
        fanning.run(begun.pk, at=AT)
        return begun.task

    def _one_by_one(self) -> Task:
        from django.db import transaction

        from nhipcau.audit.actions import record
        from nhipcau.org.models import Unit
        from nhipcau.org.queries import below_of_kinds
        from nhipcau.tasks.models import Assignment

        with transaction.atomic():
            task = _task(self.duties.popleft(), self.actor)
            units = Unit.objects.filter(pk__in=below_of_kinds(self.actor.unit, KINDS, AT.date()))
            rows = [Assignment(task=task, unit=unit, created_at=AT) for unit in units]
            Assignment.objects.bulk_create(rows, batch_size=500)
            record(actor=self.actor, action="tasks.assigned", obj=f"task:{task.uid}", at=AT)
        return task

    def _rows(self, task: Task) -> list[tuple[Any, ...]]:
        from nhipcau.core.ids import new_uid
        from nhipcau.org.queries import below_of_kinds
        from nhipcau.tasks.models import Assignment

        one, names = Assignment(task=task, created_at=AT), _names(Assignment)
        units = below_of_kinds(self.actor.unit, KINDS, AT.date()).order_by("descendant")
        return [_values(one, names, {"uid": new_uid(), "unit_id": unit}) for unit in units]


def _task(duty: Obligation, actor: Post) -> Task:
    from django.db import transaction

    from nhipcau.tasks.assigning import hand_out

    with transaction.atomic():
        return hand_out(duty, {}, None, needs_evidence=False, actor=actor, at=AT)


def _held(task: Task) -> list[tuple[Any, ...]]:
    """What the task's units were given."""
    return sorted(task.assignments.values_list("unit", "role", "state", "created_at"))


def _names(model: type[Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields if not field.primary_key]


def _values(one: Model, names: Iterable[str], given: dict[str, object]) -> tuple[Any, ...]:
    from django.db import connection

    fields = {field.attname: field for field in one._meta.concrete_fields}
    return tuple(fields[name].get_db_prep_save(given.get(name, getattr(one, name)), connection) for name in names)


def _insert(table: str, names: list[str], rows: list[tuple[Any, ...]]) -> int:
    from django.db import connection, transaction

    columns = ", ".join(names)
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(names))
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)  # noqa: S608 - our own names
    return len(rows)


def _undone(side: Callable[[], int]) -> int:
    """Its work without its traces, so that every run finds the same."""
    from django.db import transaction

    with transaction.atomic():
        count = side()
        transaction.set_rollback(True)
    return count


def _remind_row_by_row() -> int:
    from django.db.models import Max

    from nhipcau.core.clock import local_date
    from nhipcau.org.queries import working_days
    from nhipcau.tasks.ladder import DAYS_TO_ACKNOWLEDGE
    from nhipcau.tasks.models import CLOSED, Assignment, AssignmentState, Reminder

    day, working, due = local_date(LATER), working_days(), []
    open_ = Assignment.objects.exclude(state__in=CLOSED).select_related("task")
    for one in open_.annotate(climbed=Max("reminders__rung")).iterator(chunk_size=1000):
        silent = working.add(local_date(one.created_at), DAYS_TO_ACKNOWLEDGE)
        if one.state == AssignmentState.ASSIGNED and silent <= day and not getattr(one, "climbed", 0):
            due.append(Reminder(assignment=one, rung=1, cause="silent", counted_from=day, day=day, sent_at=LATER))
    return len(Reminder.objects.bulk_create(due, batch_size=500, ignore_conflicts=True))
