"""The bench of the Excel forms: a few of them, read and written as the peers do."""

from __future__ import annotations

import json
import os
import subprocess
import sys


def test_the_bench_agrees_with_pandas_and_openpyxl() -> None:
    command = [sys.executable, "-m", "nhipcau.cli.main", "bench", "forms", "--json", "--files", "6", "--runs", "1"]
    ran = subprocess.run(
        command, capture_output=True, text=True, check=True, env={**os.environ, "NHIPCAU_DATABASE_URL": ""}
    )
    found = {case["case"]: case["same_result"] for case in json.loads(ran.stdout)["cases"]}
    assert found == {"import": True, "export": True, "rules": True}
