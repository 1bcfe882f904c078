"""Run the command as a user would: a process of its own, in a data directory of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.tables import environment

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Ran:
    """What came out."""

    code: int
    out: str
    err: str


IN_A_ROW = """
import contextlib, io, json, sys
from nhipcau.cli.main import main
ran = []
for call in json.load(sys.stdin):
    out, err, code = io.StringIO(), io.StringIO(), 0
    sys.argv[1:] = call
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main()
        except SystemExit as end:
            code = end.code or 0
    ran.append([code, out.getvalue(), err.getvalue()])
json.dump(ran, sys.stdout)
"""


def in_a_row(*calls: Sequence[str], data: Path) -> list[Ran]:
    """Several calls one after the other in one process, for what does not depend on a fresh one."""
    done = subprocess.run(
        [sys.executable, "-c", IN_A_ROW],
        env=environment(NHIPCAU_DATA_DIR=str(data)), cwd=data.parent, input=json.dumps(calls),
        capture_output=True, text=True, check=True, timeout=300,
    )  # fmt: skip
    ran = [Ran(*one) for one in json.loads(done.stdout)]
    assert not [one.err for one in ran if "Traceback" in one.err]
    return ran


def nhipcau(*args: str, data: Path, given: str = "") -> Ran:
    """`nhipcau ARGS` with NHIPCAU_DATA_DIR=data."""
    done = subprocess.run(
        [sys.executable, "-m", "nhipcau.cli.main", *args],
        env=environment(NHIPCAU_DATA_DIR=str(data)), cwd=data.parent, input=given,
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert "Traceback" not in done.stderr, done.stderr
    return Ran(done.returncode, done.stdout, done.stderr)
