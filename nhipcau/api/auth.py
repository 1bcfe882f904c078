"""A token in the Authorization header, and nothing else: cookies are thrown away at the door."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest
from ninja.security import HttpBearer

from nhipcau.access.models import ApiAnswer, ApiToken
from nhipcau.access.tokens import once
from nhipcau.access.tokens.actions import note_refusal, note_use
from nhipcau.access.tokens.queries import Bearer, TokenRefused, bearer_of
from nhipcau.api.endpoints import Endpoint
from nhipcau.api.errors import KeyMissing, ScopeMissing, TooManyRequests
from nhipcau.core.clock import SystemClock, local_date
from nhipcau.core.said import Said
from nhipcau.ops import moment
from nhipcau.org.scope import Scope

KEY = "Idempotency-Key"
LONGEST_KEY = 100
MINUTE, DAY = 60, 24 * 3600
MULTIPART = "multipart/form-data"

cache = caches["process"]


class ApiRequest(HttpRequest):
    """A request past the token: `scope` is what its post sees, `moment` when it came."""

    scope: Scope
    moment: dt.datetime
    bearer: Bearer
    answer: ApiAnswer | None


class Replayed(Exception):
    """The same request came before; `answer` is what it was answered."""

    def __init__(self, answer: ApiAnswer) -> None:
        super().__init__(answer.key)
        self.answer = answer


class TokenAuth(HttpBearer):
    """What one endpoint asks of a token and its post."""

    def __init__(self, endpoint: Endpoint) -> None:
        super().__init__()
        self.endpoint = endpoint

    def authenticate(self, request: HttpRequest, token: str) -> Bearer:
        """The bearer; raises TokenRefused, ScopeMissing, NotAllowed, TooManyRequests, KeyMissing, Replayed."""
        at = moment.now()
        try:
            bearer = bearer_of(token, at)
        except TokenRefused as refusal:
            if refusal.token is not None:
                _note(refusal.token, refusal.why, at)
            raise
        _throttle(bearer.token)
        self._require_scope(bearer, at)
        note_use(token=bearer.token, day=local_date(at))
        ours: Any = request
        ours.bearer, ours.moment, ours.scope = bearer, at, Scope(bearer.post, at)
        if self.endpoint.roles:
            ours.scope.require_role(*self.endpoint.roles)
        ours.answer = _begun(request, bearer.token, at) if self.endpoint.writes else None
        return bearer

    def _require_scope(self, bearer: Bearer, at: dt.datetime) -> None:
        needed = self.endpoint.scope
        if needed not in bearer.token.scopes:
            _note(bearer.token, f"scope:{needed.value}", at)
            raise ScopeMissing(
                Said(
                    f"Mã truy cập này không có quyền «{needed.label}» ({needed.value}).",
                    f"This token lacks the scope «{needed.value}».",
                )
            )


class Nobody(HttpBearer):
    """For an endpoint that declares no scope: it is served to nobody."""

    def authenticate(self, request: HttpRequest, token: str) -> None:
        """None: refused."""
        return


def _note(token: ApiToken, why: str, at: dt.datetime) -> None:
    """In the log once a day for each reason: a program that goes on asking does not fill it."""
    if cache.add(f"api-refused:{token.pk}:{why}:{local_date(at)}", value=True, timeout=DAY):
        note_refusal(token=token, why=why, at=at)


def _throttle(token: ApiToken) -> None:
    seconds = int(SystemClock().now().timestamp())
    key = f"api-rate:{token.pk}:{seconds // MINUTE}"
    shared = caches["default"]  # one count for all processes; two at the very same moment may count as one
    shared.add(key, 0, 2 * MINUTE)
    try:
        used = shared.incr(key)
    except ValueError:  # forgotten meanwhile by a full cache
        return
    if used > settings.API_RATE:
        raise TooManyRequests(MINUTE - seconds % MINUTE)


def _begun(request: HttpRequest, token: ApiToken, at: dt.datetime) -> ApiAnswer:
    key = request.headers.get(KEY, "").strip()
    if not 0 < len(key) <= LONGEST_KEY or not key.isprintable():
        raise KeyMissing(
            Said(
                f"Mỗi lần ghi cần một khóa riêng trong {KEY}, tối đa {LONGEST_KEY} ký tự.",
                f"Every write needs a key of its own in {KEY}, of {LONGEST_KEY} characters at most.",
            )
        )
    answer = once.begin(token=token, key=key, digest=_digest(request), at=at)
    if answer.status is not None:
        raise Replayed(answer)
    return answer


def _digest(request: HttpRequest) -> str:
    """Of all that the request says. A form with files is taken apart: its boundary is another one each time."""
    found = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    if request.content_type != MULTIPART:
        found.update(request.body)
        return found.hexdigest()
    for name in sorted(request.POST):
        found.update(repr((name, request.POST.getlist(name))).encode())
    for name in sorted(request.FILES):
        for file in request.FILES.getlist(name):
            found.update(repr((name, file.name, file.size)).encode())
            for chunk in file.chunks():
                found.update(chunk)
            file.seek(0)
    return found.hexdigest()
