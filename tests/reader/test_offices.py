"""Letters and passages of many offices, however their pages were copied."""

from __future__ import annotations

from typing import Any

import pytest

from nhipcau.reader import read_text
from nhipcau.reader.model import Reading
from tests.reader import offices, passages
from tests.reader.helpers import letter, values


@pytest.mark.parametrize(("body", "expected"), passages.SETS_LIMITS)
def test_a_passage_sets_its_limits(body: str, expected: list[str]) -> None:
    assert [deadline.normalised for deadline in letter(body).deadlines] == expected


@pytest.mark.parametrize("body", passages.SETS_NONE)
def test_a_passage_that_sets_no_limit_gives_none(body: str) -> None:
    assert letter(body).deadlines == ()


def _fields(reading: Reading) -> dict[str, Any]:
    return {
        "doc_type": reading.doc_type.value,
        "number": reading.number.value,
        "issuer": reading.issuer.value,
        "parent": reading.parent_issuer.value,
        "place": reading.place.value,
        "date": reading.date.value,
        "subject": reading.subject.value,
        "authority": reading.authority.value,
        "title": reading.title.value,
        "name": reading.signer_name.value,
        "addressees": values(reading.addressees),
        "recipients": [name for name in values(reading.recipients) if name and not name.startswith("Lưu")],
        "cited": [citation.symbol for citation in reading.cited],
        "dl": [deadline.normalised for deadline in reading.deadlines],
    }


@pytest.mark.parametrize(
    ("text", "expected"), [case[1:] for case in offices.LETTERS], ids=[c[0] for c in offices.LETTERS]
)
def test_a_letter_of_any_office_is_read(text: str, expected: dict[str, Any]) -> None:
    found = _fields(read_text(text))
    assert {key: value for key, value in found.items() if value} == expected
