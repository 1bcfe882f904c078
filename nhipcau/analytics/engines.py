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
from typing import Any

from django.conf import settings

from nhipcau.analytics.copies import PostgreSQL
from nhipcau.analytics.engine import KEPT, Engine, named
from nhipcau.analytics.facts import Part
from nhipcau.analytics.folding import Raw
from nhipcau.analytics.needs import ibis
from nhipcau.core.errors import InvalidInput, MissingProgram
from nhipcau.core.said import Said

_SPARK = {
    "spark.ui.enabled": "false",
    "spark.sql.ansi.enabled": "true",  # a sum beyond 64 bits is an error, never another number
    "spark.sql.session.timeZone": "UTC",
}
_LOCAL_SPARK = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}


class DuckDB(Engine):
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


class Spark(Engine):
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
        return PostgreSQL(url)
    if scheme == "spark":
        return Spark(url)
    raise InvalidInput(
        Said(
            f"NHIPCAU_ANALYTICS_URL: không hiểu kiểu «{scheme}»; dùng duckdb://, postgresql://… hoặc spark://…",
            f"NHIPCAU_ANALYTICS_URL: the kind «{scheme}» is not known; use duckdb://, postgresql://… or spark://…",
        )
    )
