"""Publishing report templates: a version is immutable and is chosen by the reporting period."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any

from django.db import transaction

from nhipcau.activities.actions import define_type
from nhipcau.activities.types import TypeDefinition
from nhipcau.audit.actions import record
from nhipcau.audit.screen import screen
from nhipcau.core.actors import Actor
from nhipcau.core.clock import local_date
from nhipcau.core.errors import Conflict, Fault, InvalidInput, NotFound
from nhipcau.core.once import once
from nhipcau.core.periods import Period, parse_period
from nhipcau.core.said import Said
from nhipcau.org.models import Unit
from nhipcau.reports.design.against import missing_names, texts_of, with_units
from nhipcau.reports.design.definition import Definition, load
from nhipcau.reports.design.moving import move_to, overtaken
from nhipcau.reports.design.parsing import parse, read_yaml
from nhipcau.reports.models import EntrySource, ReportTemplate, Submission, TemplateVersion
from nhipcau.reports.models.reports import LENT

_known: dict[str, Definition] = {}  # by digest: what a version says never changes, and there are few


def definition_of(version: TemplateVersion) -> Definition:
    """What the version says, taken apart once in a process."""
    if version.digest not in _known:
        _known[version.digest] = load(version.definition)
    return _known[version.digest]


def by_key() -> dict[int, TemplateVersion]:
    """Every version with its template: read once, for whoever goes through very many rows that name one."""
    return TemplateVersion.objects.select_related("template").in_bulk()


@dataclass(frozen=True)
class Published:
    """The version that stands, and whether this import made it."""

    version: TemplateVersion
    created: bool


def import_template(*, data: bytes, actor: Actor, at: dt.datetime, move_drafts: bool = False) -> Published:
    """Publish a template from YAML together with the activity types it names; all of it or nothing.

    The same file again changes nothing. A changed file becomes a new version for periods from `first_period`.
    """
    definition, types = parse(read_yaml(data))
    done = publish(definition=definition, types=types, actor=actor, at=at, move_drafts=move_drafts)
    if move_drafts:
        catch_up(done.version, actor=actor, at=at)
    return done


def publish(
    *,
    definition: Definition,
    types: Sequence[TypeDefinition],
    actor: Actor,
    at: dt.datetime,
    owner: Unit | None = None,
    move_drafts: bool = False,
) -> Published:
    """Publish what was read. `owner`: the unit whose template it is, None for the whole installation's.

    Drafts that were begun on the version before, for periods the new one serves, stand in its way, unless they are
    moved with it (see `moving`).
    """
    definition = sound(definition, types, owner, at)
    screen(texts_of(definition, types), "template", actor=actor, at=at)
    stored = json.loads(json.dumps(asdict(definition), ensure_ascii=False))
    digest = hashlib.sha256(json.dumps(stored, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    with transaction.atomic():
        for kind in types:
            define_type(definition=kind, actor=actor, at=at)
        template, _ = ReportTemplate.objects.get_or_create(
            code=definition.code, defaults={"name": definition.name, "axis": definition.axis, "owner": owner}
        )
        ReportTemplate.objects.select_for_update().get(pk=template.pk)
        latest = template.versions.order_by("-number").first()
        if latest is not None and load(latest.definition) == definition:
            return Published(latest, created=False)
        if latest is not None:
            _require_same_kind(load(latest.definition), definition)
        if template.name != definition.name:
            template.name = definition.name
            template.save(update_fields=["name"])
        version = _publish(template, latest, definition, stored, digest, at)
        moved = move_to(version, actor=actor, at=at) if move_drafts else 0
        _require_nothing_left(version, definition)
        record(
            actor=actor,
            action="reports.template_published",
            obj=f"template:{template.code}",
            at=at,
            data={"version": version.number, "digest": digest, "moved": moved},
        )
    return Published(version, created=True)


def catch_up(version: TemplateVersion, *, actor: Actor, at: dt.datetime) -> int:
    """After the version is there for everybody: drafts that somebody was just opening on the one before it."""
    with transaction.atomic():
        return move_to(version, actor=actor, at=at)


def sound(
    definition: Definition, types: Sequence[TypeDefinition], owner: Unit | None, at: dt.datetime
) -> Definition:
    """The definition with what it names found in the database. InvalidInput lists all that is not."""
    faults = list(missing_names(definition, types))
    definition = with_units(definition, owner, local_date(at), faults)
    if faults:
        raise InvalidInput(
            Said(
                f"Biểu mẫu có {len(faults)} lỗi; không nhập gì.",
                f"The form has {len(faults)} faults; nothing was imported.",
            ),
            faults,
        )
    return definition


def _require_same_kind(before: Definition, after: Definition) -> None:
    """Periods of one template are added up over its versions, on one axis: those three never change."""
    pairs = {
        "axis": (before.axis, after.axis),
        "calendar": (before.calendar, after.calendar),
        "period": (before.period_kind, after.period_kind),
    }
    faults = [
        Fault(
            key,
            Said(
                f"đã là «{was}», phiên bản sau không đổi được; hãy lập biểu mẫu mới với mã khác",
                f"it is «{was}» and no later version changes it; make a new form with another code",
            ),
        )
        for key, (was, now) in pairs.items()
        if was != now
    ]
    if faults:
        raise InvalidInput("Phiên bản mới không khớp với các phiên bản trước.", faults)


def _publish(
    template: ReportTemplate,
    latest: TemplateVersion | None,
    definition: Definition,
    stored: dict[str, Any],
    digest: str,
    at: dt.datetime,
) -> TemplateVersion:
    return TemplateVersion.objects.create(
        template=template,
        number=(latest.number if latest else 0) + 1,
        first_day=parse_period(definition.first_period).first_day(definition.calendar),
        definition=stored,
        cells=definition.cells(),
        digest=digest,
        published_at=at,
    )


def _require_nothing_left(version: TemplateVersion, definition: Definition) -> None:
    """Conflict while a report of an earlier version stands in a period that the new one serves."""
    left = overtaken(version)
    count = left.count()
    if not count:
        return
    keys = left.order_by().values_list("period", flat=True).distinct()
    last = max(map(parse_period, keys), key=lambda one: one.first_day())
    raise Conflict(
        Said(
            f"Biểu mẫu «{definition.code}» đã có {count} báo cáo từ kỳ {definition.first_period}, kỳ muộn nhất "
            f"là {last.label_vi}; phiên bản mới phải bắt đầu từ kỳ sau (first_period).",
            f"There are {count} reports by the form «{definition.code}» from period {definition.first_period} "
            f"on, the latest for {last.label_en}; a new version must begin later (first_period).",
        )
    )


@once
def every_form() -> list[list[TemplateVersion]]:
    """By template, in the order of their names: its versions, the newest first."""
    known = TemplateVersion.objects.select_related("template").order_by("template__name", "template", "-number")
    return [list(versions) for _, versions in groupby(known, key=lambda one: one.template_id)]


def versions_of(code: str) -> list[TemplateVersion]:
    """All versions of a template, the newest first. Raises NotFound."""
    found = TemplateVersion.objects.filter(template__code=code).select_related("template").order_by("-number")
    if not found:
        raise NotFound(Said(f"Không có biểu mẫu «{code}».", f"There is no form «{code}»."))
    return list(found)


def version_numbered(code: str, number: int | None = None) -> TemplateVersion:
    """The version with that number, the newest without one. Raises NotFound."""
    found = next((one for one in versions_of(code) if number is None or one.number == number), None)
    if found is None:
        raise NotFound(
            Said(f"Biểu mẫu «{code}» không có phiên bản {number}.", f"The form «{code}» has no version {number}.")
        )
    return found


def taken_over_periods(template: int) -> set[str]:
    """The periods that figures of the years before were taken over for; the first version serves them."""
    taken = Submission.objects.filter(LENT, version__template=template, entry_source=EntrySource.HISTORY)
    return set(taken.order_by().values_list("period", flat=True).distinct())


def version_for(code: str, period: Period) -> TemplateVersion:
    """The version that serves the period: the last one whose first day is not after the period's."""
    return versions_for(code, [period])[0]


def versions_for(code: str, periods: Sequence[Period], *, before: bool = False) -> list[TemplateVersion]:
    """The version that serves each of the periods, in their order; one query for all of them.

    A period before the first version has none, unless figures of the years before were taken over for it, or are to
    be (`before`): then it is the first.
    """
    return serving(versions_of(code), periods, before=before)


def serving(
    versions: Sequence[TemplateVersion], periods: Sequence[Period], *, before: bool = False
) -> list[TemplateVersion]:
    """The same of the versions of one template, the newest first."""
    newest, code = versions[0].definition, versions[0].template.code
    by_day = sorted(versions, key=lambda version: version.first_day, reverse=True)
    found = []
    for period in periods:
        if period.kind != newest["period_kind"]:
            raise InvalidInput(
                Said(
                    f"Biểu mẫu «{code}» không lập theo kỳ «{period.key}».",
                    f"The form «{code}» is not made for the period «{period.key}».",
                )
            )
        first = period.first_day(newest["calendar"])
        version = next((one for one in by_day if one.first_day <= first), None)
        if version is None and (before or period.key in taken_over_periods(versions[0].template_id)):
            version = by_day[-1]
        if version is None:
            raise NotFound(
                Said(
                    f"Biểu mẫu «{code}» chưa áp dụng cho kỳ {period.label_vi}.",
                    f"The form «{code}» does not apply to {period.key} yet.",
                )
            )
        found.append(version)
    return found
