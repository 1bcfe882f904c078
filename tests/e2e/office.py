"""Five people at their own screens, and one clock that the test moves."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from pytest_django.fixtures import Settings

from nhipcau.core.clock import VN
from nhipcau.demo.people import PASSWORD
from nhipcau.demo.story import Story
from tests.web.browsing import DESK, PATIENCE, PHONE, photograph, sign_in, violations

REFUSALS = ("status of 4", "Status Error Code 4")  # an answer in the 400s is said by the page, not by the console


class Desks:
    """A live server and whoever sits before it. Everybody has a browser context of their own."""

    year: int

    def __init__(self, browser: Browser, url: str, settings: Settings) -> None:
        self.browser, self.url, self.settings = browser, url, settings
        self.faults: list[str] = []
        self.contexts: list[BrowserContext] = []

    def seat(self, *, phone: bool = False) -> Page:
        """A page of a context of its own; nobody has signed in."""
        context = self.browser.new_context(
            base_url=self.url, viewport=PHONE if phone else DESK, locale="en-US", has_touch=phone
        )
        context.set_default_timeout(PATIENCE)
        self.contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: self.faults.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        return page

    def sit(self, login: str, password: str, *, phone: bool = False) -> Page:
        """The same, signed in."""
        page = self.seat(phone=phone)
        sign_in(page, login, password=password)
        return page

    def at(self, month: int, day: int, hour: int = 9, *, year: int = 0) -> dt.datetime:
        """Move the clock; every page asked for from now on is served at that moment."""
        moment = dt.datetime(year or self.year, month, day, hour, tzinfo=VN)
        self.settings.DEMO_CLOCK = moment.isoformat()
        return moment

    def close(self) -> None:
        """Leave; whatever the consoles called an error fails the test."""
        for context in self.contexts:
            context.close()
        assert [fault for fault in self.faults if not any(words in fault for words in REFUSALS)] == []


class Office(Desks):
    """The demonstration's federation: five people at their own screens."""

    year = 2018

    def __init__(self, browser: Browser, url: str, settings: Settings, story: Story, folder: Path) -> None:
        super().__init__(browser, url, settings)
        self.story, self.folder = story, folder
        self.chutich, self.chinhsach, self.vanthu, self.huyen = (
            self.sit(login, PASSWORD) for login in ("chutich", "chinhsach", "vanthu", "huyen")
        )
        self.coso = self.sit("coso", PASSWORD, phone=True)


def told(page: Page, words: str) -> None:
    """What the page answers to the last step."""
    expect(page.locator(".notice", has_text=words)).to_be_visible()


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
    """It fits, and axe finds nothing."""
    fits(page, name)
    assert violations(page) == [], name
