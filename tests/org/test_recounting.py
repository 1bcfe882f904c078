"""SQLite is told how large its tables are; PostgreSQL is asked nothing."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from nhipcau.org.bulk import recount_all
from tests.cast import Cast


def _known() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tbl FROM sqlite_stat1")
        return {table for (table,) in cursor.fetchall()}


def test_a_recount_tells_sqlite_of_tables_that_were_filled_and_leaves_postgresql_alone(cast: Cast) -> None:
    with CaptureQueriesContext(connection) as asked:
        recount_all()
    if connection.vendor == "sqlite":
        assert {"org_unitname", "org_closure"} <= _known()
    else:
        assert not asked.captured_queries
