"""Rules over many reports at once say exactly what they say of each report alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhipcau.core.numbers import INT64_MAX, INT64_MIN
from nhipcau.reports.design.compiled import Rules, exact_reads
from nhipcau.reports.design.definition import Definition, Rule
from nhipcau.reports.design.expressions import FRAMES, Expression
from nhipcau.reports.design.frames import Frame, Frames, middle
from nhipcau.reports.design.parsing import parse, read_yaml
from tests.quarterly import YAML

DEFINITION, _ = parse(read_yaml(YAML.encode()))
ENTERED = ("gifts", "gifts_upper", "money", "letters", "hours")
READS = (
    *ENTERED,
    "average",
    "previous(money)",
    "previous(average)",
    "last_year(gifts)",
    "children(hours)",
    "usual(money)",
)

figures = st.one_of(st.integers(-5, 5), st.integers(0, 10**12), st.integers(INT64_MIN, INT64_MAX))
terms = st.recursive(
    st.sampled_from([*READS, "0", "3", "2.5", "1000000", "99999999999999999999"]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
        inner.map(lambda t: f"(-{t})"),
        inner.map(lambda t: f"abs({t})"),
        st.tuples(st.sampled_from(["min", "max"]), inner, inner).map(lambda t: f"{t[0]}({t[1]}, {t[2]})"),
    ),
    max_leaves=4,
)
comparisons = st.tuples(terms, st.sampled_from(["<", "<=", ">", ">=", "==", "!="]), terms).map(" ".join)
checks = st.recursive(
    st.one_of(comparisons, terms, st.just("slip(money)")),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from([" and ", " or "]), inner).map(lambda t: f"({t[0]}{t[1]}{t[2]})"),
        inner.map(lambda t: f"(not {t})"),
    ),
    max_leaves=4,
)


def with_rules(*texts: str) -> Definition:
    rules = tuple(Rule(f"r{n}", "error", text, "…", "") for n, text in enumerate(texts))
    return replace(DEFINITION, rules=rules)


def frame(draw: Any, rows: int, parts: int = 1) -> Frame:
    known = np.array(draw(st.lists(st.lists(st.booleans(), min_size=5, max_size=5), min_size=rows, max_size=rows)))
    values = draw(st.lists(st.lists(figures, min_size=5, max_size=5), min_size=rows, max_size=rows))
    return Frame(np.where(known, np.array(values, np.int64), 0), known, parts)


@given(st.data(), st.lists(checks, min_size=1, max_size=3))
@settings(max_examples=200, deadline=None)
def test_all_at_once_is_each_alone(data: st.DataObject, texts: list[str]) -> None:
    texts = [text for text in texts if len(text) <= 500] or ["gifts > 0"]
    rows = data.draw(st.integers(1, 4))
    others = {name: frame(data.draw, rows, 2 if name == "usual" else 1) for name in [*FRAMES][:4]}
    frames = Frames(frame(data.draw, rows), others)
    definition = with_rules(*texts)
    found = Rules(definition).broken(frames)
    for row in range(rows):
        values = exact_reads(definition, frames, row)
        for place, text in enumerate(texts):
            assert found[place, row] == (Expression(text).evaluate(values) is False), (text, values)


def one(**values: int) -> Frame:
    known = np.array([[code in values for code in ENTERED]])
    return Frame(np.array([[values.get(code, 0) for code in ENTERED]], np.int64), known)


def broken(text: str, now: Frame, **others: Frame) -> bool:
    return bool(Rules(with_rules(text)).broken(Frames(now, others))[0, 0])


def test_what_was_not_loaded_is_unknown_and_breaks_nothing() -> None:
    assert not broken("gifts <= previous(gifts)", one(gifts=9))
    assert broken("gifts <= previous(gifts)", one(gifts=9), previous=one(gifts=8))


@pytest.mark.parametrize(
    ("now", "slipped"),
    [(72, True), (72_000, True), (72_000_000, False), (500_000_000, False), (72_000_000_000, True), (0, False)],
)
def test_an_amount_in_the_wrong_unit_stands_out_against_the_units_own_history(now: int, slipped: bool) -> None:
    doubled = Frame(one(money=2 * 70_000_000).values, one(money=1).known, 2)
    assert broken("not slip(money)", one(money=now), usual=doubled) == slipped


def test_figures_too_large_for_a_machine_word_are_still_exact() -> None:
    assert broken("money * money < money * money", one(money=INT64_MAX))
    assert not broken("money * money * 3 > money * money", one(money=INT64_MAX))


def test_the_middle_of_an_even_number_is_between_the_two() -> None:
    values = np.array([[[1], [9], [4], [0]]])
    known = np.array([[[True], [True], [True], [False]]])
    found = middle(values, known, least=2)
    assert (found.values.tolist(), found.parts) == ([[8]], 2)
    known[0, 3] = True
    assert middle(values, known, least=2).values.tolist() == [[5]]
    assert not middle(values, known, least=5).known.any()
