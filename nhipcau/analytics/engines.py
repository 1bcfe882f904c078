"""Where questions are answered: DuckDB within this process, or PostgreSQL or Spark by NHIPCAU_ANALYTICS_URL.

Each engine gives one Ibis table over the files of one template version and answers Ibis expressions. DuckDB reads
the files where they lie; so does Spark, which must see the same directory; PostgreSQL gets a copy (see `copies`).
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Protocol

from django.conf import settings

from nhipcau.analytics.facts import Part
from nhipcau.analytics.folding import Raw
from nhipcau.analytics.needs import ibis
from nhipcau.analytics.slices import Ask
from nhipcau.core.errors import InvalidInput, MissingProgram

KEPT = 64  # views and statements on DuckDB
_SPARK = {
    "spark.ui.enabled": "false",
    "spark.sql.ansi.enabled": "true",  # a sum beyond 64 bits is an error, never another number
    "spark.sql.session.timeZone": "UTC",
}
_LOCAL_SPARK = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}


class Engine(Protocol):
    """An open connection."""

    def rows(self, parts: Sequence[Part], ask: Ask) -> list[Raw]:
        """The rows of what is asked of those files."""

    @property
    def usable(self) -> bool:
        """Whether it still answers; a lost connection does not."""

    def close(self) -> None:
        """Let go of the connection."""


class Connected:
    """What the engines share. Ibis writes the statement and the engine's own driver reads the answer: through data
    frames a whole number with gaps would become a floating one. Statements are kept: to write one takes Ibis longer
    than DuckDB takes to answer it.
    """

    def __init__(self, backend: Any) -> None:
        self.backend = backend
        self._statements: dict[tuple[str, Ask], str] = {}

    def table(self, parts: Sequence[Part]) -> Any:
        """One Ibis table over files of one template version."""
        raise NotImplementedError

    def fetch(self, statement: str) -> list[Raw]:
        """The rows of a statement, whole numbers as Python has them."""
        raise NotImplementedError

    def rows(self, parts: Sequence[Part], ask: Ask) -> list[Raw]:
        table = self.table(parts)
        key = (repr([str(part.path) for part in parts]), ask)
        if key not in self._statements:
            if len(self._statements) == KEPT:
                self._statements.pop(next(iter(self._statements)))
            self._statements[key] = str(self.backend.compile(ask.expression(table)))
        return self.fetch(self._statements[key])

    @property
    def usable(self) -> bool:
        return True

    def close(self) -> None:
        self.backend.disconnect()


def named(cursor: Any) -> list[Raw]:
    """The rows of a cursor by the names of its columns."""
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


class DuckDB(Connected):
    """In this process; nothing is ever downloaded."""

    def __init__(self) -> None:
        alone = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}
        super().__init__(ibis().duckdb.connect(":memory:", **alone))
        self._views: dict[tuple[str, ...], Any] = {}

    def table(self, parts: Sequence[Part]) -> Any:
        paths = tuple(str(part.path) for part in parts)
        if paths not in self._views:
            if len(self._views) == KEPT:
                self.backend.drop_view(self._views.pop(next(iter(self._views))).get_name())
            name = "facts_" + hashlib.sha256(repr(paths).encode()).hexdigest()[:24]  # statements are kept by it
            self._views[paths] = self.backend.read_parquet(list(paths), table_name=name)
        return self._views[paths]

    def fetch(self, statement: str) -> list[Raw]:
        return named(self.backend.con.execute(statement))


class Spark(Connected):
    """A session on the master named: `spark://local[2]`, or a cluster that sees the data directory."""

    def __init__(self, url: str) -> None:
        if find_spec("pyspark") is None:
            raise MissingProgram(
                "NHIPCAU_ANALYTICS_URL chọn Spark nhưng chưa có gói pyspark; hãy chạy «./run setup spark»."
            )
        place = url.partition("://")[2]
        local = place.startswith("local")
        builder = (
            import_module("pyspark.sql").SparkSession.builder.master(place if local else url).appName("nhipcau")
        )
        for key, value in (_SPARK | _LOCAL_SPARK if local else _SPARK).items():
            builder = builder.config(key, value)
        self._session = builder.getOrCreate()
        super().__init__(ibis().pyspark.connect(self._session))

    def table(self, parts: Sequence[Part]) -> Any:
        paths = [str(part.path) for part in parts]
        for path in paths:
            self._session.catalog.refreshByPath(path)  # what it remembers of a file that was written again
        self._session.read.parquet(*paths).createOrReplaceTempView("nhipcau_facts")
        return self.backend.table("nhipcau_facts")

    def fetch(self, statement: str) -> list[Raw]:
        return [row.asDict() for row in self._session.sql(statement).collect()]


_opened = threading.local()  # a connection belongs to the thread that opened it


def engine() -> Engine:
    """The engine of the settings, open. Raises InvalidInput for any other, MissingProgram without its library."""
    url = settings.ANALYTICS_URL
    kept = _kept()
    if url not in kept or not kept[url].usable:
        kept[url] = _open(url)
    return kept[url]


def close() -> None:
    """Close this thread's connections; the next question opens one again."""
    while kept := _kept():
        kept.popitem()[1].close()


def _kept() -> dict[str, Engine]:
    kept: dict[str, Engine] = _opened.__dict__.setdefault("engines", {})
    return kept


def _open(url: str) -> Engine:
    scheme = url.partition("://")[0]
    if scheme == "duckdb":
        return DuckDB()
    if scheme in ("postgres", "postgresql"):
        from nhipcau.analytics.copies import PostgreSQL  # it is an engine itself

        return PostgreSQL(url)
    if scheme == "spark":
        return Spark(url)
    raise InvalidInput(
        f"NHIPCAU_ANALYTICS_URL: không hiểu kiểu «{scheme}»; dùng duckdb://, postgresql://… hoặc spark://…"
    )
