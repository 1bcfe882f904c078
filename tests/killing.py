"""Processes that are killed (-9) in the middle of something, and what the database holds before and after.

A script beside its test sets the scene, prints what is held, and dies at the stage it is called with.
"""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
NAME = f"nhipcau_killed_{os.getpid()}"
APPS = ("org", "tasks", "documents", "reports", "audit", "outbox")


def die(*args: Any, **kwargs: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def after(real: Callable[..., Any], *, times: int = 1) -> Callable[..., Any]:
    """Let it do its work, then die: the rows are written, the transaction is open. `times`: at which call."""
    left = [times]

    def run(*args: Any, **kwargs: Any) -> Any:
        done = real(*args, **kwargs)
        left[0] -= 1
        if not left[0]:
            die()
        return done

    return run


def held() -> str:
    """A digest of every row of every table that is written to."""
    from django.apps import apps
    from django.db.models import Model

    found: dict[str, list[str]] = {}
    for model in apps.get_models():
        if model._meta.app_label in APPS:
            manager: type[Model] = model
            found[model._meta.label] = sorted(str(row) for row in manager._default_manager.values_list())
    return hashlib.sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()


@contextmanager
def own_instance(data: Path) -> Iterator[dict[str, str]]:
    """The environment of a fresh instance on the kind of database that the suite runs on."""
    place = {"NHIPCAU_DATA_DIR": str(data), "PYTHONPATH": str(ROOT)}
    plain = {key: value for key, value in os.environ.items() if not key.startswith(("NHIPCAU_", "DJANGO_"))}
    if connection.vendor != "postgresql":
        yield plain | place
        return
    import psycopg

    at = connection.settings_dict
    login = {"host": at["HOST"], "port": at["PORT"], "user": at["USER"], "password": at["PASSWORD"] or None}
    with psycopg.connect(dbname="postgres", autocommit=True, **login) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{NAME}"')
        server.execute(f'CREATE DATABASE "{NAME}"')
        secret = f":{at['PASSWORD']}" if at["PASSWORD"] else ""
        url = f"postgres://{at['USER']}{secret}@{at['HOST']}:{at['PORT']}/{NAME}"
        yield plain | place | {"NHIPCAU_DATABASE_URL": url}
        server.execute(f'DROP DATABASE IF EXISTS "{NAME}" WITH (FORCE)')


def begun(module: str, stage: str, env: dict[str, str]) -> tuple[int, list[dict[str, Any]], str]:
    """Exit code, what the script printed, its error output."""
    ran = subprocess.run(
        [sys.executable, "-m", module, stage],
        env=env, cwd=ROOT, capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip
    return ran.returncode, [json.loads(line) for line in ran.stdout.splitlines()], ran.stderr
