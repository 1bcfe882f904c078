import datetime as dt
import time

import pytest

from nhipcau.core.clock import SystemClock, local_date
from nhipcau.core.errors import InvalidInput
from nhipcau.core.said import english


def test_the_date_changes_at_midnight_in_viet_nam() -> None:
    assert local_date(dt.datetime(2026, 6, 30, 16, 59, tzinfo=dt.UTC)) == dt.date(2026, 6, 30)
    assert local_date(dt.datetime(2026, 6, 30, 17, 0, tzinfo=dt.UTC)) == dt.date(2026, 7, 1)


def test_it_does_so_wherever_the_server_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "America/Los_Angeles")
    time.tzset()
    try:
        assert local_date(dt.datetime(2026, 6, 30, 17, 0, tzinfo=dt.UTC)) == dt.date(2026, 7, 1)
    finally:
        monkeypatch.undo()
        time.tzset()


def test_an_instant_without_zone_is_refused() -> None:
    naive = dt.datetime(2026, 6, 30)  # noqa: DTZ001
    with pytest.raises(InvalidInput, match="múi giờ") as refused:
        local_date(naive)
    assert "lacks its time zone" in english(refused.value.message)


def test_the_system_clock_is_aware_and_moves_on() -> None:
    clock = SystemClock()
    first = clock.now()
    assert first.utcoffset() == dt.timedelta(0)
    assert clock.now() >= first
