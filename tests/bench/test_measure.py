"""The benches: what they print is measured and compared, never asserted."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import partial
from pathlib import Path
from time import sleep

import pytest

from nhipcau.bench.letters import letters
from nhipcau.bench.measure import STEADY_MS, Case, Options, measure, p95, peak_mb, timed
from nhipcau.reader import read_text
from tests.cli.running import nhipcau


def test_a_case_compares_the_answers_of_the_two_sides() -> None:
    def case(peer: int) -> Case:
        return Case("one", lambda: 1, "a peer", lambda: peer, "nothing", lambda: None)

    assert measure(case(1), Options(runs=1))["same_result"] is True
    assert measure(case(2), Options(runs=1))["same_result"] is False


def test_the_slower_peer_has_the_larger_ratio() -> None:
    slow = Case("sum", lambda: sum(range(10)), "longer", lambda: sum(range(200_000)), "nothing", lambda: None)

    assert measure(slow, Options(runs=3))["peer_over_ours"] > 1


def test_a_short_side_is_timed_over_many_runs() -> None:
    seen: list[int] = []

    once = timed(partial(seen.append, 0))

    assert len(seen) > 100
    assert once * len(seen) >= STEADY_MS


def test_a_side_that_uses_up_what_it_works_on_is_run_once() -> None:
    seen: list[int] = []

    timed(partial(seen.append, 0), once=True)

    assert seen == [0]


def test_a_long_side_is_timed_once() -> None:
    seen: list[float] = []

    def slow() -> None:
        seen.append(STEADY_MS)
        sleep(STEADY_MS / 1000)

    timed(slow)

    assert len(seen) == 1


@pytest.mark.parametrize(("times", "expected"), [([5.0], 5.0), ([float(n) for n in range(1, 101)], 95.0)])
def test_p95_is_the_nearest_rank(times: list[float], expected: float) -> None:
    assert p95(times) == expected


def test_the_letters_are_the_same_each_time_and_can_be_read() -> None:
    first, second = letters(3), letters(3)

    assert first == second
    assert [read_text(text).number.value for text in first] == ["1/LĐLĐ-CSPL", "2/LĐLĐ-CSPL", "3/LĐLĐ-CSPL"]
    assert all(read_text(text).deadlines for text in first)


def test_bench_read_prints_one_json_document(tmp_path: Path) -> None:
    small = ("--runs", "1", "--files", "3", "--pages", "1")
    ran = nhipcau("bench", "read", "--json", *small, data=tmp_path / "data")

    assert ran.code == 0, ran.err
    report = json.loads(ran.out)
    assert (report["name"], report["sizes"]["files"]) == ("read", 3)
    assert {case["case"] for case in report["cases"]} >= {"letters", "linear"}
    assert all(case["same_result"] for case in report["cases"])


def test_an_unknown_bench_is_wrong_usage(tmp_path: Path) -> None:
    assert nhipcau("bench", "weather", data=tmp_path / "data").code == 2


def test_the_peak_is_what_this_process_held_and_not_its_parent() -> None:
    held = bytearray(200_000_000)
    ours = peak_mb()
    child = subprocess.run(
        [sys.executable, "-c", "from nhipcau.bench.measure import peak_mb; print(peak_mb())"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert len(held) // 2**20 < ours
    assert int(child.stdout) < 150
