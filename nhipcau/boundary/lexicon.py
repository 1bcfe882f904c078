"""Rules and concepts read from `rules/*.yaml` and compiled once.

Phrase language: words as written · `(a|b)` either · `[a]` may be missing · `..` up to three words between ·
`...` up to six · `*` any ending · `{name}` the phrases of another concept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, Literal

import yaml

from nhipcau.boundary.automaton import Automaton
from nhipcau.boundary.words import lenient

Purpose = Literal["views", "action", "speech", "tracing", "person", "review"]
Strength = Literal["refused", "review"]

GAP = r"(?:\S+ ){{0,{}}}"
OPTIONAL_END = " ?)?"
_PIECE = re.compile(r"\{(\w+)\}|(\.\.\.)|(\.\.)|(\[)|(\])|(\s+)|([(|)*])|([^\W_]+(?:['’]\w+)?)|(.)")


PERSON_NAME = "person_name"  # found by `names.person_names`, not by phrases


@dataclass(frozen=True)
class Concept:
    """Phrases that mean one thing; a match lying inside one of the `never` phrases does not count."""

    phrases: Iterable[str]
    except_in: Iterable[str]
    named: Mapping[str, Iterable[str]]  # the phrases of every concept, which others name in braces

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The phrases, compiled when first needed: few of the concepts stand in any one text."""
        return _pattern(self.phrases, self.named)

    @cached_property
    def never(self) -> re.Pattern[str] | None:
        return _pattern(self.except_in, self.named) if self.except_in else None


@dataclass(frozen=True)
class Pattern:
    """Concepts that must all stand within `within` words of a text of `at_most` words.

    A concept of `unless` in the same clause lifts the match, one of `unless_sentence` anywhere in the sentence;
    one of `led_by` does so only if the clause reaches the match through it ("tuyên truyền trên Facebook", not
    "theo dõi ... sau khi tuyên truyền").
    """

    all_of: tuple[tuple[str, ...], ...]
    within: int
    unless: tuple[str, ...]
    unless_sentence: tuple[str, ...]
    led_by: tuple[str, ...]
    at_most: int | None


@dataclass(frozen=True)
class Rule:
    """One rule as data; `examples` maps a verdict to lines that must get it."""

    id: str
    purpose: Purpose
    strength: Strength
    patterns: tuple[Pattern, ...]
    negatable: bool
    ground: str
    ground_en: str
    explanation: str
    explanation_en: str
    examples: Mapping[str, tuple[str, ...]]


Need = tuple[Rule, Pattern, tuple[int, ...]]  # a pattern, its rule, and the indexes of its groups in the book


@dataclass(frozen=True)
class Book:
    """Everything the rules say."""

    concepts: Mapping[str, Concept]
    rules: tuple[Rule, ...]
    automaton: Automaton

    @cached_property
    def groups(self) -> tuple[tuple[str, ...], ...]:
        """Every set of concepts of which a pattern needs one, once."""
        needed = (group for rule in self.rules for pattern in rule.patterns for group in pattern.all_of)
        return tuple(dict.fromkeys(needed))

    @cached_property
    def groups_of(self) -> Mapping[str, tuple[int, ...]]:
        """For each concept the indexes of the groups that it is in."""
        found: dict[str, list[int]] = {}
        for number, group in enumerate(self.groups):
            for name in group:
                found.setdefault(name, []).append(number)
        return {name: tuple(numbers) for name, numbers in found.items()}

    @cached_property
    def needs(self) -> tuple[Need, ...]:
        """Every pattern with its rule and the indexes of its groups."""
        index = {group: number for number, group in enumerate(self.groups)}
        return tuple(
            (rule, pattern, tuple(index[group] for group in pattern.all_of))
            for rule in self.rules
            for pattern in rule.patterns
        )

    def rule(self, rule_id: str) -> Rule:
        """The rule of that id (KeyError if there is none)."""
        return {rule.id: rule for rule in self.rules}[rule_id]


def compile_phrase(phrase: str, concepts: Mapping[str, Iterable[str]]) -> str:
    """The regular expression of one phrase, to be matched on `Words.row`."""
    out: list[str] = []
    for found in _PIECE.finditer(phrase):
        name, six, three, opens, closes, space, operator, word, other = found.groups()
        if name:
            out.append(_alternatives(concepts[name], concepts))
        elif six or three:
            out.append(GAP.format(6 if six else 3))
        elif opens:
            out.append("(?:")
        elif closes:
            out.append(OPTIONAL_END)
        elif operator:
            out.append({"(": "(?:", "*": r"\S*"}.get(operator, operator))
        elif word:
            out.append(lenient(word.lower()))
        elif other:
            raise ValueError(f"phrase {phrase!r}: {other!r} means nothing here")
        elif space:
            out.append("" if out[-1].endswith((" ){0,3}", " ){0,6}", OPTIONAL_END)) else " ?")
    expression = "".join(out)
    return re.sub(r" \?(?=\(\?:\\S\+ )", " ", expression)  # before a gap the space must be there


def _alternatives(phrases: Iterable[str], concepts: Mapping[str, Iterable[str]]) -> str:
    longest_first = sorted(phrases, key=len, reverse=True)
    return "(?:" + "|".join(compile_phrase(phrase, concepts) for phrase in longest_first) + ")"


def _pattern(phrases: Iterable[str], concepts: Mapping[str, Iterable[str]]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\S){_alternatives(phrases, concepts)}(?!\S)")


def _documents() -> dict[str, Any]:
    """The numbered sheets; words and points stand in sheets of their own."""
    folder = files("nhipcau.boundary") / "rules"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name[0].isdigit())
    return {name: yaml.safe_load((folder / name).read_text(encoding="utf-8")) for name in names}


def _rule(entry: Mapping[str, Any], sheet: Mapping[str, Any]) -> Rule:
    patterns = tuple(
        Pattern(
            all_of=tuple(tuple(item.split("|")) for item in when["all"]),
            within=when.get("within", 14),
            unless=tuple(entry.get("unless", ())) + tuple(when.get("unless", ())),
            unless_sentence=tuple(entry.get("unless_sentence", ())) + tuple(when.get("unless_sentence", ())),
            led_by=tuple(entry.get("led_by", ())) + tuple(when.get("led_by", ())),
            at_most=when.get("at_most"),
        )
        for when in entry["when"]
    )
    ground = entry.get("ground", sheet.get("ground"))
    return Rule(
        id=entry["id"],
        purpose=sheet["purpose"],
        strength="review" if sheet["purpose"] == "review" else "refused",
        patterns=patterns,
        negatable=entry.get("negatable", True),
        ground=ground["vi"],
        ground_en=ground["en"],
        explanation=entry["explanation"]["vi"],
        explanation_en=entry["explanation"]["en"],
        examples={verdict: tuple(lines) for verdict, lines in entry["examples"].items()},
    )


@cache
def book() -> Book:
    """The compiled rules: read once per process, checked on reading (KeyError, ValueError)."""
    phrases: dict[str, list[str]] = {}
    never: dict[str, list[str]] = {}
    rules: list[Rule] = []
    for sheet in _documents().values():
        for name, entry in sheet.get("concepts", {}).items():
            phrases[name] = entry if isinstance(entry, list) else entry["phrases"]
            never[name] = [] if isinstance(entry, list) else entry.get("never", [])
        rules.extend(_rule(entry, sheet) for entry in sheet.get("rules", ()))
    concepts = {name: Concept(listed, never[name], phrases) for name, listed in phrases.items()}
    unknown = {
        name
        for rule in rules
        for pattern in rule.patterns
        for name in (
            *pattern.unless,
            *pattern.unless_sentence,
            *pattern.led_by,
            *(n for group in pattern.all_of for n in group),
        )
        if name not in concepts and name != PERSON_NAME
    }
    if unknown:
        raise KeyError(f"rules name unknown concepts: {sorted(unknown)}")
    # "name!" are the phrases inside which the concept does not count.
    lists = phrases | {f"{name}!": listed for name, listed in never.items() if listed}
    return Book(concepts, tuple(rules), Automaton(lists, phrases))
