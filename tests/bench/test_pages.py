"""The bench of the pages: every list and busy page opens at every level, however many units there are."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from nhipcau.bench.page_list import PAGES


def test_every_page_of_the_bench_opens_in_two_federations_of_different_size() -> None:
    sizes = ["--units", "160", "--periods", "1", "--indicators", "6", "--runs", "1"]
    command = [sys.executable, "-m", "nhipcau.cli.main", "bench", "pages", "--json", *sizes]
    ran = subprocess.run(
        command, capture_output=True, text=True, check=True, env={**os.environ, "NHIPCAU_DATABASE_URL": ""}
    )
    report = json.loads(ran.stdout)
    assert report["sizes"]["small"] == 80
    assert len(report["cases"]) == sum(len(page.levels) for page in PAGES)
    assert {case["queries"] > 0 and case["ours_ms"] > 0 for case in report["cases"]} == {True}
