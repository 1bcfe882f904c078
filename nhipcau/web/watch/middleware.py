"""Outermost: names each request, and says of it route, status and time; no address, person or visitor."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from opentelemetry.trace import Span
from structlog.contextvars import bound_contextvars

from nhipcau.web.watch import health
from nhipcau.web.watch.counting import count
from nhipcau.web.watch.spans import spanned, tell

HEADER = "X-Request-ID"
_NAME = re.compile(r"[A-Za-z0-9-]{8,64}")
_HEALTH: dict[str, Callable[[], HttpResponse]] = {"/healthz": health.alive, "/readyz": health.ready}
log = logging.getLogger("nhipcau.access_line")


class WatchMiddleware:
    """The proxy's X-Request-ID is passed on, or one is made; every line logged meanwhile carries it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        asked = _HEALTH.get(request.path_info)
        if asked is not None:  # every few seconds, by a machine: neither logged nor counted
            return asked()
        given = request.headers.get(HEADER, "")
        name = given if _NAME.fullmatch(given) else uuid4().hex
        began = time.perf_counter()
        with bound_contextvars(request_id=name), spanned(request, name) as span:
            response = self.get_response(request)
            self._told(request, response, time.perf_counter() - began, span)
        response.headers[HEADER] = name
        return response

    @staticmethod
    def _told(request: HttpRequest, response: HttpResponseBase, seconds: float, span: Span) -> None:
        route, status = route_of(request), response.status_code
        method = count(route=route, method=str(request.method), status=status, seconds=seconds)
        tell(span, method=method, route=route, status=status)
        about = {"method": request.method, "route": route, "status": status, "ms": round(seconds * 1000, 1)}
        log.info("%(method)s %(route)s %(status)s %(ms)s ms", about, extra=about)


def route_of(request: HttpRequest) -> str:
    """The name of what answered: an address holds uids and search words, a name does not."""
    match = request.resolver_match
    if match is not None:
        return match.view_name or "unnamed"
    return "static" if request.path_info.startswith(settings.STATIC_URL) else "none"
