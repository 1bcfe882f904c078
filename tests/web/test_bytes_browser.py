"""What pages cost on a line of 400 kbit/s: bytes as a browser really gets them, how often it asks, what blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.core.wsgi import get_wsgi_application
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from tests.cast import NOW, Cast
from tests.web.browsing import MARKS, PATIENCE, PHONE, sign_in
from tests.web.furnished import furnish
from tests.web.weight import FIRST_VISIT, LATER_PAGE

pytestmark = MARKS

SLOW = 400_000 / 8  # bytes a second
MOST_ASKED = 6  # what a later page may ask for: itself, and the few files of its area
MAIN = [
    "home", "notices", "documents:register", "documents:find", "documents:upload", "tasks:index", "tasks:followup",
    "announcements:list", "activities:list", "activities:record", "campaigns:list", "reports:mine",
    "reports:consolidated_start", "reports:overview_start", "org:tree", "org:directory", "everywhere",
    "help:start",
]  # fmt: skip
_BLOCKING = """() => performance.getEntriesByType("resource")
  .filter((one) => one.initiatorType === "script" && one.renderBlockingStatus === "blocking")
  .map((one) => one.name)"""


@dataclass
class Line:
    """The server as a browser sees it, files compressed as in production; counts what goes over the line."""

    app: Callable[..., Iterable[bytes]] = field(default_factory=get_wsgi_application)
    sent: list[tuple[str, int]] = field(default_factory=list)

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        head = 0

        def counted(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            nonlocal head
            head = len(status) + sum(len(name) + len(value) + 4 for name, value in headers)
            return start(status, headers, *more)

        answer = self.app(environ, counted)
        try:
            body = b"".join(answer)
        finally:
            if hasattr(answer, "close"):
                answer.close()
        self.sent.append((environ["PATH_INFO"], head + len(body)))
        return [body]

    def taken(self) -> list[tuple[str, int]]:
        """What was sent since the last look."""
        found, self.sent = self.sent, []
        return found


@pytest.fixture
def cast(live_server: LiveServer, settings: Settings) -> Cast:
    settings.DEMO_CLOCK = NOW.isoformat()
    return furnish()


@pytest.fixture
def line(live_server: LiveServer, cast: Cast) -> Iterator[Line]:
    server, made = live_server.thread.httpd, Line()
    before = server.get_app()
    server.set_app(made)  # in place of the test server's own way with files
    yield made
    server.set_app(before)  # the server is everybody's


@pytest.fixture
def phone(browser: Browser, live_server: LiveServer, line: Line) -> Iterator[Page]:
    """A phone that has never been here, with a cache of its own."""
    context = browser.new_context(base_url=live_server.url, viewport=PHONE, service_workers="block")
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    yield page
    context.close()


def _still(page: Page) -> None:
    page.wait_for_load_state("networkidle")


def test_the_first_visit_and_every_main_page_fit_the_budget(phone: Page, line: Line) -> None:
    sign_in(phone, "vanthu")
    _still(phone)
    first = line.taken()
    assert sum(size for _, size in first) <= FIRST_VISIT, first
    heavy: dict[str, object] = {}
    many: dict[str, object] = {}
    blocking: dict[str, object] = {}
    for name in MAIN:
        phone.goto(reverse(name))
        _still(phone)
        got = line.taken()
        heavy |= {name: got} if sum(size for _, size in got) > LATER_PAGE else {}
        many |= {name: got} if len(got) > MOST_ASKED else {}
        blocking |= {name: found} if (found := phone.evaluate(_BLOCKING)) else {}
    assert (heavy, many, blocking) == ({}, {}, {})


def test_a_page_asked_for_again_costs_itself_alone(phone: Page, line: Line) -> None:
    sign_in(phone, "vanthu")
    phone.goto(reverse("reports:mine"))
    _still(phone)
    line.taken()
    phone.goto(reverse("reports:mine"))
    _still(phone)
    assert [path for path, _ in line.taken()] == [reverse("reports:mine")]


def test_the_whole_application_is_kept_for_little_more(
    browser: Browser, live_server: LiveServer, line: Line
) -> None:
    """The worker fetches what opens without a network after the first page stands; twice the visit is too much."""
    context = browser.new_context(base_url=live_server.url, viewport=PHONE)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    sign_in(page, "coso")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    _still(page)
    assert sum(size for _, size in line.taken()) <= 2 * FIRST_VISIT
    context.close()


def test_one_works_on_a_line_of_400_kbit_per_second(phone: Page, line: Line) -> None:
    """Not by the clock, which a busy machine stops: everything is there, and the bytes say how long it takes."""
    slow = phone.context.new_cdp_session(phone)
    slow.send("Network.enable")
    speed = {"latency": 300, "downloadThroughput": SLOW, "uploadThroughput": SLOW}
    slow.send("Network.emulateNetworkConditions", {"offline": False, **speed})
    sign_in(phone, "coso")
    expect(phone.get_by_role("heading", level=1)).to_be_visible()
    phone.goto(reverse("activities:record"), wait_until="commit")
    expect(phone.get_by_role("heading", level=1)).to_be_visible()
    assert sum(size for _, size in line.taken()) <= FIRST_VISIT + LATER_PAGE


def test_what_weighs_or_blocks_is_found(browser: Browser, live_server: LiveServer, line: Line, phone: Page) -> None:
    page = b'<!doctype html><html><head><script src="/s.js"></script></head><body>' + b"x" * 5_000

    def plain(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        script = environ["PATH_INFO"] == "/s.js"
        start("200 OK", [("Content-Type", "text/javascript" if script else "text/html")])
        return [b"1" if script else page]

    line.app = plain
    phone.goto("/")
    _still(phone)
    assert list(phone.evaluate(_BLOCKING)) == [f"{live_server.url}/s.js"]
    assert dict(line.taken())["/"] > len(page)
