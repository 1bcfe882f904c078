"""Run the command as a user would: a process of its own, in a data directory of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Ran:
    """What came out."""

    code: int
    out: str
    err: str


def nhipcau(*args: str, data: Path, given: str = "") -> Ran:
    """`nhipcau ARGS` with NHIPCAU_DATA_DIR=data."""
    env = {k: v for k, v in os.environ.items() if not k.startswith(("NHIPCAU_", "DJANGO_"))}
    env |= {"NHIPCAU_DATA_DIR": str(data), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", "nhipcau.cli.main", *args],
        env=env, cwd=data.parent, input=given, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert "Traceback" not in done.stderr, done.stderr
    return Ran(done.returncode, done.stdout, done.stderr)
