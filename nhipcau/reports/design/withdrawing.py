"""A version taken back before anybody has reported on it; the drafts that moved with it stand as before."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from nhipcau.audit.actions import record
from nhipcau.core.clock import local_date
from nhipcau.core.errors import Conflict
from nhipcau.core.said import Said
from nhipcau.org.models import Post, Role
from nhipcau.org.scope import Scope
from nhipcau.reports.design.against import unit_codes
from nhipcau.reports.design.definition import load
from nhipcau.reports.design.drafts import get_designed_for
from nhipcau.reports.design.writing import as_file
from nhipcau.reports.models import (
    DirtyMark,
    DraftMove,
    ReportTemplate,
    Submission,
    SubmissionSource,
    TemplateDraft,
    TemplateVersion,
)


def why_it_stays(version: TemplateVersion) -> Said | None:
    """Why a version cannot be taken back any more; None if it can."""
    newest = version.template.versions.order_by("-number").values_list("pk", flat=True)[0]
    if newest != version.pk:
        return Said("đã có phiên bản sau nó", "there is a later version")
    moved = dict(DraftMove.objects.filter(entered=version).values_list("submission", "edits"))
    reports = dict(Submission.objects.filter(version=version).values_list("pk", "edits"))
    worked_on = [pk for pk, edits in reports.items() if moved.get(pk) != edits]
    if worked_on:
        return Said(
            f"đã có {len(worked_on)} báo cáo làm theo phiên bản này",
            f"{len(worked_on)} reports have been worked on by this version",
        )
    if version.number == 1 and version.template.targets.exists():
        return Said("đã giao kế hoạch theo biểu mẫu này", "plans have been given by this form")
    return None


def withdraw_version(*, version: TemplateVersion, actor: Post, at: dt.datetime) -> TemplateDraft:
    """Take the latest version back into the making. Conflict once a report was worked on by it."""
    scope = Scope(actor, at)
    scope.require_role(Role.DESIGNER)
    get_designed_for(scope, version.template.code)
    definition = load(version.definition)
    content = as_file(definition, unit_codes(definition, local_date(at)))
    with transaction.atomic():
        template = ReportTemplate.objects.select_for_update().get(pk=version.template_id)
        why = why_it_stays(version)
        if why:
            raise Conflict(
                Said(
                    f"Không rút lại được phiên bản {version.number}: {why}.",
                    f"Version {version.number} cannot be taken back: {why.en}.",
                )
            )
        for move in DraftMove.objects.filter(entered=version).select_related("submission"):
            _give_back(move)
        DirtyMark.objects.filter(version=version).delete()
        number = version.number
        version.delete()
        left: ReportTemplate | None = template
        if not template.versions.exists():
            template.drafts.update(template=None)
            template.delete()
            left = None
        draft = TemplateDraft.objects.create(
            unit=actor.unit, template=left, content=content, changed_by=actor, changed_at=at
        )
        record(
            actor=actor,
            action="reports.template_withdrawn",
            obj=f"template:{definition.code}",
            at=at,
            data={"version": number},
        )
    return draft


def _give_back(move: DraftMove) -> None:
    report, words = move.submission, move.words
    report.version_id, report.payload = move.left_id, bytes(move.figures)
    report.narrative, report.explanations = words["narrative"], words["explanations"]
    report.edits += 1
    report.save(update_fields=["version", "payload", "narrative", "explanations", "edits"])
    report.sources.all().delete()
    SubmissionSource.objects.bulk_create(_source(report, one) for one in words["sources"])


def _source(report: Submission, kept: list[Any]) -> SubmissionSource:
    cell, activity, document, value = kept
    return SubmissionSource(submission=report, cell=cell, activity_id=activity, document_id=document, value=value)
