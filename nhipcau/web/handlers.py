"""What the server answers when no page of ours could: named in the URL root, asked by Django.

None of these may fail in its turn, so those for faults of the server ask the database for nothing.
"""

from __future__ import annotations

import sys

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import Error as DatabaseError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse

from nhipcau.core.errors import NotAllowed, NotFound
from nhipcau.web.failure import (
    NO_DATABASE,
    OURS,
    OUTDATED,
    TOO_LARGE,
    UNREADABLE,
    UPGRADING,
    Kind,
    bare,
    failure,
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
    """500; 503 where the database is away, or not yet as this version of the software needs it."""
    error = sys.exc_info()[1]
    return bare(request, _why() if isinstance(error, DatabaseError) else OURS)


def _why() -> Kind:
    """What is the matter with the database."""
    try:
        executor = MigrationExecutor(connection)
        behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return NO_DATABASE
    return UPGRADING if behind else OURS
