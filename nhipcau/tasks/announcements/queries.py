"""Announcements as a post may see them, and which units have not read one. Set queries, whatever the size."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from nhipcau.core.errors import NotFound
from nhipcau.core.said import Said
from nhipcau.documents.rights import reads_contents
from nhipcau.documents.storing import files
from nhipcau.org.grounds import Ground, any_of
from nhipcau.org.models import Closure, Unit, UnitName
from nhipcau.org.queries import counts_below, reached_from, units_above, with_name
from nhipcau.org.scope import Scope, fetch
from nhipcau.tasks.announcements.models import AddressedRole, Announcement, AnnouncementFile, Receipt

ABSENT = Said("Không có thông báo này trong phạm vi của bạn.", "There is no such announcement within your scope.")


@dataclass(frozen=True)
class ReadCounts:
    """Units asked to read it, and those that have. `branch` None: all of them together."""

    expected: int
    read: int
    branch: Unit | None = None

    @property
    def silent(self) -> int:
        return self.expected - self.read


def addressed_to(scope: Scope) -> QuerySet[Announcement]:
    """What the post was told from above, newest first; withdrawn and past ones included."""
    above = units_above(scope.unit, scope.day)
    own_kind = Announcement.kinds.through.objects.filter(announcement=OuterRef("pk"))
    branches = Announcement.branches.through.objects.filter(announcement=OuterRef("pk"))
    roles = AddressedRole.objects.filter(announcement=OuterRef("pk"))
    return (
        Announcement.objects.filter(unit__in=above)
        .filter(Exists(branches.filter(Q(unit__in=above) | Q(unit=scope.unit.pk))))
        .filter(~Exists(own_kind) | Exists(own_kind.filter(unitkind=scope.unit.kind_id)))
        .filter(~Exists(roles) | Exists(roles.filter(role__in=scope.post.roles)))
        .select_related("unit", "posted_by")
    )


def sent_by(scope: Scope) -> QuerySet[Announcement]:
    """What the own unit told others, newest first."""
    rows = Announcement.objects.filter(unit=scope.unit) if reads_contents(scope) else Announcement.objects.none()
    return rows.select_related("unit", "posted_by")


def unread(scope: Scope) -> QuerySet[Announcement]:
    """What nobody of the own unit has opened yet, while it holds."""
    read = Receipt.objects.filter(announcement=OuterRef("pk"), unit=scope.unit)
    return in_force(addressed_to(scope), scope.day).filter(~Exists(read))


def in_force(rows: QuerySet[Announcement], day: dt.date) -> QuerySet[Announcement]:
    """Those neither withdrawn nor past."""
    return rows.filter(Q(valid_until=None) | Q(valid_until__gte=day), withdrawn_at=None)


def get_announcement_for(scope: Scope, uid: uuid.UUID | str) -> Announcement:
    """One that the post was told, or that its own unit or one below told; any other does not exist."""
    visible = Announcement.objects.filter(any_of(announcement_grounds(scope)))
    return fetch(visible.select_related("unit", "posted_by"), uid, ABSENT)


def announcement_grounds(scope: Scope) -> list[Ground]:
    """On what grounds the scope finds announcements. To be told something, a post need not read contents."""
    told = Said("cấp trên gửi tới đơn vị và chức danh này", "told by a level above to this unit and post")
    found = [Ground(told, Q(pk__in=addressed_to(scope).values("pk")))]
    if reads_contents(scope):
        said = Said("do đơn vị ấy hoặc đơn vị dưới nó thông báo", "told by that unit or by one below it")
        found.append(Ground(said, scope.own_or_below("unit")))
    return found


def get_sent_for(scope: Scope, uid: uuid.UUID | str) -> Announcement:
    """One that the own unit told; any other does not exist."""
    return fetch(sent_by(scope), uid, ABSENT)


def is_addressed(scope: Scope, announcement: Announcement) -> bool:
    """Whether the post itself was told."""
    return addressed_to(scope).filter(pk=announcement.pk).exists()


def download(scope: Scope, uid: uuid.UUID | str, number: int) -> tuple[bytes, str, str]:
    """(bytes, name, media type) of a paper of a visible announcement."""
    found = AnnouncementFile.objects.filter(announcement=get_announcement_for(scope, uid), pk=number)
    paper = found.select_related("file").first()
    if paper is None:
        raise NotFound("Thông báo này không có tệp ấy.")
    return files.read(paper.file), paper.name, paper.file.media_type


def silent(announcement: Announcement, scope: Scope, under: Unit | None = None) -> QuerySet[UnitName]:
    """The names of the units that have not read it, in Vietnamese order; only those `under` a unit, itself too."""
    units = _reached(announcement, scope)
    if under is not None:
        units = units.filter(descendant__in=reached_from([under.pk], scope.day))
    read = Receipt.objects.filter(announcement=announcement, unit=OuterRef("unit"))
    names = UnitName.objects.at(scope.day).filter(~Exists(read), unit__in=units.values("descendant"))
    return names.order_by("sort_key", "unit")


def read_counts(announcement: Announcement, scope: Scope) -> ReadCounts:
    """Of all units that the scope sees. A unit that stands on both axes is counted once."""
    counted = _reached(announcement, scope).aggregate(
        expected=Count("descendant", distinct=True),
        read=Count("descendant", distinct=True, filter=_having_read(announcement)),
    )
    return ReadCounts(**counted)


def counts_by_branch(announcement: Announcement, scope: Scope) -> list[ReadCounts]:
    """For each unit directly below the own one that has somebody to read it, itself included."""
    top, told = _top(announcement, scope), _whom(announcement, scope)
    counts = counts_below(top, scope.day, told, _having_read(announcement))
    rows = with_name(Unit.objects.filter(pk__in=counts), scope.day).order_by(F("sort_key"), "pk")
    return [ReadCounts(*counts[unit.pk], unit) for unit in rows]


def _reached(announcement: Announcement, scope: Scope) -> QuerySet[Closure]:
    """The units that are told, as `descendant`; one that stands on both axes comes twice."""
    below = Closure.objects.at(scope.day).filter(ancestor=_top(announcement, scope))
    return below.filter(_whom(announcement, scope))


def _top(announcement: Announcement, scope: Scope) -> Unit:
    """The own unit, or the one that tells if that lies below: nobody above it is told."""
    inside = announcement.unit_id == scope.unit.pk or announcement.unit_id in units_above(scope.unit, scope.day)
    return scope.unit if inside else announcement.unit


def _whom(announcement: Announcement, scope: Scope) -> Q:
    """Who is told, as a filter on `descendant`. A unit below on one axis may reach another on the other one that
    is none of the scope's."""
    told = ~Q(descendant=announcement.unit_id)
    if _top(announcement, scope).pk != scope.unit.pk:
        told &= Q(descendant__in=scope.unit_ids())
    branches = list(announcement.branches.values_list("pk", flat=True))
    if branches != [announcement.unit_id]:
        told &= Q(descendant__in=reached_from(branches, scope.day))
    kinds = list(announcement.kinds.values_list("pk", flat=True))
    return told & Q(descendant__kind__in=kinds) if kinds else told


def _having_read(announcement: Announcement) -> Q:
    return Q(descendant__in=Receipt.objects.filter(announcement=announcement).values("unit"))
