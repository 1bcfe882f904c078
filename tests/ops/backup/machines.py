"""Machines of their own: a data directory, a database of the kind that the suite runs on, commands run in it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection

from tests.cli.running import IN_A_ROW, Ran

ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 600
_SCENE = "import django; django.setup(); from tests.ops.backup.scenes import main; main()"
Environment = dict[str, str]


@contextmanager
def machine(folder: Path) -> Iterator[Environment]:
    """The environment of an empty machine."""
    plain = {key: value for key, value in os.environ.items() if not key.startswith(("NHIPCAU_", "DJANGO_"))}
    plain |= {"NHIPCAU_DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "nhipcau.config.settings"}
    plain["PYTHONPATH"] = os.pathsep.join([str(ROOT), plain.get("PYTHONPATH", "")]).rstrip(os.pathsep)
    if connection.vendor != "postgresql":
        yield plain
        return
    import psycopg

    at, name = connection.settings_dict, f"nhipcau_{os.getpid()}_{folder.name}"
    login = {"host": at["HOST"], "port": at["PORT"], "user": at["USER"], "password": at["PASSWORD"] or None}
    with psycopg.connect(dbname="postgres", autocommit=True, **login) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{name}"')
        secret = f":{at['PASSWORD']}" if at["PASSWORD"] else ""
        try:
            yield plain | {
                "NHIPCAU_DATABASE_URL": f"postgres://{at['USER']}{secret}@{at['HOST']}:{at['PORT']}/{name}"
            }
        finally:
            server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def commands(where: Environment, *calls: Sequence[str]) -> list[Ran]:
    """Several calls of `nhipcau`, one after the other in one process."""
    done = subprocess.run(
        [sys.executable, "-c", IN_A_ROW],
        env=where, cwd=ROOT, input=json.dumps(calls), capture_output=True, text=True, check=False, timeout=PATIENCE,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    ran = [Ran(*one) for one in json.loads(done.stdout.splitlines()[-1])]
    assert not [one.err for one in ran if "Traceback" in one.err]
    return ran


def scene(where: Environment, name: str, *arguments: str) -> dict[str, Any]:
    """What a scene of `tests.ops.backup.scenes` says when it ends; its exit code if it does not."""
    done = subprocess.run(
        [sys.executable, "-c", _SCENE, name, *arguments],
        env=where, cwd=ROOT, capture_output=True, text=True, check=False, timeout=PATIENCE,
    )  # fmt: skip
    if done.returncode < 0:
        return {"killed": -done.returncode}
    assert done.returncode == 0, done.stderr
    said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return said
