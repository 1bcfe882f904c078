"""Letters and the registers they stand in."""

from __future__ import annotations

import datetime as dt
import uuid

from ninja import Schema

from nhipcau.api.schemas.units import UnitOut


class LetterOut(Schema):
    """A letter in a list."""

    uid: uuid.UUID
    unit: UnitOut
    direction: str
    state: str
    doc_type: str
    number: str
    issuer: str
    dated: dt.date | None
    subject: str
    received_on: dt.date | None
    register_number: str | None
    scope: str


class LetterDetail(LetterOut):
    """One letter; its words are read from the original, which has an endpoint of its own."""

    addressees: list[str]
    recipients: list[str]
    signer_authority: str
    signer_title: str
    signer_name: str
    original_name: str
    has_original: bool


class EntryOut(Schema):
    """A line of a register; a void line keeps its number."""

    number: str
    entered_at: dt.datetime
    document: uuid.UUID | None
    doc_type: str
    letter_number: str
    dated: dt.date | None
    subject: str
    void_reason: str
    note: str


class ArrivalOut(Schema):
    """What became of a file that was sent in: a letter to be confirmed on its page, a scan that waits to be
    recognised, one that was there before (`known`), or why it was not taken."""

    name: str
    letter: uuid.UUID | None
    scan: uuid.UUID | None
    known: bool
    refusal: str


class Arrivals(Schema):
    """One for the file, or one for each letter of a parcel."""

    arrivals: list[ArrivalOut]
