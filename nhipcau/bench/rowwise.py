# ruff: noqa: S608 - statements put together from this module's own parts
"""What a user would otherwise do: one row per value, in the same database, with the indexes it wants.

On SQLite the table is clustered by unit, its best layout; on PostgreSQL it has the same primary key.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import datetime as dt

    from nhipcau.core.periods import Period
    from nhipcau.org.columns import Ints
    from nhipcau.reports.models import TemplateVersion

_STANDS = "valid_from <= %s AND (valid_to IS NULL OR valid_to > %s) AND axis = 'territory'"
_ON_CLOSURE = f"FROM bench_value v JOIN org_closure c ON c.descendant_id = v.unit_id AND {_STANDS}"
EVERY_NODE = (
    f"CREATE TEMPORARY TABLE bench_totals AS SELECT c.ancestor_id, v.cell, sum(v.value) AS total {_ON_CLOSURE} "
    "GROUP BY c.ancestor_id, v.cell"
)
BY_PARENT = (
    "SELECT p.parent_id, v.cell, sum(v.value) FROM bench_value v JOIN org_placement p ON p.child_id = v.unit_id "
    f"AND {_STANDS} WHERE p.parent_id IS NOT NULL GROUP BY p.parent_id, v.cell"
)
OWN_OF_INNER = (
    "SELECT v.unit_id, v.cell, v.value FROM bench_value v WHERE v.unit_id IN "
    f"(SELECT parent_id FROM org_placement WHERE {_STANDS})"
)
INNER_PLACES = (
    f"SELECT child_id, parent_id FROM org_placement WHERE {_STANDS} AND child_id IN "
    f"(SELECT parent_id FROM org_placement WHERE {_STANDS})"
)
ONE_NODE = f"SELECT v.cell, sum(v.value) {_ON_CLOSURE} AND c.ancestor_id = %s GROUP BY v.cell"
COVERAGE = (
    "SELECT c.ancestor_id, count(s.id), sum(CASE WHEN s.state = 'accepted' THEN 1 ELSE 0 END), "
    "sum(CASE WHEN s.submitted_at >= %s THEN 1 ELSE 0 END) FROM org_closure c "
    "JOIN reports_submission s ON s.unit_id = c.descendant_id AND s.version_id = %s AND s.period = %s "
    f"AND s.state IN ('submitted', 'accepted') WHERE {_STANDS} GROUP BY c.ancestor_id"
)
COUNT_ONCE = (
    "SELECT state, count(*), sum(CASE WHEN submitted_at >= %s THEN 1 ELSE 0 END) FROM reports_submission "
    "WHERE version_id = %s AND period = %s GROUP BY state"
)


def fill_values(version: TemplateVersion, period: Period) -> int:
    """Every value of every accepted report as a row of its own; returns how many."""
    from django.db import connection

    from nhipcau.core.numbers import CellState, unpack_rows
    from nhipcau.reports.totals.records import payloads

    clustered = "" if connection.vendor == "postgresql" else " WITHOUT ROWID"
    columns = "unit_id bigint NOT NULL, cell integer NOT NULL, value bigint NOT NULL"
    _run(f"CREATE TABLE bench_value ({columns}, PRIMARY KEY (unit_id, cell)){clustered}")
    count = 0
    for units, packed in payloads(version, period):
        values, states = unpack_rows(packed, len(version.cells))
        rows, cells = np.nonzero(states == CellState.VALUE)
        _write(units[rows], cells, values[rows, cells])
        count += len(rows)
    return count


def _write(units: Ints, cells: npt.NDArray[np.intp], values: Ints) -> None:
    from django.db import connection, transaction

    if connection.vendor == "postgresql":
        shape = [("n", ">i2"), ("a", ">i4"), ("u", ">i8"), ("b", ">i4"), ("c", ">i4"), ("d", ">i4"), ("v", ">i8")]
        rows = np.zeros(len(units), np.dtype(shape))
        rows["n"], rows["a"], rows["b"], rows["d"] = 3, 8, 4, 8
        rows["u"], rows["c"], rows["v"] = units, cells, values
        with (
            connection.cursor() as cursor,
            cursor.cursor.copy("COPY bench_value FROM STDIN (FORMAT BINARY)") as copy,
        ):
            copy.write(b"PGCOPY\n\xff\r\n\0" + bytes(8) + rows.tobytes() + b"\xff\xff")
        return
    with transaction.atomic(), connection.cursor() as cursor:
        flat = zip(units.tolist(), cells.tolist(), values.tolist(), strict=True)
        cursor.executemany("INSERT INTO bench_value VALUES (%s, %s, %s)", list(flat))


def every_node(day: dt.date) -> str:
    """Every node's totals into a table, which is what costs least; its name."""
    _run("DROP TABLE IF EXISTS bench_totals")
    _run(EVERY_NODE, day, day)
    return "bench_totals"


def folded(day: dt.date, cells: int) -> dict[int, npt.NDArray[np.int64]]:
    """GROUP BY parent in the database, then each node's sum of direct children carried to all nodes above it."""
    below: dict[int, npt.NDArray[np.int64]] = {}
    own: dict[int, npt.NDArray[np.int64]] = {}
    for found, statement in ((below, BY_PARENT), (own, OWN_OF_INNER)):
        for unit, cell, total in rows(statement, day, day):
            if unit not in found:
                found[unit] = np.zeros(cells, np.int64)
            found[unit][cell] += int(total)
    parents = dict(rows(INNER_PLACES, day, day, day, day))
    nothing = np.zeros(cells, np.int64)
    inner = below.keys() | own.keys() | parents.keys()
    whole = {unit: below.get(unit, nothing) + own.get(unit, nothing) for unit in inner}
    for unit, total in below.items():
        above = parents.get(unit)
        while above is not None:
            whole[above] += total
            above = parents.get(above)
    return whole


def rows(statement: str, *parameters: Any) -> Sequence[tuple[Any, ...]]:
    """All rows of a statement."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall())


def _run(statement: str, *parameters: Any) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
