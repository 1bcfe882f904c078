"""Power fails in the middle of a reorganisation: nothing of it is there, and the same file then goes through."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent.parent
NAME = f"nhipcau_killed_{os.getpid()}"


@pytest.fixture
def instance(db: None, tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a fresh instance on the kind of database that the suite runs on."""
    place = {"NHIPCAU_DATA_DIR": str(tmp_path / "data"), "PYTHONPATH": str(ROOT)}
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


def begun(stage: str, env: dict[str, str]) -> tuple[int, list[dict[str, object]], str]:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.org.killed", stage],
        env=env, cwd=ROOT, capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip
    return ran.returncode, [json.loads(line) for line in ran.stdout.splitlines()], ran.stderr


def test_killed_in_the_tree_in_the_parts_or_before_the_end_leaves_nothing_behind(instance: dict[str, str]) -> None:
    before = set()
    for stage in ("tree", "parts", "end"):
        code, said, err = begun(stage, instance)
        assert code == -signal.SIGKILL, err
        before.add(said[0]["held"])
        assert said[0]["events"] == 0
    code, said, err = begun("never", instance)
    assert code == 0, err
    before.add(said[0]["held"])
    assert len(before) == 1, "every row is as it was before the process that died"
    assert said[1] == {"faults": [], "work": ["org", "posts", "registers", "reports", "tasks"]}
