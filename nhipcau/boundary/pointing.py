"""Bare pointers: a line that says no more than "do item 4 of letter 215" hides what is to be done.

A line that also says the work ("mục 2 Kế hoạch 15 về tặng quà") is judged by that; a whole document cited is no
pointer. The words stand in `rules/pointing.yaml`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from nhipcau.boundary.words import clean, load_yaml
from nhipcau.core.text import fold

_SENTENCE = re.compile(r"(?<![;.?!\n])[;.?!\n]+(?=\s|$)")
_TOKEN = re.compile(r"[^\W_]+")
_CODE = re.compile(r"(?<!\S)(?=\S*\d)(?=\S*[/\-])\S+|(?<!\S)[A-ZĐ]{2,}(?:[/\-][A-ZĐ]+)+(?!\S)")  # 215-CV/BTG
_DISTANCE = 6  # words between an item and the document it is of


@dataclass(frozen=True)
class _Sheet:
    pointer: re.Pattern[str]
    patterned: re.Pattern[str]
    fillers: frozenset[str]


@cache
def _sheet() -> _Sheet:
    entries = load_yaml((files("nhipcau.boundary") / "rules" / "pointing.yaml").read_text(encoding="utf-8"))
    item, annex = ("|".join(entries[name]).replace("{label}", entries["label"]) for name in ("items", "annexes"))
    document, this = "|".join(entries["documents"]), "|".join(entries["this"])
    gap = rf"(?:\s\S+){{0,{_DISTANCE}}}?"
    other = rf"\b(?:{document})\b(?!\s(?:{this})\b)"
    known = rf"{other}(?=\s(?:{entries['told_by']}))"
    any_item = rf"(?:{item}|{annex})"
    named = rf"\b(?:{item})\b{gap}\s{other}|\b(?:{annex})\b{gap}\s{known}|{known}{gap}\s{any_item}\b"
    patterned = rf"\b(?:{'|'.join(entries['patterned'])})\s{any_item}\b{gap}\s{other}"
    return _Sheet(re.compile(named), re.compile(patterned), frozenset(entries["fillers"].split()))


def points_elsewhere(text: str) -> bool:
    """Whether a sentence of the text does nothing but point to an item of another document."""
    return any(map(_bare, _SENTENCE.split(text)))


def _bare(sentence: str) -> bool:
    row = " ".join(map(_folded, _TOKEN.findall(sentence)))
    sheet = _sheet()
    if not sheet.pointer.search(sheet.patterned.sub(" ", row)):
        return False
    return names_no_work(sentence)


def names_no_work(sentence: str) -> bool:
    """Whether nothing in it says what is to be done: only doing, reporting, documents, bodies and days."""
    fillers = _sheet().fillers
    return all(word in fillers or word[0].isdigit() for word in map(_folded, _said(sentence)))


def _said(sentence: str) -> list[str]:
    """Its words without codes, labels of one letter and, in a sentence not all in capitals, proper names."""
    found = _TOKEN.findall(_CODE.sub(" ", sentence))
    named = not sentence.isupper()
    return [
        word
        for place, word in enumerate(found)
        if not (len(word) == 1 or re.fullmatch("[IVXivx]+", word) or (named and place and word[0].isupper()))
    ]


def _folded(word: str) -> str:
    return fold(clean(word))
