"""Many activities at once: all of them or none, and a second tap adds nothing."""

from __future__ import annotations

import dataclasses

import pytest

from nhipcau.activities.actions import MOST_AT_ONCE, log_activities
from nhipcau.activities.checking import ActivityInput
from nhipcau.activities.models import Activity, ActivityType
from nhipcau.boundary import BoundaryRefused
from nhipcau.core.errors import Conflict, InvalidInput, NotFound
from tests.activities.conftest import GIVEN, REFUSED
from tests.cast import NOW, Cast
from tests.refusals import by_field


def rows(*changes: dict[str, object]) -> list[ActivityInput]:
    return [
        dataclasses.replace(GIVEN, client_key=f"k:{number}", **change)  # type: ignore[arg-type]
        for number, change in enumerate(changes, start=1)
    ]


def record(cast: Cast, kind: ActivityType, given: list[ActivityInput]) -> list[Activity]:
    return log_activities(unit=cast.local, kind=kind, rows=given, actor=cast.local_volunteer, at=NOW)


def test_a_double_tap_records_each_row_once(cast: Cast, kind: ActivityType) -> None:
    given = rows({"place": "khu A"}, {"place": "khu B"})
    assert record(cast, kind, given) == record(cast, kind, given)
    assert Activity.objects.count() == 2


def test_one_wrong_row_keeps_all_out_and_is_named_by_its_number(cast: Cast, kind: ActivityType) -> None:
    with pytest.raises(InvalidInput) as refusal:
        record(cast, kind, rows({}, {"values": {"gifts": -1}}, {"values": {}}))
    assert set(by_field(refusal.value)) == {"2.gifts", "3.gifts"}
    assert not Activity.objects.exists()


def test_refused_words_in_one_row_keep_all_out(cast: Cast, kind: ActivityType) -> None:
    with pytest.raises(BoundaryRefused) as refusal:
        record(cast, kind, rows({}, {"title": REFUSED}))
    assert set(by_field(refusal.value)) == {"2.title"}
    assert not Activity.objects.exists()


def test_neither_none_nor_too_many(cast: Cast, kind: ActivityType) -> None:
    for given in ([], [GIVEN] * (MOST_AT_ONCE + 1)):
        with pytest.raises(InvalidInput):
            record(cast, kind, given)


def test_a_key_used_for_something_else_is_a_conflict_and_a_stranger_finds_no_unit(
    cast: Cast, kind: ActivityType
) -> None:
    record(cast, kind, rows({}))
    with pytest.raises(Conflict):
        record(cast, kind, rows({"held_on": GIVEN.held_on.replace(day=9)}))
    with pytest.raises(NotFound):
        log_activities(unit=cast.local, kind=kind, rows=rows({}), actor=cast.stranger, at=NOW)
