"""A person confirms what the reader found; the letter enters the register of incoming documents."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields
from typing import Any

from django.db import transaction

from nhipcau.audit.actions import record
from nhipcau.audit.screen import screen
from nhipcau.core.clock import local_date
from nhipcau.core.errors import Conflict, Fault, InvalidInput
from nhipcau.core.said import Said
from nhipcau.core.text import canonical, clean, fold
from nhipcau.documents.incoming.intake import find_first, folded
from nhipcau.documents.lineage.linking import link
from nhipcau.documents.models import Direction, Document, DocumentState, RegisterEntry, longest
from nhipcau.documents.numbering import key, number_warnings
from nhipcau.documents.registers.books import NEXT, Slot, checked_slot, take_number
from nhipcau.documents.rights import REGISTRARS, require_own
from nhipcau.documents.search.rows import keep
from nhipcau.documents.storing.fingerprint import find_alike
from nhipcau.org.models import Post

EARLIEST = dt.date(1945, 9, 2)
_OLDEST = dt.timedelta(days=366)  # a slip in the year would enter a register long closed
_LONG = 20_000


_SAME_WORDS = Said("Nội dung gần như trùng với văn bản", "The words are nearly those of the letter")
_SAME_HEAD = Said("Cùng số, ký hiệu và nơi ban hành", "Number and issuer are those of the letter")


class SameNumber(Conflict):
    """A letter with the same number, issuer and year, or with the same words, stands in the register already, in
    the line `entry`."""

    def __init__(self, entry: RegisterEntry, *, by_words: bool = False) -> None:
        what = _SAME_WORDS if by_words else _SAME_HEAD
        super().__init__(
            Said(
                f"{what} đã vào sổ số đến {entry.label}. Hãy cho biết đây là bản khác của "
                "văn bản đó (ghép vào, không lấy số mới) hay là văn bản khác (lấy số mới).",
                f"{what.en} registered as no. {entry.label}. Say whether this is a copy of it (joined to it, "
                "without a number) or another letter (with a number of its own).",
            )
        )
        self.entry = entry


@dataclass(frozen=True)
class ConfirmedFields:
    """The letter's header as a person confirms it. Empty text or None: the letter does not say.

    `received_on` None keeps the day of arrival entered on receipt.
    """

    doc_type: str = ""
    number: str = ""
    issuer: str = ""
    parent_issuer: str = ""
    place: str = ""
    dated: dt.date | None = None
    subject: str = ""
    addressees: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    signer_authority: str = ""
    signer_title: str = ""
    signer_name: str = ""
    received_on: dt.date | None = None


_TEXTS = tuple(one.name for one in fields(ConfirmedFields) if one.type == "str")
_LISTS = ("addressees", "recipients")


def proposed(document: Document) -> ConfirmedFields:
    """What stands in the document now: the form's first content, to be confirmed or corrected."""
    values: dict[str, Any] = {name: getattr(document, name) for name in _TEXTS}
    return ConfirmedFields(
        **values,
        dated=document.dated,
        received_on=document.received_on,
        addressees=tuple(document.addressees),
        recipients=tuple(document.recipients),
    )


_UNDATED = Said(
    "Văn bản không có ngày; những hạn thiếu năm hoặc tính từ ngày ký sẽ không tính được.",
    "The letter has no date; limits without a year, or counted from its date, cannot be computed.",
)
_LONG_AGO = Said(
    "Văn bản đề ngày cách ngày đến hơn một năm; hãy xem lại năm.",
    "The letter is dated more than a year before it arrived; look at the year again.",
)
_NO_ISSUER = Said(
    "Chưa ghi cơ quan ban hành; không so được với văn bản đã có.",
    "No issuing body is given; the letter cannot be compared with those that stand.",
)


def confirm_warnings(confirmed: ConfirmedFields) -> list[Said]:
    """What a person should look at again; nothing here stops the registration."""
    found = number_warnings(confirmed.number)
    if confirmed.dated is None:
        found.append(_UNDATED)
    elif confirmed.received_on and (confirmed.received_on - confirmed.dated).days > 366:
        found.append(_LONG_AGO)
    if not confirmed.issuer:
        found.append(_NO_ISSUER)
    return found


def confirm(
    *,
    document: Document,
    fields: ConfirmedFields,
    actor: Post,
    at: dt.datetime,
    slot: Slot = NEXT,
    copy: bool | None = None,
) -> RegisterEntry:
    """Enter the letter in the register under the next số đến, with the fields a person has confirmed.

    Safe to repeat with the same fields. Where a letter with the same number, issuer and year, or with nearly
    the same words, stands in the register, `copy` says whether this is a further copy (it joins that line,
    which is returned) or another letter; None raises SameNumber, to ask. `slot`: another series, a reserved
    number, a suffix. A letter wholly `outside` is registered like any other; `tasks` makes nothing of it. Raises
    InvalidInput, Conflict, NotFound, NotAllowed, BoundaryRefused (for words that do not stand in the letter).
    """
    require_own(document.unit, *REGISTRARS, actor=actor, at=at)
    confirmed = _cleaned(fields, document)
    _check(confirmed, local_date(at))
    _screen_typed(document, confirmed, actor, at)
    slot = checked_slot(slot, actor=actor, at=at)
    with transaction.atomic():
        document = Document.objects.select_for_update().select_related("unit").get(pk=document.pk)
        standing = _standing(document, confirmed)
        if standing is not None:
            return standing
        _write(document, confirmed, actor, at)
        # Only letters that have a số đến: two that both wait would send the clerk from one to the other.
        first = None if copy is False else find_first(document, (DocumentState.REGISTERED,))
        alike = None if copy is False or first is not None else find_alike(document)
        if (standing_first := first or alike) is not None:
            return _join(document, standing_first, copy, actor, at, by_words=first is None)
        assert document.received_on is not None  # noqa: S101 - _write has set it
        entry = take_number(
            unit=document.unit,
            direction=Direction.INCOMING,
            year=document.received_on.year,
            document=document,
            actor=actor,
            at=at,
            slot=slot,
        )
        # Again, now that the register is locked: somebody may have entered its twin meanwhile.
        first = find_first(document, (DocumentState.REGISTERED,)) if copy is not False else None
        if first is not None:
            raise SameNumber(RegisterEntry.objects.get(document=first))
        link(document)
        record(
            actor=actor,
            action="documents.registered",
            obj=f"document:{document.uid}",
            at=at,
            data=entry.log_keys(),
        )
    return entry


def _cleaned(given: ConfirmedFields, document: Document) -> ConfirmedFields:
    values: dict[str, Any] = {name: clean(getattr(given, name)) for name in _TEXTS}
    values |= {name: tuple(filter(None, map(clean, getattr(given, name)))) for name in _LISTS}
    values["doc_type"] = values["doc_type"].lower()
    return ConfirmedFields(**values, dated=given.dated, received_on=given.received_on or document.received_on)


def _check(confirmed: ConfirmedFields, today: dt.date) -> None:
    faults = []
    if not confirmed.subject:
        faults.append(Fault("subject", "hãy ghi trích yếu nội dung"))
    if not confirmed.doc_type:
        faults.append(Fault("doc_type", "hãy chọn tên loại văn bản"))
    if confirmed.received_on is None or confirmed.received_on > today:
        faults.append(Fault("received_on", "ngày đến phải là hôm nay hoặc trước đó"))
    elif confirmed.received_on < today - _OLDEST:
        faults.append(Fault("received_on", "ngày đến trước hôm nay hơn một năm; hãy xem lại năm"))
    elif confirmed.dated and confirmed.dated > confirmed.received_on:
        faults.append(
            Fault(
                "dated",
                Said(
                    f"ngày văn bản sau ngày đến {confirmed.received_on:%d/%m/%Y}",
                    f"the letter is dated after it arrived on {confirmed.received_on:%d/%m/%Y}",
                ),
            )
        )
    if confirmed.dated and confirmed.dated < EARLIEST:
        faults.append(
            Fault(
                "dated",
                Said(
                    f"ngày văn bản trước {EARLIEST:%d/%m/%Y}; hãy xem lại năm",
                    f"the letter is dated before {EARLIEST:%d/%m/%Y}; look at the year",
                ),
            )
        )
    for name in _TEXTS:
        limit = longest(name) or _LONG
        if len(getattr(confirmed, name)) > limit:
            faults.append(
                Fault(
                    name,
                    Said(f"dài quá {limit} chữ cái; hãy rút gọn", f"longer than {limit} characters; shorten it"),
                )
            )
    if faults:
        raise InvalidInput("Chưa vào sổ được: có ô cần sửa.", faults)


def _screen_typed(document: Document, confirmed: ConfirmedFields, actor: Post, at: dt.datetime) -> None:
    """The letter's own words stay as they came; words that a person adds must pass the boundary."""
    printed = _comparable(document.text)
    typed: dict[str, list[str]] = {}
    for name in (*_TEXTS, *_LISTS):
        value = getattr(confirmed, name)
        added = [one for one in ([value] if isinstance(value, str) else value) if _comparable(one) not in printed]
        if added:
            typed[name] = added
    screen(typed, "document", actor=actor, at=at)


def _comparable(text: str) -> str:
    return " ".join(fold(canonical(text)).split())


def _standing(document: Document, confirmed: ConfirmedFields) -> RegisterEntry | None:
    """The entry if this was confirmed before with the same fields, else None if it is still to be done."""
    if document.state == DocumentState.READ and document.direction == Direction.INCOMING:
        return None
    first = document.copy_of or document
    entry = RegisterEntry.objects.filter(document=first).first()
    if document.state in (DocumentState.REGISTERED, DocumentState.COPY) and entry:
        if document.state == DocumentState.COPY or proposed(document) == confirmed:
            return entry
        raise Conflict(
            Said(
                f"Văn bản đã vào sổ với số đến {entry.label}; nội dung đã ghi không đổi được nữa.",
                f"The letter is registered already as no. {entry.label}; what was entered no longer changes.",
            )
        )
    raise Conflict("Văn bản này không ở trạng thái chờ xác nhận nên không vào sổ văn bản đến được.")


def _write(document: Document, confirmed: ConfirmedFields, actor: Post, at: dt.datetime) -> None:
    for name in _TEXTS:
        setattr(document, name, getattr(confirmed, name))
    document.addressees, document.recipients = list(confirmed.addressees), list(confirmed.recipients)
    document.dated, document.received_on = confirmed.dated, confirmed.received_on
    document.number_key, document.folded = key(confirmed.number), folded(document)
    document.state, document.confirmed_by, document.confirmed_at = DocumentState.REGISTERED, actor, at
    document.save()
    keep(document)


def _join(
    document: Document, first: Document, copy: bool | None, actor: Post, at: dt.datetime, *, by_words: bool
) -> RegisterEntry:
    """The letter is a copy: it takes no number but joins the line of its first. Unless a person says so, ask."""
    entry = RegisterEntry.objects.get(document=first)
    if copy is None:
        raise SameNumber(entry, by_words=by_words)
    document.copy_of, document.state = first, DocumentState.COPY
    document.save(update_fields=["copy_of", "state"])
    keep(document)
    record(
        actor=actor,
        action="documents.copy_joined",
        obj=f"document:{document.uid}",
        at=at,
        data={"first": str(first.uid)},
    )
    return entry
