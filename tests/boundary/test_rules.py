"""The rules as data: every rule says why, and its examples are tried."""

from __future__ import annotations

import re

import pytest

from nhipcau.boundary.lexicon import Rule, book, compile_phrase
from tests.boundary.labelled import judged, lines

RULES = book().rules


def test_every_example_of_a_rule_gets_its_verdict() -> None:
    examples = [
        (rule.id, verdict, line) for rule in RULES for verdict, listed in rule.examples.items() for line in listed
    ]
    assert [example for example in examples if judged(example[2]).verdict != example[1]] == []


def test_every_rule_has_eight_examples_each_way() -> None:
    few = [rule.id for rule in RULES if min(map(len, (rule.examples[rule.strength], rule.examples["allowed"]))) < 8]
    assert few == []


def test_half_the_examples_are_caught_by_the_rule_they_stand_under() -> None:
    def caught(rule: Rule) -> float:
        listed = rule.examples[rule.strength]
        return sum(judged(line).rule == rule.id for line in listed) / len(listed)

    assert {rule.id: share for rule in RULES if (share := caught(rule)) < 0.5} == {}


def test_every_rule_explains_itself_in_both_languages() -> None:
    def explained(rule: Rule) -> bool:
        said = all((rule.ground, rule.ground_en, rule.explanation, rule.explanation_en))
        return said and bool(re.search("[ạảấầậắẵếềệịọộơợụứựăâđêôư]", rule.explanation))

    assert [rule.id for rule in RULES if not explained(rule)] == []


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
    assert [line for line in collected if judged(line).verdict != verdict] == []
