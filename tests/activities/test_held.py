"""What a unit and its branch did in some days: never more than the post that asks may see."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from nhipcau.activities.actions import log_activity
from nhipcau.activities.models import Activity, ActivityType
from nhipcau.activities.queries import held_between
from nhipcau.org.actions import create_post
from nhipcau.org.models import Role
from tests.activities.conftest import GIVEN, Log
from tests.cast import NOW, SETUP, Cast
from tests.org.two_axes import beyond_the_commune

FIRST, LAST = dt.date(2026, 3, 1), dt.date(2026, 3, 31)


def held_in_the_sibling_local(cast: Cast, kind: ActivityType, **changed: object) -> Activity:
    post = create_post(
        unit=cast.sibling_local, title="Chủ tịch", roles=[Role.REPORTER], start=FIRST, actor=SETUP, at=NOW
    )
    given = dataclasses.replace(GIVEN, **changed)  # type: ignore[arg-type]
    return log_activity(unit=cast.sibling_local, kind=kind, given=given, actor=post, at=NOW)


@pytest.mark.parametrize("branch", [False, True])
def test_a_stranger_who_asks_for_the_unit_gets_nothing(cast: Cast, log: Log, branch: bool) -> None:
    activity = log()
    seen = held_between(cast.scope(cast.commune_officer), cast.local, FIRST, LAST, branch=branch)
    assert list(seen) == [activity]
    assert not held_between(cast.scope(cast.stranger), cast.local, FIRST, LAST, branch=branch).exists()


def test_a_branch_on_another_axis_shows_only_what_lies_in_the_scope(cast: Cast, kind: ActivityType) -> None:
    beyond_the_commune(cast)
    beyond = held_in_the_sibling_local(cast, kind)
    seen = held_between(cast.scope(cast.local_volunteer), cast.local, FIRST, LAST, branch=True)
    assert list(seen) == [beyond]
    assert not held_between(cast.scope(cast.commune_officer), cast.local, FIRST, LAST, branch=True).exists()


def test_a_partner_finds_the_joint_one_of_a_unit_elsewhere(cast: Cast, kind: ActivityType) -> None:
    joint = held_in_the_sibling_local(cast, kind, partner_units=(cast.local,))
    seen = held_between(cast.scope(cast.local_volunteer), cast.local, FIRST, LAST, branch=False)
    assert list(seen) == [joint]
