"""Everything the reader and the core tell a person is told in both languages."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import nhipcau
from nhipcau.core.said import Said
from nhipcau.core.text import fold
from nhipcau.reader import read_text
from nhipcau.reader.confidence import doubt_scan
from nhipcau.reader.model import Field
from tests.reader import letters

PACKAGE = Path(nhipcau.__file__).parent
# Words of the letter stand in “…” or «…» in the English too; these are names of their own (and the currency).
_OF_THE_LETTER = re.compile(r"“[^”]*”|«[^»]*»|KH-LĐLĐ|\bđồng\b")


def pairs() -> Iterator[tuple[str, str, str]]:
    """Where each sentence stands, its Vietnamese and its English; what is filled in is left out."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Said" and len(node.args) == 2:
                vi, en = map(_words, node.args)
                yield f"{path.name}:{node.lineno}", vi, en


def _words(node: ast.expr) -> str:
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in parts)


def test_the_english_holds_no_vietnamese() -> None:
    found = list(pairs())
    assert len(found) > 100
    told = [(where, _OF_THE_LETTER.sub("", en)) for where, _, en in found]
    assert [where for where, en in told if fold(en) != en.lower()] == []


@pytest.mark.parametrize("text", [letters.PLAN, letters.LETTER_WITH_ANNEX])
def test_each_reason_of_a_reading_has_its_english(text: str) -> None:
    reading = doubt_scan(read_text(text))
    fields = [one for one in vars(reading).values() if isinstance(one, Field)]
    fields += [*reading.addressees, *reading.recipients]
    whys: list[Said] = [one.why for one in fields if one.why]
    whys += [one.why for one in reading.cited if one.why] + [one.why for one in reading.deadlines if one.why]
    whys += [one.why for one in reading.obligations if one.why] + list(reading.warnings)
    assert len(whys) > 10
    assert [why for why in whys if not why.en or why.en == why] == []
