"""Apps above tell the register where a letter went."""

from __future__ import annotations

import datetime as dt

import pytest

from nhipcau.documents.registers import routing
from nhipcau.documents.registers.routing import Routed, routes

DAY = dt.date(2026, 3, 16)


@pytest.fixture(autouse=True)
def nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routing, "_providers", [])


def test_without_a_provider_nothing_was_routed() -> None:
    assert routing.routing([1, 2]) == {}


def test_a_provider_answers_for_the_letters_it_routed() -> None:
    routes(lambda documents: {one: Routed("Ban Chính sách", DAY) for one in documents if one == 2})
    assert routing.routing([1, 2]) == {2: ("Ban Chính sách", DAY)}


def test_two_providers_are_told_together_with_the_earlier_day() -> None:
    routes(lambda _documents: {1: Routed("Ban Chính sách", DAY)})
    routes(
        lambda _documents: {1: Routed("Ban Tài chính", DAY - dt.timedelta(days=1)), 2: Routed("Ban Nữ công", None)}
    )
    assert routing.routing([1, 2]) == {
        1: ("Ban Chính sách; Ban Tài chính", dt.date(2026, 3, 15)),
        2: ("Ban Nữ công", None),
    }
