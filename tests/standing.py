"""A set-up made once and put back: its rows, one insert a table instead of its hundred statements."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.apps import apps
from django.db import connection
from django.db.backends.utils import CursorWrapper

from nhipcau.org.models import UnitKind

Made = TypeVar("Made")
Rows = list[Any]


@dataclass
class Standing(Generic[Made]):
    """What `make` gives, and the rows it adds to an otherwise empty database."""

    make: Callable[[], Made]
    _kept: dict[object, tuple[Made, dict[str, Rows]]] = field(default_factory=dict)

    def __call__(self) -> Made:
        """The same again: made the first time in a process, put back from then on."""
        ground = tuple(UnitKind.objects.order_by("pk").values_list("pk", "code"))  # what the rows refer to
        if ground not in self._kept:
            before = _rows()
            made = self.make()
            added = {table: [row for row in rows if row not in before[table]] for table, rows in _rows().items()}
            self._kept[ground] = deepcopy(made), {table: rows for table, rows in added.items() if rows}
            return made
        made, added = self._kept[ground]
        with connection.cursor() as cursor:
            for table, rows in added.items():
                _put(cursor, table, rows)
        return deepcopy(made)


def _tables() -> Sequence[str]:
    return [
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    ]


def _rows() -> dict[str, Rows]:
    """Every row of every table, as the database can take it back."""
    found: dict[str, Rows] = {}
    with connection.cursor() as cursor:
        for table in _tables():
            what = "row_to_json(t)::text" if connection.vendor == "postgresql" else "*"
            cursor.execute(f"SELECT {what} FROM {table} t")
            found[table] = [row[0] if connection.vendor == "postgresql" else row for row in cursor.fetchall()]
    return found


def _put(cursor: CursorWrapper, table: str, rows: Rows) -> None:
    if connection.vendor == "postgresql":
        whole = json.dumps([json.loads(row) for row in rows])
        cursor.execute(f"INSERT INTO {table} SELECT * FROM json_populate_recordset(NULL::{table}, %s)", [whole])
    else:
        places = ", ".join(["%s"] * len(rows[0]))
        cursor.executemany(f"INSERT INTO {table} VALUES ({places})", rows)
