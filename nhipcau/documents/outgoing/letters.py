"""A letter goes out: numbered by the decree, entered in the unit's own register."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from django.db import transaction

from nhipcau.audit.actions import record
from nhipcau.audit.screen import screen
from nhipcau.core.clock import local_date
from nhipcau.core.errors import Conflict, Fault, InvalidInput
from nhipcau.core.official import Signer
from nhipcau.core.said import Said
from nhipcau.core.text import clean
from nhipcau.documents.incoming.intake import folded
from nhipcau.documents.incoming.readings import citations
from nhipcau.documents.incoming.registering import EARLIEST
from nhipcau.documents.lineage.linking import link
from nhipcau.documents.models import Citation, Direction, Document, DocumentState
from nhipcau.documents.numbering import compose, key, known_type
from nhipcau.documents.registers.books import NEXT, Slot, checked_slot, take_number
from nhipcau.documents.rights import REGISTRARS, require_own
from nhipcau.documents.search.rows import keep
from nhipcau.documents.storing import files, media
from nhipcau.documents.storing.keptout import require_unstamped, require_unstamped_name
from nhipcau.documents.storing.margins import margins_of
from nhipcau.org.models import Post, Unit, UnitName
from nhipcau.org.queries import name_of, parent_of
from nhipcau.reader import read_bytes, read_text

_SUBJECT = 2000


@dataclass(frozen=True)
class OutgoingLetter:
    """What a letter of our own says. `data` and `name` are the signed copy, if there is a file."""

    doc_type: str
    subject: str
    dated: dt.date
    text: str = ""
    addressees: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    signer: Signer = field(default_factory=Signer)
    place: str = ""
    drafter: str = ""
    data: bytes | None = None
    name: str = ""


def register_outgoing(
    *,
    unit: Unit,
    doc_type: str,
    subject: str,
    dated: dt.date,
    actor: Post,
    at: dt.datetime,
    text: str = "",
    addressees: Sequence[str] = (),
    recipients: Sequence[str] = (),
    signer: Signer | None = None,
    place: str = "",
    drafter: str = "",
    data: bytes | None = None,
    name: str = "",
    cites: Sequence[Document] = (),
    client_key: str = "",
    slot: Slot = NEXT,
) -> Document:
    """Number a letter of the unit's own and enter it in the register of outgoing documents.

    The number follows Decree 30 (`numbering.compose`) with the unit's abbreviation on that day; `document.entry`
    is its line. Every text, that of the file included, passes the boundary. Each call takes a new number,
    but for one with the `client_key` (at most 60 characters) of an earlier one, which returns that letter.
    `slot`: another series, a number reserved for hand numbering, or one behind a standing number (06b).
    Raises InvalidInput, KeptOut, BoundaryRefused, NotFound, NotAllowed, Conflict (another unit's key, a
    closed register, a number and symbol that stand already); then no number is used.
    """
    letter = OutgoingLetter(
        doc_type=doc_type,
        subject=subject,
        dated=dated,
        text=text,
        addressees=tuple(addressees),
        recipients=tuple(recipients),
        signer=signer or Signer(),
        place=place,
        drafter=drafter,
        data=data,
        name=name,
    )
    letter = prepare(letter, unit=unit, actor=actor, at=at)
    slot = checked_slot(slot, actor=actor, at=at)
    with transaction.atomic():
        return standing_letter(client_key, unit) or enter(
            letter, unit=unit, cites=cites, actor=actor, at=at, client_key=client_key, slot=slot
        )


def standing_letter(client_key: str, unit: Unit) -> Document | None:
    """The letter numbered from this form before. The unit's row is locked, so that of two posts at once the
    second finds the letter of the first."""
    if not client_key:
        return None
    if len(client_key) > 60:
        raise InvalidInput("Biểu mẫu không hợp lệ; hãy mở lại trang rồi lấy số.")
    Unit.objects.select_for_update().get(pk=unit.pk)
    standing = Document.objects.filter(client_key=client_key).first()
    if standing is not None and standing.unit_id != unit.pk:
        raise Conflict("Biểu mẫu này đã được dùng để lấy số ở đơn vị khác; hãy mở lại trang rồi lấy số.")
    return standing


def prepare(letter: OutgoingLetter, *, unit: Unit, actor: Post, at: dt.datetime) -> OutgoingLetter:
    """Check rights, form and boundary, and put the file on disk: all that must precede the transaction."""
    require_own(unit, *REGISTRARS, actor=actor, at=at)
    # Before cleaning, which closes the gap between the columns of a header.
    require_unstamped(letter.text, unit=unit, actor=actor, at=at)
    letter = _cleaned(letter)
    _check(letter, unit, local_date(at))
    screen(
        {
            "subject": letter.subject,
            "text": letter.text,
            "addressees": letter.addressees,
            "recipients": letter.recipients,
            "place": letter.place,
            "name": letter.name,
            "drafter": letter.drafter,
            "signer": [part for part in _signer_parts(letter.signer) if part],
        },
        "letter",
        actor=actor,
        at=at,
    )
    if letter.data is None:
        return letter
    media.require(letter.data, letter.name, media.LETTERS)
    files.require_size(letter.data)
    require_unstamped_name(letter.name, unit=unit, actor=actor, at=at)
    printed = read_bytes(letter.data, letter.name).text
    for words in (*margins_of(letter.data), printed):
        require_unstamped(words, unit=unit, actor=actor, at=at)
    screen({"tệp": printed}, "letter", actor=actor, at=at)
    files.write(letter.data)
    return replace(letter, text=letter.text or printed)


def enter(
    letter: OutgoingLetter,
    *,
    unit: Unit,
    cites: Sequence[Document],
    actor: Post,
    at: dt.datetime,
    client_key: str = "",
    slot: Slot = NEXT,
) -> Document:
    """Save a prepared letter and give it its number, inside the caller's transaction. `slot` was checked."""
    named = name_of(unit, letter.dated)
    document = _unnumbered(letter, unit, named, actor, at)
    document.client_key = client_key or None
    document.save()
    entry = take_number(
        unit=unit,
        direction=Direction.OUTGOING,
        year=letter.dated.year,
        document=document,
        actor=actor,
        at=at,
        slot=slot,
    )
    document.number = compose(entry.number, letter.doc_type, named.symbol, letter.drafter, entry.suffix)
    document.number_key, document.folded = key(document.number), folded(document)
    _require_unique(document, letter.dated.year)
    document.save(update_fields=["number", "number_key", "folded"])
    keep(document)
    _cite(document, cites)
    link(document)
    record(
        actor=actor,
        action="documents.issued",
        obj=f"document:{document.uid}",
        at=at,
        data=entry.log_keys(),
    )
    return document


def _unnumbered(letter: OutgoingLetter, unit: Unit, named: UnitName, actor: Post, at: dt.datetime) -> Document:
    """The letter as a document that has no number yet, not saved."""
    above = parent_of(unit, letter.dated)
    return Document(
        unit=unit,
        direction=Direction.OUTGOING,
        state=DocumentState.REGISTERED,
        doc_type=letter.doc_type,
        issuer=named.name,
        parent_issuer=name_of(above, letter.dated).name if above else "",
        place=letter.place or named.place,
        dated=letter.dated,
        subject=letter.subject,
        addressees=list(letter.addressees),
        recipients=list(letter.recipients),
        signer_authority=letter.signer.authority or "",
        signer_title=letter.signer.title or "",
        signer_name=letter.signer.name or "",
        text=letter.text,
        original=files.store(letter.data, media.detect(letter.data) or "") if letter.data else None,
        original_name=letter.name,
        created_at=at,
        confirmed_by=actor,
        confirmed_at=at,
    )


def _require_unique(document: Document, year: int) -> None:
    """Number and symbol are unique within the year (Decree 30, Art. 15), whichever series they come from."""
    same = Document.objects.filter(
        unit=document.unit,
        direction=Direction.OUTGOING,
        number_key=document.number_key,
        entry__register__year=year,
    ).exclude(pk=document.pk)
    if same.exists():
        raise Conflict(
            Said(
                f"Số {document.number} năm {year} đã cấp ở sổ khác của đơn vị. "
                "Hãy chọn đúng sổ; nếu đúng sổ này, hãy giữ một số rồi kết thúc đợt giữ số để bỏ qua số trùng.",
                f"No. {document.number} of {year} was given in another register of the unit. Choose "
                "the right one; if it is this one, reserve a number and end the block, to pass over "
                "the double.",
            )
        )


def _cite(document: Document, cites: Sequence[Document]) -> None:
    """What the letter was made from, and what else its words name."""
    rows = {one.symbol: one for one in (_citation(document, cited) for cited in cites)}
    named = {one.symbol_key for one in rows.values()}
    for one in citations(document, read_text(document.text)) if document.text else ():
        if one.symbol_key not in named:
            rows.setdefault(one.symbol, one)
    Citation.objects.bulk_create(rows.values())


def _citation(document: Document, cited: Document) -> Citation:
    """A citation points into the unit's own registers only; another unit's document is cited by its symbol."""
    own = cited if cited.unit_id == document.unit_id else None
    return Citation(
        document=document,
        symbol=cited.number[:80],
        symbol_key=cited.number_key,
        dated=cited.dated,
        issuer=cited.issuer,
        target=own,
    )


def _cleaned(letter: OutgoingLetter) -> OutgoingLetter:
    return OutgoingLetter(
        doc_type=known_type(clean(letter.doc_type)),
        subject=clean(letter.subject),
        dated=letter.dated,
        text=clean(letter.text, multiline=True),
        addressees=tuple(filter(None, map(clean, letter.addressees))),
        # The register lists them in one line: the ; and . they end with on paper would be doubled there.
        recipients=tuple(filter(None, (clean(one).rstrip(" ;.") for one in letter.recipients))),
        signer=Signer(*(clean(part or "") for part in _signer_parts(letter.signer))),
        place=clean(letter.place),
        drafter=clean(letter.drafter),
        data=letter.data,
        name=media.clean_name(letter.name) if letter.data is not None else "",
    )


def _signer_parts(signer: Signer) -> tuple[str | None, ...]:
    return (signer.authority, signer.title, signer.name)


def _check(letter: OutgoingLetter, unit: Unit, today: dt.date) -> None:
    faults = []
    if not letter.subject or len(letter.subject) > _SUBJECT:
        faults.append(
            Fault(
                "subject",
                Said(
                    f"hãy ghi trích yếu, không quá {_SUBJECT} chữ cái",
                    f"enter the subject, at most {_SUBJECT} characters",
                ),
            )
        )
    if not EARLIEST <= letter.dated <= today:
        faults.append(Fault("dated", "số được cấp sau khi ký: ngày văn bản là hôm nay hoặc trước đó"))
    elif not name_of(unit, letter.dated).symbol:
        faults.append(
            Fault("unit", "đơn vị chưa có chữ viết tắt dùng trong ký hiệu văn bản; báo người quản trị bổ sung")
        )
    limits = {
        "place": (letter.place, 80),
        "drafter": (letter.drafter, 10),
        "signer.authority": (letter.signer.authority or "", 200),
        "signer.title": (letter.signer.title or "", 200),
        "signer.name": (letter.signer.name or "", 120),
    }
    faults += [
        Fault(name, Said(f"dài quá {limit} chữ cái", f"longer than {limit} characters"))
        for name, (text, limit) in limits.items()
        if len(text) > limit
    ]
    if faults:
        raise InvalidInput("Chưa cấp số được: có ô cần sửa.", faults)
