"""The batches: lines written to be hard, first measured unseen, then learnt from. They hold what was learnt."""

from __future__ import annotations

from collections import Counter

import pytest

from nhipcau.boundary import check
from tests.boundary.labelled import KEPT_ASIDE, batch, batches

Said = dict[str, Counter[str]]


def said_of(lines: list[tuple[str, str]]) -> Said:
    return {
        wanted: Counter(check(line).verdict for verdict, line in lines if verdict == wanted)
        for wanted in ("allowed", "refused", "review")
    }


SAID = said_of(batches(without=KEPT_ASIDE))
LEARNT = set(batches(without=KEPT_ASIDE))  # a few everyday lines were written twice
ASIDE = {name: said_of([line for line in batch(name) if line not in LEARNT]) for name in sorted(KEPT_ASIDE)}


def share(wanted: str, verdict: str, said: Said = SAID) -> float:
    return said[wanted][verdict] / said[wanted].total()


def test_there_are_enough_lines_of_each_kind() -> None:
    assert {wanted: said.total() >= 60 for wanted, said in SAID.items()} == dict.fromkeys(SAID, True)


@pytest.mark.parametrize(
    ("wanted", "said", "most"),
    [
        ("refused", "allowed", 0.01),
        ("refused", "review", 0.05),
        ("allowed", "refused", 0.005),
        ("allowed", "review", 0.03),
        ("review", "allowed", 0.02),
        ("review", "refused", 0.06),
    ],
)
def test_hardly_a_line_gets_another_verdict(wanted: str, said: str, most: float) -> None:
    assert share(wanted, said) <= most


@pytest.mark.parametrize("name", ASIDE)
@pytest.mark.parametrize(
    ("wanted", "said", "most"),
    [
        ("refused", "allowed", 0.03),
        ("refused", "review", 0.10),
        ("allowed", "refused", 0.02),
        ("allowed", "review", 0.09),
        ("review", "allowed", 0.10),
    ],
)
def test_lines_that_the_fit_leaves_out_are_judged_nearly_as_well(
    wanted: str, said: str, most: float, name: str
) -> None:
    assert share(wanted, said, ASIDE[name]) <= most
