"""Power fails in the middle of a restatement: nothing of it is there, no number is lost, it then goes through."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.killing import begun
from tests.ops.backup.machines import machine

DONE = {"differences": [], "numbers": [1, 2], "editions": [0, 1], "open": 0}


@pytest.fixture
def instance(db: None, tmp_path: Path) -> Iterator[dict[str, str]]:
    with machine(tmp_path / "data") as env:
        yield env


def test_killed_in_sending_sealing_printing_or_keeping_leaves_nothing_behind(instance: dict[str, str]) -> None:
    stages = ("sent", "sealed", "printed", "kept", "committed")
    *died, through = begun("tests.reports.killed", *stages, "never", env=instance)
    assert [one.code for one in died] == [-signal.SIGKILL] * len(stages), through.err
    held = [one.said[0]["held"] for one in died]
    assert held[0] == held[1], "nothing of what the commune sent up is there before it is committed"
    assert held[2] == held[3] == held[4], "nothing of the restated paper is there before it is committed"
    assert {one.said[0]["editions"] for one in died} == {1}
    assert through.code == 0, through.err
    before, done = through.said
    assert before["editions"] == 2, "what died after it was committed stands"
    assert done == DONE
