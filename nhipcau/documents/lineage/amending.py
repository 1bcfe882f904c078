"""A letter recalls, replaces or corrects another (Decree 30/2020/NĐ-CP, Article 18.3 and 18.4).

What follows for the work made of the letter belongs to the apps above, which register a part. Nothing is undone
here: only another letter changes what a letter changed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from django.db import transaction

from nhipcau.audit.actions import record
from nhipcau.audit.screen import screen
from nhipcau.core.errors import Conflict, Fault, InvalidInput
from nhipcau.core.said import Said
from nhipcau.core.text import canonical, clean, fold
from nhipcau.documents.models import Amendment, AmendmentKind, Direction, Document, DocumentState
from nhipcau.documents.rights import LEADERS, require_own
from nhipcau.org.models import Post
from nhipcau.org.scope import Scope

_NOTE = 1000
_LEVELS = 8


@dataclass(frozen=True)
class Touched:
    """The work of one unit that hangs on the letters in question: still open, and finished."""

    unit: str
    open: int
    done: int


@dataclass(frozen=True)
class Redated:
    """One piece of open work and its date, before the letter is replaced and after, with the reason."""

    work: str
    was: dt.date | None
    now: dt.date | None
    reason: str


class AmendmentPart(Protocol):
    """What an app above makes of letters, and what becomes of it."""

    def passed_on_with(self, letters: Collection[int]) -> list[Document]:
        """The letters that handed the same work further down."""
        ...

    def preview(self, letters: Collection[int], day: dt.date) -> list[Touched]:
        """Unit by unit, the most open work first."""
        ...

    def redated(self, by: Document, letters: Collection[int], day: dt.date) -> list[Redated]:
        """What `by` would make of the dates if it replaced the letters."""
        ...

    def apply(
        self, kind: AmendmentKind, by: Document, letters: Sequence[Document], *, actor: Post, at: dt.datetime
    ) -> int:
        """Close or move the open work inside the caller's transaction; how many units were touched."""
        ...


_parts: list[AmendmentPart] = []


def register_part(part: AmendmentPart) -> None:
    """Apps above register here, in `ready`."""
    if part not in _parts:
        _parts.append(part)


@dataclass(frozen=True)
class Preview:
    """What an act would touch: every unit's copy of the letter, and the work made of them."""

    letters: list[Document]
    touched: list[Touched]
    redated: list[Redated] = field(default_factory=list)

    @property
    def open(self) -> int:
        return sum(one.open for one in self.touched)

    @property
    def done(self) -> int:
        return sum(one.done for one in self.touched)


def preview(*, by: Document, target: Document, kind: AmendmentKind, actor: Post, at: dt.datetime) -> Preview:
    """What `amend` would touch. Raises as `amend` does, and changes nothing."""
    scope = require_own(by.unit, *LEADERS, actor=actor, at=at)
    _require_possible(by, target, kind)
    letters = _letters(scope, target)
    if kind == AmendmentKind.CORRECT:
        return Preview(letters, [])
    keys = [letter.pk for letter in letters]
    touched = [one for part in _parts for one in part.preview(keys, scope.day)]
    if kind == AmendmentKind.RECALL:
        return Preview(letters, touched)
    return Preview(letters, touched, [one for part in _parts for one in part.redated(by, keys, scope.day)])


def amend(
    *, by: Document, target: Document, kind: AmendmentKind, actor: Post, at: dt.datetime, note: str = ""
) -> Amendment:
    """Say that `by` recalls, replaces or corrects `target`, both registered letters of the actor's own unit.

    A recall closes the open tasks of the letter at every level, a replacement moves them to the new letter and
    gives them its dates where it says any; finished work stays. A correction only notes what was wrong. Safe to
    repeat. Raises InvalidInput, Conflict (recalled or replaced already, not in the register), BoundaryRefused,
    NotFound, NotAllowed.
    """
    scope = require_own(by.unit, *LEADERS, actor=actor, at=at)
    note = clean(note)
    screen({"note": note}, "document", actor=actor, at=at)
    if len(note) > _NOTE:
        raise InvalidInput(
            "Nội dung đính chính quá dài.",
            [Fault("note", Said(f"không quá {_NOTE} chữ cái", f"at most {_NOTE} characters"))],
        )
    with transaction.atomic():
        locked = {one.pk: one for one in Document.objects.select_for_update().filter(pk__in=(by.pk, target.pk))}
        by, target = locked[by.pk], locked[target.pk]
        standing = Amendment.objects.filter(by=by, target=target).first()
        if standing is not None and standing.kind == kind:
            return standing
        _require_possible(by, target, kind)
        letters = _letters(scope, target)
        made = [_row(kind, by, one, target, note, actor, at) for one in letters]
        Amendment.objects.bulk_create(made, ignore_conflicts=True)
        touched = 0
        if kind != AmendmentKind.CORRECT:
            touched = sum(part.apply(kind, by, letters, actor=actor, at=at) for part in _parts)
        record(
            actor=actor,
            action="documents.amended",
            obj=f"document:{target.uid}",
            at=at,
            data={"kind": str(kind), "by": str(by.uid), "letters": len(letters), "units": touched},
        )
    return Amendment.objects.get(by=by, target=target)


def amendments_of(document: Document) -> list[Amendment]:
    """What happened to a letter fetched through a scope, oldest first, each with the letter that did it."""
    return list(document.amendments.select_related("by__unit", "through").order_by("decided_at", "pk"))


def has_ended(document: Document) -> bool:
    """Whether the letter was recalled or replaced: no new work is made of it."""
    return bool(_endings(document))


def ended_among(letters: Collection[int]) -> set[int]:
    """Those of these letters that ask nothing any more: recalled, replaced, or struck from their register."""
    over = Amendment.objects.filter(target__in=letters).exclude(kind=AmendmentKind.CORRECT)
    struck = Document.objects.filter(pk__in=letters, state=DocumentState.VOID)
    return set(over.values_list("target", flat=True)) | set(struck.values_list("pk", flat=True))


def _row(
    kind: AmendmentKind, by: Document, letter: Document, target: Document, note: str, actor: Post, at: dt.datetime
) -> Amendment:
    through = None if _same(letter, target) else target
    return Amendment(kind=kind, by=by, target=letter, through=through, note=note, decided_at=at, decided_by=actor)


def _require_possible(by: Document, target: Document, kind: AmendmentKind) -> None:
    faults = []
    if target.unit_id != by.unit_id or target.pk == by.pk:
        faults.append(Fault("target", "hãy chọn một văn bản khác trong sổ của đơn vị"))
    elif by.dated and target.dated and by.dated < target.dated:
        faults.append(Fault("target", "văn bản thu hồi, thay thế, đính chính không thể ký trước văn bản này"))
    if faults:
        raise InvalidInput("Chưa thực hiện được.", faults)
    if any(one.state != DocumentState.REGISTERED or one.direction not in _LETTERS for one in (by, target)):
        raise Conflict("Cả hai văn bản phải là văn bản đến hoặc đi đã vào sổ và chưa hủy số.")
    ended = {one.target_id: one for one in _endings(by, target)}
    if by.pk in ended:
        raise Conflict(
            Said(
                f"Văn bản {by.number} {ended[by.pk].told} nên không dùng để thực hiện được.",
                f"Letter {by.number} {ended[by.pk].told.en}, so it cannot be used for this.",
            )
        )
    if target.pk in ended:
        raise Conflict(
            Said(
                f"Văn bản {target.number} {ended[target.pk].told}.",
                f"Letter {target.number} {ended[target.pk].told.en}.",
            )
        )
    if kind == AmendmentKind.REPLACE and by.scope == "outside":
        raise Conflict("Văn bản mới nằm ngoài phạm vi hệ thống nên không nhận việc chuyển sang; hãy chọn thu hồi.")


_LETTERS = (Direction.INCOMING, Direction.OUTGOING)


def _endings(*letters: Document) -> list[Amendment]:
    rows = Amendment.objects.filter(target__in=letters).exclude(kind=AmendmentKind.CORRECT)
    return list(rows.select_related("by"))


def _letters(scope: Scope, target: Document) -> list[Document]:
    """The letter, every copy of it in the registers of units below, the letters that passed its work on, and
    the copies of those."""
    found: dict[int, Document] = {target.pk: target}
    fresh = [target]
    for _ in range(_LEVELS):
        passed = [one for part in _parts for one in part.passed_on_with([letter.pk for letter in fresh])]
        fresh = [one for one in (*passed, *_held_below(scope, [*fresh, *passed])) if one.pk not in found]
        if not fresh:
            break
        found |= {one.pk: one for one in fresh}
        fresh = list({one.pk: one for one in fresh}.values())
    return list(found.values())


def _held_below(scope: Scope, letters: Sequence[Document]) -> list[Document]:
    """The same letters as units below have them in their registers of incoming letters."""
    keys = {one.number_key for one in letters if one.number_key}
    rows = Document.objects.filter(
        scope.own_or_below("unit"),
        number_key__in=keys,
        direction=Direction.INCOMING,
        state=DocumentState.REGISTERED,
        dated__in={one.dated for one in letters if one.dated},
    ).defer("text", "folded", "reading")
    return [row for row in rows.order_by("pk") if any(_same(row, one) for one in letters)]


def _same(first: Document, second: Document) -> bool:
    """One letter in two registers: number, day and issuer agree."""
    alike = (first.number_key, first.dated) == (second.number_key, second.dated)
    return first.pk == second.pk or (alike and _issuer(first) == _issuer(second))


def _issuer(letter: Document) -> str:
    return " ".join(fold(canonical(letter.issuer)).split())
