"""Fixtures of the page tests: a browser page over a live server with the cast in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from nhipcau.core.clock import VN, SystemClock
from tests.cast import NOW, Cast, assemble
from tests.web.browsing import DESK, PATIENCE

ONE_DAY = dt.datetime(2026, 6, 15, 9, 30, tzinfo=VN)
expect.set_options(timeout=PATIENCE)


@pytest.fixture
def one_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine's clock tells a day after the cast's: what a page shows on the day of the run is no test's."""
    monkeypatch.setattr(SystemClock, "now", lambda clock: ONE_DAY)


@pytest.fixture
def live_cast(live_server: LiveServer, settings: Settings) -> Cast:
    """The cast where the live server sees it. A transactional test empties the tables, the kinds included."""
    settings.DEMO_CLOCK = NOW.isoformat()
    return assemble()


@pytest.fixture
def page(browser: Browser, live_server: LiveServer, live_cast: Cast) -> Iterator[Page]:
    """A page of a browser that speaks English; whatever the console calls an error fails the test."""
    context = browser.new_context(base_url=live_server.url, viewport=DESK, locale="en-US")
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    context.close()
    refusals = (
        "status of 4",
        "Status Error Code 4",
    )  # an answer in the 400s is said by the page, not by the console
    assert [fault for fault in faults if not any(words in fault for words in refusals)] == []
