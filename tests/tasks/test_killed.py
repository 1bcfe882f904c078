"""Power fails while a task goes to a whole branch: the next worker goes on where the rows and their count stand."""

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


def test_killed_in_a_batch_it_goes_on_and_gives_nobody_twice(instance: dict[str, str]) -> None:
    died, next_one = begun("tests.tasks.killed", "batch", "never", env=instance)
    assert died.code == -signal.SIGKILL, died.err
    assert died.said == [{"rows": 0, "units": 0, "given": 0, "state": "running"}]
    assert next_one.code == 0, next_one.err
    first, last = next_one.said
    assert first == {"rows": 2, "units": 2, "given": 2, "state": "running"}, "the first batch alone was kept"
    assert last == {"rows": 5, "units": 5, "given": 5, "state": "done"}
