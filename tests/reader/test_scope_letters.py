"""Letters that mix purposes: each obligation takes the scope of the purpose it serves, and stays visible."""

from __future__ import annotations

import pytest

from nhipcau.boundary import named
from tests.reader import scope_letters, scope_letters_more
from tests.reader.helpers import letter

LETTERS = (*scope_letters.LETTERS, *scope_letters_more.LETTERS)


@pytest.mark.parametrize(
    ("subject", "body", "expected"), [pytest.param(*rest, id=name.replace(" ", "-")) for name, *rest in LETTERS]
)
def test_each_obligation_takes_the_scope_of_its_purpose(subject: str, body: str, expected: tuple[str, ...]) -> None:
    assert tuple(obligation.scope for obligation in letter(body, subject=subject).obligations) == expected


@pytest.mark.parametrize(
    ("subject", "body"), [pytest.param(s, b, id=n.replace(" ", "-")) for n, s, b, _ in LETTERS]
)
def test_an_obligation_outside_is_shown_with_its_rule_and_asks_nobody(subject: str, body: str) -> None:
    reading = letter(body, subject=subject)
    for obligation in reading.obligations:
        assert (obligation.rule is None) == (obligation.scope == "in")
        if obligation.scope == "outside":
            assert obligation.text in " ".join(reading.text.split()) and obligation.responsible is None
    assert all(limit.due is None for limit in reading.deadlines if limit.scope == "outside")


@pytest.mark.parametrize(
    ("subject", "body"), [pytest.param(s, b, id=n.replace(" ", "-")) for n, s, b, _ in LETTERS]
)
def test_scope_and_rule_of_an_obligation_say_the_same(subject: str, body: str) -> None:
    verdicts = {"outside": "refused", "review": "review"}
    for obligation in letter(body, subject=subject).obligations:
        said = named(obligation.rule or "")
        assert (said and said.verdict) == verdicts.get(obligation.scope)
