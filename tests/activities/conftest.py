"""One type of activity that every test here records."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable

import pytest

from nhipcau.activities.actions import log_activity
from nhipcau.activities.checking import ActivityInput
from nhipcau.activities.models import Activity, ActivityType
from tests import quarterly
from tests.cast import NOW, Cast

GIVEN = ActivityInput(held_on=dt.date(2026, 3, 10), values={"gifts": 3, "money": 900_000})
REFUSED = "Theo dõi bình luận của đoàn viên trên Facebook"
Log = Callable[..., Activity]


@pytest.fixture
def kind(cast: Cast) -> ActivityType:
    quarterly.publish()
    return ActivityType.objects.get(code="tang_qua")


@pytest.fixture
def log(cast: Cast, kind: ActivityType) -> Log:
    """The volunteer records gifts, some of it changed."""

    def recorded(**changed: object) -> Activity:
        given = dataclasses.replace(GIVEN, **changed)  # type: ignore[arg-type]
        return log_activity(unit=cast.local, kind=kind, given=given, actor=cast.local_volunteer, at=NOW)

    return recorded
