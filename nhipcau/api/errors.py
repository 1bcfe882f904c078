"""One `application/problem+json` (RFC 9457) for every error. Its `type` is stable: programs decide by that."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as translated

from nhipcau.access.tokens.once import KeyReused, StillInHand
from nhipcau.access.tokens.queries import TokenRefused
from nhipcau.boundary.errors import BoundaryRefused
from nhipcau.core.errors import (
    Conflict,
    Fault,
    InvalidInput,
    MissingProgram,
    NhipCauError,
    NoAnswer,
    NoRoom,
    NotAllowed,
    NotFound,
    UnreadableFile,
)
from nhipcau.core.said import Said
from nhipcau.ops.troubles import Trouble, refusal_of, trouble_of

MEDIA_TYPE = "application/problem+json"
TYPES = "urn:nhip-cau:problem:"


class ScopeMissing(NotAllowed):
    """The token may not do this, whatever its post may."""


class TooManyRequests(NhipCauError):
    """The token was used too often; `wait` seconds from now it may be used again."""

    def __init__(self, wait: int) -> None:
        super().__init__(Said("Gửi quá nhiều yêu cầu trong một phút.", "Too many requests within a minute."))
        self.wait = wait


class KeyMissing(NhipCauError):
    """A write without Idempotency-Key."""


@dataclass(frozen=True)
class Kind:
    """How one class of error is answered. `wait`: in how many seconds the same may be asked again."""

    status: int
    slug: str
    title: Said
    wait: int = 0


# The first class that fits decides; NhipCauError itself is last.
_KINDS: tuple[tuple[type[NhipCauError], Kind], ...] = (
    (TokenRefused, Kind(401, "token-refused", Said("Mã truy cập không dùng được", "The token opens nothing"))),
    (ScopeMissing, Kind(403, "scope-missing", Said("Mã truy cập không có quyền này", "The token lacks the scope"))),
    (TooManyRequests, Kind(429, "too-many-requests", Said("Gửi quá nhanh", "Too many requests"))),
    (KeyMissing, Kind(400, "idempotency-key-missing", Said("Thiếu Idempotency-Key", "Idempotency-Key is missing"))),
    (KeyReused, Kind(422, "idempotency-key-reused", Said("Khóa đã dùng cho việc khác", "The key was used before"))),
    (StillInHand, Kind(409, "still-in-hand", Said("Yêu cầu trước chưa xong", "The earlier request is not over"))),
    (NotFound, Kind(404, "not-found", Said("Không tìm thấy", "Not found"))),
    (NotAllowed, Kind(403, "not-allowed", Said("Chức danh không có quyền này", "The post may not do this"))),
    (Conflict, Kind(409, "conflict", Said("Đã thay đổi, hoặc bước này chưa làm được", "Changed meanwhile"))),
    (BoundaryRefused, Kind(422, "outside-the-boundary", Said("Ngoài ranh giới", "Outside the boundary"))),
    (UnreadableFile, Kind(422, "unreadable-file", Said("Không đọc được tệp", "The file cannot be read"))),
    (InvalidInput, Kind(422, "invalid-input", Said("Chưa nhận được nội dung này", "The input was refused"))),
    (MissingProgram, Kind(503, "missing-program", Said("Máy chủ thiếu một thành phần", "A program is missing"))),
    (NoRoom, Kind(503, "disk-full", Said("Máy chủ hết chỗ lưu", "The server's disk is full"), 60)),
    (NoAnswer, Kind(503, "store-away", Said("Kho tệp không trả lời", "The file store does not answer"), 10)),
    (NhipCauError, Kind(422, "refused", Said("Chưa làm được việc này", "This could not be done"))),
)
# What is refused before the domain is asked.
NO_TOKEN = Kind(401, "token-missing", Said("Cần mã truy cập", "A token is needed"))
MALFORMED = Kind(400, "malformed", Said("Yêu cầu không đọc được", "The request cannot be read"))
SHAPE = Kind(422, "invalid-request", Said("Yêu cầu sai dạng", "The request has the wrong shape"))
METHOD = Kind(405, "method-not-allowed", Said("Không dùng được theo cách ấy", "The method is not allowed here"))
TOO_LARGE = Kind(413, "too-large", Said("Nội dung gửi lên quá lớn", "The request is too large"))
FAULT = Kind(500, "server-fault", Said("Máy chủ gặp lỗi", "The server failed"))
# What the machine is short of: the same may be asked again after so many seconds.
_TROUBLES = {
    Trouble.AWAY: (Kind(503, "database-away", Said("Chưa nối được cơ sở dữ liệu", "The database is away")), 10),
    Trouble.BUSY: (Kind(503, "busy", Said("Máy chủ đang rất bận", "The server is very busy")), 5),
    Trouble.FULL: (Kind(503, "disk-full", Said("Máy chủ hết chỗ lưu", "The server's disk is full")), 60),
    Trouble.BEHIND: (Kind(503, "upgrading", Said("Đang nâng cấp", "An upgrade is under way")), 60),
}
_ASIDE = (NO_TOKEN, MALFORMED, SHAPE, METHOD, TOO_LARGE, FAULT, *(kind for kind, _ in _TROUBLES.values()))
KINDS = tuple(dict.fromkeys((*(kind for _, kind in _KINDS), *_ASIDE)))


def spoken(text: str) -> str:
    """In the language of the request: a sentence that brings its English, else what the catalogue knows."""
    if isinstance(text, Said):
        return text.en if (get_language() or "").startswith("en") else str(text)
    return translated(text) if text else ""


def kind_of(error: NhipCauError) -> Kind:
    """The answer for that error."""
    return next(kind for cls, kind in _KINDS if isinstance(error, cls))


def refused(request: HttpRequest, error: NhipCauError) -> HttpResponse:
    """A domain error as a problem."""
    faults = error.faults if isinstance(error, InvalidInput) else ()
    kind = kind_of(error)
    answer = problem(request, kind, error.message, faults)
    if wait := error.wait if isinstance(error, TooManyRequests) else kind.wait:
        answer["Retry-After"] = str(wait)
    return answer


def failed(request: HttpRequest, error: BaseException) -> HttpResponse:
    """What no endpoint foresaw: what the machine is short of, else a fault of the server."""
    if found := refusal_of(error):
        return refused(request, found)
    trouble = trouble_of(error)
    if trouble is None:
        return problem(request, FAULT)
    kind, wait = _TROUBLES[trouble]
    answer = problem(request, kind)
    answer["Retry-After"] = str(wait)
    return answer


def problem(request: HttpRequest, kind: Kind, detail: str = "", faults: Sequence[Fault] = ()) -> HttpResponse:
    """What happened, where and why; `errors` names the field, cell or row of each fault."""
    body = {
        "type": TYPES + kind.slug,
        "title": spoken(kind.title),
        "status": kind.status,
        "detail": spoken(detail),
        "instance": request.path,
        "errors": [{"where": fault.where, "message": spoken(fault.message)} for fault in faults],
    }
    answer = HttpResponse(json.dumps(body, ensure_ascii=False), content_type=MEDIA_TYPE, status=kind.status)
    if kind.status == NO_TOKEN.status:
        answer["WWW-Authenticate"] = 'Bearer realm="nhip-cau"'
    return answer
