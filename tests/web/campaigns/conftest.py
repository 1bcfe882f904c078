"""Every page of the campaigns is opened at the cast's own moment."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from nhipcau.org.models import Post
from tests.cast import NOW, Cast

As = Callable[[Post], Client]


@pytest.fixture(autouse=True)
def today(settings: Settings) -> None:
    settings.DEMO_CLOCK = NOW.isoformat()


@pytest.fixture
def acting(cast: Cast) -> As:
    """A browser in which the holder of that post is signed in."""

    def sign_in(post: Post) -> Client:
        client = Client()
        client.force_login(cast.account(post))
        return client

    return sign_in
