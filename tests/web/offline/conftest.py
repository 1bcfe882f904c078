"""A phone of its own in every test: signed in, in the hands of the worker, and free to lose its line."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from nhipcau.org.models import Post
from tests.cast import NOW, Cast
from tests.web.browsing import PATIENCE, PHONE, sign_in

As = Callable[[Post], Client]
LINE_DOWN = (
    "ERR_INTERNET_DISCONNECTED",
    "htmx:sendError",
    "htmx:afterRequest",
    "status of 4",
    "Status Error Code 4",
)


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


@pytest.fixture
def phone(browser: Browser, live_server: LiveServer, live_cast: Cast) -> Iterator[Page]:
    """The local volunteer's phone. Whatever goes wrong besides the line fails the test."""
    context = browser.new_context(base_url=live_server.url, viewport=PHONE, locale="en-US")
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    sign_in(page)
    in_hand(page)
    yield page
    context.set_offline(False)
    context.close()
    assert [fault for fault in faults if not any(words in fault for words in LINE_DOWN)] == []


def in_hand(page: Page) -> None:
    """Wait until the worker has what it needs and serves this page."""
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")


def kept_pages(page: Page) -> list[str]:
    """The paths of pages that open without a line."""
    found: list[str] = page.evaluate(
        """async () => {
          const paths = [];
          for (const name of await caches.keys()) {
            if (!name.startsWith("trang:")) continue;
            const kept = await (await caches.open(name)).keys();
            paths.push(...kept.map(({ url }) => url.slice(location.origin.length)));
          }
          return paths;
        }"""
    )
    return found


def cut(page: Page) -> BrowserContext:
    """The line is lost."""
    page.context.set_offline(True)
    expect(page.locator("body")).to_be_visible()
    return page.context


def stored(page: Page) -> list[dict[str, object]]:
    """The rows on the device as a stranger with the phone in hand could read them."""
    found: list[dict[str, object]] = page.evaluate(
        """() => new Promise((done) => {
          const request = indexedDB.open("nhipcau");
          request.onsuccess = () => {
            const all = request.result.transaction("items").objectStore("items").getAll();
            all.onsuccess = () => done(all.result.map(({ id, owner, state, files, words }) => ({
              id, owner, state, files: files.length,
              words: new TextDecoder("utf-8").decode(words.data),
            })));
          };
        })"""
    )
    return found
