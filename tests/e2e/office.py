"""Five people at their own screens, and one clock that the test moves."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from pytest_django.fixtures import Settings

from nhipcau.core.clock import VN
from nhipcau.demo.people import PASSWORD
from nhipcau.demo.story import Story
from tests.web.browsing import DESK, PHONE, photograph, serious, sign_in

REFUSALS = ("status of 4", "Status Error Code 4")  # an answer in the 400s is said by the page, not by the console
PATIENCE = 15_000


class Office:
    """The demonstration's federation behind a live server. Everybody has a browser context of their own."""

    def __init__(self, browser: Browser, url: str, settings: Settings, story: Story, folder: Path) -> None:
        self.browser, self.url, self.settings = browser, url, settings
        self.story, self.folder = story, folder
        self.faults: list[str] = []
        self.contexts: list[BrowserContext] = []
        self.chutich = self._sit("chutich")
        self.chinhsach = self._sit("chinhsach")
        self.vanthu = self._sit("vanthu")
        self.huyen = self._sit("huyen")
        self.coso = self._sit("coso", phone=True)

    def _sit(self, login: str, *, phone: bool = False) -> Page:
        context = self.browser.new_context(
            base_url=self.url, viewport=PHONE if phone else DESK, locale="en-US", has_touch=phone
        )
        context.set_default_timeout(PATIENCE)
        self.contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: self.faults.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        sign_in(page, login, password=PASSWORD)
        return page

    def at(self, month: int, day: int, hour: int = 9, *, year: int = 2018) -> None:
        """Move the clock; every page asked for from now on is served at that moment."""
        self.settings.DEMO_CLOCK = dt.datetime(year, month, day, hour, tzinfo=VN).isoformat()

    def close(self) -> None:
        """Leave; whatever the consoles called an error fails the test."""
        for context in self.contexts:
            context.close()
        assert [fault for fault in self.faults if not any(words in fault for words in REFUSALS)] == []


def told(page: Page, words: str) -> None:
    """What the page answers to the last step."""
    expect(page.locator(".notice", has_text=words)).to_be_visible(timeout=PATIENCE)


def fetch(page: Page, link: Locator) -> bytes:
    """The bytes behind a download link or button."""
    with page.expect_download() as coming:
        link.click()
    return Path(coming.value.path()).read_bytes()


def fits(page: Page, name: str) -> None:
    """Nothing to scroll sideways, on a desk or a telephone; a picture of either width."""
    before = page.viewport_size or DESK
    for size, where in ((DESK, "desk"), (PHONE, "phone")):
        page.set_viewport_size(size)
        photograph(page, f"{name}-{where}")
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= size["width"], f"{name}, {where}: {width}"
    page.set_viewport_size(before)


def sound(page: Page, name: str) -> None:
    """It fits, and axe finds nothing serious."""
    fits(page, name)
    assert serious(page) == [], name
