"""Sao y, sao lục, trích sao: a copy of a letter, numbered in the register of copies (Decree 30, Art. 25–27)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.db import transaction

from nhipcau.audit.actions import record
from nhipcau.audit.screen import screen
from nhipcau.core.clock import local_date
from nhipcau.core.errors import Conflict, Fault, InvalidInput
from nhipcau.core.official import Signer
from nhipcau.core.said import Said
from nhipcau.core.text import clean
from nhipcau.documents.incoming.intake import folded
from nhipcau.documents.models import AmendmentKind, CopyForm, Direction, Document, DocumentState, MadeCopy
from nhipcau.documents.numbering import key
from nhipcau.documents.outgoing.letters import standing_letter
from nhipcau.documents.registers.books import take_number
from nhipcau.documents.rights import REGISTRARS, require_own
from nhipcau.documents.search.rows import keep
from nhipcau.org.models import Post
from nhipcau.org.queries import name_of, parent_of

Span = tuple[int, int]
MOST_PARTS = 400
_FULL = 0.8  # of the usual length: where the next word would not have fitted
_FURNITURE = re.compile(r"(?:Kính gửi|Số|V/v|Về việc|Nơi nhận|Căn cứ|Điều \d)\b")
_SUBJECT = 2000


@dataclass(frozen=True)
class CopyOrder:
    """Which copy is made, of what, who signs it and who gets it. `excerpt`: the parts chosen, as (start, end)."""

    form: CopyForm
    dated: dt.date
    signer: Signer
    recipients: tuple[str, ...] = ()
    excerpt: tuple[Span, ...] = ()


def make_copy(
    *, source: Document, order: CopyOrder, actor: Post, at: dt.datetime, client_key: str = ""
) -> Document:
    """Number a copy of a registered letter of the unit's own and enter it in the register of copies.

    The head of the body decides what is copied and signs; who holds its registers numbers it. Sao lục is made
    from a sao y, the other two from the main copy. The words that go out pass the boundary as a letter's do.
    The same `client_key` returns the copy made before. Raises InvalidInput, BoundaryRefused, Conflict (not in
    the register, recalled, outside the scope), NotFound, NotAllowed.
    """
    require_own(source.unit, *REGISTRARS, actor=actor, at=at)
    order = _cleaned(order)
    _check(source, order, local_date(at))
    words = [source.text[a:b] for a, b in order.excerpt] or [source.subject, source.text]
    signer = [part for part in (order.signer.authority, order.signer.title, order.signer.name) if part]
    screen({"text": words, "recipients": order.recipients, "signer": signer}, "letter", actor=actor, at=at)
    with transaction.atomic():
        standing = standing_letter(client_key, source.unit)
        if standing is not None:
            return standing
        return _enter(Document.objects.select_for_update().get(pk=source.pk), order, actor, at, client_key)


def _enter(source: Document, order: CopyOrder, actor: Post, at: dt.datetime, client_key: str) -> Document:
    _require_copyable(source)
    named, above = name_of(source.unit, order.dated), parent_of(source.unit, order.dated)
    copy = Document.objects.create(
        unit=source.unit,
        direction=Direction.COPY,
        state=DocumentState.REGISTERED,
        doc_type=order.form.label,
        issuer=named.name,
        parent_issuer=name_of(above, order.dated).name if above else "",
        place=named.place,
        dated=order.dated,
        subject=_subject(source),
        recipients=list(order.recipients),
        signer_authority=order.signer.authority or "",
        signer_title=order.signer.title or "",
        signer_name=order.signer.name or "",
        client_key=client_key or None,
        created_at=at,
        confirmed_by=actor,
        confirmed_at=at,
    )
    entry = take_number(
        unit=source.unit, direction=Direction.COPY, year=order.dated.year, document=copy, actor=actor, at=at
    )
    copy.number = f"{entry.number:02d}{entry.suffix}/{order.form.value}-{named.symbol}"
    copy.number_key, copy.folded = key(copy.number), folded(copy)
    copy.save(update_fields=["number", "number_key", "folded"])
    keep(copy)
    MadeCopy.objects.create(
        document=copy, source=source, form=order.form, excerpt=[list(span) for span in order.excerpt]
    )
    record(
        actor=actor,
        action="documents.copy_made",
        obj=f"document:{copy.uid}",
        at=at,
        data=entry.log_keys() | {"source": str(source.uid)},
    )
    return copy


def _subject(source: Document) -> str:
    day = f" ngày {source.dated:%d/%m/%Y}" if source.dated else ""
    kind = source.doc_type[:1].upper() + source.doc_type[1:]
    return f"{kind} số {source.number or '…'}{day} của {source.issuer or '…'}: {source.subject}"[:_SUBJECT]


def forms_for(source: Document) -> list[CopyForm]:
    """The forms that what the unit holds allows: sao lục needs a sao y, the others the original or main copy."""
    held = {source.copied_as, *source.copies.values_list("copied_as", flat=True)}
    from_main = [CopyForm.WHOLE, CopyForm.EXCERPT] if "" in held else []
    return from_main + ([CopyForm.AGAIN] if CopyForm.WHOLE in held else [])


def parts_of(text: str) -> list[Span]:
    """The paragraphs of a letter's text as (start, end), to choose an excerpt from; at most `MOST_PARTS`."""
    found: list[Span] = []
    lines = text.split("\n")
    width = _width(lines)
    place = 0
    for line in lines:
        begins, place = place, place + len(line) + 1
        if not line.strip():
            continue
        end = begins + len(line)
        above = text[found[-1][0] : found[-1][1]].rpartition("\n")[2] if found else ""
        joined = found and found[-1][1] == begins - 1 and _runs_on(above, line, width)
        if joined or len(found) == MOST_PARTS:
            found[-1] = (found[-1][0], end)
        else:
            found.append((begins, end))
    return found


def _width(lines: Sequence[str]) -> int:
    """How long a full line is: a text that was wrapped has many of that length."""
    lengths = sorted(len(line.strip()) for line in lines if line.strip())
    return lengths[len(lengths) * 9 // 10] if lengths else 0


def _runs_on(above: str, line: str, width: int) -> bool:
    """Whether a line goes on from the one above it: that one is full and unfinished, and nothing begins here."""
    word = line.split(maxsplit=1)[0]
    full = len(above.strip()) + 1 + len(word) > _FULL * width
    opens = word[-1:] in ".):-+*•" or line.isupper() or _FURNITURE.match(line.strip())
    return full and not opens and above.rstrip()[-1:] not in ".:;!?"


def _cleaned(order: CopyOrder) -> CopyOrder:
    signer = Signer(
        *(clean(part or "") for part in (order.signer.authority, order.signer.title, order.signer.name))
    )
    listed = tuple(filter(None, (clean(one).rstrip(" ;.") for one in order.recipients)))
    return CopyOrder(order.form, order.dated, signer, listed, tuple(sorted(order.excerpt)))


def _check(source: Document, order: CopyOrder, today: dt.date) -> None:
    _require_copyable(source)
    faults = []
    earliest = source.received_on if source.direction == Direction.INCOMING else source.dated
    if order.dated > today or (earliest and order.dated < earliest):
        faults.append(Fault("dated", "ngày sao là hôm nay hoặc trước đó, không trước ngày có văn bản"))
    elif not name_of(source.unit, order.dated).symbol:
        faults.append(Fault("", "đơn vị chưa có chữ viết tắt dùng trong ký hiệu; báo người quản trị bổ sung"))
    if order.form not in forms_for(source):
        faults.append(Fault("form", _UNFIT[order.form]))
    if (order.form == CopyForm.EXCERPT) != bool(order.excerpt):
        faults.append(Fault("excerpt", "trích sao thì chọn phần cần trích; sao y, sao lục là sao toàn bộ"))
    if any(not 0 <= a < b <= len(source.text) for a, b in order.excerpt) or _overlap(order.excerpt):
        faults.append(Fault("excerpt", "phần chọn không khớp với nội dung văn bản; hãy mở lại trang rồi chọn"))
    limits = (("signer_authority", 200), ("signer_title", 200), ("signer_name", 120))
    signer = (order.signer.authority, order.signer.title, order.signer.name)
    faults += [
        Fault(name, Said(f"dài quá {limit} chữ cái", f"longer than {limit} characters"))
        for (name, limit), text in zip(limits, signer, strict=True)
        if len(text or "") > limit
    ]
    if faults:
        raise InvalidInput("Chưa sao được: có ô cần sửa.", faults)


_UNFIT = {
    CopyForm.WHOLE: Said(
        "đơn vị chỉ có bản sao của văn bản này, không có bản chính: chọn sao lục",
        "the unit has only a copy of this letter, no original: choose “sao lục”",
    ),
    CopyForm.AGAIN: Said(
        "sao lục là sao từ bản sao y; đơn vị có bản chính: chọn sao y",
        "that is a copy of a copy, and the unit has the original: choose “sao y”",
    ),
    CopyForm.EXCERPT: Said(
        "trích sao phải từ bản gốc hoặc bản chính; đơn vị chỉ có bản sao",
        "an excerpt is made of an original; the unit has only a copy",
    ),
}


def _overlap(spans: Sequence[Span]) -> bool:
    return any(first[1] > second[0] for first, second in pairwise(spans))


def _require_copyable(source: Document) -> None:
    if source.state != DocumentState.REGISTERED or source.direction not in (Direction.INCOMING, Direction.OUTGOING):
        raise Conflict("Chỉ sao được văn bản đến hoặc đi đã vào sổ của đơn vị.")
    recalled = source.amendments.filter(kind=AmendmentKind.RECALL).select_related("by").first()
    if recalled is not None:
        raise Conflict(
            Said(
                f"Văn bản này {recalled.told} nên không sao gửi nữa.",
                f"This letter {recalled.told.en}, so it is not copied any more.",
            )
        )
    if source.scope == "outside":
        raise Conflict("Văn bản nằm ngoài phạm vi hệ thống: chỉ vào sổ và lưu, không sao gửi tiếp.")
