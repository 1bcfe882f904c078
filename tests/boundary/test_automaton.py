"""Looking only where a phrase can begin finds what looking everywhere finds."""

from __future__ import annotations

import re
from functools import cache
from itertools import product

import pytest

from nhipcau.boundary import Passages, automaton, scope
from nhipcau.boundary.automaton import Automaton
from nhipcau.boundary.engine import Search
from nhipcau.boundary.lexicon import Phrase, Rule, book, compile_phrase
from nhipcau.boundary.words import EXACT, encode, fold, lenient, spellings, words

_CONCEPTS = {"who": ["đoàn viên", "người (lao động|khác)"]}


def _begins(phrase: str, text: str) -> list[int]:
    row = words(text).row.split()
    return Automaton({"asked": [phrase]}, _CONCEPTS).begun(row).get("asked", [])


@cache
def _any_of(phrases: tuple[Phrase, ...]) -> re.Pattern[str]:
    """A whole list as one expression, the longest phrase first."""
    either = "|".join(compile_phrase(phrase.text, phrase.named) for phrase in phrases)
    return re.compile(rf"(?<!\S)(?:{either})(?!\S)")


@pytest.mark.parametrize("rule", book().rules, ids=lambda rule: rule.id)
def test_no_place_of_a_concept_is_passed_over(rule: Rule) -> None:
    for line in (line for lines in rule.examples.values() for line in lines):
        search = Search(book(), line, words(line))
        for list_of, phrases in book().lists.items():
            assert search.listed(list_of) == (search.spans_of(_any_of(phrases)) if phrases else []), (line, list_of)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("danh sách", "danh sách đoàn viên"),
        ("[lập] danh sách", "danh sách"),
        ("(lập|gửi) danh sách", "gửi danh sách"),
        ("lập [mới] [ngay] danh sách", "lập danh sách"),
        ("nắm .. tình hình", "nắm tình hình"),
        ("nắm .. tình hình", "nắm thật chắc mọi tình hình"),
        ("nắm ... tình hình", "nắm một hai ba bốn sáu bảy tình hình"),
        ("report* names", "reporting names"),
        ("(team|group)* names", "teams names"),
        ("danh sách * người", "danh sách mọi người"),
        ("{who} vắng mặt", "người khác vắng mặt"),
        ("đình công", "đìnhcông"),
        ("đình công", "dinhcong"),
        ("report* names", "reportingnames"),
        ("lập danh sách", "lập danhsách"),
    ],
)
def test_a_phrase_begins_where_its_text_does(phrase: str, text: str) -> None:
    expression = re.compile(rf"(?<!\S)(?:{compile_phrase(phrase, _CONCEPTS)})(?!\S)")

    assert expression.match(words(text).row)
    assert _begins(phrase, text) == [0]


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("danh sách", "danh dự"),
        ("danh sách đoàn viên", "danh sách đoàn thể"),
        ("nắm .. tình hình", "nắm một hai ba bốn tình hình"),
        ("report names", "reporting names"),
        ("{who} vắng mặt", "người lao động có mặt"),
    ],
)
def test_what_only_begins_like_a_phrase_is_left_alone(phrase: str, text: str) -> None:
    assert _begins(phrase, text) == []


def test_every_place_is_found_once() -> None:
    assert _begins("(công|công đoàn|công đoàn cơ) [sở]", "công đoàn cơ sở và công ty") == [0, 5]


def test_the_spellings_of_a_word_are_those_that_its_expression_matches() -> None:
    listed = (phrase.text for phrases in book().lists.values() for phrase in phrases)
    for word in {word.lower() for phrase in listed for word in re.findall(r"[^\W\d_]+", phrase)}:
        known = spellings(word)
        for base, end in product((encode(word), encode(word)[:-1], fold(encode(word))), ("", EXACT)):
            assert (base + end in known) == (re.fullmatch(lenient(word), base + end) is not None), (
                word,
                base + end,
            )


@pytest.mark.parametrize("phrase", ["(danh sách", "danh sách)", "[danh) sách", "danh sách?"])
def test_a_phrase_out_of_the_language_is_refused(phrase: str) -> None:
    with pytest.raises(ValueError, match="phrase"):
        Automaton({"asked": [phrase]}, {})


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(KeyError):
        Automaton({"asked": ["{nobody}"]}, {})


def test_a_full_memory_is_forgotten_and_the_answers_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(automaton, "_MOST_STEPS", 3)
    begin = Automaton({"asked": ["danh sách {who}"]}, _CONCEPTS)
    rows = [words(text).row.split() for text in ("danh sách đoàn viên", "thư ngỏ", "gửi danh sách người khác")]

    assert [begin.begun(row) for row in (*rows, *rows)] == [{"asked": [0]}, {}, {"asked": [1]}] * 2


def test_the_passages_of_a_document_are_judged_as_each_alone() -> None:
    lines = [line for rule in book().rules for found in rule.examples.values() for line in found]
    together = Passages(lines)

    assert [together.scope(line) for line in lines] == [scope(line) for line in lines]


@pytest.mark.parametrize("text", ["", "/", "-", "…"])
def test_a_passage_without_a_word_is_harmless(text: str) -> None:
    assert Passages([text]).scope(text) == scope(text) == scope("Họp tổ công đoàn")
