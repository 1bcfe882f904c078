"""Forms that were sent while there was no network, sent again by the device itself (`replay.js`, the worker).

Nobody looks at the answer's page, so it travels without its body, and a redirect becomes an answer that a script
can read. What keeps a form from counting twice is its own: `client_key`, or the revision with the contents.
"""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

REPLAY, POST, WENT, PHOTOS = "Nhipcau-Replay", "Nhipcau-Post", "Nhipcau-Went", "Nhipcau-Photos"
DONE_COOKIE, KEY_FIELD, KEY_LENGTH = "xong", "khoa", 60
_MINUTES = 10 * 60

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class ReplayMiddleware:
    """Short answers for replays; for a form sent from its page, a cookie with the key that has arrived."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if REPLAY in request.headers:
            return self._replayed(request)
        response = self.get_response(request)
        key = request.POST.get(KEY_FIELD, "")[:KEY_LENGTH] if request.method == "POST" else ""
        if key and _arrived(response):
            response.set_cookie(
                DONE_COOKIE,
                quote(key, safe=""),
                max_age=_MINUTES,
                samesite="Lax",
                secure=settings.SESSION_COOKIE_SECURE,
            )
        return response

    def _replayed(self, request: HttpRequest) -> HttpResponseBase:
        scope = getattr(request, "scope", None)
        wanted = request.headers.get(POST, "")
        if scope is not None and wanted != str(scope.post.uid):  # written for another seat than the one taken now
            return HttpResponse(status=HTTPStatus.PRECONDITION_FAILED)
        answer = self.get_response(request)
        location = answer.headers.get("Location", "")
        if not location:
            short = HttpResponse(status=answer.status_code)
        elif location.startswith(settings.LOGIN_URL):
            short = HttpResponse(status=HTTPStatus.UNAUTHORIZED)
        else:
            short = HttpResponse(status=HTTPStatus.NO_CONTENT, headers={WENT: location})
        if PHOTOS in answer.headers:
            short[PHOTOS] = answer.headers[PHOTOS]
        short.cookies.update(answer.cookies)
        return short


def _arrived(response: HttpResponseBase) -> bool:
    location = response.headers.get("Location", "")
    return bool(location) and not location.startswith(settings.LOGIN_URL)
