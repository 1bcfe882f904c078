"""Recording what was done. Counts and money; never a name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from nhipcau.activities.models import (
    Activity,
    ActivityEvidence,
    ActivityPartner,
    ActivityState,
    ActivityType,
)
from nhipcau.activities.proof import digest
from nhipcau.activities.types import TypeDefinition, facets_of, measures_of
from nhipcau.audit.actions import record
from nhipcau.audit.screen import screen
from nhipcau.core.actors import Actor
from nhipcau.core.clock import local_date
from nhipcau.core.errors import Conflict, Fault, InvalidInput
from nhipcau.core.said import Said
from nhipcau.core.text import clean
from nhipcau.documents.rights import OFFICERS, require_own
from nhipcau.documents.storing.evidence import Paper, accept_paper, checked_papers
from nhipcau.org.models import Post, Unit

MAX_REASON = 300
GREATEST = 10**15  # a value beyond a million billion đồng is a slip of the keyboard, not a figure


@dataclass(frozen=True)
class ActivityInput:
    """What a person fills in. `values` are exact integers by measure code, scaled by its decimals."""

    held_on: dt.date
    values: Mapping[str, int]
    facets: Mapping[str, str] = field(default_factory=dict)
    title: str = ""
    place: str = ""
    paper_location: str = ""
    partner_units: Sequence[Unit] = ()
    partner_bodies: Sequence[str] = ()
    papers: Sequence[Paper] = ()
    client_key: str | None = None


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


def log_activity(*, unit: Unit, kind: ActivityType, given: ActivityInput, actor: Post, at: dt.datetime) -> Activity:
    """Record one activity of the actor's own unit. Repeating a `client_key` is safe."""
    require_own(unit, *OFFICERS, actor=actor, at=at)
    given = _cleaned(given)
    _check(kind, given, at)
    texts: dict[str, str | Sequence[str]] = {
        "title": given.title,
        "place": given.place,
        "paper_location": given.paper_location,
        "partner_bodies": given.partner_bodies,
    }
    screen(texts, "narrative", actor=actor, at=at)
    papers = checked_papers(given.papers, actor=actor, at=at)
    with transaction.atomic():
        if given.client_key and (standing := Activity.objects.filter(client_key=given.client_key).first()):
            if standing.unit_id != unit.pk or standing.values != dict(given.values):
                raise Conflict("Biểu mẫu này đã được dùng để ghi hoạt động khác; hãy mở lại trang rồi ghi.")
            return standing
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
        _attach(activity, given, papers)
        record(
            actor=actor,
            action="activities.recorded",
            obj=f"activity:{activity.uid}",
            at=at,
            data={"unit": str(unit.uid), "type": kind.code, "digest": digest(activity)},
        )
    return activity


def withdraw_activity(*, activity: Activity, reason: str, actor: Post, at: dt.datetime) -> Activity:
    """Take back an activity recorded by mistake; it stays in the register, struck out, and no longer counts."""
    reason = clean(reason)
    if not reason:
        raise InvalidInput("Chưa rút được.", [Fault("reason", "hãy ghi lý do rút hoạt động")])
    if len(reason) > MAX_REASON:
        raise InvalidInput(
            "Chưa rút được.",
            [
                Fault(
                    "reason",
                    Said(
                        f"lý do dài quá {MAX_REASON} chữ cái", f"the reason is longer than {MAX_REASON} characters"
                    ),
                )
            ],
        )
    screen({"reason": reason}, "narrative", actor=actor, at=at)
    with transaction.atomic():
        activity = Activity.objects.select_for_update(of=("self",)).select_related("unit").get(pk=activity.pk)
        require_own(activity.unit, *OFFICERS, actor=actor, at=at)
        if activity.state == ActivityState.RECORDED:
            activity.state, activity.withdrawn_reason = ActivityState.WITHDRAWN, reason
            activity.save(update_fields=["state", "withdrawn_reason"])
            record(actor=actor, action="activities.withdrawn", obj=f"activity:{activity.uid}", at=at)
    return activity


def _cleaned(given: ActivityInput) -> ActivityInput:
    return ActivityInput(
        held_on=given.held_on,
        values=given.values,
        facets=given.facets,
        title=clean(given.title),
        place=clean(given.place),
        paper_location=clean(given.paper_location),
        partner_units=given.partner_units,
        partner_bodies=[body for body in map(clean, given.partner_bodies) if body],
        papers=given.papers,
        client_key=given.client_key,
    )


def _check(kind: ActivityType, given: ActivityInput, at: dt.datetime) -> None:
    today = local_date(at)
    measures = {measure.code: measure for measure in measures_of(kind.measures)}
    facets = {facet.code: facet for facet in facets_of(kind.facets)}
    faults = [
        Fault(code, "không phải số liệu của loại hoạt động này") for code in given.values if code not in measures
    ]
    for code, value in given.values.items():
        if code in measures and not 0 <= value <= GREATEST:
            label, most = measures[code].label, f"{GREATEST:,}".replace(",", ".")
            faults.append(Fault(code, Said(f"{label}: phải từ 0 đến {most}", f"{label}: must be 0 to {most}")))
    for code, choice in given.facets.items():
        if code not in facets or choice not in {c.code for c in facets[code].choices}:
            faults.append(Fault(code, Said(f"không có lựa chọn «{choice}»", f"there is no choice «{choice}»")))
    if measures and not given.values:
        faults.append(Fault(next(iter(measures)), "hãy ghi ít nhất một số liệu"))
    if given.held_on > today:
        faults.append(Fault("held_on", "ngày tổ chức ở tương lai; chỉ ghi việc đã làm"))
    if faults:
        raise InvalidInput("Chưa ghi được hoạt động.", faults)


def _attach(activity: Activity, given: ActivityInput, papers: Sequence[Paper]) -> None:
    partners = [ActivityPartner(activity=activity, unit=unit) for unit in given.partner_units]
    partners += [ActivityPartner(activity=activity, outside=body) for body in given.partner_bodies]
    ActivityPartner.objects.bulk_create(partners)
    for paper in papers:
        file = accept_paper(paper)
        ActivityEvidence.objects.get_or_create(activity=activity, file=file, defaults={"name": paper.name})
