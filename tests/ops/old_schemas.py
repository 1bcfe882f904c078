"""Data in the tables of an earlier version, then the way forward: a script, run in an environment of its own.

`RELEASED` names where each released version's migrations ended, one entry a release; before the first there are two
states out of the making of it, so that the way is walked at all.
"""

from __future__ import annotations

import datetime as dt
import decimal
import json
import sys
import uuid
from typing import Any

from django.apps.registry import Apps
from django.db import connection, models, transaction
from django.db.migrations.executor import MigrationExecutor

RELEASED: dict[str, dict[str, str]] = {
    "first tables": dict.fromkeys(
        ("org", "access", "documents", "tasks", "activities", "reports", "audit", "outbox"), "0001_initial"
    ),
    "before campaigns and exchange": {
        "org": "0009_closure_from_index", "access": "0002_mail_and_calendar", "documents": "0009_unread_scans",
        "tasks": "0010_fanout", "activities": "0001_initial", "reports": "0004_entered_index",
        "audit": "0001_initial", "outbox": "0002_mail", "analytics": "0001_initial",
    },
}  # fmt: skip
ROWS = 3
NOW = dt.datetime(2018, 7, 1, 2, 0, tzinfo=dt.UTC)
_PLAIN: dict[type[models.Field[Any, Any]], Any] = {
    models.DateTimeField: lambda n: NOW + dt.timedelta(days=n),
    models.DateField: lambda n: NOW.date() + dt.timedelta(days=n),
    models.TimeField: lambda n: dt.time(8, n),
    models.BooleanField: lambda n: False,
    models.DecimalField: decimal.Decimal,
    models.IntegerField: lambda n: n + 1,
    models.BinaryField: lambda n: b"",
    models.UUIDField: lambda n: uuid.UUID(int=n),
    models.JSONField: lambda n: {},
    models.TextField: lambda n: f"{n}",
}


def value(field: models.Field[Any, Any], number: int, made: dict[str, list[Any]]) -> Any:
    """Something that fits, other than what the row before has."""
    if isinstance(field, models.ForeignKey):
        there = made.get(field.related_model._meta.label, [])
        return there[number % len(there)] if there else None
    if isinstance(field, models.EmailField):
        return f"a{number}@example.org"
    if isinstance(field, models.CharField):
        choices = [choice for choice, _ in field.flatchoices]
        return choices[0] if choices and not field.unique else f"{field.name}{number}"[-(field.max_length or 20) :]
    return next(make(number) for kind, make in _PLAIN.items() if isinstance(field, kind))


def fill(apps: Apps) -> dict[str, int]:
    """A few rows in every table that takes them; how many each has now."""
    made: dict[str, list[Any]] = {}
    waiting = [model for model in apps.get_models() if not model._meta.proxy]
    while waiting:
        ready = [
            model for model in waiting
            if all(_known(field, made, model) for field in model._meta.local_fields)
        ]  # fmt: skip
        for model in ready:
            made[model._meta.label] = [row for number in range(ROWS) if (row := _row(model, number, made))]
            made[model._meta.label] = made[model._meta.label] or list(model._base_manager.all()[:ROWS])
        if not ready:
            break
        waiting = [model for model in waiting if model not in ready]
    return {model._meta.db_table: model._base_manager.count() for model in apps.get_models()}


def _known(field: models.Field[Any, Any], made: dict[str, list[Any]], model: type[models.Model]) -> bool:
    own = field.related_model is model
    return not isinstance(field, models.ForeignKey) or field.null or own or field.related_model._meta.label in made


def _row(model: type[models.Model], number: int, made: dict[str, list[Any]]) -> Any:
    values = {
        field.name: value(field, number, made)
        for field in model._meta.local_fields
        if not field.primary_key and not (field.null and field.related_model is model)
    }
    try:
        with transaction.atomic():
            return model._base_manager.create(**values)
    except Exception:  # a constraint that wants more than any row; what was filled is counted and must be enough
        return None


def main() -> None:
    """`python -c … NAME`: one line of JSON, what was there and what is."""
    executor = MigrationExecutor(connection)
    targets = list(RELEASED[sys.argv[1]].items())
    state = executor.migrate(targets)
    before = fill(state.apps)
    forward = MigrationExecutor(connection)
    forward.migrate(forward.loader.graph.leaf_nodes())
    connection.check_constraints()
    after = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            [after[table]] = cursor.fetchone()
    print(json.dumps({"before": before, "after": after}))
