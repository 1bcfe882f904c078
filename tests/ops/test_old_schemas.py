"""Whoever comes from an earlier version keeps every row."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ops.backup.machines import PATIENCE, ROOT, machine
from tests.ops.old_schemas import RELEASED

pytestmark = pytest.mark.django_db(transaction=True)
SCRIPT = "import django; django.setup(); from tests.ops.old_schemas import main; main()"
MOST = 0.6  # of the tables take rows that know nothing of their meaning


@pytest.mark.parametrize("name", RELEASED)
def test_the_way_forward_loses_no_row(name: str, tmp_path: Path) -> None:
    with machine(tmp_path / "old", empty=True) as where:
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT, name],
            env=where, cwd=ROOT, capture_output=True, text=True, check=False, timeout=PATIENCE,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        told = json.loads(done.stdout.splitlines()[-1])
    before, after = told["before"], told["after"]
    assert {table: count for table, count in before.items() if after.get(table, 0) < count} == {}
    filled = [table for table, count in before.items() if count]
    assert len(filled) >= MOST * len(before), sorted(set(before) - set(filled))
