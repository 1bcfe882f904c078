"""Photographs of an activity: faces covered by the machine, looked at by the unit, and only then seen by others.

Nothing is ever uncovered: the original is not kept. A picture that shows too little is sent anew.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

from django.db import transaction
from django.db.models import QuerySet

from nhipcau.activities.changing import remember
from nhipcau.activities.models import Activity, ActivityEvidence, ActivityState, WaitingPhoto
from nhipcau.activities.proof import contents
from nhipcau.audit.actions import record
from nhipcau.core.actors import System
from nhipcau.core.errors import Conflict, Fault, InvalidInput
from nhipcau.core.said import Said
from nhipcau.documents.rights import OFFICERS, require_own
from nhipcau.documents.storing import files, media
from nhipcau.documents.storing.blurring import Covered, cells_covered, faces_covered
from nhipcau.documents.storing.evidence import Paper
from nhipcau.documents.storing.grid import COLUMNS, ROWS
from nhipcau.org.models import Post

MOST_WAITING = 10
KEPT = dt.timedelta(days=30)
SWEEPER = System("activities.retention")


def add_photos(*, activity: Activity, photos: Sequence[Paper], actor: Post, at: dt.datetime) -> list[WaitingPhoto]:
    """Take more photographs of an activity of the own unit. The same ones again are the same."""
    _require_open(activity, actor, at)
    if not photos:
        raise InvalidInput("Chưa nhận được ảnh.", [Fault("photos", "hãy chọn ít nhất một ảnh")])
    made = faces_covered(photos)
    with transaction.atomic():
        return let_wait(activity, made, actor, at)


def let_wait(activity: Activity, made: Sequence[Covered], actor: Post, at: dt.datetime) -> list[WaitingPhoto]:
    """Put covered pictures before the unit's eyes, in the caller's transaction."""
    known = {one.sent: one for one in activity.waiting_photos.all()}
    new = {files.sha256(one.data): one for one in made}
    fresh = [digest for digest in new if digest not in known]
    if len(known) + len(fresh) > MOST_WAITING:
        why = f"đã có {len(known)} ảnh chờ xem lại; xem và lưu chúng trước"
        en = f"{len(known)} photographs wait to be looked at; look at them first"
        raise InvalidInput("Chưa nhận được ảnh.", [Fault("photos", Said(why, en))])
    for digest in fresh:
        known[digest] = WaitingPhoto.objects.create(
            activity=activity,
            picture=new[digest].data,
            places=new[digest].places,
            sent=digest,
            sent_by=actor,
            sent_at=at,
        )
    if fresh:
        obj = f"activity:{activity.uid}"
        record(actor=actor, action="activities.photos_sent", obj=obj, at=at, data={"count": len(fresh)})
    return [known[digest] for digest in new]


def cover_more(*, photo: WaitingPhoto, cells: Collection[int], actor: Post, at: dt.datetime) -> WaitingPhoto:
    """Cover what the machine overlooked, by cells of a grid of `COLUMNS` by `ROWS`, numbered row by row from 0."""
    _require_open(photo.activity, actor, at)
    wanted = sorted(set(cells))
    if not wanted or not 0 <= wanted[0] <= wanted[-1] < COLUMNS * ROWS:
        raise InvalidInput("Chưa che thêm.", [Fault("cells", "hãy chọn ô cần che trên ảnh")])
    made = cells_covered(bytes(photo.picture), wanted)
    with transaction.atomic():
        photo.picture = made.data
        photo.save(update_fields=["picture"])
        obj = f"activity:{photo.activity.uid}"
        record(actor=actor, action="activities.photo_covered", obj=obj, at=at, data={"cells": len(wanted)})
    return photo


def drop_photo(*, photo: WaitingPhoto, actor: Post, at: dt.datetime) -> None:
    """Erase a photograph that waits. Safe to repeat."""
    require_own(photo.activity.unit, *OFFICERS, actor=actor, at=at)
    with transaction.atomic():
        gone, _rows = WaitingPhoto.objects.filter(pk=photo.pk).delete()
        if gone:
            record(actor=actor, action="activities.photo_dropped", obj=f"activity:{photo.activity.uid}", at=at)


def keep_photos(*, activity: Activity, looked_at: Collection[str], actor: Post, at: dt.datetime) -> Activity:
    """Keep the photographs of these uids: the actor says that nobody can be recognised on them. A second tap finds
    none waiting and changes nothing."""
    _require_open(activity, actor, at)
    waiting = list(activity.waiting_photos.filter(uid__in=list(looked_at)))
    for photo in waiting:
        files.write(bytes(photo.picture))
    with transaction.atomic():
        locked = Activity.objects.select_for_update(of=("self",)).select_related("unit", "type")
        activity = locked.get(pk=activity.pk)
        before = contents(activity)
        number = activity.evidence.count()
        for photo in activity.waiting_photos.filter(pk__in=[one.pk for one in waiting]):
            number += 1
            file = files.store(bytes(photo.picture), media.JPEG)
            name = f"anh-{number}.jpg"
            ActivityEvidence.objects.get_or_create(activity=activity, file=file, defaults={"name": name})
            photo.delete()
        if contents(activity) != before:
            remember(activity, before, "Thêm ảnh đã xem lại", actor, at, "activities.photos_kept")
    return activity


def _require_open(activity: Activity, actor: Post, at: dt.datetime) -> None:
    require_own(activity.unit, *OFFICERS, actor=actor, at=at)
    if activity.state != ActivityState.RECORDED:
        raise Conflict("Hoạt động này đã rút nên không nhận ảnh nữa.")


class WaitingPhotos:
    """Retention of photographs that nobody looked at: a month, then they are gone."""

    name = "waiting_photos"
    label = "Ảnh chờ xem lại"
    kept = KEPT

    def sweep(self, *, at: dt.datetime) -> int:
        """Erase what is overdue; returns how many there were."""
        overdue = list(_overdue(at).select_related("activity"))
        for photo in overdue:
            with transaction.atomic():
                obj = f"activity:{photo.activity.uid}"
                record(actor=SWEEPER, action="activities.photo_dropped", obj=obj, at=at)
                photo.delete()
        return len(overdue)

    def left(self, *, at: dt.datetime) -> int:
        """What should be gone and is not."""
        return _overdue(at).count()


def _overdue(at: dt.datetime) -> QuerySet[WaitingPhoto]:
    return WaitingPhoto.objects.filter(sent_at__lt=at - KEPT)
