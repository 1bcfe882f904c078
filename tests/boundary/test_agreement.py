"""Verdict, rule and ground go together: the ground is the rule's own, and the rule says that verdict."""

from __future__ import annotations

from nhipcau.boundary import check, named
from nhipcau.boundary.lexicon import book
from nhipcau.boundary.verdicts import Verdict, doubts
from tests.boundary.labelled import LINES, batches, form_texts, judged, lines, ruled


def every_line() -> list[str]:
    collected = [line for verdict in LINES for line in lines(verdict)]
    examples = [line for rule in book().rules for listed in rule.examples.values() for line in listed]
    return list(dict.fromkeys([*collected, *examples, *(line for _, line in batches()), *form_texts()]))


def agrees(said: Verdict) -> bool:
    if said.verdict == "allowed":
        return said == Verdict("allowed")
    rule = named(said.rule or "")
    return rule is not None and (rule.verdict, rule.ground, rule.ground_en) == (
        said.verdict,
        said.ground,
        said.ground_en,
    )


def test_every_labelled_line_gets_the_ground_of_the_rule_that_says_its_verdict() -> None:
    assert [line for line in every_line() if not (agrees(judged(line)) and agrees(ruled(line)))] == []


def test_each_kind_of_doubt_is_met_among_the_lines() -> None:
    met = {judged(line).rule for line in every_line()}
    assert doubts().keys() - met == {"review-mixed"}  # of obligations only


def test_a_softened_refusal_still_tells_what_it_comes_near_to() -> None:
    said = check("Không giao chỉ tiêu lượt thích, lượt chia sẻ cho đơn vị và đoàn viên nữa")
    near = named("speech-quota")
    assert (said.verdict, said.rule) == ("review", "review-promise")
    assert near and near.explanation and near.explanation in (said.explanation or "")


def test_a_doubtful_line_of_grave_wording_is_refused_by_the_rule_whose_subject_it_speaks_of() -> None:
    said = check("Dán nhãn xanh, vàng, đỏ cho từng tổ theo tư tưởng")
    assert (said.verdict, said.rule) == ("refused", "views-mood")
    assert "duyệt" not in (said.ground or "")


def test_every_doubtful_rule_names_those_that_would_refuse() -> None:
    assert all((rule.strength == "review") == bool(rule.refused_by) for rule in book().rules)
    assert all(all(name in book().by_id for name in rule.refused_by) for rule in book().rules)


def test_a_rule_of_an_earlier_build_says_nothing() -> None:
    assert named("review-gone") is None
