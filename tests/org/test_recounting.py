"""SQLite is told how large its tables are."""

from __future__ import annotations

import pytest
from django.db import connection

from nhipcau.org.bulk import recount_all
from tests.cast import Cast


def _known() -> set[str]:
    with connection.cursor() as cursor:
        if "sqlite_stat1" not in connection.introspection.table_names(cursor):
            return set()
        cursor.execute("SELECT tbl FROM sqlite_stat1")
        return {table for (table,) in cursor.fetchall()}


def test_a_recount_tells_sqlite_of_tables_that_were_filled(cast: Cast) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL looks at its tables by itself")
    recount_all()
    assert {"org_unitname", "org_closure"} <= _known()
