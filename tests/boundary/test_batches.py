"""The batches: lines written to be hard, first measured unseen, then learnt from. They hold what was learnt."""

from __future__ import annotations

from collections import Counter

import pytest

from nhipcau.boundary import check
from tests.boundary.labelled import batches

SAID: dict[str, Counter[str]] = {
    wanted: Counter(check(line).verdict for verdict, line in batches() if verdict == wanted)
    for wanted in ("allowed", "refused", "review")
}


def share(wanted: str, said: str) -> float:
    return SAID[wanted][said] / SAID[wanted].total()


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
