"""The rules as data: every rule says why, and its examples are tried."""

from __future__ import annotations

import re

import pytest

from nhipcau.boundary import check
from nhipcau.boundary.lexicon import Rule, book, compile_phrase
from tests.boundary.labelled import lines

EXAMPLES = [
    pytest.param(verdict, line, id=f"{rule.id}-{verdict}-{number}")
    for rule in book().rules
    for verdict, lines in rule.examples.items()
    for number, line in enumerate(lines)
]
RULES = [pytest.param(rule, id=rule.id) for rule in book().rules]


@pytest.mark.parametrize(("verdict", "line"), EXAMPLES)
def test_an_example_of_a_rule_gets_its_verdict(verdict: str, line: str) -> None:
    assert check(line).verdict == verdict


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_has_eight_examples_each_way(rule: Rule) -> None:
    assert len(rule.examples[rule.strength]) >= 8
    assert len(rule.examples["allowed"]) >= 8


@pytest.mark.parametrize("rule", RULES)
def test_half_the_examples_are_caught_by_the_rule_they_stand_under(rule: Rule) -> None:
    caught = [check(line).rule == rule.id for line in rule.examples[rule.strength]]
    assert sum(caught) >= len(caught) / 2


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_explains_itself_in_both_languages(rule: Rule) -> None:
    assert all((rule.ground, rule.ground_en, rule.explanation, rule.explanation_en))
    assert re.search("[ạảấầậắẵếềệịọộơợụứựăâđêôư]", rule.explanation)


def test_every_refused_purpose_has_rules_and_ids_are_unique() -> None:
    purposes = {rule.purpose for rule in book().rules}
    assert purposes == {"views", "action", "speech", "tracing", "person", "review"}
    assert len({rule.id for rule in book().rules}) == len(book().rules)


def test_a_phrase_with_an_unknown_sign_is_refused_on_loading() -> None:
    with pytest.raises(ValueError, match="means nothing"):
        compile_phrase("danh sách < tên", {})


@pytest.mark.parametrize(("verdict", "least"), [("allowed", 150), ("refused", 100), ("review", 30)])
def test_the_collected_lines_all_get_their_verdict(verdict: str, least: int) -> None:
    collected = lines(verdict)
    assert len(collected) >= least
    assert [line for line in collected if check(line).verdict != verdict] == []
