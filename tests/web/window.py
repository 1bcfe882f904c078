"""A browser page whose requests Django answers in this very process: no server, no sign-in, no line in between.

What the browser gets is what a server would send, headers and policy included; what it asks for besides
(a fragment, a style sheet, a font) it asks the same way.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import Context, copy_context
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Browser, Page, Request, Route

from tests.web.browsing import DESK, PATIENCE

ORIGIN = "http://localhost"
_KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2"}
_KEPT = {"accept", "hx-request", "hx-target", "hx-trigger", "hx-current-url", "x-csrftoken", "nhipcau-post"}


@dataclass
class Window:
    """The browser's page, the client that answers it, and what the console complained about."""

    page: Page
    client: Client = field(default_factory=Client)
    faults: list[str] = field(default_factory=list)
    _test: Context = field(default_factory=copy_context)

    def open(self, path: str, client: Client) -> None:
        """Go there as that client's account; the styles and the font have arrived when this returns."""
        self.client, self._test = client, copy_context()  # the test's database connection lives in its context
        self.faults.clear()
        self.page.goto(f"{ORIGIN}{path}", wait_until="load")
        self.page.evaluate("document.fonts.ready.then(() => true)")

    def leave(self) -> None:
        """Close what is shown: a page that asks again and again would ask on behalf of the next visitor."""
        self.page.goto("about:blank")

    def _route(self, route: Route, request: Request) -> None:
        self._test.copy().run(self._answer, route, request)

    def _answer(self, route: Route, request: Request) -> None:
        address = urlsplit(request.url)
        if address.path.startswith(settings.STATIC_URL):
            file = Path(str(finders.find(address.path.removeprefix(settings.STATIC_URL))))
            return route.fulfill(body=file.read_bytes(), content_type=_KINDS[file.suffix])
        said = self.client.generic(
            request.method,
            address.path,
            request.post_data_buffer or b"",
            request.headers.get("content-type", ""),
            headers={name: value for name, value in request.headers.items() if name in _KEPT},
            query_params=None,
            QUERY_STRING=address.query,
        )
        return route.fulfill(status=said.status_code, headers=dict(said.headers), body=said.getvalue())


@contextmanager
def window(browser: Browser) -> Iterator[Window]:
    """A page of its own in that browser; nothing moves in it, so that colours are what they will stay."""
    context = browser.new_context(viewport=DESK, reduced_motion="reduce", service_workers="block")
    context.set_default_timeout(PATIENCE)
    shown = Window(context.new_page())
    shown.page.route("**/*", shown._route)
    shown.page.on("console", lambda message: shown.faults.append(message.text) if message.type == "error" else None)
    shown.page.on("pageerror", lambda error: shown.faults.append(str(error)))
    yield shown
    context.close()
