"""Recording what was done. Counts and money; never a name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from django.db import transaction

from nhipcau.activities.checking import ActivityInput, cleaned, faults_of
from nhipcau.activities.joint import with_units_known
from nhipcau.activities.models import (
    Activity,
    ActivityEvidence,
    ActivityPartner,
    ActivityState,
    ActivityType,
)
from nhipcau.activities.photos import let_wait
from nhipcau.activities.proof import digest
from nhipcau.activities.types import TypeDefinition, measures_of
from nhipcau.audit.actions import record
from nhipcau.audit.screen import screen
from nhipcau.core.actors import Actor
from nhipcau.core.errors import Conflict, Fault, InvalidInput
from nhipcau.core.said import Said
from nhipcau.documents.registers.books import checked_reason
from nhipcau.documents.rights import OFFICERS, require_own
from nhipcau.documents.storing.blurring import faces_covered
from nhipcau.documents.storing.evidence import Paper, accept_paper, checked_papers
from nhipcau.org.models import Post, Unit

MOST_AT_ONCE = 200


def define_type(*, definition: TypeDefinition, actor: Actor, at: dt.datetime) -> ActivityType:
    """Add a type, or bring its labels up to date. Measures and facets in use are never taken away."""
    screen({definition.code: definition.texts()}, "activity_type", actor=actor, at=at)
    with transaction.atomic():
        standing = ActivityType.objects.select_for_update().filter(code=definition.code).first()
        if standing is not None:
            kept = {measure.code for measure in definition.measures}
            lost = [m.label for m in measures_of(standing.measures) if m.code not in kept]
            if lost and standing.activities.exists():
                raise Conflict(
                    Said(
                        f"Loại «{standing.label}» đã có hoạt động; không bỏ được: {', '.join(lost)}.",
                        f"There are activities of the kind «{standing.label}»; this cannot be dropped: "
                        f"{', '.join(lost)}.",
                    )
                )
        kind, _ = ActivityType.objects.update_or_create(
            code=definition.code,
            defaults={
                "label": definition.label,
                "label_en": definition.label_en,
                "measures": definition.measures_json(),
                "facets": definition.facets_json(),
            },
        )
        record(actor=actor, action="activities.type_defined", obj=f"activity_type:{kind.code}", at=at)
    return kind


def log_activity(
    *,
    unit: Unit,
    kind: ActivityType,
    given: ActivityInput,
    actor: Post,
    at: dt.datetime,
    along: Callable[[Activity], None] | None = None,
) -> Activity:
    """Record one activity of the actor's own unit. Repeating a `client_key` is safe.

    `along` is what an app above does with the activity in the same transaction; it is done again when repeated.
    """
    require_own(unit, *OFFICERS, actor=actor, at=at)
    given = cleaned(with_units_known(unit, given, at))
    faults = list(faults_of(unit, kind, given, at))
    if faults:
        raise InvalidInput("Chưa ghi được hoạt động.", faults)
    screen(given.texts(), "narrative", actor=actor, at=at)
    papers = checked_papers(given.papers, actor=actor, at=at)
    photos = faces_covered(given.photos)
    with transaction.atomic():
        activity = _kept(unit, kind, [given], papers, actor, at)[0]
        let_wait(activity, photos, actor, at)
        if along is not None:
            along(activity)
    return activity


def log_activities(
    *, unit: Unit, kind: ActivityType, rows: Sequence[ActivityInput], actor: Post, at: dt.datetime
) -> list[Activity]:
    """Record many of one type, all of them or none; a fault stands at "<row from 1>.<field>".

    Each row carries its own `client_key`: the same rows sent again are recorded once. Rows bring no papers.
    """
    require_own(unit, *OFFICERS, actor=actor, at=at)
    rows = [cleaned(given) for given in rows]
    if not 0 < len(rows) <= MOST_AT_ONCE:
        why = f"Ghi từ 1 đến {MOST_AT_ONCE} hoạt động mỗi lần."
        raise InvalidInput(
            "Chưa ghi được hoạt động.", [Fault("", Said(why, f"Record 1 to {MOST_AT_ONCE} activities at a time."))]
        )
    numbered = list(enumerate(rows, start=1))
    faults = [
        Fault(f"{number}.{fault.where}", fault.message)
        for number, given in numbered
        for fault in faults_of(unit, kind, given, at)
    ]
    if faults:
        raise InvalidInput("Chưa ghi được hoạt động.", faults)
    texts = {f"{number}.{name}": text for number, given in numbered for name, text in given.texts().items()}
    screen(texts, "narrative", actor=actor, at=at)
    with transaction.atomic():
        return _kept(unit, kind, rows, (), actor, at)


def withdraw_activity(*, activity: Activity, reason: str, actor: Post, at: dt.datetime) -> Activity:
    """Take back an activity recorded by mistake; it stays in the register, struck out, and no longer counts."""
    reason = checked_reason(reason, "Rút hoạt động phải có lý do.", actor=actor, at=at)
    with transaction.atomic():
        activity = Activity.objects.select_for_update(of=("self",)).select_related("unit").get(pk=activity.pk)
        require_own(activity.unit, *OFFICERS, actor=actor, at=at)
        if activity.state == ActivityState.RECORDED:
            activity.state, activity.withdrawn_reason = ActivityState.WITHDRAWN, reason
            activity.save(update_fields=["state", "withdrawn_reason"])
            record(actor=actor, action="activities.withdrawn", obj=f"activity:{activity.uid}", at=at)
    return activity


def _kept(
    unit: Unit,
    kind: ActivityType,
    rows: Sequence[ActivityInput],
    papers: Sequence[Paper],
    actor: Post,
    at: dt.datetime,
) -> list[Activity]:
    """The rows in the register, those already there as they stand. Two taps at once wait for each other."""
    Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)
    keys = [given.client_key for given in rows if given.client_key]
    standing = {one.client_key: one for one in Activity.objects.filter(client_key__in=keys)}
    kept = []
    for given in rows:
        one = standing.get(given.client_key) if given.client_key else None
        if one is None:
            one = _created(unit, kind, given, papers, actor, at)
        elif not _is_same(one, unit, kind, given):
            raise Conflict("Biểu mẫu này đã được dùng để ghi hoạt động khác; hãy mở lại trang rồi ghi.")
        kept.append(one)
    return kept


def _is_same(one: Activity, unit: Unit, kind: ActivityType, given: ActivityInput) -> bool:
    asked = (unit.pk, kind.pk, given.held_on, dict(given.values))
    return (one.unit_id, one.type_id, one.held_on, one.values) == asked


def _created(
    unit: Unit, kind: ActivityType, given: ActivityInput, papers: Sequence[Paper], actor: Post, at: dt.datetime
) -> Activity:
    activity = Activity.objects.create(
        client_key=given.client_key,
        unit=unit,
        type=kind,
        held_on=given.held_on,
        title=given.title,
        place=given.place,
        paper_location=given.paper_location,
        values=dict(given.values),
        facets=dict(given.facets),
        recorded_by=actor,
        recorded_at=at,
    )
    add_partners(activity, given.partner_units, given.partner_bodies)
    attach(activity, papers)
    record(
        actor=actor,
        action="activities.recorded",
        obj=f"activity:{activity.uid}",
        at=at,
        data={"unit": str(unit.uid), "type": kind.code, "digest": digest(activity)},
    )
    return activity


def add_partners(activity: Activity, units: Sequence[Unit], bodies: Sequence[str]) -> None:
    """Name partners, in the caller's transaction; each is asked from now on."""
    partners = [ActivityPartner(activity=activity, unit=unit) for unit in units]
    partners += [ActivityPartner(activity=activity, outside=body) for body in bodies]
    ActivityPartner.objects.bulk_create(partners)


def attach(activity: Activity, papers: Sequence[Paper]) -> None:
    """Keep papers that `checked_papers` let through, in the caller's transaction."""
    for paper in papers:
        file = accept_paper(paper)
        ActivityEvidence.objects.get_or_create(activity=activity, file=file, defaults={"name": paper.name})
