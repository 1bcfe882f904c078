"""The small language of rules and formulas."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.core.errors import InvalidInput
from nhipcau.reports.design.checks import anchor
from nhipcau.reports.design.definition import Rule
from nhipcau.reports.design.expressions import Expression
from nhipcau.reports.design.parsing import parse, read_yaml
from tests.quarterly import YAML

numbers = st.integers(-(10**12), 10**12)


@given(numbers, numbers, numbers)
def test_arithmetic_is_exact(a: int, b: int, c: int) -> None:
    assert Expression("a * b - c").evaluate({"a": a, "b": b, "c": c}) == a * b - c
    expected = None if c == 0 else Fraction(a, c)
    assert Expression("a / c").evaluate({"a": a, "c": c}) == expected


@given(numbers, numbers)
def test_comparisons_chain_as_in_writing(a: int, b: int) -> None:
    assert Expression("0 <= a < b").evaluate({"a": a, "b": b}) is (0 <= a < b)


def test_what_is_missing_makes_the_answer_unknown_unless_it_is_decided_anyway() -> None:
    values = {"a": 1, "b": None}
    assert Expression("a < b").evaluate(values) is None
    assert Expression("a > 5 and b > 0").evaluate(values) is False
    assert Expression("a > 0 or b > 0").evaluate(values) is True
    assert Expression("a > 0 and b > 0").evaluate(values) is None
    assert Expression("not a > 0").evaluate(values) is False


def test_decimals_are_decimal() -> None:
    assert Expression("a * 0.1 == 0.3").evaluate({"a": 3}) is True


@pytest.mark.parametrize(
    "text",
    ["a.b", "f(a)", "[a]", "'x'", "a ** 9", "lambda: 0", "a if b else c", "True", "a; b", "", "a" * 600, "(" * 300],
)
def test_anything_else_is_not_part_of_the_language(text: str) -> None:
    with pytest.raises(InvalidInput):
        _ = Expression(text).tree


def test_a_rule_speaks_at_the_figure_it_names_first_and_never_at_a_function() -> None:
    yaml = YAML.replace("{code: hours,", "{code: usual,").replace("{code: letters,", "{code: gift,")
    definition, _ = parse(read_yaml(yaml.encode()))

    def at(check: str) -> str:
        return anchor(Rule("r", "error", check, "…", ""), definition)

    assert at("not slip(money)") == "money"
    assert at("usual(gifts) * 5 >= gift") == "gifts"
    assert at("5 * gift >= usual") == "gift"
