"""Every table, empty: made once for a set of migrations by `nhipcau migrate`, and copied from then on.

The migrations take seconds. What they end with is kept until they change: for SQLite a file beside pytest's own,
for PostgreSQL one database a source tree on the server of the tests.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import django
from django.apps import apps
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / ".pytest_cache" / "tables"
FILE = "nhipcau.sqlite3"  # as an instance names its database
TEMPLATE = f"nhipcau_tables_{hashlib.sha256(str(ROOT).encode()).hexdigest()[:12]}"
TURN = 7_805_002  # PostgreSQL's lock for whoever makes one: a number that nobody else takes


def lay(folder: Path) -> None:
    """An instance on SQLite in that folder, as `nhipcau migrate` would leave it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    shutil.copyfile(_file(), folder / FILE)


def lay_for_pytest(folder: Path) -> None:
    """What pytest's own database begins with: Django finds every migration done."""
    asked: dict[str, Any] = connection.settings_dict["TEST"]
    if connection.vendor == "postgresql":
        with _server() as server:
            asked["TEMPLATE"] = _template(server)
    else:
        lay(folder)
        asked["NAME"] = str(folder / FILE)
        connection.settings_dict["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"  # gone after the tests


@contextmanager
def database(name: str, *, empty: bool = False) -> Iterator[str]:
    """The address of a PostgreSQL database beside the tests' own, gone afterwards. `empty`: without tables."""
    with _server() as server:
        _create(server, name, "" if empty else f"TEMPLATE {_template(server)}")
        try:
            yield _address(name)
        finally:
            server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def environment(**own: str) -> dict[str, str]:
    """This process's, with what an instance of its own is told instead of what this one was."""
    plain = {key: value for key, value in os.environ.items() if not key.startswith(("NHIPCAU_", "DJANGO_"))}
    path = os.pathsep.join([str(ROOT), plain.get("PYTHONPATH", "")]).rstrip(os.pathsep)
    return plain | {"PYTHONPATH": path} | own


@cache
def _mark() -> str:
    """Tells one set of migrations from another, ours and those of the packages."""
    seen = hashlib.sha256(django.__version__.encode())
    for config in apps.get_app_configs():
        for path in sorted(Path(config.path).glob("migrations/*.py")):
            seen.update(f"{config.label}/{path.name}".encode() + path.read_bytes())
    return seen.hexdigest()[:16]


def _file() -> Path:
    """The file that is kept, made if it is not there."""
    KEPT.mkdir(parents=True, exist_ok=True)
    kept = KEPT / f"{_mark()}.sqlite3"
    with (KEPT / "lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)  # several processes begin at once: one makes it, the others wait
        if not kept.exists():
            for older in KEPT.glob("*.sqlite3"):
                older.unlink()
            with tempfile.TemporaryDirectory(dir=KEPT) as made:
                _migrate(NHIPCAU_DATA_DIR=made)
                (Path(made) / FILE).rename(kept)
    return kept


def _template(server: Any) -> str:
    """The name of the database that is kept, made if it is not there."""
    server.execute("SELECT pg_advisory_lock(%s)", [TURN])
    try:
        made_for = server.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [TEMPLATE]
        ).fetchone()
        if made_for != (_mark(),):
            _create(server, TEMPLATE)
            with tempfile.TemporaryDirectory() as data:
                _migrate(NHIPCAU_DATA_DIR=data, NHIPCAU_DATABASE_URL=_address(TEMPLATE))
            server.execute(f"COMMENT ON DATABASE {TEMPLATE} IS '{_mark()}'")  # last: it is whole
    finally:
        server.execute("SELECT pg_advisory_unlock(%s)", [TURN])
    return TEMPLATE


def _migrate(**own: str) -> None:
    subprocess.run([sys.executable, "-m", "nhipcau.cli.main", "migrate"], env=environment(**own), check=True)


def _create(server: Any, name: str, how: str = "") -> None:
    server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    server.execute(f'CREATE DATABASE "{name}" {how}')


def _server() -> Any:
    import psycopg

    at = connection.settings_dict
    login = {"host": at["HOST"], "port": at["PORT"], "user": at["USER"], "password": at["PASSWORD"] or None}
    return psycopg.connect(dbname="postgres", autocommit=True, **login)


def _address(name: str) -> str:
    at = connection.settings_dict
    secret = f":{at['PASSWORD']}" if at["PASSWORD"] else ""
    return f"postgres://{at['USER']}{secret}@{at['HOST']}:{at['PORT']}/{name}"
