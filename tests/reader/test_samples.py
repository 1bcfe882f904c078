"""The reader against annotated real documents, where they are at hand (NHIPCAU_SAMPLES=DIR)."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

SAMPLES = os.environ.get("NHIPCAU_SAMPLES", "")


@pytest.mark.skipif(not SAMPLES, reason="NHIPCAU_SAMPLES does not name a folder of annotated documents")
def test_the_reader_keeps_its_figure_on_the_samples() -> None:
    command = f"{sys.executable} -m nhipcau.reader {{file}}"
    scorer = [sys.executable, str(Path(SAMPLES) / "score.py"), command, "--jobs", "2"]
    done = subprocess.run(scorer, capture_output=True, text=True, check=True, timeout=300)
    total = re.search(r"^TOTAL(?:\s+\S+){5}\s+(\S+)", done.stdout, re.MULTILINE)
    assert total is not None, done.stdout
    assert float(total[1]) >= 0.80, done.stdout
