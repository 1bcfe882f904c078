"""A slip in the register is corrected in the open: what stood before stays beside what stands now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import transaction

from nhipcau.activities.actions import add_partners, attach
from nhipcau.activities.changing import remember
from nhipcau.activities.checking import ActivityInput, cleaned, faults_of
from nhipcau.activities.joint import with_units_known
from nhipcau.activities.models import Activity, ActivityState
from nhipcau.activities.proof import contents
from nhipcau.audit.screen import screen
from nhipcau.core.errors import Conflict, InvalidInput
from nhipcau.documents.registers.books import checked_reason
from nhipcau.documents.rights import OFFICERS, require_own
from nhipcau.documents.storing import files, media
from nhipcau.documents.storing.evidence import checked_papers
from nhipcau.org.models import Post

_FIELDS = ("held_on", "place", "title", "paper_location", "values", "facets")


def correct_activity(
    *,
    activity: Activity,
    given: ActivityInput,
    edits: int,
    reason: str,
    actor: Post,
    at: dt.datetime,
    without: Collection[int] = (),
) -> Activity:
    """Put right what was recorded. `given.papers` are added, the papers of `without` (their keys) are taken out.

    The type stays: one recorded under a wrong type is withdrawn and recorded anew. What is the same already
    changes nothing, so a double tap is harmless. Conflict if it was withdrawn, or somebody corrected it since
    `edits` was read. Reports made from it keep the figure they were made with.
    """
    require_own(activity.unit, *OFFICERS, actor=actor, at=at)
    given = cleaned(with_units_known(activity.unit, given, at))
    faults = list(faults_of(activity.unit, activity.type, given, at))
    if faults:
        raise InvalidInput("Chưa sửa được hoạt động.", faults)
    screen(given.texts(), "narrative", actor=actor, at=at)
    reason = checked_reason(reason, "Sửa hoạt động phải có lý do.", actor=actor, at=at)
    papers = checked_papers(given.papers, actor=actor, at=at)
    with transaction.atomic():
        activity = (
            Activity.objects.select_for_update(of=("self",)).select_related("unit", "type").get(pk=activity.pk)
        )
        before = contents(activity)
        _put(activity, given, without)
        attach(activity, papers)
        after = contents(activity)
        if after == before:
            return activity
        _require_open(activity, edits)
        activity.save(update_fields=_FIELDS)
        remember(activity, before, reason, actor, at)
    return activity


def _require_open(activity: Activity, edits: int) -> None:
    if activity.state != ActivityState.RECORDED:
        raise Conflict("Hoạt động này đã rút nên không sửa được nữa; hãy ghi lại thành hoạt động mới.")
    if activity.edits != edits:
        raise Conflict("Hoạt động vừa được người khác sửa. Hãy mở lại trang để xem bản mới rồi sửa tiếp.")


def _put(activity: Activity, given: ActivityInput, without: Collection[int]) -> None:
    """What was given instead of what stood; a partner who stays keeps the answer it gave."""
    for name in _FIELDS:
        value = getattr(given, name)
        setattr(activity, name, dict(value) if name in ("values", "facets") else value)
    units, bodies = {unit.pk: unit for unit in given.partner_units}, set(given.partner_bodies)
    for partner in list(activity.partners.all()):
        if partner.unit_id in units:
            del units[partner.unit_id]
        elif partner.outside in bodies:
            bodies.remove(partner.outside)
        else:
            partner.delete()
    add_partners(activity, list(units.values()), sorted(bodies))
    for one in activity.evidence.filter(pk__in=without).select_related("file"):
        one.delete()
        if media.is_picture(one.file.media_type):  # a face may have been seen on it: nothing of it stays
            files.erase(one.file)
