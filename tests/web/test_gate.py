"""The gate: so many at work, so many waiting, the rest told at once to come again."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterable
from typing import Any

from django.conf import settings

from nhipcau.web.gate import Gate

PATIENCE = 60


class Pages:
    """Pages that answer when they are let."""

    def __init__(self) -> None:
        self.begun, self.let = threading.Semaphore(0), threading.Semaphore(0)
        self.answered = 0

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        self.begun.release()
        assert self.let.acquire(timeout=PATIENCE)
        self.answered += 1
        start_response("200 OK", [])
        return [b"page"]


class Asked:
    """A request of its own thread."""

    def __init__(self, gate: Gate, **environ: Any) -> None:
        self.status, self.headers, self.body = "", dict[str, str](), b""
        self.environ: dict[str, Any] = {
            "PATH_INFO": "/",
            "wsgi.input": io.BytesIO(b"a=1"),
            "CONTENT_LENGTH": "3",
        } | environ
        self._thread = threading.Thread(target=self._ask, args=(gate,))
        self._thread.start()

    def _ask(self, gate: Gate) -> None:
        self.body = b"".join(gate(self.environ, self._starts))

    def _starts(self, status: str, headers: list[tuple[str, str]]) -> None:
        self.status, self.headers = status, dict(headers)

    def done(self) -> Asked:
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()
        return self


def busy(gate: Gate, pages: Pages, count: int) -> list[Asked]:
    """So many requests at work."""
    asked = [Asked(gate) for _ in range(count)]
    for _ in asked:
        assert pages.begun.acquire(timeout=PATIENCE)
    return asked


def test_what_is_beyond_the_queue_is_turned_away_at_once_and_was_not_begun() -> None:
    pages = Pages()
    gate = Gate(pages, at_work=2, waiting=0)
    first = busy(gate, pages, 2)
    refused = Asked(gate).done()
    assert refused.status.startswith("503")
    assert refused.headers["Retry-After"] == "5"
    assert "Máy chủ đang rất bận" in refused.body.decode()
    assert refused.environ["wsgi.input"].read() == b"", "what was sent is read away, so that the answer arrives"
    pages.let.release(2)
    assert [one.done().status for one in first] == ["200 OK"] * 2
    assert pages.answered == 2


def test_who_waits_is_answered_when_there_is_room() -> None:
    pages = Pages()
    gate = Gate(pages, at_work=1, waiting=1)
    [first] = busy(gate, pages, 1)
    second = Asked(gate)
    pages.let.release(2)
    assert (first.done().status, second.done().status) == ("200 OK", "200 OK")


def test_who_waits_too_long_is_turned_away_and_never_begun() -> None:
    pages = Pages()
    gate = Gate(pages, at_work=1, waiting=1, patience=0.2)
    [first] = busy(gate, pages, 1)
    assert Asked(gate).done().status.startswith("503")
    pages.let.release(2)
    assert first.done().status == "200 OK"
    assert pages.answered == 1


def test_what_is_at_work_is_never_cut_short() -> None:
    pages = Pages()
    [asked] = busy(Gate(pages, at_work=1, waiting=0, patience=0.05), pages, 1)
    threading.Event().wait(0.2)
    pages.let.release()
    assert asked.done().status == "200 OK"


def test_each_is_told_in_its_form_and_language() -> None:
    pages = Pages()
    gate = Gate(pages, at_work=1, waiting=0)
    [first] = busy(gate, pages, 1)
    english = Asked(gate, HTTP_COOKIE=f"{settings.LANGUAGE_COOKIE_NAME}=en").done().body.decode()
    part = Asked(gate, HTTP_HX_REQUEST="true").done().body.decode()
    program = Asked(gate, PATH_INFO="/api/v1/units", HTTP_ACCEPT_LANGUAGE="en").done()
    assert "The server is very busy" in english
    assert "</html>" in english
    assert "Máy chủ đang rất bận" in part
    assert "<html" not in part
    assert program.headers["Content-Type"] == "application/problem+json"
    assert "The server is very busy" in program.body.decode()
    pages.let.release()
    first.done()


def test_files_pass_while_everybody_is_busy() -> None:
    pages = Pages()
    gate = Gate(pages, at_work=1, waiting=0)
    [first] = busy(gate, pages, 1)
    pages.let.release(2)
    assert Asked(gate, PATH_INFO=f"{settings.STATIC_URL}css/base.css").done().status == "200 OK"
    first.done()
