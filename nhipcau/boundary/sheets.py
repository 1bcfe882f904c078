"""Lists of phrases in a sheet of their own beside the rules: what says a thing, and what only seems to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from nhipcau.boundary.lexicon import compile_phrase
from nhipcau.boundary.words import load_yaml, words


def told(sheet: str, name: str, text: str, *, whole: bool = False) -> bool:
    """Whether the text, or all of it, says what the list of the sheet `rules/<sheet>.yaml` says."""
    phrases, never = _lists(sheet)[name]
    row = words(text).row
    heard = never.sub("", row) if never else row
    return bool(phrases.fullmatch(heard) if whole else phrases.search(heard))


@cache
def _lists(sheet: str) -> Mapping[str, tuple[re.Pattern[str], re.Pattern[str] | None]]:
    """By name of the list: its phrases, and its `never`, which is passed over. They may name other lists."""
    entries = load_yaml((files("nhipcau.boundary") / "rules" / f"{sheet}.yaml").read_text(encoding="utf-8"))
    named = {name: entry["phrases"] for name, entry in entries.items()}
    return {
        name: (_any_of(entry["phrases"], named), _any_of(entry["never"], named) if "never" in entry else None)
        for name, entry in entries.items()
    }


def _any_of(phrases: Iterable[str], named: Mapping[str, Iterable[str]]) -> re.Pattern[str]:
    return re.compile("|".join(rf"(?<!\S)(?:{compile_phrase(phrase, named)})(?!\S)" for phrase in phrases))
