"""A letter comes in: a list of steps, each of which may stop it with an error of its own.

The order matters. A paper that must not enter is recognised before anything of it is written.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from django.db import transaction

from nhipcau.audit.actions import record
from nhipcau.audit.screen import screen
from nhipcau.core.clock import local_date
from nhipcau.core.errors import Conflict, Fault, InvalidInput
from nhipcau.core.said import Said
from nhipcau.core.text import canonical, fold
from nhipcau.documents.incoming.readings import citations, fill
from nhipcau.documents.models import Direction, Document, DocumentState
from nhipcau.documents.numbering import key
from nhipcau.documents.rights import REGISTRARS, require_own
from nhipcau.documents.search.rows import keep
from nhipcau.documents.storing import files, media, photos
from nhipcau.documents.storing.keptout import require_unstamped, require_unstamped_name
from nhipcau.documents.storing.margins import margins_of
from nhipcau.org.models import Post, Unit
from nhipcau.reader import read_bytes
from nhipcau.reader.model import Reading


class AlreadyReceived(Conflict):
    """The same file came in before, as `document`."""

    def __init__(self, message: str, document: Document) -> None:
        super().__init__(message)
        self.document = document


@dataclass
class Incoming:
    """A letter on its way in; each step adds what it finds out."""

    unit: Unit
    data: bytes
    name: str
    received_on: dt.date
    at: dt.datetime
    media_type: str = ""
    reading: Reading = field(default_factory=lambda: Reading(text="", text_source="text"))


class Step(Protocol):
    """One check or one finding. It writes nothing; it may raise any error of the tree to stop the letter."""

    def __call__(self, letter: Incoming) -> None: ...


def check_file(letter: Incoming) -> None:
    """Size, kind and day of arrival; of a photograph only the picture comes in."""
    files.require_size(letter.data)
    letter.name = media.clean_name(letter.name)
    letter.media_type = media.require(letter.data, letter.name, media.ARRIVALS)
    letter.data = photos.without_metadata(letter.data, letter.media_type)
    if letter.received_on > local_date(letter.at):
        raise InvalidInput(
            Said(
                f"Ngày đến {letter.received_on:%d/%m/%Y} còn ở tương lai.",
                f"The day of arrival {letter.received_on:%d/%m/%Y} is still to come.",
            ),
            [Fault("received_on", "hãy ghi ngày thực nhận văn bản")],
        )


def refuse_same_file(letter: Incoming) -> None:
    """The very same bytes are one letter."""
    first = (
        Document.objects.filter(
            unit=letter.unit, direction=Direction.INCOMING, original__sha256=files.sha256(letter.data)
        )
        .exclude(state__in=(DocumentState.VOID, DocumentState.DISCARDED))
        .select_related("entry", "copy_of__entry")
        .first()
    )
    if first is not None:
        raise already_received(first.copy_of or first)


def already_received(first: Document) -> AlreadyReceived:
    """The error that says which document the file is."""
    entry = getattr(first, "entry", None)
    vi, en = (
        (f"số đến {entry.label}", f"no. {entry.label}")
        if entry
        else ("đang chờ xác nhận", "waiting to be confirmed")
    )
    told = Said(
        f"Tệp này đã được nhận trước đây: {first} ({vi}). Không nhận thêm lần nữa.",
        f"This file came in before: {first} ({en}). It is not taken again.",
    )
    return AlreadyReceived(told, first)


def read_letter(letter: Incoming) -> None:
    """What the reader finds. A file it cannot open stops here with the reader's own sentence."""
    letter.reading = read_bytes(letter.data, letter.name)


DOORS: Sequence[Step] = (check_file, refuse_same_file)

Follower = Callable[[Document, Reading], object]
_followers: list[Follower] = []


def follow(follower: Follower) -> None:
    """Call `follower` for every new letter, in the transaction that saves it (apps above register here)."""
    if follower not in _followers:
        _followers.append(follower)


def receive(*, unit: Unit, data: bytes, name: str, received_on: dt.date, actor: Post, at: dt.datetime) -> Document:
    """Take in a letter: check, read, keep the original bit for bit. It waits (state READ) for a person.

    Whether it is a further copy of a letter that the unit has is asked of that person (`confirm`), for two
    letters must not melt into one by a slip; only the very same file is refused. Raises KeptOut,
    AlreadyReceived, InvalidInput, UnreadableFile, NotFound, NotAllowed; then nothing is kept.
    """
    letter = Incoming(unit=unit, data=data, name=name, received_on=received_on, at=at)
    check_arrival(letter, actor=actor)
    read_letter(letter)
    require_welcome(letter, actor=actor)
    files.write(letter.data)
    return save_letter(letter, actor=actor)


def check_arrival(letter: Incoming, *, actor: Post) -> None:
    """What can be said before the letter is read. Raises KeptOut, AlreadyReceived, InvalidInput, NotAllowed."""
    require_own(letter.unit, *REGISTRARS, actor=actor, at=letter.at)
    name = media.clean_name(letter.name)
    screen({"tên tệp": name}, "file", actor=actor, at=letter.at)
    require_unstamped_name(name, unit=letter.unit, actor=actor, at=letter.at)
    for margin in margins_of(letter.data):
        require_unstamped(margin, unit=letter.unit, actor=actor, at=letter.at)
    for step in DOORS:
        step(letter)


def require_welcome(letter: Incoming, *, actor: Post) -> None:
    """KeptOut for what the words, or the coloured stamps of a scan, say must not enter."""
    for text in (letter.reading.text, letter.reading.stamps):
        require_unstamped(text, unit=letter.unit, actor=actor, at=letter.at)


@transaction.atomic
def save_letter(letter: Incoming, *, actor: Post) -> Document:
    """A letter that passed every check, with its reading; its bytes are on disk already (`files.write`)."""
    # One writer per unit from here on, so that two uploads of one letter cannot both be the first.
    Unit.objects.select_for_update().get(pk=letter.unit.pk)
    refuse_same_file(letter)
    document = Document(
        unit=letter.unit,
        direction=Direction.INCOMING,
        state=DocumentState.READ,
        received_on=letter.received_on,
        original=files.store(letter.data, letter.media_type),
        original_name=letter.name,
        created_at=letter.at,
    )
    fill(document, letter.reading)
    document.folded = folded(document)
    document.save()
    rows = citations(document, letter.reading)
    document.citations.bulk_create(rows)
    keep(document)
    for follower in _followers:
        follower(document, letter.reading)
    record(
        actor=actor,
        action="documents.received",
        obj=f"document:{document.uid}",
        at=letter.at,
        data={"file": document.original.sha256 if document.original else "", "scope": document.scope},
    )
    return document


WAITING_OR_REGISTERED = (DocumentState.READ, DocumentState.REGISTERED)


def find_first(document: Document, states: Sequence[DocumentState] = WAITING_OR_REGISTERED) -> Document | None:
    """The letter of the unit that this one repeats: same number, issuer and year, and in one of the states."""
    if not document.number or not document.issuer or not document.dated:
        return None
    same = Document.objects.filter(
        unit=document.unit,
        direction=Direction.INCOMING,
        state__in=states,
        number_key=key(document.number),
        dated__year=document.dated.year,
    ).exclude(pk=document.pk)
    issuer = fold(canonical(document.issuer))
    return next((one for one in same.order_by("pk") if fold(canonical(one.issuer)) == issuer), None)


def folded(document: Document) -> str:
    """The searchable form: identity first, then the text, without diacritics."""
    parts = (document.number, document.doc_type, document.subject, document.issuer, document.text)
    return " ".join(fold(" ".join(parts)).split())
