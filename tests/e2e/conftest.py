"""The demonstration's federation where a live server sees it, and five people signed in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from playwright.sync_api import Browser
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from nhipcau.demo.story import Story
from tests.e2e.office import Office

T = TypeVar("T")


def silently(items: Iterable[T], label: str, length: int) -> Iterable[T]:
    """Progress that is not shown."""
    return items


@pytest.fixture
def office(browser: Browser, live_server: LiveServer, settings: Settings, tmp_path: Path) -> Iterator[Office]:
    """347 units, their posts, the template and twelve letters; nothing else of the story has happened."""
    story = Story(silently)
    story.found()
    settings.DEMO_CLOCK = "2018-05-14T08:00:00+07:00"
    office = Office(browser, live_server.url, settings, story, tmp_path)
    yield office
    office.close()
