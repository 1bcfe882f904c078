"""The benches: what they print is measured and compared, never asserted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nhipcau.bench.letters import letters
from nhipcau.bench.measure import Case, Options, measure, p95
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
