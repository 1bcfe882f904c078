"""An e-mail or archive arrives: every letter in it comes in by itself, and each says what became of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from nhipcau.core.errors import InvalidInput, MissingProgram
from nhipcau.documents.incoming.intake import AlreadyReceived
from nhipcau.documents.incoming.scanning import accept
from nhipcau.documents.models import Document, Scan
from nhipcau.documents.rights import REGISTRARS, require_own
from nhipcau.documents.storing import files
from nhipcau.documents.storing.evidence import Paper
from nhipcau.org.models import Post, Unit
from nhipcau.reader.extract.parcels import unpack


@dataclass(frozen=True)
class Arrival:
    """One file of a parcel: the letter it became, or the one it already was, the scan that waits to be
    recognised, or why it was not taken."""

    name: str
    document: Document | None
    known: bool = False
    refusal: str = ""
    scan: Scan | None = None


def receive_parcel(
    *, unit: Unit, data: bytes, name: str, received_on: dt.date, actor: Post, at: dt.datetime
) -> list[Arrival] | None:
    """Take in every letter of a parcel, each in a transaction of its own; None where the file is no parcel.

    What is refused (a paper marked secret, a kind that is no letter) stops that file alone: the other letters of
    the same e-mail must not wait for it. The parcel itself is not kept. Raises InvalidInput, UnreadableFile.
    """
    require_own(unit, *REGISTRARS, actor=actor, at=at)
    files.require_size(data)
    enclosed = unpack(data, name)
    if enclosed is None:
        return None
    return [
        _arrive(unit=unit, data=one.data, name=one.name, received_on=received_on, actor=actor, at=at)
        for one in enclosed
    ]


def receive_several(
    *, unit: Unit, papers: Sequence[Paper], received_on: dt.date, actor: Post, at: dt.datetime
) -> list[Arrival]:
    """Take in files that were chosen at once, each as if it came alone: one that is refused stops no other."""
    arrivals: list[Arrival] = []
    for one in papers:
        letter: dict[str, Any] = {"unit": unit, "data": one.data, "name": one.name}
        try:
            inside = receive_parcel(**letter, received_on=received_on, actor=actor, at=at)
        except InvalidInput as refusal:
            arrivals.append(_refused(one.name, refusal))
            continue
        arrivals += [_arrive(**letter, received_on=received_on, actor=actor, at=at)] if inside is None else inside
    return arrivals


def _arrive(*, unit: Unit, data: bytes, name: str, received_on: dt.date, actor: Post, at: dt.datetime) -> Arrival:
    try:
        taken = accept(unit=unit, data=data, name=name, received_on=received_on, actor=actor, at=at)
    except AlreadyReceived as before:
        return Arrival(name, before.document, known=True)
    except (InvalidInput, MissingProgram) as refusal:
        return _refused(name, refusal)
    return Arrival(name, None, scan=taken) if isinstance(taken, Scan) else Arrival(name, taken)


def _refused(name: str, refusal: InvalidInput | MissingProgram) -> Arrival:
    faults = " ".join(fault.message for fault in getattr(refusal, "faults", ()))
    return Arrival(name, None, refusal=f"{refusal.message} {faults}".strip())
