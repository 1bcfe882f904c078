"""What the boundary says: a verdict with its rule and ground, or the scope of an obligation.

A rule's name always goes with its own ground, and its strength is the verdict said. What no pattern finds (wording,
a promise, a pointer, mixed purposes) has names of its own in `rules/doubts.yaml`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Literal

from nhipcau.boundary.lexicon import Rule, book
from nhipcau.boundary.words import load_yaml


@dataclass(frozen=True)
class Verdict:
    """What the boundary says of a text; everything but `verdict` is None when it is allowed."""

    verdict: Literal["allowed", "refused", "review"]
    rule: str | None = None
    ground: str | None = None
    explanation: str | None = None
    ground_en: str | None = None
    explanation_en: str | None = None


@dataclass(frozen=True)
class Scope:
    """Whether an obligation may become a task: `in`, `outside`, or `review` (doubtful or mixed)."""

    scope: Literal["in", "outside", "review"]
    rule: str | None = None


ALLOWED = Verdict("allowed")
IN = Scope("in")


def said_by(rule: Rule) -> Verdict:
    """What a rule says where it stands."""
    return Verdict(rule.strength, rule.id, rule.ground, rule.explanation, rule.ground_en, rule.explanation_en)


def doubt(name: str, *, near: Verdict | None = None) -> Verdict:
    """What is said by that name where no rule speaks (KeyError if there is none), told with what the rule it comes
    near to says."""
    plain = doubts()[name]
    if near is None:
        return plain
    return replace(
        plain,
        explanation=f"{plain.explanation} {near.explanation}",
        explanation_en=f"{plain.explanation_en} {near.explanation_en}",
    )


@cache
def doubts() -> Mapping[str, Verdict]:
    """By name what no pattern finds."""
    sheet = load_yaml((files("nhipcau.boundary") / "rules" / "doubts.yaml").read_text(encoding="utf-8"))
    return {
        name: Verdict(
            entry.get("verdict", "review"),
            name,
            entry["ground"]["vi"],
            entry["explanation"]["vi"],
            entry["ground"]["en"],
            entry["explanation"]["en"],
        )
        for name, entry in sheet.items()
    }


def named(name: str) -> Verdict | None:
    """What the rule or doubt of that name says; None for one that an earlier build knew."""
    rule = book().by_id.get(name)
    return said_by(rule) if rule else doubts().get(name)
