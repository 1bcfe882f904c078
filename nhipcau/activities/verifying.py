"""Proof of the activities: each is what the log says was recorded, and none is gone."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import islice

from django.db.models import QuerySet

from nhipcau.activities.models import Activity, ActivityState
from nhipcau.activities.proof import digest
from nhipcau.audit.models import Entry
from nhipcau.core.verifying import Difference, Finding, Step
from nhipcau.org.models import UnitName

CHUNK = 500
RECORDED, CORRECTED, WITHDRAWN = "activities.recorded", "activities.corrected", "activities.withdrawn"
_STATES = (RECORDED, CORRECTED, "activities.photos_kept")  # each tells the digest that stood from then on


class ActivityProof:
    """The values behind the figures."""

    name = "activities"
    label = "Sổ hoạt động"

    def size(self) -> int:
        """Activities, and log entries that tell of recording one."""
        return Activity.objects.count() + _recorded().count()

    def findings(self, step: Step) -> Iterator[Finding]:
        """Each activity against its entries, then the entries whose activity is gone."""
        rows = Activity.objects.select_related("unit", "type").prefetch_related(
            "partners__unit", "evidence__file", "changes"
        )
        activities = rows.order_by("pk").iterator(CHUNK)
        while chunk := list(islice(activities, CHUNK)):
            yield from _against_log(chunk)
            step(len(chunk))
        acts = _recorded().order_by("pk").iterator(CHUNK)
        while told := list(islice(acts, CHUNK)):
            yield from _gone(told)
            step(len(told))


def _recorded() -> QuerySet[Entry]:
    return Entry.objects.filter(action=RECORDED)


def _differs(uid: object, expected: str, found: str, message: str) -> Difference:
    return Difference(ActivityProof.name, f"activity:{uid}", expected, found, message)


def _against_log(activities: Sequence[Activity]) -> Iterator[Difference]:
    objects = [f"activity:{activity.uid}" for activity in activities]
    told: dict[str, list[str]] = {}
    withdrawn: set[str] = set()
    acts = Entry.objects.filter(object__in=objects, action__in=(*_STATES, WITHDRAWN))
    for act in acts.order_by("pk"):
        if act.action == WITHDRAWN:
            withdrawn.add(act.object)
        else:
            told.setdefault(act.object, []).append(_digest_in(act))
    for activity, obj in zip(activities, objects, strict=True):
        yield from _one(activity, told.get(obj, []), withdrawn=obj in withdrawn)


def _digest_in(act: Entry) -> str:
    """ "" where the entry was damaged, which the log's own proof names besides."""
    try:
        return str(json.loads(act.data).get("digest", ""))
    except (ValueError, AttributeError):
        return ""


def _one(activity: Activity, told: Sequence[str], *, withdrawn: bool) -> Iterator[Difference]:
    """What stood before each correction and what stands now, each against what the log says of that moment."""
    before = [digest(activity, change.before) for change in activity.changes.all()]
    found = digest(activity)
    if not told:
        yield _differs(
            activity.uid, "có trong nhật ký", "không có", f"{_named(activity)}: nhật ký không ghi hoạt động này."
        )
    elif told[-1] != found:
        yield _differs(
            activity.uid,
            told[-1][:16],
            found[:16],
            f"{_named(activity)} đã bị sửa sau khi ghi: số liệu, ngày, loại, nơi, đơn vị phối hợp hoặc minh chứng "
            "không khớp nhật ký.",
        )
    elif list(told[:-1]) != before:
        yield _differs(
            activity.uid,
            f"{len(told) - 1} lần sửa",
            f"{len(before)} lần sửa",
            f"{_named(activity)}: lịch sử sửa không khớp nhật ký.",
        )
    if (activity.state == ActivityState.WITHDRAWN) != withdrawn:
        stands = activity.get_state_display()
        yield _differs(
            activity.uid,
            "đã rút" if withdrawn else "đã ghi",
            stands,
            f"{_named(activity)} mang trạng thái «{stands}», nhật ký ghi khác.",
        )


def _named(activity: Activity) -> str:
    named = UnitName.objects.filter(unit=activity.unit_id).order_by("-valid_from").first()
    return f"Hoạt động «{activity.type.label}» ngày {activity.held_on:%d/%m/%Y} của {named.code if named else '?'}"


def _gone(acts: Sequence[Entry]) -> Iterator[Difference]:
    uids = {act.object.removeprefix("activity:") for act in acts}
    standing = {str(uid) for uid in Activity.objects.filter(uid__in=uids).values_list("uid", flat=True)}
    for act in acts:
        uid = act.object.removeprefix("activity:")
        if uid not in standing:
            yield _differs(
                uid,
                "có bản ghi",
                "không có",
                f"Nhật ký ghi hoạt động {uid} lúc {act.at:%d/%m/%Y %H:%M} UTC, nhưng bản ghi đã bị xóa.",
            )
