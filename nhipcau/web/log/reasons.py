"""The things whose sight can be explained: where each one's rules stand, and what decides in the end.

Nothing is decided here. The grounds are those that the queries are made of, and the verdict is whether the app's
own function hands the thing out.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db.models import Model, Q

from nhipcau.activities.models import Activity, PlannedActivity
from nhipcau.activities.planning import get_planned_for, planned_grounds
from nhipcau.activities.queries import activity_grounds, get_activity_for
from nhipcau.analytics.models import SavedAnalysis
from nhipcau.analytics.queries import analysis_grounds, get_analysis_for
from nhipcau.campaigns.models import Campaign
from nhipcau.campaigns.queries import campaign_grounds, get_campaign_for
from nhipcau.core.errors import NotFound
from nhipcau.core.said import Said
from nhipcau.documents.models import Document
from nhipcau.documents.queries import document_grounds
from nhipcau.documents.rights import reads_contents
from nhipcau.org.delegating import standing_in
from nhipcau.org.grounds import Ground, that_hold
from nhipcau.org.models import Post, Unit
from nhipcau.org.scope import Scope
from nhipcau.org.standing import Step, hand_step, holder_step, place_step, post_step, role_step
from nhipcau.reports.issuing.drafts import get_draft_for, signing_grounds
from nhipcau.reports.models import IssuedReport, SigningDraft, Submission
from nhipcau.reports.queries import get_issued_for, get_submission_for, issued_grounds, submission_grounds
from nhipcau.tasks.announcements.models import Announcement
from nhipcau.tasks.announcements.queries import announcement_grounds, get_announcement_for
from nhipcau.tasks.models import Assignment, Task
from nhipcau.tasks.queries import (
    assignment_grounds,
    get_assignment_for,
    get_letter_for,
    get_task_for,
    handed_letter_grounds,
    task_grounds,
)


@dataclass(frozen=True)
class Kind:
    """`decide` hands the thing out or raises NotFound; `grounds` are its rules; `owner` the field of its unit;
    `page` what is opened. `contents`: only posts that read contents find any."""

    model: type[Model]
    owner: str
    grounds: Callable[[Scope], list[Ground]]
    decide: Callable[[Scope, uuid.UUID], object]
    page: str
    contents: bool = True


@dataclass(frozen=True)
class Thing:
    """Something, with the unit it belongs to."""

    row: Model
    uid: uuid.UUID
    owner: Unit


@dataclass(frozen=True)
class Seen:
    """What was found for one seat: the verdict, and the chain that led to it."""

    title: str
    sees: bool
    steps: Sequence[Step]
    rules: Sequence[Said]


def _letter_grounds(scope: Scope) -> list[Ground]:
    return [*document_grounds(scope), *handed_letter_grounds(scope)]


def _unit_grounds(scope: Scope) -> list[Ground]:
    said = Said("đơn vị của chức danh và các đơn vị dưới nó", "the post's own unit and those below it")
    return [Ground(said, Q(pk__in=scope.unit_ids()))]


KINDS: Mapping[str, Kind] = {
    "document": Kind(Document, "unit", _letter_grounds, get_letter_for, "documents:document"),
    "task": Kind(Task, "issued_by", task_grounds, get_task_for, "tasks:status"),
    "assignment": Kind(Assignment, "unit", assignment_grounds, get_assignment_for, "tasks:assignment"),
    "announcement": Kind(
        Announcement,
        "unit",
        announcement_grounds,
        get_announcement_for,
        "announcements:announcement",
        contents=False,
    ),
    "activity": Kind(Activity, "unit", activity_grounds, get_activity_for, "activities:detail"),
    "planned": Kind(PlannedActivity, "unit", planned_grounds, get_planned_for, "activities:planned"),
    "campaign": Kind(Campaign, "unit", campaign_grounds, get_campaign_for, "campaigns:campaign"),
    "submission": Kind(Submission, "unit", submission_grounds, get_submission_for, "reports:report"),
    "signing": Kind(SigningDraft, "unit", signing_grounds, get_draft_for, "reports:signing"),
    "issued": Kind(IssuedReport, "unit", issued_grounds, get_issued_for, "reports:issued"),
    "analysis": Kind(SavedAnalysis, "unit", analysis_grounds, get_analysis_for, "analytics:opened"),
    "unit": Kind(Unit, "", _unit_grounds, lambda scope, uid: scope.get_unit(uid), "org:unit", contents=False),
}
BY_PAGE = {kind.page: name for name, kind in KINDS.items()}


def find(name: str, uid: uuid.UUID | str) -> Thing:
    """That thing, whoever may see it: nothing of it is shown but what the chain says. NotFound."""
    kind = KINDS[name]
    try:
        rows = kind.model._default_manager.select_related(kind.owner) if kind.owner else kind.model._default_manager
        row: Model = rows.get(uid=uid)
    except (ObjectDoesNotExist, ValidationError) as error:
        raise NotFound(Said("Không có nội dung này.", "There is no such thing.")) from error
    owner = getattr(row, kind.owner) if kind.owner else row
    assert isinstance(owner, Unit)  # noqa: S101 - the table says so
    return Thing(row, uuid.UUID(str(uid)), owner)


def find_anywhere(names: Sequence[str], uid: str) -> tuple[str, Thing] | None:
    """The first of these kinds that has it."""
    for name in names:
        try:
            return name, find(name, uid)
        except NotFound:
            continue
    return None


def seats_at(post: Post, at: dt.datetime) -> list[Post]:
    """The post, and those that it acted for by delegation then."""
    return [post, *standing_in([post], at)]


def explained(kind: Kind, thing: Thing, post: Post, at: dt.datetime) -> Seen:
    """The chain for one seat at that moment. A seat that nobody holds sees nothing, whatever the rules say."""
    scope = Scope(post, at)
    steps = [post_step(post, at), holder_step(post.doer, at)]
    if post.hand is not None:
        steps.append(hand_step(post, post.hand, at))
    if kind.contents:
        steps.append(role_step(post, reads=reads_contents(scope)))
    held = all(step.holds for step in steps[:2])
    steps.append(place_step(scope, thing.owner))
    rules = that_hold(thing.row, kind.grounds(scope))
    return Seen(post.title, held and _handed_out(kind, scope, thing), steps, rules)


def _handed_out(kind: Kind, scope: Scope, thing: Thing) -> bool:
    try:
        kind.decide(scope, thing.uid)
    except NotFound:
        return False
    return True
