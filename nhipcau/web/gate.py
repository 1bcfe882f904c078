"""Before the pages: only so many requests are at work at once, only so many wait, and the rest are told at once.

Without it every request of a rush is taken and answered in its turn, the last ones when nobody waits for them any
more; whoever sends again makes the queue longer. What is turned away was not begun, and cost next to nothing.

The pages run on threads of their own, as many as are at work: each keeps a database connection, and those who wait
need none.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from http.cookies import CookieError, SimpleCookie
from typing import Any

from django.conf import settings
from django.template import loader
from django.utils import translation

from nhipcau.core.said import Said
from nhipcau.web.failure import BUSY

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]
PATIENCE = 15.0  # seconds in the queue; after that whoever asked has gone or asked again
_SMALL = 2**16  # bytes of a form that are read away, so that the answer is not lost with the connection
_PROBLEM = Said("Máy chủ đang rất bận", "The server is very busy")


class Gate:
    """A WSGI application around another."""

    def __init__(self, inside: Application, *, at_work: int, waiting: int, patience: float = PATIENCE) -> None:
        self._inside, self._patience = inside, patience
        self._room = threading.BoundedSemaphore(at_work + waiting)
        self._pool = ThreadPoolExecutor(at_work, thread_name_prefix="trang")

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if str(environ.get("PATH_INFO", "")).startswith(settings.STATIC_URL):
            return self._inside(environ, start_response)  # a file is sent faster than it is refused
        if not self._room.acquire(blocking=False):
            return _turned_away(environ, start_response)
        try:
            answer = self._pool.submit(self._inside, environ, start_response)
            if not self._begun(answer):
                return _turned_away(environ, start_response)
            return answer.result()
        finally:
            self._room.release()

    def _begun(self, answer: Future[Iterable[bytes]]) -> bool:
        """Whether it was answered, or at least begun, within the time anybody waits."""
        try:
            answer.exception(self._patience)
        except TimeoutError:
            return not answer.cancel()
        return True


def _turned_away(environ: Environ, start_response: StartResponse) -> list[bytes]:
    """503: come again in a few seconds."""
    kind, body = _words(_language(environ), _form(environ))
    headers = [
        ("Content-Type", kind),
        ("Content-Length", str(len(body))),
        ("Retry-After", str(BUSY.wait)),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
        ("Content-Security-Policy", "default-src 'self'; base-uri 'none'; frame-ancestors 'none'"),
    ]
    length = str(environ.get("CONTENT_LENGTH") or "0")
    if length.isdecimal() and int(length) <= _SMALL:
        environ["wsgi.input"].read(int(length))
    else:
        headers.append(("Connection", "close"))
    start_response("503 Service Unavailable", headers)
    return [body]


def _form(environ: Environ) -> str:
    """As what the answer is wanted: a page, a part of one, or a program's problem."""
    if str(environ.get("PATH_INFO", "")).startswith("/api/"):
        return "problem"
    return "part" if environ.get("HTTP_HX_REQUEST") == "true" else "page"


def _language(environ: Environ) -> str:
    """The cookie's, or what a program accepts; nobody's session is looked up."""
    try:
        cookie = SimpleCookie(environ.get("HTTP_COOKIE", "")).get(settings.LANGUAGE_COOKIE_NAME)
    except CookieError:
        cookie = None
    wanted = cookie.value if cookie else ""
    if _form(environ) == "problem":
        wanted = str(environ.get("HTTP_ACCEPT_LANGUAGE", "")).strip().lower()[:2]
    return wanted if wanted in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


@cache
def _words(language: str, form: str) -> tuple[str, bytes]:
    """Media type and body, made once."""
    if form == "problem":
        title = _PROBLEM.en if language == "en" else str(_PROBLEM)
        problem = {"type": "urn:nhip-cau:problem:busy", "title": title, "status": BUSY.status}
        return "application/problem+json", json.dumps(problem, ensure_ascii=False).encode()
    template = "web/parts/failure.html" if form == "part" else "web/failure.html"
    with translation.override(language):
        page = loader.render_to_string(template, {"kind": BUSY, "message": BUSY.message, "place": ""})
    return "text/html; charset=utf-8", page.encode()
