"""Rules and concepts read from `rules/*.yaml` and compiled once.

Phrase language: words as written · `(a|b)` either · `[a]` may be missing · `..` up to three words between ·
`...` up to six · `*` any ending · `{name}` the phrases of another concept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, reduce
from importlib.resources import files
from operator import or_
from typing import Any, Literal

from nhipcau.boundary.automaton import Automaton
from nhipcau.boundary.words import lenient, load_yaml

Purpose = Literal["views", "action", "speech", "tracing", "person", "review"]
Strength = Literal["refused", "review"]

GAP = r"(?:\S+ ){{0,{}}}"
OPTIONAL_END = " ?)?"
_PIECE = re.compile(r"\{(\w+)\}|(\.\.\.)|(\.\.)|(\[)|(\])|(\s+)|([(|)*])|([^\W_]+(?:['’]\w+)?)|(.)")


PERSON_NAME = "person_name"  # found by `names.person_names`, not by phrases


@dataclass(frozen=True, eq=False)
class Phrase:
    """One phrase of a list: the name of a concept, or "name!" for the phrases inside which it does not count."""

    list_of: str
    rank: int  # its place in the list, the longest phrase first: where several match, the first one counts
    text: str
    named: Mapping[str, Iterable[str]]  # the phrases of every concept, which others name in braces

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Compiled when first needed: few of the phrases stand in any one text."""
        return re.compile(rf"(?<!\S)(?:{compile_phrase(self.text, self.named)})(?!\S)")


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

    @property
    def named(self) -> tuple[str, ...]:
        """Every concept it speaks of."""
        sought = (name for group in self.all_of for name in group)
        return (*sought, *self.unless, *self.unless_sentence, *self.led_by)


@dataclass(frozen=True)
class Rule:
    """One rule as data; `examples` maps a verdict to lines that must get it.

    `subjects` are the concepts it is about: what the second look must find before it may call a line refused.
    `refused_by` are, for a doubtful one, the rules by which its line is refused if the wording bears that out.
    """

    id: str
    purpose: Purpose
    strength: Strength
    patterns: tuple[Pattern, ...]
    subjects: tuple[str, ...]
    refused_by: tuple[str, ...]
    negatable: bool
    ground: str
    ground_en: str
    explanation: str
    explanation_en: str
    examples: Mapping[str, tuple[str, ...]]


Need = tuple[Rule, Pattern, int]  # a pattern, its rule, and a bit for each of its groups


@dataclass(frozen=True)
class Book:
    """Everything the rules say."""

    lists: Mapping[str, tuple[Phrase, ...]]  # of every concept, and of what it is not ("name!")
    rules: tuple[Rule, ...]
    automaton: Automaton[Phrase]
    verbs: frozenset[str]  # the concepts that say only what is done, not to whom or what
    identifiers: frozenset[str]  # those that make a record one about somebody
    looking: frozenset[str]  # those that look at or for somebody

    @cached_property
    def _groups(self) -> Mapping[tuple[str, ...], int]:
        """A bit for every set of concepts of which a pattern needs one."""
        needed = dict.fromkeys(
            group for rule in self.rules for pattern in rule.patterns for group in pattern.all_of
        )
        return {group: 1 << number for number, group in enumerate(needed)}

    @cached_property
    def groups_of(self) -> Mapping[str, int]:
        """For each concept the bits of the groups that it is in."""
        found: dict[str, int] = {}
        for group, bit in self._groups.items():
            for name in group:
                found[name] = found.get(name, 0) | bit
        return found

    @cached_property
    def needs(self) -> tuple[Need, ...]:
        """Every pattern with its rule and the bits of its groups."""
        return tuple(
            (rule, pattern, reduce(or_, (self._groups[group] for group in pattern.all_of)))
            for rule in self.rules
            for pattern in rule.patterns
        )

    @cached_property
    def by_id(self) -> Mapping[str, Rule]:
        """The rules by their ids."""
        return {rule.id: rule for rule in self.rules}


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
    return "(?:" + "|".join(compile_phrase(phrase, concepts) for phrase in _longest_first(phrases)) + ")"


def _longest_first(phrases: Iterable[str]) -> list[str]:
    return sorted(phrases, key=len, reverse=True)


def _documents() -> dict[str, Any]:
    """The numbered sheets; words and points stand in sheets of their own."""
    folder = files("nhipcau.boundary") / "rules"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name[0].isdigit())
    return {name: load_yaml((folder / name).read_text(encoding="utf-8")) for name in names}


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
        subjects=tuple(entry.get("subjects", ())),
        refused_by=tuple(entry.get("refused_by", ())),
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
    kinds: dict[str, set[str]] = {"verbs": set(), "identifiers": set(), "looking": set()}
    for sheet in _documents().values():
        for name, entry in sheet.get("concepts", {}).items():
            phrases[name] = entry if isinstance(entry, list) else entry["phrases"]
            never[name] = [] if isinstance(entry, list) else entry.get("never", [])
        for kind, names in kinds.items():
            names.update(sheet.get(kind, ()))
        rules.extend(_rule(entry, sheet) for entry in sheet.get("rules", ()))
    unknown = {
        name
        for rule in rules
        for name in (*rule.subjects, *(name for pattern in rule.patterns for name in pattern.named))
        if name not in phrases and name != PERSON_NAME
    }
    if unknown:
        raise KeyError(f"rules name unknown concepts: {sorted(unknown)}")
    refusing = {rule.id for rule in rules if rule.strength == "refused"}
    wrong = [
        rule.id
        for rule in rules
        if not refusing.issuperset(rule.refused_by) or bool(rule.refused_by) == (rule.id in refusing)
    ]
    if wrong:
        raise KeyError(f"a doubtful rule, and no other, names rules that refuse: {wrong}")
    listed = phrases | {f"{name}!": barred for name, barred in never.items()}
    lists = {
        name: tuple(Phrase(name, rank, text, phrases) for rank, text in enumerate(_longest_first(texts)))
        for name, texts in listed.items()
    }
    automaton = Automaton({phrase: [phrase.text] for every in lists.values() for phrase in every}, phrases)
    return Book(lists, tuple(rules), automaton, **{kind: frozenset(names) for kind, names in kinds.items()})
