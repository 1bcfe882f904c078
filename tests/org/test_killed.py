"""Power fails in the middle of a reorganisation: nothing of it is there, and the same file then goes through."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.killing import begun
from tests.ops.backup.machines import machine


@pytest.fixture
def instance(db: None, tmp_path: Path) -> Iterator[dict[str, str]]:
    with machine(tmp_path / "data") as env:
        yield env


def test_killed_in_the_tree_in_the_parts_or_before_the_end_leaves_nothing_behind(instance: dict[str, str]) -> None:
    *died, through = begun("tests.org.killed", "tree", "parts", "end", "never", env=instance)
    assert [one.code for one in died] == [-signal.SIGKILL] * 3, through.err
    assert [one.said[0]["events"] for one in died] == [0, 0, 0]
    assert through.code == 0, through.err
    held, done = through.said
    assert {one.said[0]["held"] for one in died} == {held["held"]}, "every row is as before the process that died"
    assert done["faults"] == []
    assert {"org", "posts", "registers", "reports", "tasks"} <= set(done["work"])
