"""A unit fills in its report: open, prefill, save."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction

from nhipcau.audit.actions import record
from nhipcau.audit.screen import screen
from nhipcau.core.errors import Conflict, Fault, InvalidInput, NotAllowed
from nhipcau.core.numbers import Cell, CellState
from nhipcau.core.periods import Period, parse_period
from nhipcau.core.said import Said, english
from nhipcau.core.text import clean
from nhipcau.org.models import Post, Role, Unit
from nhipcau.reports.design.checks import NARRATIVE_SLIP
from nhipcau.reports.design.definition import Definition, load
from nhipcau.reports.design.figures import Cells, cells_of, parse_figure, payload
from nhipcau.reports.filling.prefill import prefill
from nhipcau.reports.models import Submission, SubmissionSource, SubmissionState, TemplateVersion
from nhipcau.reports.totals.lumps import require_alone
from nhipcau.reports.totals.owing import require_owing

EDITABLE = (SubmissionState.DRAFT, SubmissionState.RETURNED)
OPEN = (SubmissionState.DRAFT, SubmissionState.READY, SubmissionState.SUBMITTED, SubmissionState.RETURNED)


@dataclass(frozen=True)
class DraftChanges:
    """What a person typed: figures as text by cell, narrative by block, explanations by rule.

    `edits` is the count the form was opened with; another number on the row means somebody saved meanwhile.
    """

    edits: int
    figures: Mapping[str, str] = field(default_factory=dict)
    narrative: Mapping[str, str] = field(default_factory=dict)
    explanations: Mapping[str, str] = field(default_factory=dict)


def open_draft(*, unit: Unit, version: TemplateVersion, period: Period, actor: Post, at: dt.datetime) -> Submission:
    """The unit's report in hand for the period, or a new one filled from the registers.

    After an accepted revision this opens the next one, a correction that starts from its figures; the old one
    counts until it is replaced. Conflict, naming it, if the unit stands in the lump of another.
    """
    definition = load(version.definition)
    require_reporter(unit, version, period, actor)
    with transaction.atomic():
        Unit.objects.select_for_update().get(pk=unit.pk)  # two people opening at once get the same draft
        earlier = Submission.objects.filter(unit=unit, version__template=version.template_id, period=period.key)
        latest = earlier.select_related("version").order_by("-revision").first()
        if latest is not None and latest.state in OPEN:
            return latest
        require_alone(unit, version.template_id, period.key, at)
        cells, origins = prefill(definition, unit, period)
        draft = Submission.objects.create(
            unit=unit,
            version=version,
            period=period.key,
            revision=latest.revision + 1 if latest else 1,
            payload=payload(version.cells, cells | _kept(latest)),
            narrative=latest.narrative if latest else begun(definition),
            explanations=latest.explanations if latest else {},
            created_at=at,
        )
        if latest is not None:
            draft.covers.set(latest.covers.all())
        SubmissionSource.objects.bulk_create(
            SubmissionSource(submission=draft, cell=o.cell, activity=o.activity, document=o.document, value=o.value)
            for o in origins
        )
        record(
            actor=actor,
            action="reports.draft_opened",
            obj=f"submission:{draft.uid}",
            at=at,
            data={"unit": str(unit.uid), "period": period.key, "revision": draft.revision},
        )
    return draft


def begun(definition: Definition) -> dict[str, str]:
    """The words a report is begun with."""
    return {block.code: block.text for block in definition.narrative if block.text}


def _kept(earlier: Submission | None) -> Cells:
    """What stood in the revision being corrected; the registers fill only what was missing there."""
    if earlier is None:
        return {}
    return {key: cell for key, cell in cells_of(earlier).items() if cell.state is not CellState.MISSING}


def require_reporter(unit: Unit, version: TemplateVersion, period: Period, actor: Post) -> None:
    """NotAllowed unless the actor fills in reports of this unit, and it owes this one."""
    if actor.unit_id != unit.pk or not actor.has_role(Role.REPORTER, Role.APPROVER):
        raise NotAllowed("Chỉ người lập báo cáo của chính đơn vị mới lập được báo cáo này.")
    require_owing(unit, version, period)


def save_draft(*, submission: Submission, changes: DraftChanges, actor: Post, at: dt.datetime) -> Submission:
    """Save what was typed. Every figure that cannot be read is named with its row; then nothing is saved."""
    definition = load(submission.version.definition)
    require_reporter(submission.unit, submission.version, parse_period(submission.period), actor)
    narrative = {code: clean(text, multiline=True) for code, text in changes.narrative.items()}
    explanations = {code: clean(text) for code, text in changes.explanations.items()}
    figures = parse_changes(definition, changes)
    texts = {f"narrative.{code}": text for code, text in narrative.items()}
    texts |= {f"explanations.{code}": text for code, text in explanations.items()}
    screen(texts, "narrative", actor=actor, at=at)
    with transaction.atomic():
        draft = Submission.objects.select_for_update().select_related("version", "unit").get(pk=submission.pk)
        if draft.state not in EDITABLE:
            raise Conflict(
                Said(
                    f"Báo cáo {draft.get_state_display()}, không sửa được nữa.",
                    f"In its state ({draft.state}) the report no longer changes.",
                )
            )
        if draft.edits != changes.edits:
            raise Conflict("Báo cáo vừa được người khác lưu. Hãy mở lại để xem bản mới rồi nhập tiếp.")
        draft.payload = payload(draft.version.cells, cells_of(draft) | figures)
        draft.narrative = draft.narrative | narrative
        draft.explanations = draft.explanations | explanations
        draft.edits += 1
        draft.state = SubmissionState.DRAFT
        draft.save(update_fields=["payload", "narrative", "explanations", "edits", "state"])
        record(
            actor=actor,
            action="reports.draft_saved",
            obj=f"submission:{draft.uid}",
            at=at,
            data={"cells": sorted(figures), "blocks": sorted(narrative)},
        )
    return draft


def parse_changes(definition: Definition, changes: DraftChanges) -> Cells:
    """The cells of what was typed. InvalidInput with every cell that cannot be read or does not belong."""
    faults: list[Fault] = []
    figures: dict[str, Cell] = {}
    entered = {item.code: item for item in definition.entered()}
    for code, text in changes.figures.items():
        if code not in entered:
            faults.append(Fault(code, "không phải ô nhập của biểu mẫu này"))
            continue
        try:
            figures[code] = parse_figure(entered[code], text)
        except InvalidInput as error:
            faults.append(
                Fault(
                    code,
                    Said(
                        f"{entered[code].label}: {error.message}",
                        f"{entered[code].label}: {english(error.message)}",
                    ),
                )
            )
    blocks = {block.code for block in definition.narrative}
    rules = {rule.code for rule in definition.rules} | {NARRATIVE_SLIP}
    if not blocks.issuperset(changes.narrative):
        faults.append(Fault("narrative", "có phần thuyết minh không thuộc biểu mẫu này"))
    if not rules.issuperset(changes.explanations):
        faults.append(Fault("explanations", "có lời giải thích cho quy tắc không thuộc biểu mẫu này"))
    if faults:
        raise InvalidInput(
            Said(
                f"Có {len(faults)} ô chưa lưu được; chưa lưu ô nào.",
                f"{len(faults)} cells could not be kept; none was kept.",
            ),
            faults,
        )
    return figures


def refill(*, submission: Submission, actor: Post, at: dt.datetime) -> Submission:
    """Read the registers again: cells with a declared source take what is recorded now."""
    definition = load(submission.version.definition)
    require_reporter(submission.unit, submission.version, parse_period(submission.period), actor)
    with transaction.atomic():
        draft = Submission.objects.select_for_update().select_related("version", "unit").get(pk=submission.pk)
        if draft.state not in EDITABLE:
            raise Conflict(
                Said(
                    f"Báo cáo {draft.get_state_display()}, không sửa được nữa.",
                    f"In its state ({draft.state}) the report no longer changes.",
                )
            )
        cells, origins = prefill(definition, draft.unit, parse_period(draft.period))
        draft.payload = payload(draft.version.cells, cells_of(draft) | cells)
        draft.edits += 1
        draft.state = SubmissionState.DRAFT
        draft.save(update_fields=["payload", "edits", "state"])
        draft.sources.all().delete()
        SubmissionSource.objects.bulk_create(
            SubmissionSource(submission=draft, cell=o.cell, activity=o.activity, document=o.document, value=o.value)
            for o in origins
        )
        record(
            actor=actor, action="reports.draft_saved", obj=f"submission:{draft.uid}", at=at, data={"refilled": True}
        )
    return draft
