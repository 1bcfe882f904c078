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

from tests import tables
from tests.cli.running import IN_A_ROW, Ran

ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 600
_SCENE = "import django; django.setup(); from tests.ops.backup.scenes import main; main()"
Environment = dict[str, str]


@contextmanager
def machine(folder: Path, *, empty: bool = False) -> Iterator[Environment]:
    """The environment of a new machine, its tables made unless it is to be `empty`."""
    where = tables.environment(NHIPCAU_DATA_DIR=str(folder), DJANGO_SETTINGS_MODULE="nhipcau.config.settings")
    if connection.vendor == "postgresql":
        with tables.database(f"nhipcau_{os.getpid()}_{folder.name}", empty=empty) as url:
            yield where | {"NHIPCAU_DATABASE_URL": url}
        return
    if not empty:
        tables.lay(folder)
    yield where


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
