"""Publishing report templates: a version is immutable and is chosen by the reporting period."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction

from nhipcau.activities.actions import define_type
from nhipcau.activities.models import ActivityType
from nhipcau.activities.types import TypeDefinition
from nhipcau.audit.actions import record
from nhipcau.audit.screen import screen
from nhipcau.core.actors import Actor
from nhipcau.core.errors import Conflict, Fault, InvalidInput, NotFound
from nhipcau.core.periods import Period, parse_period
from nhipcau.core.said import Said
from nhipcau.documents.numbering import CODES
from nhipcau.org.models import UnitKind
from nhipcau.reports.design.definition import Definition, Indicator, load
from nhipcau.reports.design.parsing import parse, read_yaml
from nhipcau.reports.models import ReportTemplate, Submission, TemplateVersion

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


def import_template(*, data: bytes, actor: Actor, at: dt.datetime) -> Published:
    """Publish a template from YAML together with the activity types it names; all of it or nothing.

    The same file again changes nothing. A changed file becomes a new version for periods from `first_period`.
    """
    definition, types = parse(read_yaml(data))
    _check_against_database(definition, types)
    texts = dict(_texts(definition)) | {f"activity_types.{kind.code}": kind.texts() for kind in types}
    screen(texts, "template", actor=actor, at=at)
    stored = json.loads(json.dumps(asdict(definition), ensure_ascii=False))
    digest = hashlib.sha256(json.dumps(stored, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    with transaction.atomic():
        for kind in types:
            define_type(definition=kind, actor=actor, at=at)
        template, _ = ReportTemplate.objects.get_or_create(
            code=definition.code, defaults={"name": definition.name, "axis": definition.axis}
        )
        ReportTemplate.objects.select_for_update().get(pk=template.pk)
        latest = template.versions.order_by("-number").first()
        if latest is not None and load(latest.definition) == definition:
            return Published(latest, created=False)
        version = _publish(template, latest, definition, stored, digest, at)
        record(
            actor=actor,
            action="reports.template_published",
            obj=f"template:{template.code}",
            at=at,
            data={"version": version.number, "digest": digest},
        )
    return Published(version, created=True)


def _publish(
    template: ReportTemplate,
    latest: TemplateVersion | None,
    definition: Definition,
    stored: dict[str, Any],
    digest: str,
    at: dt.datetime,
) -> TemplateVersion:
    first_day = parse_period(definition.first_period).first_day(definition.calendar)
    reported = Submission.objects.filter(version__template=template).values_list("period", flat=True).distinct()
    begun = [parse_period(key).first_day(definition.calendar) for key in reported]
    if begun and max(begun) >= first_day:
        raise Conflict(
            Said(
                f"Biểu mẫu «{template.code}» đã có báo cáo từ kỳ {definition.first_period}; "
                "phiên bản mới phải bắt đầu từ kỳ sau (first_period).",
                f"There are reports by the form «{template.code}» from period "
                f"{definition.first_period} on; a new version must begin later (first_period).",
            )
        )
    return TemplateVersion.objects.create(
        template=template,
        number=(latest.number if latest else 0) + 1,
        first_day=first_day,
        definition=stored,
        cells=definition.cells(),
        digest=digest,
        published_at=at,
    )


def versions_of(code: str) -> list[TemplateVersion]:
    """All versions of a template, the newest first. Raises NotFound."""
    found = TemplateVersion.objects.filter(template__code=code).select_related("template").order_by("-number")
    if not found:
        raise NotFound(Said(f"Không có biểu mẫu «{code}».", f"There is no form «{code}»."))
    return list(found)


def version_for(code: str, period: Period) -> TemplateVersion:
    """The version that serves the period: the last one whose first day is not after the period's."""
    return versions_for(code, [period])[0]


def versions_for(code: str, periods: Sequence[Period]) -> list[TemplateVersion]:
    """The version that serves each of the periods, in their order; one query for all of them."""
    versions = versions_of(code)
    newest = versions[0].definition
    by_day = sorted(versions, key=lambda version: version.first_day, reverse=True)
    serving = []
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
        if version is None:
            raise NotFound(
                Said(
                    f"Biểu mẫu «{code}» chưa áp dụng cho kỳ {period.label_vi}.",
                    f"The form «{code}» does not apply to {period.key} yet.",
                )
            )
        serving.append(version)
    return serving


def _check_against_database(definition: Definition, types: list[TypeDefinition]) -> None:
    """Kinds of unit, activity types, measures and facets that a template names must exist."""
    faults: list[Fault] = []
    kinds = set(UnitKind.objects.filter(internal=False).values_list("code", flat=True))
    if not definition.reporters:
        faults.append(Fault("reporters", "chưa nêu loại đơn vị nào phải báo cáo"))
    if definition.issue.doc_type not in CODES:
        faults.append(
            Fault(
                "issue.doc_type",
                Said(
                    f"không có tên loại văn bản «{definition.issue.doc_type}»",
                    f"there is no kind of document «{definition.issue.doc_type}»",
                ),
            )
        )
    faults += [
        Fault("reporters", Said(f"loại đơn vị «{k}» không có", f"there is no kind of unit «{k}»"))
        for k in definition.reporters
        if k not in kinds
    ]
    shapes = {
        kind.code: ({m["code"] for m in kind.measures}, {f["code"]: f["choices"] for f in kind.facets})
        for kind in ActivityType.objects.all()
    }
    for kind in types:
        choices = {facet["code"]: facet["choices"] for facet in kind.facets_json()}
        shapes[kind.code] = ({measure.code for measure in kind.measures}, choices)
    for item in definition.indicators():
        faults.extend(_source_faults(item, shapes))
    if faults:
        raise InvalidInput(
            Said(
                f"Biểu mẫu có {len(faults)} lỗi; không nhập gì.",
                f"The form has {len(faults)} faults; nothing was imported.",
            ),
            faults,
        )


def _source_faults(
    item: Indicator, shapes: dict[str, tuple[set[str], dict[str, list[dict[str, str]]]]]
) -> Iterator[Fault]:
    source, where = item.source, f"indicators.{item.code}"
    if source is None or source.letters:
        return
    if source.activity not in shapes:
        yield Fault(
            where,
            Said(
                f"không có loại hoạt động «{source.activity}»", f"there is no kind of activity «{source.activity}»"
            ),
        )
        return
    measures, facets = shapes[source.activity]
    if source.measure and source.measure not in measures:
        yield Fault(
            where,
            Said(
                f"loại «{source.activity}» không có số liệu «{source.measure}»",
                f"the kind «{source.activity}» has no figure «{source.measure}»",
            ),
        )
    for facet, choice in source.where.items():
        if choice not in {one["code"] for one in facets.get(facet, [])}:
            yield Fault(
                where,
                Said(
                    f"loại «{source.activity}» không có «{facet}: {choice}»",
                    f"the kind «{source.activity}» has no «{facet}: {choice}»",
                ),
            )


def _texts(definition: Definition) -> Iterator[tuple[str, list[str]]]:
    """Every text of the template by the place it stands, for the boundary."""
    yield "name", [definition.name, definition.name_en, definition.issue.subject, *definition.issue.addressees]
    issue = definition.issue
    yield "issue", [issue.doc_type, issue.authority, issue.title, issue.parent_issuer, *issue.recipients]
    for number, section in enumerate(definition.sections, start=1):
        yield f"sections.{number}", [section.title, section.title_en]
    for item in definition.indicators():
        if not item.part_of:  # its cells are read below, one item at a time: that is where a purpose shows
            yield f"indicators.{item.code}", [item.label, item.label_en, item.unit, item.help]
    for split in definition.breakdowns:
        words = [text for one in split.items for text in (one.label, one.label_en)]
        whole = [item.label for item in definition.indicators() if split.code in item.breakdowns]
        cells = [f"{label}: {one.label}" for label in whole for one in split.items]
        yield f"breakdowns.{split.code}", [split.label, split.label_en, *words, *cells]
    for rule in definition.rules:
        yield f"rules.{rule.code}", [rule.message, rule.message_en]
    for block in definition.narrative:
        yield f"narrative.{block.code}", [block.title, block.title_en, block.help]
