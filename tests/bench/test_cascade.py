"""The bench of the cascade: a small nation, and the same rows as the ORM's own way."""

from __future__ import annotations

import json
import os
import subprocess
import sys


def test_the_bench_agrees_with_the_orms_own_way() -> None:
    command = [
        sys.executable,
        "-m",
        "nhipcau.cli.main",
        "bench",
        "cascade",
        "--json",
        "--units",
        "300",
        "--runs",
        "1",
    ]
    ran = subprocess.run(
        command, capture_output=True, text=True, check=True, env={**os.environ, "NHIPCAU_DATABASE_URL": ""}
    )
    found = [(case["case"], case["same_result"]) for case in json.loads(ran.stdout)["cases"]]
    assert found == [("fan_out", True), ("remind", True)]
