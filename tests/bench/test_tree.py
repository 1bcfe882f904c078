"""The bench of the tree: a small nation, three cases, the same answers as the other designs."""

from __future__ import annotations

import json
import os
import subprocess
import sys


def test_the_bench_agrees_with_recursion_and_with_paths() -> None:
    command = [sys.executable, "-m", "nhipcau.cli.main", "bench", "tree", "--json", "--units", "600", "--runs", "1"]
    ran = subprocess.run(
        command, capture_output=True, text=True, check=True, env={**os.environ, "NHIPCAU_DATABASE_URL": ""}
    )
    report = json.loads(ran.stdout)
    found = [(case["case"], case["same_result"]) for case in report["cases"]]
    assert found == [("subtree", True), ("ancestors", True), ("way_up", True), ("merge", True)]
