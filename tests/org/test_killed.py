"""Power fails in the middle of a reorganisation: nothing of it is there, and the same file then goes through."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.killing import begun, own_instance


@pytest.fixture
def instance(db: None, tmp_path: Path) -> Iterator[dict[str, str]]:
    with own_instance(tmp_path / "data") as env:
        yield env


def test_killed_in_the_tree_in_the_parts_or_before_the_end_leaves_nothing_behind(instance: dict[str, str]) -> None:
    before = set()
    for stage in ("tree", "parts", "end"):
        code, said, err = begun("tests.org.killed", stage, instance)
        assert code == -signal.SIGKILL, err
        before.add(said[0]["held"])
        assert said[0]["events"] == 0
    code, said, err = begun("tests.org.killed", "never", instance)
    assert code == 0, err
    before.add(said[0]["held"])
    assert len(before) == 1, "every row is as it was before the process that died"
    assert said[1]["faults"] == []
    assert {"org", "posts", "registers", "reports", "tasks"} <= set(said[1]["work"])
