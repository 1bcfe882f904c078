"""Power fails while a task goes to a whole branch: the next worker goes on where the rows and their count stand."""

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


def test_killed_in_a_batch_it_goes_on_and_gives_nobody_twice(instance: dict[str, str]) -> None:
    code, said, err = begun("tests.tasks.killed", "batch", instance)
    assert code == -signal.SIGKILL, err
    assert said == [{"rows": 0, "units": 0, "given": 0, "state": "running"}]
    code, said, err = begun("tests.tasks.killed", "never", instance)
    assert code == 0, err
    assert said[0] == {"rows": 2, "units": 2, "given": 2, "state": "running"}, "the first batch alone was kept"
    assert said[1] == {"rows": 5, "units": 5, "given": 5, "state": "done"}
