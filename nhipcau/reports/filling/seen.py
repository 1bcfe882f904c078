"""What the level above must know of a report before it takes it in: one look, which also locks the report.

Accepting is what happens most often, in a few days of a period from everywhere at once; so the report, its place in
the tree and what is sealed are not asked for one after another, and nothing is read that does not change.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from django.db import connection

from nhipcau.core.errors import NotFound
from nhipcau.reports.models import Submission

_LOOK = (
    "SELECT s.state, s.revision, s.seal_id, p.parent_id FROM reports_submission s LEFT JOIN org_placement p "
    "ON p.child_id = s.unit_id AND p.axis = %s AND p.valid_from <= %s AND (p.valid_to IS NULL OR p.valid_to > %s) "
    "WHERE s.id = %s"
)


class Seen(NamedTuple):
    """How the report stands; `superior`: who is directly above its unit, None for a unit without a place."""

    state: str
    revision: int
    seal_id: int | None
    superior: int | None


def look(report: Submission, axis: str, day: dt.date) -> Seen:
    """Inside the caller's transaction; nobody else changes the report before its end."""
    locking = " FOR UPDATE OF s" if connection.features.has_select_for_update_of else ""
    with connection.cursor() as cursor:
        cursor.execute(_LOOK + locking, [axis, day, day, report.pk])
        row = cursor.fetchone()
    if row is None:
        raise NotFound("Báo cáo này không còn.")
    return Seen(*row)
