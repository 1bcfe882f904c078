"""The API's own way in, before anything that knows sessions: it accepts no cookie and so needs no CSRF token."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.core.exceptions import (
    BadRequest,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.http.response import HttpResponseBase
from django.middleware.http import ConditionalGetMiddleware
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.cache import patch_vary_headers

from nhipcau.access.tokens import once
from nhipcau.api.errors import MALFORMED, METHOD, TOO_LARGE, failed, problem, refused
from nhipcau.core.errors import NotFound
from nhipcau.core.said import Said

PREFIX = "/api/"
_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
_UNREADABLE = (BadRequest, SuspiciousOperation, MultiPartParserError, UnicodeError)
log = logging.getLogger(__name__)
_conditional = ConditionalGetMiddleware(lambda request: HttpResponse())


class ApiMiddleware:
    """Whatever begins with /api/ is answered here; the pages' middleware never sees it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        request.META.pop("HTTP_COOKIE", None)
        request.COOKIES = {}
        language = _language(request)
        with translation.override(language):
            response = _answered(request)
            _finished(request, response)
        response.headers["Content-Language"] = language
        response.headers.setdefault("Cache-Control", "private, no-cache")
        patch_vary_headers(response, ["Authorization", "Accept-Language"])
        return _conditional.process_response(request, response)


def _answered(request: HttpRequest) -> HttpResponseBase:
    """The endpoint's answer; what nobody foresaw is logged and told as a fault of the server."""
    try:
        match = resolve(request.path_info)
        request.resolver_match = match
        response: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
    except Resolver404:
        return refused(request, NotFound(Said("Không có địa chỉ này.", "There is no such address.")))
    except _LARGE:
        return problem(request, TOO_LARGE)
    except _UNREADABLE:
        return problem(request, MALFORMED)
    except Exception as error:
        log.exception("API: %s /%s", request.method, request.resolver_match.route if request.resolver_match else "")
        return failed(request, error)
    if response.status_code == METHOD.status:
        told = problem(request, METHOD)
        told["Allow"] = response.headers.get("Allow", "")
        return told
    return response


def _finished(request: HttpRequest, response: HttpResponseBase) -> None:
    """What was answered under an Idempotency-Key is kept with it."""
    answer = getattr(request, "answer", None)
    if answer is not None and isinstance(response, HttpResponse):
        once.finish(answer=answer, status=response.status_code, body=response.content.decode())


def _language(request: HttpRequest) -> str:
    """Vietnamese, unless a program asks for English first."""
    return "en" if request.headers.get("Accept-Language", "").strip().lower().startswith("en") else "vi"
