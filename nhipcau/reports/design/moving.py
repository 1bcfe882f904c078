"""Drafts begun on one version that go on with the next: values stay with their cell, the rest is kept beside.

Only what was never sent moves. A report that was sent says what it said on the version it was sent on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.db.models import QuerySet

from nhipcau.audit.actions import record
from nhipcau.core.actors import Actor
from nhipcau.core.numbers import INT64_MAX, Cell, CellState, format_cell
from nhipcau.core.periods import parse_period
from nhipcau.reports.design.definition import Definition, Indicator, load
from nhipcau.reports.design.figures import Cells, cells_of, payload
from nhipcau.reports.models import DraftMove, ReportTemplate, Submission, SubmissionState, TemplateVersion

UNSENT = (SubmissionState.DRAFT, SubmissionState.READY)
_BATCH = 500


@dataclass(frozen=True)
class Fallen:
    """What has no place in the new version: the words it stood under, and what stood there."""

    label: str
    value: str


@dataclass(frozen=True)
class Moved:
    """A draft as it stands on the new version."""

    cells: Cells
    narrative: Mapping[str, str]
    explanations: Mapping[str, str]
    fallen: tuple[Fallen, ...] = field(default=())


def overtaken(version: TemplateVersion) -> QuerySet[Submission]:
    """Reports of other versions for periods that this one serves."""
    return begun(version.template, load(version.definition)).exclude(version=version)


def begun(template: ReportTemplate, definition: Definition) -> QuerySet[Submission]:
    """Reports of the template for the period from which that definition is to serve, and later."""
    reports = Submission.objects.filter(version__template=template)
    calendar = definition.calendar
    first = parse_period(definition.first_period).first_day(calendar)
    keys = reports.order_by().values_list("period", flat=True).distinct()
    return reports.filter(period__in=[key for key in keys if parse_period(key).first_day(calendar) >= first])


def movable(reports: QuerySet[Submission]) -> QuerySet[Submission]:
    """Those of the reports that were never sent."""
    return reports.filter(state__in=UNSENT, seal=None)


def carried(before: Definition, after: Definition, report: Submission) -> Moved:
    """What the draft says on the new version. A value stays where code and unit of measure are the same and it can
    be written exactly with the new number of decimals."""
    old, fallen = cells_of(report), []
    wanted = {item.code: item for item in after.entered()}
    cells: Cells = {}
    for item in before.entered():
        cell = old[item.code]
        kept = _kept(cell, item, wanted.get(item.code))
        if kept is not None:
            cells[item.code] = kept
        elif cell.state is not CellState.MISSING:
            fallen.append(Fallen(item.label, f"{format_cell(cell, item.decimals)} {item.unit}"))
    blocks = {block.code for block in after.narrative}
    rules = {rule.code for rule in after.rules} | (set(report.explanations) - {rule.code for rule in before.rules})
    fallen += _texts(report.narrative, {one.code: one.title for one in before.narrative}, blocks)
    fallen += _texts(report.explanations, {one.code: one.message for one in before.rules}, rules)
    return Moved(
        cells,
        {code: text for code, text in report.narrative.items() if code in blocks},
        {code: text for code, text in report.explanations.items() if code in rules},
        tuple(fallen),
    )


def _kept(cell: Cell, before: Indicator, after: Indicator | None) -> Cell | None:
    if after is None or after.unit != before.unit:
        return None
    if cell.state is not CellState.VALUE or after.decimals == before.decimals:
        return cell
    more, less = 10 ** max(after.decimals - before.decimals, 0), 10 ** max(before.decimals - after.decimals, 0)
    value, rest = divmod(cell.value * more, less)
    return Cell(CellState.VALUE, value) if not rest and abs(value) <= INT64_MAX else None


def _texts(texts: Mapping[str, str], titles: Mapping[str, str], kept: set[str]) -> Iterator[Fallen]:
    for code, text in texts.items():
        if text.strip() and code not in kept:
            yield Fallen(titles.get(code, code), text)


@dataclass(frozen=True)
class Outlook:
    """What publishing would do to reports that were begun: how many move, how many stand in the way, and by unit
    what has no place any more."""

    moving: int
    staying: int
    fallen: list[tuple[int, tuple[Fallen, ...]]]


def outlook(template: ReportTemplate, after: Definition) -> Outlook:
    """The same as `move_to` would find, before there is a version."""
    earlier = {one.pk: load(one.definition) for one in template.versions.all()}
    reports = begun(template, after)
    drafts = list(movable(reports).select_related("version").order_by("pk"))
    fallen = [(draft.unit_id, carried(earlier[draft.version_id], after, draft).fallen) for draft in drafts]
    return Outlook(len(drafts), reports.count() - len(drafts), [(unit, some) for unit, some in fallen if some])


def move_to(version: TemplateVersion, *, actor: Actor, at: dt.datetime) -> int:
    """Move every draft that may move to that version, inside the caller's transaction; how many."""
    after = load(version.definition)
    earlier = {one.pk: load(one.definition) for one in version.template.versions.all()}
    drafts = movable(overtaken(version)).select_for_update(of=("self",)).select_related("version", "unit")
    moves = []
    for draft in drafts.order_by("pk"):
        move = _move(draft, version, carried(earlier[draft.version_id], after, draft), at)
        moves.append(move)
        record(
            actor=actor,
            action="reports.draft_moved",
            obj=f"submission:{draft.uid}",
            at=at,
            data={
                "unit": str(draft.unit.uid),
                "period": draft.period,
                "version": version.number,
                "fallen": len(move.fallen),
            },
        )
    DraftMove.objects.bulk_create(moves, batch_size=_BATCH)
    return len(moves)


def _move(draft: Submission, version: TemplateVersion, moved: Moved, at: dt.datetime) -> DraftMove:
    """Write the draft on the new version; it is to be looked at again before it goes on."""
    move = DraftMove(
        submission=draft,
        left_id=draft.version_id,
        entered=version,
        figures=bytes(draft.payload),
        words={
            "narrative": draft.narrative,
            "explanations": draft.explanations,
            "sources": list(map(list, draft.sources.values_list("cell", "activity", "document", "value"))),
        },
        fallen=[{"label": one.label, "value": one.value} for one in moved.fallen],
        edits=draft.edits + 1,
        at=at,
    )
    draft.version, draft.payload = version, payload(version.cells, moved.cells)
    draft.narrative, draft.explanations = dict(moved.narrative), dict(moved.explanations)
    draft.state, draft.ready_by, draft.edits = SubmissionState.DRAFT, None, draft.edits + 1
    draft.save(update_fields=["version", "payload", "narrative", "explanations", "state", "ready_by", "edits"])
    draft.sources.exclude(cell__in=version.cells).delete()
    return move
