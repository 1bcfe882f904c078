"""What an expression needs is in everything that it matches, and little else passes."""

from __future__ import annotations

import pytest

from nhipcau.reader.duties.phrases import _WORDINGS, _WORDS
from nhipcau.reader.language.needs import DIGIT, held, needed
from nhipcau.reader.language.text import plain
from tests.reader import letters, phrasings


@pytest.mark.parametrize(
    ("expression", "clauses"),
    [
        ("truoc ngay", {("truoc ngay",)}),
        (r"tr(?:uo|u|o)?c\s+\d{1,2}", {("trc ", "troc ", "truc ", "truoc "), (DIGIT,)}),
        (r"(?:hang|moi)\s+(?P<unit>tuan|thang)\b", {("hang thang", "hang tuan", "moi thang", "moi tuan")}),
        (r"(?:dinh ky\s+)?quy", {("quy",)}),
        (r"(?:dinh ky\s+){1,3}quy", {("dinh ky quy",)}),
        (r"(?:cham nhat\s+\w+|truoc)\s", {("cham nhat ", "truoc")}),
        (r"(?:cham nhat|\w+)\s+ngay", {(" ngay",)}),
        (r"sau(?=\s+khi)", {("sau",), (" khi",)}),
        (r"sau(?!\s+khi)", {("sau",)}),
        (r"th.?ng", {("th",), ("ng",)}),
        (r"gio lam viec|gio", {("gio",)}),
        (r"quy\s*(?:iv|i{1,3}|[1-2])\b", {("quy 1", "quy 2", "quy i", "quy1", "quy2", "quyi")}),
        (r"(?:han\s+chot\s+de\s[^.;]{2,9}la|tien do)\s", {("han chot de ", "tien do")}),
        (r"[a-z]+\s*", set()),
    ],
)
def test_an_expression_tells_what_it_needs(expression: str, clauses: set[tuple[str, ...]]) -> None:
    assert {tuple(sorted(clause)) for clause in needed(expression)} == clauses


def test_no_time_limit_is_passed_over() -> None:
    sentences = [
        plain(entry[0] if isinstance(entry, tuple) else entry)
        for listed in vars(phrasings).values()
        if isinstance(listed, list)
        for entry in listed
    ]
    for text in (*sentences, *(plain(text).replace("\n", " ") for text in letters.ALL.values())):
        here = held(text, _WORDS)
        for wording in _WORDINGS:
            if any(map(here.isdisjoint, wording.clauses)):
                assert wording.glued.search(text) is None, (wording.expression, text)
