"""Power fails in the middle of a restatement: nothing of it is there, no number is lost, it then goes through."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.killing import begun, own_instance

DONE = {"differences": [], "numbers": [1, 2], "editions": [0, 1], "open": 0}


@pytest.fixture
def instance(db: None, tmp_path: Path) -> Iterator[dict[str, str]]:
    with own_instance(tmp_path / "data") as env:
        yield env


def killed(stage: str, env: dict[str, str]) -> tuple[str, int]:
    """What was held before it began, and how many editions there were; it must have died."""
    code, said, err = begun("tests.reports.killed", stage, env)
    assert code == -signal.SIGKILL, err
    return said[0]["held"], said[0]["editions"]


def test_killed_in_sending_sealing_printing_or_keeping_leaves_nothing_behind(instance: dict[str, str]) -> None:
    sent = {killed(stage, instance) for stage in ("sent", "sealed")}
    assert len(sent) == 1, "nothing of what the commune sent up is there before it is committed"
    issued = {killed(stage, instance) for stage in ("printed", "kept", "committed")}
    assert len(issued) == 1, "nothing of the restated paper is there before it is committed"
    assert {editions for _, editions in sent | issued} == {1}
    code, said, err = begun("tests.reports.killed", "never", instance)
    assert code == 0, err
    assert said[0]["editions"] == 2, "what died after it was committed stands"
    assert said[1] == DONE
