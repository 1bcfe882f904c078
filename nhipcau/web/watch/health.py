"""`/healthz`: this process answers. `/readyz`: what it needs is there too. Neither says more than that."""

from __future__ import annotations

import os

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connection
from django.http import HttpResponse, JsonResponse

from nhipcau.ops.doctor.checks import pending

_up_to_date: set[str] = set()  # databases seen with all steps done: they do not go back while this process lives


def alive() -> HttpResponse:
    """Asks nothing of anybody, so that a database that is away is no reason to kill the process."""
    return _plain(HttpResponse("ok\n", content_type="text/plain"))


def ready() -> HttpResponse:
    """503 while the database is away, its tables are behind, or files cannot be written."""
    database, tables = _database()
    found = {"database": database, "tables": tables, "files": os.access(settings.DATA_DIR, os.W_OK)}
    return _plain(JsonResponse(found, status=200 if all(found.values()) else 503))


def _database() -> tuple[bool, bool]:
    name = str(connection.settings_dict["NAME"])
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        if name not in _up_to_date:
            if pending():
                return True, False
            _up_to_date.add(name)
    except DatabaseError:
        connection.close()
        return False, False
    return True, True


def _plain(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
