"""The batches: lines written to be hard, first measured unseen, then learnt from. They hold what was learnt."""

from __future__ import annotations

from collections import Counter

import pytest

from nhipcau.boundary import check
from tests.boundary.labelled import KEPT_ASIDE, batch, batches, shipped_texts

Said = dict[str, Counter[str]]


def said_of(lines: list[tuple[str, str]]) -> Said:
    return {
        wanted: Counter(check(line).verdict for verdict, line in lines if verdict == wanted)
        for wanted in ("allowed", "refused", "review")
    }


SAID = said_of(batches(without=KEPT_ASIDE))
LEARNT = set(batches(without=KEPT_ASIDE))  # a few everyday lines were written twice
ASIDE = said_of([line for name in sorted(KEPT_ASIDE) for line in batch(name) if line not in LEARNT])


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
        ("allowed", "review", 0.04),
        ("review", "allowed", 0.02),
        ("review", "refused", 0.06),
    ],
)
def test_hardly_a_line_gets_another_verdict(wanted: str, said: str, most: float) -> None:
    assert share(wanted, said) <= most


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
    assert share(wanted, said, ASIDE) <= most


def test_what_the_product_itself_says_reads_like_ordinary_work() -> None:
    verdicts = Counter(check(text).verdict for text in shipped_texts())
    assert verdicts["refused"] <= 0.01 * verdicts.total()
    assert verdicts["review"] <= 0.03 * verdicts.total()
