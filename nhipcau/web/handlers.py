"""What the server answers when no page of ours could: named in the URL root, asked by Django.

None of these may fail in its turn, so those for faults of the server need nothing of the database.
"""

from __future__ import annotations

import sys

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse

from nhipcau.core.errors import NotAllowed, NotFound
from nhipcau.web.failure import (
    OUTDATED,
    TOO_LARGE,
    UNREADABLE,
    bare,
    failure,
    kind_of_fault,
    refusal,
)

_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 for what was too large to be read at all."""
    return bare(request, TOO_LARGE if isinstance(exception, _LARGE) else UNREADABLE)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 from below our own pages."""
    return failure(request, NotAllowed("Chức danh của bạn không mở được trang này."))


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: no page has this address."""
    return failure(request, NotFound("Không có trang nào ở địa chỉ này."))


def outdated(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form of a session that is over, or from elsewhere."""
    return refusal(request, OUTDATED)


def broken(request: HttpRequest) -> HttpResponse:
    """500; 503 where the database is away or busy, the disk full, or the tables not those of this version yet."""
    return bare(request, kind_of_fault(sys.exc_info()[1]))
