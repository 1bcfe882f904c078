"""The boundary at the door of every action that stores or sends text."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping

from django.db import transaction

from nhipcau.audit.actions import record
from nhipcau.boundary import BoundaryRefused, guard
from nhipcau.core.actors import Actor

# Field names are the program's own; anything else a caller let through is not written down.
_FIELD = re.compile(r"[A-Za-z0-9_.\-]{1,80}|dòng \d+|tệp")


def screen(fields: Mapping[str, str | Iterable[str] | None], kind: str, *, actor: Actor, at: dt.datetime) -> None:
    """Raise BoundaryRefused if any text crosses the boundary; log rule, field and post, never the text.

    Call it before the transaction of the change opens: the refusal is logged in a transaction of its own.
    """
    try:
        guard(fields, kind)
    except BoundaryRefused as refusal:
        with transaction.atomic():
            for hit in refusal.hits:
                record(
                    actor=actor,
                    action="boundary.refused",
                    obj=f"field:{kind}",
                    at=at,
                    data={"rule": hit.rule, "field": hit.field if _FIELD.fullmatch(hit.field) else "khác"},
                )
        raise
