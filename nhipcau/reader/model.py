"""What the reader hands back. Every value carries how sure it is, why it was chosen and where it stands."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

from nhipcau.core.said import UNSAID, Said
from nhipcau.reader.language.times import DeadlineKind
from nhipcau.reader.language.words import PageWords

Span = tuple[int, int]
TextSource = Literal["text", "docx", "pdf-text", "ocr"]
ScopeName = Literal["in", "outside", "review"]


@dataclass(frozen=True)
class Field:
    """A scalar as printed, or None where the document does not say. `confidence` is 0 to 1; `why` is
    a short reason shown to the person who confirms; `span` is in `Reading.text`."""

    value: str | None = None
    confidence: float = 0.0
    why: Said = UNSAID
    span: Span | None = None


@dataclass(frozen=True)
class Citation:
    """A document named by number: symbol without spaces, date (ISO) only if printed, and its issuer.
    `confidence` and `why` as in `Field`."""

    symbol: str
    date: dt.date | None
    issuer: str | None
    span: Span
    confidence: float = 0.0
    why: Said = UNSAID


@dataclass(frozen=True)
class Deadline:
    """A due date, period or recurrence of something somebody must do.

    `normalised` is as in the contract (2021-11-10, 2020-04-18/2020-04-26, 2021-10, 2019-Q4, an RRULE,
    "P5BD after receipt"). `due` is the last day in time and `late_after` the last day before it counts
    as late: "trước ngày D" gives D-1 and D. Both are None where the receipt date is needed, and `due`
    and `responsible` where the scope is outside. `exclusive` keeps "trước" apart from "chậm nhất".
    """

    phrase: str
    kind: DeadlineKind
    normalised: str
    due: dt.date | None
    late_after: dt.date | None
    action: str | None
    responsible: str | None
    scope: ScopeName
    span: Span
    exclusive: bool = False
    why: Said = UNSAID
    confidence: float = 0.0


@dataclass(frozen=True)
class Obligation:
    """Something a document asks somebody to do. `deadline` is an index into `Reading.deadlines`;
    `responsible` leads ("chủ trì"), `helped_by` lends a hand ("phối hợp"), both as printed."""

    text: str
    span: Span
    scope: ScopeName
    rule: str | None
    responsible: str | None = None
    helped_by: str | None = None
    deadline: int | None = None
    confidence: float = 0.0
    why: Said = UNSAID


@dataclass(frozen=True)
class Signature:
    """A digital signature in the file, as far as it can be checked without a network.

    `signed_at` is ISO 8601 by the signer's own clock. `state`: "intact", "changed" (something was added after
    it), "broken" (the signed bytes were altered, or it cannot be checked). `note` says so.
    """

    signer: str
    issuer: str
    signed_at: str | None
    state: Literal["intact", "changed", "broken"]
    note: Said


@dataclass(frozen=True)
class Reading:
    """One document as read. `text` is the normalised text all spans refer to. Of scanned pages also the words,
    placed in it, and what coloured stamps say (`stamps`, no part of the text)."""

    text: str
    text_source: TextSource
    doc_type: Field = field(default_factory=Field)
    number: Field = field(default_factory=Field)
    issuer: Field = field(default_factory=Field)
    parent_issuer: Field = field(default_factory=Field)
    place: Field = field(default_factory=Field)
    date: Field = field(default_factory=Field)
    subject: Field = field(default_factory=Field)
    authority: Field = field(default_factory=Field)
    title: Field = field(default_factory=Field)
    signer_name: Field = field(default_factory=Field)
    addressees: tuple[Field, ...] = ()
    recipients: tuple[Field, ...] = ()
    cited: tuple[Citation, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    warnings: tuple[Said, ...] = ()
    signatures: tuple[Signature, ...] = ()
    pages: tuple[PageWords, ...] = ()
    stamps: str = ""

    @property
    def issued_on(self) -> dt.date | None:
        return dt.date.fromisoformat(self.date.value) if self.date.value else None
