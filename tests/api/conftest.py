"""The API's clock stands at the cast's day, and no test meets another's counts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import caches

from nhipcau.ops import moment
from tests.cast import NOW


@pytest.fixture(autouse=True)
def at_the_casts_day(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(moment, "fixed", lambda scene="": NOW)
    caches["process"].clear()
    yield
    caches["process"].clear()
