"""Telling a branch something, putting it right, taking it back. Each leaves a note that everybody told can see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import transaction

from nhipcau.audit.actions import record
from nhipcau.audit.screen import screen
from nhipcau.core.errors import Conflict, Fault, InvalidInput
from nhipcau.core.said import Said
from nhipcau.core.text import clean
from nhipcau.documents.rights import LEADERS, require_own
from nhipcau.documents.storing.evidence import Paper, accept_paper, checked_papers
from nhipcau.org.models import Post, Role, Unit, UnitKind
from nhipcau.org.scope import Scope
from nhipcau.tasks.announcements.models import (
    AddressedRole,
    Announcement,
    AnnouncementFile,
    Correction,
    Receipt,
)
from nhipcau.tasks.announcements.queries import is_addressed

LONGEST_TITLE, LONGEST_TEXT, LONGEST_NOTE = 200, 10_000, 500


@dataclass(frozen=True)
class Notice:
    """What is told and to whom; see `Announcement`. No branch: the whole own branch."""

    title: str
    text: str
    branches: Sequence[Unit] = ()
    kinds: Sequence[UnitKind] = ()
    roles: Sequence[Role] = ()
    valid_until: dt.date | None = None
    papers: Sequence[Paper] = ()
    client_key: str | None = None


def announce(*, given: Notice, actor: Post, at: dt.datetime) -> Announcement:
    """Tell the units below. Repeating a `client_key` tells nobody twice.

    Raises InvalidInput (a fault at each field), BoundaryRefused, KeptOut, NotAllowed, NotFound (a branch out of
    sight), Conflict (the key was used for another one).
    """
    scope = require_own(actor.unit, *LEADERS, actor=actor, at=at)
    given = replace(given, title=clean(given.title), text=clean(given.text, multiline=True))
    _require_sound(given.title, given.text)
    _require_audience(given, scope)
    screen({"title": given.title, "text": given.text}, "narrative", actor=actor, at=at)
    papers = checked_papers(given.papers, actor=actor, at=at)
    with transaction.atomic():
        standing = Announcement.objects.filter(client_key=given.client_key).first() if given.client_key else None
        if standing is not None:
            if (standing.unit_id, standing.title, standing.text) != (actor.unit_id, given.title, given.text):
                raise Conflict("Biểu mẫu này đã được dùng cho thông báo khác; hãy mở lại trang rồi đăng.")
            return standing
        told = Announcement.objects.create(
            unit=actor.unit,
            title=given.title,
            text=given.text,
            valid_until=given.valid_until,
            posted_by=actor,
            posted_at=at,
            client_key=given.client_key,
        )
        _address(told, given)
        for paper in papers:
            AnnouncementFile.objects.get_or_create(
                announcement=told, file=accept_paper(paper), defaults={"name": paper.name}
            )
        _record("tasks.announced", told, actor, at)
    return told


def correct(
    *, announcement: Announcement, title: str, text: str, note: str, again: bool, actor: Post, at: dt.datetime
) -> Announcement:
    """Put it right, saying why; with `again` every unit is asked to read it anew. How it read before is kept.

    Raises InvalidInput, BoundaryRefused, Conflict (withdrawn), NotAllowed, NotFound.
    """
    require_own(announcement.unit, *LEADERS, actor=actor, at=at)
    title, text, note = clean(title), clean(text, multiline=True), clean(note)
    _require_sound(title, text)
    _require_note(note)
    screen({"title": title, "text": text, "note": note}, "narrative", actor=actor, at=at)
    with transaction.atomic():
        told = _standing(announcement)
        if (told.title, told.text) == (title, text):
            return told
        Correction.objects.create(
            announcement=told, note=note, title_before=told.title, text_before=told.text, at=at
        )
        told.title, told.text = title, text
        if again:
            told.reminded_at = None
            Receipt.objects.filter(announcement=told).delete()
        told.save()
        _record("tasks.announcement_corrected", told, actor, at)
    return told


def withdraw_announcement(*, announcement: Announcement, reason: str, actor: Post, at: dt.datetime) -> Announcement:
    """Take it back, saying why; whoever was told still sees it, struck, with the reason. Safe to repeat."""
    require_own(announcement.unit, *LEADERS, actor=actor, at=at)
    reason = clean(reason)
    _require_note(reason, "reason")
    screen({"reason": reason}, "reason", actor=actor, at=at)
    with transaction.atomic():
        told = Announcement.objects.select_for_update().get(pk=announcement.pk)
        if told.withdrawn_at is None:
            told.withdrawn_at, told.withdrawn_reason = at, reason
            told.save(update_fields=["withdrawn_at", "withdrawn_reason"])
            _record("tasks.announcement_withdrawn", told, actor, at)
    return told


def open_announcement(*, announcement: Announcement, actor: Post, at: dt.datetime) -> bool:
    """The unit has read it, if its post was told; whether that is new. Not logged: an entry would name the post
    and the moment."""
    if not is_addressed(Scope(actor, at), announcement):
        return False
    with transaction.atomic():
        _, fresh = Receipt.objects.get_or_create(announcement=announcement, unit=actor.unit)
    return fresh


def _address(told: Announcement, given: Notice) -> None:
    told.branches.set(given.branches or [told.unit])
    told.kinds.set(given.kinds)
    AddressedRole.objects.bulk_create(AddressedRole(announcement=told, role=role) for role in set(given.roles))


def _standing(announcement: Announcement) -> Announcement:
    told = Announcement.objects.select_for_update().get(pk=announcement.pk)
    if told.withdrawn_at is not None:
        raise Conflict("Thông báo này đã được thu hồi nên không sửa được nữa; hãy đăng thông báo mới.")
    return told


def _require_sound(title: str, text: str) -> None:
    faults = []
    for where, value, longest in (("title", title, LONGEST_TITLE), ("text", text, LONGEST_TEXT)):
        if not value or len(value) > longest:
            said = Said(f"hãy ghi, không quá {longest} chữ cái", f"write something, at most {longest} characters")
            faults.append(Fault(where, said))
    if faults:
        raise InvalidInput("Chưa đăng được thông báo.", faults)


def _require_note(note: str, where: str = "note") -> None:
    if not note or len(note) > LONGEST_NOTE:
        said = Said(
            f"hãy ghi lý do, không quá {LONGEST_NOTE} chữ cái",
            f"give the reason, at most {LONGEST_NOTE} characters",
        )
        raise InvalidInput("Sửa hay thu hồi thông báo phải có lý do.", [Fault(where, said)])


def _require_audience(given: Notice, scope: Scope) -> None:
    for branch in given.branches:
        scope.get_unit(branch.uid)
    if given.valid_until is not None and given.valid_until < scope.day:
        raise InvalidInput(
            "Chưa đăng được thông báo.", [Fault("valid_until", "ngày này đã qua; hãy chọn hôm nay hoặc sau đó")]
        )


def _record(action: str, told: Announcement, actor: Post, at: dt.datetime) -> None:
    data = {"unit": str(told.unit.uid)}
    record(actor=actor, action=action, obj=f"announcement:{told.uid}", at=at, data=data)
