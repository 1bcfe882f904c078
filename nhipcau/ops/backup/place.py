"""Where an instance keeps its things, and the environment of one like it elsewhere."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db import connection

SQLITE, POSTGRESQL = "sqlite", "postgresql"
LABELS = {SQLITE: "SQLite", POSTGRESQL: "PostgreSQL"}
ANCHORS = "anchors/audit.log"
MARKERS = ("demo.json", "practice.json")  # by which settings know what kind of instance it is
SECRET = "secret_key"  # noqa: S105 - its name


@dataclass(frozen=True)
class Place:
    """A data directory and its database: a file, or a schema of the database in the settings."""

    folder: Path
    database: Path | None = None
    schema: str = ""

    def environment(self) -> dict[str, str]:
        """For a process that is to work there: of the live settings it gets the database's server alone."""
        env = {key: value for key, value in os.environ.items() if not key.startswith(("NHIPCAU_", "DJANGO_"))}
        return env | {
            "NHIPCAU_DATA_DIR": str(self.folder),
            "NHIPCAU_DATABASE_URL": self._url(),
            "NHIPCAU_SECRET_KEY": "staged",  # else one would be made there, beside the archive's own
            "DJANGO_SETTINGS_MODULE": "nhipcau.config.settings",
        }

    def _url(self) -> str:
        if self.database is not None:
            return f"sqlite:///{quote(str(self.database))}"
        at = connection.settings_dict
        options = {k: v for k, v in at["OPTIONS"].items() if isinstance(v, str) and k != "options"}
        options["options"] = f"{at['OPTIONS'].get('options', '')} -c search_path={self.schema}".strip()
        login = quote(at["USER"], safe="") + (f":{quote(at['PASSWORD'], safe='')}" if at["PASSWORD"] else "")
        server = f"{login}@{at['HOST']}" + (f":{at['PORT']}" if at["PORT"] else "")
        return f"postgresql://{server}/{quote(str(at['NAME']), safe='')}?{urlencode(options, quote_via=quote)}"


class Live(Place):
    """This instance itself, with all its settings."""

    def environment(self) -> dict[str, str]:
        return {**os.environ, "DJANGO_SETTINGS_MODULE": "nhipcau.config.settings"}


def live() -> Live:
    """The instance that the settings name."""
    return Live(data_dir())


def kind() -> str:
    """Which database this instance uses."""
    return POSTGRESQL if connection.vendor == "postgresql" else SQLITE


def data_dir() -> Path:
    return Path(settings.DATA_DIR)


def database_file() -> Path:
    """The SQLite database of this instance."""
    return Path(str(connection.settings_dict["NAME"]))


def connect(**options: Any) -> Any:
    """A connection of our own to the PostgreSQL server in the settings, beside Django's."""
    import psycopg

    params = {k: v for k, v in connection.get_connection_params().items() if k not in {"cursor_factory", "context"}}
    return psycopg.connect(**(params | options))
