"""A request as a span: what answered it, how, and how much of its time the database took."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.http import HttpRequest
from opentelemetry import trace
from opentelemetry.propagate import extract
from opentelemetry.trace import Span, SpanKind, StatusCode

tracer = trace.get_tracer(__name__)


@dataclass
class Statements:
    """How many were put to the database, and how long it took them."""

    count: int = 0
    seconds: float = 0.0

    def __call__(self, execute: Callable[..., Any], *given: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(*given)
        finally:
            self.count += 1
            self.seconds += time.perf_counter() - began


@contextmanager
def spanned(request: HttpRequest, name: str) -> Iterator[Span]:
    """The span of a request, part of the proxy's trace if that began one; nothing is kept where nobody collects.

    An exception's text may name a person, so none is recorded.
    """
    with tracer.start_as_current_span(
        "request",
        context=extract(request.headers),
        kind=SpanKind.SERVER,
        attributes={"nhipcau.request_id": name},
        record_exception=False,
        set_status_on_exception=False,
    ) as span:
        if not span.is_recording():
            yield span
            return
        statements = Statements()
        with connection.execute_wrapper(statements):
            yield span
        span.set_attribute("nhipcau.db.statements", statements.count)
        span.set_attribute("nhipcau.db.ms", round(statements.seconds * 1000, 1))


def tell(span: Span, *, method: str, route: str, status: int) -> None:
    """By the names of OpenTelemetry's semantic conventions for HTTP."""
    span.update_name(f"{method} {route}")
    span.set_attributes({"http.request.method": method, "http.route": route, "http.response.status_code": status})
    if status >= 500:
        span.set_status(StatusCode.ERROR)
