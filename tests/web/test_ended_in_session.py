"""What ends in the middle of a session is over with the next request, whatever the session remembers."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from nhipcau.access.models import Account
from nhipcau.org.actions import appoint, create_post, end_appointment
from nhipcau.org.delegating import delegate, end_delegation
from nhipcau.org.models import Appointment, Post, Role
from tests.cast import NOW, SETUP, TODAY, Cast
from tests.web.permissions import TABLE, nothing

FRIDAY = TODAY + dt.timedelta(days=4)
PAGES = sorted({row.name for row in TABLE if row.kwargs is nothing and row.method == "get" and not row.data})


@pytest.fixture(autouse=True)
def today(settings: Settings) -> None:
    settings.DEMO_CLOCK = NOW.isoformat()


@pytest.fixture
def deputy(cast: Cast) -> Account:
    """The volunteer, who also has a post in the commune that reports and may do nothing else."""
    post = create_post(unit=cast.commune, title="Phó", roles=[Role.REPORTER], start=TODAY, actor=SETUP, at=NOW)
    account = cast.account(cast.local_volunteer)
    appoint(post=post, person=account.person, start=TODAY, actor=SETUP, at=NOW)
    return account


def acting(account: Account, post: Post) -> Client:
    client = Client()
    client.force_login(account)
    client.post(reverse("act_as"), {"post": str(post.uid)})
    return client


def seen(client: Client) -> dict[str, int]:
    """How every page that stands by itself answers."""
    return {name: client.get(reverse(name)).status_code for name in PAGES}


@pytest.mark.parametrize("how", ["its last day passes", "the chair ends it"])
def test_a_delegation_that_ends_leaves_the_session_as_if_it_had_never_been(
    how: str, cast: Cast, deputy: Account, settings: Settings
) -> None:
    taker = Post.objects.get(unit=cast.commune, title="Phó")
    given = delegate(taker=taker, roles=[Role.CLERK], first=TODAY, last=FRIDAY, actor=cast.commune_officer, at=NOW)
    during = acting(deputy, cast.commune_officer)
    with_it = seen(during)
    if how == "the chair ends it":
        end_delegation(delegation=given, actor=cast.commune_officer, at=NOW)
    else:
        settings.DEMO_CLOCK = (NOW + dt.timedelta(days=7)).isoformat()
    without = Client()
    without.force_login(deputy)
    assert seen(during) == seen(without) != with_it


def test_whose_last_post_ends_opens_nothing_more_in_the_session(cast: Cast, settings: Settings) -> None:
    client = acting(cast.account(cast.local_volunteer), cast.local_volunteer)
    before = seen(client)
    end_appointment(appointment=Appointment.objects.get(post=cast.local_volunteer), end=FRIDAY, actor=SETUP, at=NOW)
    settings.DEMO_CLOCK = (NOW + dt.timedelta(days=7)).isoformat()
    after = seen(client)
    assert {before["documents:register"], before["tasks:index"]} == {200}
    assert {after["documents:register"], after["tasks:index"]} == {403}
