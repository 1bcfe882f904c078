"""The bench of the search: a small archive, both orders, the same answers as the scan."""

from __future__ import annotations

import json
import os
import subprocess
import sys


def test_the_bench_finds_what_the_scan_finds_in_both_orders() -> None:
    command = [
        sys.executable,
        "-m",
        "nhipcau.cli.main",
        "bench",
        "search",
        "--json",
        "--documents",
        "60",
        "--runs",
        "1",
    ]
    ran = subprocess.run(
        command, capture_output=True, text=True, check=True, env={**os.environ, "NHIPCAU_DATABASE_URL": ""}
    )
    report = json.loads(ran.stdout)
    assert [(case["case"], case["same_result"]) for case in report["cases"]] == [("newest", True), ("ranked", True)]
