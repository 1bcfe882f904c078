"""Looking only where a phrase can begin finds what looking everywhere finds."""

from __future__ import annotations

import pytest

from nhipcau.boundary import Passages, scope
from nhipcau.boundary.engine import Search
from nhipcau.boundary.lexicon import Rule, book
from nhipcau.boundary.openings import Openings, openings
from nhipcau.boundary.words import words


@pytest.mark.parametrize("rule", book().rules, ids=lambda rule: rule.id)
def test_no_place_of_a_concept_is_passed_over(rule: Rule) -> None:
    for line in (line for lines in rule.examples.values() for line in lines):
        search = Search(book(), line, words(line))
        begun = search.begun
        for name, concept in book().concepts.items():
            everywhere = search.spans_of(concept.pattern)
            assert search.spans_of(concept.pattern, begun.get(name, ())) == everywhere, (line, name)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("danh sách", "danh sách đoàn viên"),
        ("[lập] danh sách", "danh sách"),
        ("(lập|gửi) danh sách", "gửi danh sách"),
        ("nắm .. tình hình", "nắm chắc tình hình"),
        ("report* names", "reporting names"),
        ("{who} vắng mặt", "đoàn viên vắng mặt"),
        ("đình công", "đìnhcông"),
    ],
)
def test_a_phrase_begins_where_its_text_does(phrase: str, text: str) -> None:
    concepts = {"who": ["đoàn viên", "người"], "asked": [phrase]}
    begin = Openings({"asked": openings(concepts["asked"], concepts)})
    first, *more = words(text).row.split()

    assert begin.of(first, more[0] if more else "") == ("asked",)


def test_other_words_begin_nothing() -> None:
    begin = Openings({"asked": openings(["danh sách"], {})})

    assert begin.of("danh", "dự") == ()
    assert begin.of("sách", "danh") == ()


def test_the_passages_of_a_document_are_judged_as_each_alone() -> None:
    lines = [line for rule in book().rules for found in rule.examples.values() for line in found]
    together = Passages(lines)

    assert [together.scope(line) for line in lines] == [scope(line) for line in lines]


@pytest.mark.parametrize("text", ["", "/", "-", "…"])
def test_a_passage_without_a_word_is_harmless(text: str) -> None:
    assert Passages([text]).scope(text) == scope(text) == scope("Họp tổ công đoàn")
