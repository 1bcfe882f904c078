"""Somebody always administers: the last one cannot be taken away."""

from __future__ import annotations

import datetime as dt

import pytest

from nhipcau.access.actions import open_account
from nhipcau.core.errors import Conflict
from nhipcau.org.actions import appoint, create_post
from nhipcau.org.handing_over import hand_over
from nhipcau.org.models import Appointment, Post, Role, Unit
from tests.cast import NOW, PASSWORD, SETUP, TODAY, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.database]
YESTERDAY, TOMORROW = TODAY - dt.timedelta(1), TODAY + dt.timedelta(1)


def administrator(unit: Unit, login: str, start: dt.date = YESTERDAY) -> Post:
    post = create_post(
        unit=unit, title="Quản trị", roles=[Role.ADMINISTRATOR], start=YESTERDAY, actor=SETUP, at=NOW
    )
    account = open_account(login=login, password=PASSWORD, name=f"Người {login}", actor=SETUP, at=NOW)
    appoint(post=post, person=account.person, start=start, actor=SETUP, at=NOW)
    return post


def ended(cast: Cast, post: Post, end: dt.date = TODAY) -> None:
    hand_over(post=post, end=end, actor=cast.provincial_officer, at=NOW)


@pytest.fixture
def only(cast: Cast) -> Post:
    return administrator(cast.province, "qt1")


def test_the_board_cannot_end_the_only_administrator(cast: Cast, only: Post) -> None:
    with pytest.raises(Conflict, match="người quản trị cuối cùng"):
        ended(cast, only)
    assert Appointment.objects.get(post=only).valid_to is None


def test_with_another_in_the_unit_or_above_it_can(cast: Cast, only: Post) -> None:
    below = administrator(cast.commune, "qt2")
    ended(cast, below)
    another = administrator(cast.province, "qt3")
    ended(cast, only)
    with pytest.raises(Conflict):
        ended(cast, another)


def test_one_below_or_beside_does_not_count(cast: Cast, only: Post) -> None:
    administrator(cast.commune, "qt2")
    with pytest.raises(Conflict):
        ended(cast, only)


def test_one_who_comes_later_or_is_leaving_does_not_count(cast: Cast, only: Post) -> None:
    administrator(cast.province, "qt2", TOMORROW + dt.timedelta(1))
    with pytest.raises(Conflict):
        ended(cast, only, TOMORROW)
    leaving = administrator(cast.province, "qt3")
    ended(cast, leaving, TODAY + dt.timedelta(9))
    with pytest.raises(Conflict):
        ended(cast, only, TOMORROW)
    ended(cast, only, TOMORROW + dt.timedelta(1))


def test_whoever_does_not_administer_can_always_be_ended(cast: Cast) -> None:
    ended(cast, cast.clerk)
