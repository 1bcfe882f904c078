"""What a reorganisation means for announcements: who is still told, what counts as read, who may put it right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from nhipcau.audit.actions import record
from nhipcau.core.actors import Actor
from nhipcau.core.said import Said
from nhipcau.org.journal import Journal
from nhipcau.org.parts import Balance, Change, Effect
from nhipcau.tasks.announcements.models import Announcement, Receipt
from nhipcau.tasks.announcements.queries import in_force

_OWN = Said("thông báo đã đăng, tiếp tục có giá trị", "an announcement it posted, which stays in force")
_TOLD = Said("thông báo gửi nhánh này, gửi tiếp", "told to this branch, goes on to")
_READ = Said("thông báo đã đọc, không phải đọc lại", "an announcement it read, not to be read again")
_Named = Announcement.branches.through


@dataclass(frozen=True)
class _Fate:
    """An announcement in force and what becomes of it; `how` is one of the three above."""

    announcement: Announcement
    ended: int
    to: int
    how: Said


class AnnouncementPart:
    """Announcements in force. What a unit that ends had posted stands under its successor, else the level above; a
    branch that was named is told where it now lies; what the predecessors of a new unit have read, it has read."""

    name = "announcements"
    label: str = Said("Thông báo còn giá trị", "Announcements in force")

    def preview(self, change: Change, at: dt.datetime) -> list[Effect]:
        """Every announcement with the unit that is told or speaks for it from then on."""
        return [
            Effect(change.names[one.ended], one.announcement.title, change.names[one.to], one.how)
            for one in _fates(change)
        ]

    def apply(self, change: Change, journal: Journal, *, actor: Actor, at: dt.datetime) -> int:
        """Branches first, then receipts, then who speaks."""
        fates = list(_fates(change))
        journal.make(
            _Named(announcement_id=one.announcement.pk, unit_id=one.to) for one in fates if one.how is _TOLD
        )
        journal.make(Receipt(announcement=one.announcement, unit_id=one.to) for one in fates if one.how is _READ)
        for one in fates:
            if one.how is _OWN:
                journal.change(Announcement.objects.filter(pk=one.announcement.pk), unit_id=one.to)
        if fates:
            record(
                actor=actor,
                action="tasks.announcements_inherited",
                obj=f"reorganisation:{change.event.uid}",
                at=at,
                data={"announcements": len({one.announcement.pk for one in fates})},
            )
        return len(fates)

    def undo(self, change: Change, at: dt.datetime) -> list[str]:
        """Nothing but rows that changed since."""
        return []

    def conserve(self, change: Change, at: dt.datetime) -> list[Balance]:
        """Announcements add up to nothing."""
        return []


def _fates(change: Change) -> Iterator[_Fate]:
    yield from _branches(change)
    yield from _read(change)
    for keys in change.batches():
        for one in _standing(change).filter(unit__in=keys):
            to = change.takers[one.unit_id] or change.above[one.unit_id]
            if to is not None:
                yield _Fate(one, one.unit_id, to, _OWN)


def _standing(change: Change) -> QuerySet[Announcement]:
    return in_force(Announcement.objects.order_by("pk"), change.day)


def _branches(change: Change) -> Iterator[_Fate]:
    """A branch that ended is named by what stands for it; the row that named it stays, and reaches nobody."""
    for keys in change.batches():
        named = _Named.objects.filter(unit__in=keys, announcement__in=_standing(change).values("pk"))
        rows = list(named.select_related("announcement").order_by("pk"))
        told = {one.announcement_id for one in rows}
        given = set(_Named.objects.filter(announcement__in=told).values_list("announcement", "unit"))
        for one in rows:
            for to in change.branch_after(one.unit_id):
                if (one.announcement_id, to) not in given:
                    given.add((one.announcement_id, to))
                    yield _Fate(one.announcement, one.unit_id, to, _TOLD)


def _read(change: Change) -> Iterator[_Fate]:
    """A new unit has read what all those whose place it takes had read."""
    before: dict[int, list[int]] = {}
    begun = set(change.begun)
    for ended, heir in change.takers.items():
        if heir in begun:
            before.setdefault(heir, []).append(ended)
    for heir, ended_ones in before.items():
        read: dict[int, int] = {}
        receipts = Receipt.objects.filter(unit__in=ended_ones, announcement__in=_standing(change).values("pk"))
        for told in receipts.values_list("announcement", flat=True):
            read[told] = read.get(told, 0) + 1
        whole = [told for told, count in read.items() if count == len(ended_ones)]
        for one in _standing(change).filter(pk__in=whole):
            yield _Fate(one, ended_ones[0], heir, _READ)
