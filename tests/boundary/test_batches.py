"""The batches: lines written to be hard, first measured unseen, then learnt from. They hold what was learnt."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from tests.boundary.labelled import KEPT_ASIDE, batch, batches, judged, shipped_texts

Said = dict[str, Counter[str]]


def said_of(lines: list[tuple[str, str]]) -> Said:
    return {
        wanted: Counter(judged(line).verdict for verdict, line in lines if verdict == wanted)
        for wanted in ("allowed", "refused", "review")
    }


@cache  # only when a test asks: every process of a run imports this file
def learnt() -> Said:
    return said_of(batches(without=KEPT_ASIDE))


@cache
def aside() -> Said:
    known = set(batches(without=KEPT_ASIDE))  # a few everyday lines were written twice
    return said_of([line for name in sorted(KEPT_ASIDE) for line in batch(name) if line not in known])


def share(wanted: str, verdict: str, said: Said) -> float:
    return said[wanted][verdict] / said[wanted].total()


def test_there_are_enough_lines_of_each_kind() -> None:
    assert [wanted for wanted, said in learnt().items() if said.total() < 60] == []


@pytest.mark.parametrize(
    ("wanted", "said", "most"),
    [
        ("refused", "allowed", 0.01),
        ("refused", "review", 0.05),
        ("allowed", "refused", 0.005),
        ("allowed", "review", 0.04),
        ("review", "allowed", 0.02),
        ("review", "refused", 0.06),
    ],
)
def test_hardly_a_line_gets_another_verdict(wanted: str, said: str, most: float) -> None:
    assert share(wanted, said, learnt()) <= most


@pytest.mark.parametrize(
    ("wanted", "said", "most"),
    [
        ("refused", "allowed", 0.05),
        ("refused", "review", 0.20),
        ("allowed", "refused", 0.02),
        ("allowed", "review", 0.08),
        ("review", "allowed", 0.15),
    ],
)
def test_lines_that_nobody_learnt_from_are_judged_nearly_as_well(wanted: str, said: str, most: float) -> None:
    assert share(wanted, said, aside()) <= most


def test_what_the_product_itself_says_reads_like_ordinary_work() -> None:
    verdicts = Counter(judged(text).verdict for text in shipped_texts())
    assert verdicts["refused"] <= 0.01 * verdicts.total()
    assert verdicts["review"] <= 0.03 * verdicts.total()
