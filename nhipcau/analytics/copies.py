"""PostgreSQL as the engine: a copy of the facts in a schema of its own, brought up to date part by part.

One table for each template version and tree, a row for each row of the files; `parts` says what each table holds.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from io import BytesIO
from typing import Any

from nhipcau.analytics.engine import Engine, named
from nhipcau.analytics.facts import DAYS_KEPT, Part, number
from nhipcau.analytics.folding import Raw
from nhipcau.analytics.needs import arrow, ibis
from nhipcau.analytics.slices import Ask
from nhipcau.core.errors import InvalidInput, MissingProgram
from nhipcau.core.said import Said

SCHEMA = "nhipcau_facts"
MOST_COLUMNS = 1500  # of a table there
_PARTS = f"""
CREATE SCHEMA IF NOT EXISTS {SCHEMA};
CREATE TABLE IF NOT EXISTS {SCHEMA}.parts (
    kept text NOT NULL, version text NOT NULL, tree text NOT NULL, period integer NOT NULL, stamp text NOT NULL,
    PRIMARY KEY (kept, period)
)"""


class PostgreSQL(Engine):
    """The database of the URL; the user needs the right to make a schema, or to write in `nhipcau_facts`."""

    def __init__(self, url: str) -> None:
        if find_spec("psycopg") is None:
            raise MissingProgram(
                "NHIPCAU_ANALYTICS_URL chọn PostgreSQL nhưng chưa có gói psycopg; chạy «./run setup»."
            )
        self._psycopg: Any = import_module("psycopg")
        with self._plainly():
            super().__init__(ibis().connect(url))
            self._driver: Any = self._psycopg.connect(url, autocommit=True)
            with self._driver.transaction():
                self._driver.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", (SCHEMA,))
                self._driver.execute(_PARTS)

    @contextmanager
    def _plainly(self) -> Iterator[None]:
        try:
            yield
        except self._psycopg.Error as error:
            raise MissingProgram(
                Said(
                    "Máy chủ PostgreSQL dùng để phân tích (NHIPCAU_ANALYTICS_URL) không trả lời hoặc không "
                    "cho ghi: "
                    f"{str(error).splitlines()[0]}",
                    "The PostgreSQL server used for analysis (NHIPCAU_ANALYTICS_URL) does not answer or "
                    f"lets nothing be written: {str(error).splitlines()[0]}",
                )
            ) from error

    @property
    def usable(self) -> bool:
        return not (self._driver.closed or self.backend.con.closed)

    def close(self) -> None:
        self._driver.close()
        super().close()

    def rows(self, parts: Sequence[Part], ask: Ask) -> list[Raw]:
        with self._plainly():
            return super().rows(parts, ask)

    def fetch(self, statement: str) -> list[Raw]:
        return named(self._driver.execute(statement))

    def table(self, parts: Sequence[Part]) -> Any:
        version = parts[0].version.digest
        tree = parts[0].path.stem.partition("@")[2]
        kept = (
            "facts_"
            + hashlib.sha256(
                f"{parts[0].version.template.code} {version} {tree} {parts[0].path.parent.name}".encode()
            ).hexdigest()[:24]
        )
        with self._driver.transaction():
            self._driver.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", (kept,))
            held = self._driver.execute(f"SELECT period, stamp FROM {SCHEMA}.parts WHERE kept = %s", (kept,))  # noqa: S608
            stamps = dict(held.fetchall())
            for part in parts:
                if stamps.get(number(part.period)) != part.stamp:
                    self._replace(kept, version, tree, part)
            self._forget_older(kept, version, tree)
        periods = [number(part.period) for part in parts]
        table = self.backend.table(kept, database=SCHEMA)
        return table.filter(table.period.isin(periods))

    def _replace(self, kept: str, version: str, tree: str, part: Part) -> None:
        """The rows of one part, as they are in its file."""
        rows = arrow().parquet.read_table(part.path)
        if rows.num_columns > MOST_COLUMNS:
            raise InvalidInput("Biểu mẫu có quá nhiều ô cho PostgreSQL; hãy để NHIPCAU_ANALYTICS_URL là duckdb://.")
        names = ", ".join(rows.column_names)
        types = {"int32": "integer", "int64": "bigint"}
        columns = ", ".join(f"{field.name} {types[str(field.type)]}" for field in rows.schema)
        self._driver.execute(f"CREATE TABLE IF NOT EXISTS {SCHEMA}.{kept} ({columns})")
        self._driver.execute(f"DELETE FROM {SCHEMA}.{kept} WHERE period = %s", (number(part.period),))  # noqa: S608
        with self._driver.cursor() as cursor, cursor.copy(f"COPY {SCHEMA}.{kept} ({names}) FROM STDIN CSV") as copy:
            for chunk in _as_csv(rows):
                copy.write(chunk)
        self._driver.execute(
            f"INSERT INTO {SCHEMA}.parts VALUES (%s, %s, %s, %s, %s) "  # noqa: S608
            "ON CONFLICT (kept, period) DO UPDATE SET stamp = excluded.stamp",
            (kept, version, tree, number(part.period), part.stamp),
        )

    def _forget_older(self, kept: str, version: str, tree: str) -> None:
        """Of the tables on trees of other days only the newest stay."""
        if not tree:
            return
        held = self._driver.execute(
            f"SELECT kept FROM {SCHEMA}.parts WHERE version = %s AND tree <> '' AND kept <> %s "  # noqa: S608
            "GROUP BY kept, tree ORDER BY tree DESC",
            (version, kept),
        )
        for (old,) in held.fetchall()[DAYS_KEPT - 1 :]:
            self._driver.execute(f"DROP TABLE IF EXISTS {SCHEMA}.{old}")
            self._driver.execute(f"DELETE FROM {SCHEMA}.parts WHERE kept = %s", (old,))  # noqa: S608


def _as_csv(rows: Any) -> Iterable[bytes]:
    """The rows in chunks; an empty field is null."""
    options = arrow().csv.WriteOptions(include_header=False)
    for batch in rows.to_batches(max_chunksize=20_000):
        out = BytesIO()
        arrow().csv.write_csv(batch, out, options)
        yield out.getvalue()
