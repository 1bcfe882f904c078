"""Papers that do not belong here: recognised by their stamp or name, logged, and nothing of them kept."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from nhipcau.audit.actions import record
from nhipcau.core.errors import InvalidInput
from nhipcau.documents.storing.stamps import Stamp, stamp_in_name, stamp_on
from nhipcau.org.models import Post, Unit


class KeptOut(InvalidInput):
    """The paper does not belong in this system (`stamp`: "secret", "complaint"); nothing of it was kept."""

    def __init__(self, message: str, stamp: str) -> None:
        super().__init__(message)
        self.stamp = stamp


def require_unstamped(text: str, *, unit: Unit, actor: Post, at: dt.datetime) -> None:
    """Raise KeptOut for a secret paper, a complaint or a denunciation, and log that one was kept out.

    Call it before the transaction of the change opens: the refusal is logged in a transaction of its own.
    """
    _stop(stamp_on(text), unit, actor, at)


def require_unstamped_name(name: str, *, unit: Unit, actor: Post, at: dt.datetime) -> None:
    """As `require_unstamped`, by the file's name alone: call it before the file is opened at all."""
    _stop(stamp_in_name(name), unit, actor, at)


def _stop(stamp: Stamp | None, unit: Unit, actor: Post, at: dt.datetime) -> None:
    if stamp is None:
        return
    with transaction.atomic():
        record(actor=actor, action="documents.kept_out", obj=f"unit:{unit.uid}", at=at, data={"stamp": stamp.name})
    raise KeptOut(stamp.message, stamp.name)
