"""What leaves the system, and reading where reading itself is answered for: written down like any change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from nhipcau.audit.actions import Plain, record
from nhipcau.core.actors import Actor


@transaction.atomic
def note_taking(
    *, actor: Actor, action: str, obj: str, at: dt.datetime, data: Mapping[str, Plain] | None = None
) -> None:
    """A file, a table or a restricted register went to that post: which one, never what was in it."""
    record(actor=actor, action=action, obj=obj, at=at, data=data)
